"""Clocks: calendar or working days of Asia/Shanghai, frozen when they start (domain.md §0.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from luoshi.lists.definition import ClockRule, Definition, Escalation, Length
from luoshi.lists.entry import Clock, Value
from luoshi.lists.value import Plain
from luoshi.terms.period import add_months

WorkingDay = Callable[[date], bool]
"""Whether a day is worked; raises ``UnknownCalendar`` for a year whose holidays are not known."""


class UnknownCalendar(ValueError):
    """The State Council's holiday calendar of that year is not known: said, not guessed."""


class NotExtendable(ValueError):
    """A clock was put off as often as its rule allows, or does not run."""


def due_on(rule: ClockRule, started_on: date, is_working_day: WorkingDay) -> date:
    """The last day of a clock of a given length; the day it starts on is not counted.

    Raises:
        UnknownCalendar: working days are counted into a year without a known calendar.
    """
    unit = "working days" if rule.counts == "working" and rule.unit == "days" else rule.unit
    day = later(started_on, Length(rule.length, unit), is_working_day)
    while rule.roll == "next_working_day" and not is_working_day(day):
        day += timedelta(days=1)
    return day


def later(day: date, length: Length, is_working_day: WorkingDay) -> date:
    """The day so much later; the day itself is not counted.

    Raises:
        UnknownCalendar: as ``due_on``.
    """
    if length.unit == "months":
        return add_months(day, length.count)
    if length.unit == "days":
        return day + timedelta(days=length.count)
    left = length.count
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def earlier(day: date, length: Length, is_working_day: WorkingDay) -> date:
    """The day so much earlier: from when on a warning is due."""
    if length.unit == "months":
        return add_months(day, -length.count)
    if length.unit == "days":
        return day - timedelta(days=length.count)
    left = length.count
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day)
    return day


def after_move(
    definition: Definition,
    clocks: Mapping[str, Clock],
    move: str,
    on: date,
    is_working_day: WorkingDay,
    values: Mapping[str, Value] | None = None,
) -> dict[str, Clock]:
    """The clocks that a move made on this day starts, stops, suspends or puts off, by name.

    A clock started again while it runs keeps its first due day, by which the on-time rate is counted.

    Args:
        values: the entry's fields after the move, for clocks whose due day is one of them.

    Raises:
        UnknownCalendar: as ``due_on``.
        NotExtendable: the move would put a clock off that cannot be put off.
    """
    touched: dict[str, Clock] = {}
    for rule in definition.clocks.values():
        before = clocks.get(rule.name)
        after = _after(rule, before, move, on, is_working_day, values or {})
        if after is not None and after != before:
            touched[rule.name] = after
    return touched


def _after(
    rule: ClockRule, running: Clock | None, move: str, on: date, is_working_day: WorkingDay, values: Mapping[str, Value]
) -> Clock | None:
    if move == rule.starts:
        due = values.get(rule.due) if rule.due else _first_due(rule, on, is_working_day, values)
        first = running.first_due_on if running and running.is_running else due
        return Clock(on, due, first) if isinstance(due, date) and isinstance(first, date) else None
    if running is None:
        return None
    if move in rule.stops:
        return replace(running, stopped_on=on) if running.is_running else None
    if move in rule.resumes and not running.is_running:
        return replace(running, stopped_on=None)
    if move in rule.suspends and running.is_running and running.suspended_on is None:
        return replace(running, suspended_on=on)
    if move in rule.continues and running.suspended_on is not None:
        return _continued(rule, running, on, is_working_day)
    if move in rule.extends:
        return _extended(rule, running, move, is_working_day)
    return _moved(rule, running, values)


def _first_due(rule: ClockRule, on: date, is_working_day: WorkingDay, values: Mapping[str, Value]) -> date | None:
    """The due day by the length for what the entry says; None where the rule has no length for that."""
    own = rule.lengths.get(str(values.get(rule.by))) if rule.by else None
    if own is not None:
        rule = replace(rule, length=own.count, unit=own.unit)
    return due_on(rule, on, is_working_day) if rule.length else None


