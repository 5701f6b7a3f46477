"""每日汇总: one mail for each person and working morning: how many of what wait; nothing when nothing waits."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db import transaction

from luoshi.acts.context import SHANGHAI
from luoshi.messages.compose import MailRoom
from luoshi.messages.page_link import link
from luoshi.store import outbox
from luoshi.store.models import Account, Letter, MessageChoice, Notice
from luoshi.store.queries.deadlines import deadlines
from luoshi.store.queries.desk import desk_for, turned_to
from luoshi.store.queries.todo import todo

NEAR = timedelta(days=3)
"""What falls due so soon is counted apart."""


def digest(room: MailRoom, now: datetime) -> int:
    """Post the digests of the day that were not posted yet.

    Returns:
        How many were posted now.
    """
    here = now.astimezone(SHANGHAI)
    if "email" not in room.channels or here.hour < room.morning or not room.worked(here.date()):
        return 0
    waiting = MessageChoice.objects.filter(digest=True).exclude(email="").exclude(digested_on=here.date())
    return sum(_of_person(room, account, here) for account in list(waiting.values_list("account", flat=True)))


def _of_person(room: MailRoom, name: str, now: datetime) -> bool:
    """The person's row is held while it is decided, so that two senders do not both write."""
    with transaction.atomic():
        rows = MessageChoice.objects.filter(pk=name, digest=True).exclude(digested_on=now.date())
        choice = outbox.free(rows).first()
        if choice is None:
            return False
        choice.digested_on = now.date()
        choice.save(update_fields=["digested_on"])
        outbox.withdraw("email", f"digest:{name}:", "已由后一天的汇总代替")
        account = Account.objects.filter(username=name, is_active=True).first()
        total, lines = counted(account, now.date()) if account else (0, ())
        if total:
            outbox.post([_letter(room, choice, (f"今日待办{total}件", lines), now)])
    return bool(total)


def _letter(room: MailRoom, choice: MessageChoice, words: tuple[str, tuple[str, ...]], now: datetime) -> Letter:
    title, lines = words
    return Letter(
        key=f"digest:{choice.account}:{now.date()}", channel="email", recipient=choice.email, title=title,
        lines="\n".join(lines), link=link(room.base, ("todo",)), made_at=now, next_at=now,
    )  # fmt: skip


def counted(account: Account, today: date) -> tuple[int, tuple[str, ...]]:
    """How many things wait for an account in all its plans, and a line for each kind; no word of what they are.

    Above them the day's reminders, which name a month and a day.
    """
    found, late = Counter[str](), 0
    reader = desk_for(account, today)
    if not reader.actor.posts:
        return 0, ()
    for plan in reader.plans:
        for group in todo(turned_to(reader, plan)):
            found[group["title"]] += group["total"]
            late += sum(bool(line["late"]) for line in group["lines"])
    near = sum(today <= one.day <= today + NEAR for one in deadlines(reader))
    begun = datetime.combine(today, time(), SHANGHAI)
    told = Notice.objects.filter(account=account.username, kind="near", made_at__gte=begun).order_by("id")
    lines = list(told.values_list("title", flat=True))
    lines += [f"{title}　{number}件" for title, number in found.items()]
    lines += [f"已过期限　{late}件"] if late else []
    lines += [f"{NEAR.days}日内到期　{near}件"] if near else []
    return found.total() or near, tuple(lines)
