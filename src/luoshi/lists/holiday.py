"""Working days of China: State Council holidays with their make-up days (chinese-calendar's yearly data)."""

from __future__ import annotations

from datetime import date

import chinese_calendar

from luoshi.lists.clock import UnknownCalendar


def is_working_day(day: date) -> bool:
    """Whether the day is worked, make-up Saturdays and Sundays included.

    Raises:
        UnknownCalendar: the State Council's notice for that year is not known to the installed data.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise UnknownCalendar(f"{day.year}年的放假安排尚未载入，无法按工作日计算时限。") from None