def _continued(rule: ClockRule, clock: Clock, on: date, is_working_day: WorkingDay) -> Clock:
    """The due day moves by the days that did not count; in working days by those."""
    lost = days_between(clock.suspended_on or on, on, rule, is_working_day)
    unit = "working days" if rule.counts == "working" else "days"
    return replace(clock, due_on=later(clock.due_on, Length(lost, unit), is_working_day), suspended_on=None)


def _extended(rule: ClockRule, clock: Clock, move: str, is_working_day: WorkingDay) -> Clock:
    if not clock.is_running:
        raise NotExtendable(f"“{rule.label}”已经停止计时，不能延长。")
    if clock.extensions >= rule.extensions:
        raise NotExtendable(f"“{rule.label}”最多延长{rule.extensions}次，已经延长{clock.extensions}次。")
    due = later(clock.due_on, rule.extends[move], is_working_day)
    return replace(clock, due_on=due, extensions=clock.extensions + 1)


def _moved(rule: ClockRule, clock: Clock, values: Mapping[str, Value]) -> Clock | None:
    """A clock that runs to a day the entry names follows it."""
    due = values.get(rule.due) if rule.due else None
    if not isinstance(due, date) or due == clock.due_on or not clock.is_running:
        return None
    return replace(clock, due_on=due, extensions=clock.extensions + 1)


def days_between(start: date, end: date, rule: ClockRule, is_working_day: WorkingDay) -> int:
    """Days after ``start`` up to ``end`` as the rule counts them; negative when ``end`` lies before.

    Raises:
        UnknownCalendar: as ``due_on``.
    """
    if end < start:
        return -days_between(end, start, rule, is_working_day)
    if rule.counts != "working":
        return (end - start).days
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


@dataclass(frozen=True, slots=True)
class ClockStanding:
    """时限状态: how a clock stands on a day.

    ``state`` is running, suspended, met, late (stopped after its due day), overdue, or lapsed (a window that is
    over); ``left`` the days still to go as the rule counts them, negative when overdue, None when nothing is due
    any more;
    ``warning`` the nearest warning that has come; ``escalations`` those that have fallen due.
    """

    rule: ClockRule
    clock: Clock
    state: str
    left: int | None = None
    warning: Length | None = None
    escalations: tuple[Escalation, ...] = ()


def standing(rule: ClockRule, clock: Clock, today: date, is_working_day: WorkingDay) -> ClockStanding:
    """How the clock stands at the end of ``today``; the due day itself is in time.

    Raises:
        UnknownCalendar: working days are to be counted in a year without a known calendar.
    """
    if clock.stopped_on is not None:
        after = "lapsed" if rule.lapses else "late"
        return ClockStanding(rule, clock, after if clock.stopped_on > clock.due_on else "met")
    if clock.suspended_on is not None:
        return ClockStanding(rule, clock, "suspended")
    if rule.lapses and today > clock.due_on:
        return ClockStanding(rule, clock, "lapsed")
    left = days_between(today, clock.due_on, rule, is_working_day)
    if today > clock.due_on:
        reached = tuple(step for step in rule.escalates if today >= later(clock.due_on, step.after, is_working_day))
        return ClockStanding(rule, clock, "overdue", min(left, 0), None, reached)
    warned = [length for length in rule.warn if today >= earlier(clock.due_on, length, is_working_day)]
    nearest = max(warned, key=lambda length: earlier(clock.due_on, length, is_working_day), default=None)
    return ClockStanding(rule, clock, "running", left, nearest)


_DAYS = ("started_on", "due_on", "first_due_on", "stopped_on", "suspended_on")


def clock_out(clock: Clock) -> dict[str, Plain]:
    """The clock as JSON without numbers; what is not set is left out."""
    days = {name: getattr(clock, name) for name in _DAYS}
    written: dict[str, Plain] = {name: day.isoformat() for name, day in days.items() if day}
    return {**written, "extensions": str(clock.extensions)} if clock.extensions else written


def clock_in(data: object) -> Clock:
    """The clock that was written.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(data, dict) or not {"started_on", "due_on", "first_due_on"} <= data.keys():
        raise ValueError(f"not a clock: {data!r}")
    days = {name: date.fromisoformat(str(data[name])) for name in _DAYS if name in data}
    return Clock(**days, extensions=int(data.get("extensions", 0)))
