"""安全日志: the lines about signing in and accounts, newest first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from luoshi.store.models import Account
from luoshi.store.queries import wording
from luoshi.store.security_log import KINDS, SecurityNote

Plain = dict[str, Any]


def notes(kind: str, account: str) -> QuerySet[SecurityNote]:
    """The lines that fit, newest first; an empty choice asks for all."""
    rows = SecurityNote.objects.order_by("-at", "-pk")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(account=account) if account else rows


def lines(rows: QuerySet[SecurityNote]) -> list[Plain]:
    """These lines as people read them, with names; two queries."""
    held = list(rows)
    named = {one.account for one in held} | {one.by for one in held}
    names = dict(Account.objects.filter(username__in=named).values_list("username", "name"))
    return [
        {
            "at": wording.minute(one.at),
            "kind": KINDS.get(one.kind, one.kind),
            "account": one.account or "（没有这个账号）",
            "name": names.get(one.account, ""),
            "by": names.get(one.by, one.by) or "本人",
            "address": one.address or "命令行",
        }
        for one in held
    ]
