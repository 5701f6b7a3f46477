"""Moves that bring more with them than their fact: which act makes them, and what is sent for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.context import Context
from luoshi.acts.delegate_post import delegate_post, end_delegation
from luoshi.acts.hand_over_post import hand_over_post
from luoshi.acts.handle_reports import correct_report
from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.run_month import close_month, open_month
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.api.door import day_of
from luoshi.lists.entry import Entry
from luoshi.store.open_work import OpenWork
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused

Fields = Mapping[str, Any]


def _issue(context: Context, plan: str, fields: Fields, sent: Fields) -> Entry:
    return issue_slip(context, plan, fields, despite_open=sent.get("despite_open") is True)


def _assign(context: Context, entry: Entry, fields: Fields, _reason: str) -> Entry:
    due = fields.get("due_on")
    cooperating = tuple(map(str, fields.get("cooperating_bodies") or ()))
    leader = str(fields.get("leader") or "")
    when = day_of(due, "due_on") if due else None
    leads = tuple(map(str, fields.get("other_leads") or ()))
    return assign_entries(
        context, [Assignment(entry.id, str(fields.get("lead_body") or ""), cooperating, leader, when, leads)]
    )[0]


def _schedule(context: Context, entry: Entry, fields: Fields, _reason: str) -> Entry:
    return schedule_entries(context, [Schedule(entry.id, fields)])[0]


def _open_month(context: Context, entry: Entry, fields: Fields, _reason: str) -> Entry:
    try:
        period = Period.parse(str(fields.get("open_period", "")))
    except ValueError:
        raise Refused(Refusal("api.no_period", "“open_period”应为月份，如 2023-09。", 422)) from None
    return open_month(context, entry.plan, period, day_of(fields.get("window_closes_on"), "window_closes_on"))


def _close_month(context: Context, entry: Entry, fields: Fields, _reason: str) -> Entry:
    """The counts of open work come back with the refusal ``acts.open_work``; sent again, they confirm it."""
    counts = fields.get("open_work")
    try:
        seen = OpenWork(**{name: int(number) for name, number in counts.items()}) if counts else None
    except (TypeError, ValueError, AttributeError):
        raise Refused(Refusal("api.no_open_work", "“open_work”应为拒绝时告知的各项件数。", 422)) from None
    return close_month(context, entry.plan, seen)


def _correct(context: Context, entry: Entry, fields: Fields, reason: str) -> Entry:
    return correct_report(context, entry.id, fields, reason, entry.version)


def _appoint(context: Context, _plan: str, fields: Fields, sent: Fields) -> Entry:
    return delegate_post(context, str(fields.get("post") or ""), fields, str(sent.get("reason") or ""))


def _end(context: Context, entry: Entry, _fields: Fields, reason: str) -> Entry:
    return end_delegation(context, entry.id, reason, entry.version)


def _hand_over(context: Context, entry: Entry, fields: Fields, _reason: str) -> Entry:
    is_meant = fields.get("despite_work") is True
    return hand_over_post(context, entry.id, fields, entry.version, despite_work=is_meant)[0]


OPENINGS: Mapping[tuple[str, str], Callable[[Context, str, Fields, Fields], Entry]] = {
    ("supervision", "issue"): _issue,
    ("delegation", "appoint"): _appoint,
}
"""Opening moves with an act of their own."""
MOVES: Mapping[tuple[str, str], Callable[[Context, Entry, Fields, str], Entry]] = {
    ("target", "assign"): _assign,
    ("task", "assign"): _assign,
    ("target", "schedule"): _schedule,
    ("task", "schedule"): _schedule,
    ("plan", "open_month"): _open_month,
    ("plan", "close_month"): _close_month,
    ("report", "correct"): _correct,
    ("delegation", "end"): _end,
    ("post", "hand_over"): _hand_over,
}
"""Moves on one entry with an act of their own; documents are adopted by people, on the review page."""
