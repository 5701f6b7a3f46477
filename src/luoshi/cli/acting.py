"""Who acts on the command line: one of the supervision office's own accounts, named in every fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused

if TYPE_CHECKING:
    from luoshi.acts.context import Context


def acting(account: str | None) -> Context:
    """The context of the named account, or of the only supervisor there is.

    Raises:
        Refused: unknown account, or several supervisors and none named.
    """
    from luoshi.acts.clock import now, today
    from luoshi.acts.context import context_for
    from luoshi.people.role import Role
    from luoshi.store.models import Account
    from luoshi.store.rosters import home_county, roster

    if account is None:
        holders = sorted(
            {p.holder for p in roster(home_county()).posts if p.role is Role.SUPERVISOR and p.stands_on(today())} - {""}
        )
        if len(holders) != 1:
            named = "、".join(holders)
            message = said(f"请用 --as 写明由谁办理：{named}。", f"Say who acts with --as: {', '.join(holders)}.")
            raise Refused(Refusal("cli.who_acts", message, 403))
        account = holders[0]
    found = Account.objects.filter(username=account).first()
    if found is None:
        raise Refused(Refusal("cli.unknown_account", said(f"没有“{account}”这个账号。", f"No account {account}."), 404))
    return context_for(found, now())
