"""到期提醒: three, one and no working days before the window closes, those who have not reported are told."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.acts.context import SHANGHAI
from luoshi.messages.working_time import IsWorked, days_left, is_worked
from luoshi.people.role import Role
from luoshi.store import outbox
from luoshi.store.due import due, reported
from luoshi.store.entries import from_row
from luoshi.store.models import EntryRow, Notice
from luoshi.store.outbox import Telling
from luoshi.store.rosters import roster
from luoshi.terms.period import Period, chinese_date

DAYS = {3: "还有3个工作日", 1: "还有1个工作日", 0: "今天是最后一个工作日"}
"""Working days left on which a reminder is put, and how it says so."""


def remind(now: datetime, worked: IsWorked = is_worked) -> None:
    """Put the reminders of a working day; running it again puts nothing."""
    today = now.astimezone(SHANGHAI).date()
    if not worked(today):
        return
    for row in EntryRow.objects.filter(list="plan"):
        plan = from_row(row)
        closes, period = plan["window_closes_on"], str(plan["open_period"] or "")
        if not isinstance(closes, date) or not period:
            continue
        left = days_left(today, closes, worked)
        key = f"near:{plan.plan}:{period}:{closes}:{left}"
        if left in DAYS and not Notice.objects.filter(key=key).exists():
            title = f"{Period.parse(period).label}填报{chinese_date(closes)}截止，{DAYS[left]}"
            _put(plan.plan, Period.parse(period), (key, title), now)


def _put(plan: str, period: Period, words: tuple[str, str], now: datetime) -> None:
    arrived = {name for name, (state, _) in reported(plan, period).items() if state != "returned"}
    bodies = {body for name, body in due(plan, period).items() if name not in arrived}
    today = now.astimezone(SHANGHAI).date()
    names = roster(plan.rpartition("-")[0])
    accounts = tuple(
        account for post in names.posts if post.role is Role.DESK_OFFICER and post.body in bodies
        for account in names.accounts_in(post, today)
    )  # fmt: skip
    key, title = words
    outbox.put([Telling(key, "near", title, ("todo",), accounts, room=title)], now)
