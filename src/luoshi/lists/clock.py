"""Clocks: calendar or working days of Asia/Shanghai, frozen when they start (domain.md §0.6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from luoshi.lists.definition import ClockRule, Definition
from luoshi.lists.entry import Clock
from luoshi.terms.period import add_months

WorkingDay = Callable[[date], bool]
"""Whether a day is worked; raises ``UnknownCalendar`` for a year whose holidays are not known."""


class UnknownCalendar(ValueError):
    """The State Council's holiday calendar of that year is not known: said, not guessed."""


def due_on(rule: ClockRule, started_on: date, is_working_day: WorkingDay) -> date:
    """The last day of a clock; the day it starts on is not counted.

    Raises:
        UnknownCalendar: working days are counted into a year without a known calendar.
    """
    day = _counted(rule, started_on, is_working_day)
    while rule.roll == "next_working_day" and not is_working_day(day):
        day += timedelta(days=1)
    return day


def _counted(rule: ClockRule, day: date, is_working_day: WorkingDay) -> date:
    if rule.unit == "months":
        return add_months(day, rule.length)
    if rule.counts == "calendar":
        return day + timedelta(days=rule.length)
    left = rule.length
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def after_move(
    definition: Definition, clocks: dict[str, Clock], move: str, on: date, is_working_day: WorkingDay
) -> dict[str, Clock]:
    """The clocks that a move made on this day starts, stops or lets run on, by name.

    A clock started again while it runs keeps its first due day, by which the on-time rate is counted.
    """
    touched: dict[str, Clock] = {}
    for rule in definition.clocks.values():
        running = clocks.get(rule.name)
        if move in rule.stops and running and running.stopped_on is None:
            touched[rule.name] = Clock(running.started_on, running.due_on, running.first_due_on, on)
        if move in rule.resumes and running and running.stopped_on is not None:
            touched[rule.name] = Clock(running.started_on, running.due_on, running.first_due_on)
        if move == rule.starts:
            due = due_on(rule, on, is_working_day)
            first = running.first_due_on if running and running.stopped_on is None else due
            touched[rule.name] = Clock(on, due, first)
    return touched
