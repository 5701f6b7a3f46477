"""发件箱: notices as acts leave them, letters as senders take them; a row is held by one sender at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from luoshi.store.models import Letter, Notice

HELD_FOR = timedelta(minutes=10)
"""How long a sender may be silent before its letter is taken by another; far longer than any channel's time-out."""
ROBOTS_A_MINUTE = 20
"""What DingTalk and WeCom take from one robot (domain.md §14.3)."""
SHOWN_FOR, KEPT_FOR = timedelta(days=31), timedelta(days=366)
ROBOTS = ("dingtalk", "wecom")
_LOCK = 0x6C756F  # of PostgreSQL's advisory locks: who counts a minute's letters counts alone


@dataclass(frozen=True, slots=True)
class Telling:
    """告知: what is to be told to whom: a title and a page, nothing of the content.

    Args:
        key: names the happening; telling it again to the same account does nothing.
        target: the page's name and arguments.
        room: what the robots' groups are told; empty for nothing.
    """

    key: str
    kind: str
    title: str
    target: tuple[str, ...]
    accounts: tuple[str, ...]
    is_urgent: bool = False
    room: str = ""


def put(tellings: Iterable[Telling], now: datetime) -> None:
    """Keep what is to be told, in the transaction of whoever tells it."""
    rows = [
        Notice(
            key=one.key, account=account, kind=one.kind, title=one.title[:160], room=one.room[:160], made_at=now,
            target=json.dumps(one.target, ensure_ascii=False), is_urgent=one.is_urgent,
        )
        for one in tellings
        for account in dict.fromkeys(one.accounts)
        if account
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, batch_size=400, ignore_conflicts=True)


def free(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows nobody else holds, held until the transaction ends; SQLite's IMMEDIATE transaction holds them all."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows


def post(letters: Iterable[Letter]) -> None:
    """Keep letters to be sent; one that was posted before, by key, channel and recipient, is not posted again."""
    Letter.objects.bulk_create(letters, batch_size=400, ignore_conflicts=True)


def take(channel: str, now: datetime) -> Letter | None:
    """The next letter that is due on a channel, held by the caller; None when there is none or the minute is full.

    What is returned was committed as tried: a sender that dies afterwards has said so beforehand.
    """
    with transaction.atomic():
        if channel in ROBOTS and _of_last_minute(channel, now) >= ROBOTS_A_MINUTE:
            return None
        is_due = Q(next_at__lte=now) & (Q(taken_until=None) | Q(taken_until__lte=now))
        waiting = Letter.objects.filter(is_due, channel=channel, state="waiting").order_by("next_at", "id")
        letter: Letter | None = free(waiting).first()
        if letter is None:
            return None
        letter.repeats += letter.taken_until is not None  # its sender died with it: it may have arrived
        letter.tries += 1
        letter.tried_at, letter.taken_until = now, now + HELD_FOR
        letter.save(update_fields=["repeats", "tries", "tried_at", "taken_until"])
        return letter


def _of_last_minute(channel: str, now: datetime) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return Letter.objects.filter(channel=channel, tried_at__gt=now - timedelta(minutes=1)).count()


def sent(letter: Letter, now: datetime) -> None:
    """The channel has taken the letter."""
    _settle(letter, state="sent", sent_at=now, taken_until=None, trouble="")


def put_off(letter: Letter, until: datetime, trouble: str, *, is_unclear: bool = False) -> None:
    """The channel has not taken the letter, or has not said so; it is tried again then."""
    repeats = letter.repeats + is_unclear
    _settle(letter, next_at=until, taken_until=None, trouble=trouble[:200], repeats=repeats)


def give_up(letter: Letter, trouble: str) -> None:
    """The letter is not tried any more."""
    _settle(letter, state="given_up", taken_until=None, trouble=trouble[:200])


def withdraw(channel: str, prefix: str, why: str) -> None:
    """What waits on a channel under keys that begin so, and is in nobody's hands, is not sent any more."""
    rows = Letter.objects.filter(channel=channel, key__startswith=prefix, state="waiting", taken_until=None)
    rows.update(state="replaced", trouble=why)


def send_again(now: datetime) -> int:
    """The letters that were given up are tried again, as if they had been posted now; how many."""
    again = {"state": "waiting", "made_at": now, "next_at": now, "taken_until": None, "trouble": ""}
    return Letter.objects.filter(state="given_up").update(**again)


def _settle(letter: Letter, **values: object) -> None:
    """Only while it is still the caller's: another may have taken it when the hold ended."""
    Letter.objects.filter(pk=letter.pk, tries=letter.tries, state="waiting").update(**values)


def counts() -> dict[str, int]:
    """How many letters wait, were sent, given up, and may have arrived twice; those replaced by later ones apart."""
    found = {state: Letter.objects.filter(state=state).count() for state in ("waiting", "sent", "given_up")}
    return {**found, "repeated": Letter.objects.filter(repeats__gt=0).count()}


def forget(now: datetime) -> None:
    """Remove what is long past; the facts hold what was done."""
    Notice.objects.filter(made_at__lt=now - KEPT_FOR).delete()
    Letter.objects.filter(made_at__lt=now - KEPT_FOR).exclude(state="waiting").delete()


def recent(account: str, now: datetime) -> QuerySet[Notice]:
    """Someone's notices of the last month, the newest first."""
    return Notice.objects.filter(account=account, made_at__gt=now - SHOWN_FOR).order_by("-made_at", "-id")


def unread(account: str, now: datetime) -> int:
    """How many of them were not read."""
    return recent(account, now).filter(read_at=None).count()
