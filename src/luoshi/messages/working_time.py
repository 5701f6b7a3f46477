"""工作时间: nobody is written to on a day that is not worked, unless it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from luoshi.acts.context import SHANGHAI
from luoshi.lists.clock import UnknownCalendar
from luoshi.lists.holiday import is_working_day

IsWorked = Callable[[date], bool]


def is_worked(day: date) -> bool:
    """Whether the day is worked; where its year's holidays are not known yet, Monday to Friday are."""
    try:
        return is_working_day(day)
    except UnknownCalendar:
        return day.weekday() < 5


def next_worked(now: datetime, morning: int, worked: IsWorked = is_worked) -> datetime:
    """Now on a day that is worked; else the morning of the next one.

    Args:
        morning: its hour in China.
    """
    day = now.astimezone(SHANGHAI).date()
    if worked(day):
        return now
    while not worked(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(morning), SHANGHAI)


def days_left(today: date, last: date, worked: IsWorked = is_worked) -> int:
    """How many working days follow today until the last day, that day included; -1 when it is past."""
    if last < today:
        return -1
    return sum(worked(today + timedelta(days=number)) for number in range(1, (last - today).days + 1))
