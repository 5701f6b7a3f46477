"""时限: how a clock of an entry stands today, in words: 还有3天到期, 已超期2个工作日, 已中止计时."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.lists.clock import ClockStanding, UnknownCalendar, WorkingDay, days_between, standing
from luoshi.lists.definition import ClockRule, Length
from luoshi.lists.entry import Clock
from luoshi.store.queries import wording

Plain = dict[str, Any]
PRESSING, LATE = "flag", "late"
"""Tones of a tag: a warning has come, the day is over. Without one nothing presses."""
_UNITS = {"days": "天", "working days": "个工作日", "months": "个月"}


def clock_line(rule: ClockRule, clock: Clock, today: date, is_working_day: WorkingDay) -> Plain:
    """The clock as a line: its label, how it stands, in which tone, its days, and what follows.

    Where a year's holidays are not known the days are told without a standing, and why in the note.
    """
    line = {"label": rule.label, "word": "", "tone": "", "days": _days(rule, clock), "note": ""}
    try:
        found = standing(rule, clock, today, is_working_day)
        return {**line, "word": _word(found, today, is_working_day), "tone": _tone(found, today), "note": _note(found)}
    except UnknownCalendar as unknown:
        return {**line, "note": str(unknown)}


def _word(found: ClockStanding, today: date, is_working_day: WorkingDay) -> str:
    rule, clock = found.rule, found.clock
    if found.state == "suspended":
        return "已中止计时"
    if found.state == "met":
        return "已结束" if rule.lapses else "已按期完成"
    if found.state == "lapsed":
        return "已届满"
    if found.state == "late":
        return f"超期{_counted(rule, clock.due_on, clock.stopped_on or today, is_working_day)}完成"
    if found.state == "overdue":
        return f"已超期{_counted(rule, clock.due_on, today, is_working_day)}"
    end = "届满" if rule.lapses else "到期"
    return f"今日{end}" if today == clock.due_on else f"还有{_counted(rule, today, clock.due_on, is_working_day)}{end}"


def _counted(rule: ClockRule, start: date, end: date, is_working_day: WorkingDay) -> str:
    """3个工作日, 2天; days off between two working days are told as days, for they are some all the same."""
    number = days_between(start, end, rule, is_working_day)
    if rule.counts == "working" and number:
        return f"{number}个工作日"
    return f"{(end - start).days}天"


def _tone(found: ClockStanding, today: date) -> str:
    if found.state in {"late", "overdue"}:
        return LATE
    is_last = found.state == "running" and today == found.clock.due_on and not found.rule.lapses
    return PRESSING if found.warning or is_last else ""


def _note(found: ClockStanding) -> str:
    if found.escalations:
        return f"按时限规定应已升级到：{'、'.join(step.label for step in found.escalations)}。"
    return f"已进入到期前{_length(found.warning)}的预警期。" if found.warning else ""


def _length(length: Length) -> str:
    return f"{length.count}{_UNITS[length.unit]}"


def _days(rule: ClockRule, clock: Clock) -> str:
    moved = f"（原定{wording.day(clock.first_due_on)}）" if clock.due_on != clock.first_due_on else ""
    since = f"，{wording.day(clock.suspended_on)}中止" if clock.suspended_on and not clock.stopped_on else ""
    stopped = f"，{wording.day(clock.stopped_on)}止" if clock.stopped_on else ""
    end = "届满" if rule.lapses else "到期"
    return f"{wording.day(clock.started_on)}起，{wording.day(clock.due_on)}{end}{moved}{since}{stopped}"
