"""整改反馈时限: until when the units a bulletin names report what they did; counted from the paper's own date."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources

import yaml

from luoshi.lists.clock import UnknownCalendar, WorkingDay, later
from luoshi.lists.definition import Length
from luoshi.terms.period import Period


@cache
def reply_days() -> int:
    """How many working days there are to reply, the day of issue not counted."""
    data = yaml.safe_load(resources.files(__package__).joinpath("reply.yaml").read_text("utf-8"))
    return int(data["working_days"])


def sets_deadline(issued_on: date, period: Period) -> bool:
    """Whether a bulletin of the month still asks for an answer by a day.

    It does until the end of the month that follows: from then on that month's bulletin asks about the same items by
    its own deadline, and one written later about an older month is a record. A second deadline for the same
    shortcoming would contradict the first.
    """
    return issued_on <= period.next().last


def reply_due(issued_on: date, period: Period, is_working_day: WorkingDay) -> date | None:
    """The last day to reply; None where no deadline is set or the year's holidays are not known.

    A day that cannot be counted is never guessed: the paper then states the number of working days.
    """
    if not sets_deadline(issued_on, period):
        return None
    try:
        return later(issued_on, Length(reply_days(), "working days"), is_working_day)
    except UnknownCalendar:
        return None
