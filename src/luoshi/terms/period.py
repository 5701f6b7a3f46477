"""Reporting periods: months, quarters and years as half-open intervals of days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_WRITING = re.compile(r"([0-9]{4})(?:-([0-9]{2})|-Q([1-4]))?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """期: a month (``2023-09``), a quarter (``2023-Q3``) or a year (``2023``).

    ``start`` is its first day, ``end`` the first day after it. Other stretches of days are no periods:
    they are written as two dates.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        months = self.months
        whole = months in {1, 3, 12} and self.start.day == 1 and (self.start.month - 1) % months == 0
        if not whole or add_months(self.start, months) != self.end:
            raise ValueError(f"not a month, a quarter or a year: [{self.start}, {self.end})")

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written as ``2023``, ``2023-Q3`` or ``2023-09``.

        Raises:
            ValueError: another writing, or a month beyond 12.
        """
        found = _WRITING.match(text)
        if not found:
            raise ValueError(f"not a period: {text!r}")
        year = int(found[1])
        if found[2]:
            return cls.month(year, int(found[2]))
        if found[3]:
            first = 3 * int(found[3]) - 2
            return cls(date(year, first, 1), add_months(date(year, first, 1), 3))
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The calendar month."""
        start = date(year, month, 1)
        return cls(start, add_months(start, 1))

    @classmethod
    def month_of(cls, day: date) -> Period:
        """The calendar month that holds ``day``."""
        return cls.month(day.year, day.month)

    @property
    def last(self) -> date:
        """The last day that belongs to the period."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def months(self) -> int:
        """How many months it spans."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month

    def next(self) -> Period:
        """The period of the same length that follows."""
        return self._shift(self.months)

    def previous(self) -> Period:
        """The period of the same length before."""
        return self._shift(-self.months)

    def _shift(self, months: int) -> Period:
        first = add_months(self.start, months)
        return Period(first, add_months(first, self.months))

    def __str__(self) -> str:
        months = self.months
        if months == 1:
            return f"{self.start.year}-{self.start.month:02d}"
        return f"{self.start.year}" if months == 12 else f"{self.start.year}-Q{(self.start.month + 2) // 3}"

    @property
    def label(self) -> str:
        """The period as officials write it: 2023年9月."""
        if self.months == 12:
            return f"{self.start.year}年"
        if self.months == 3:
            return f"{self.start.year}年第{'一二三四'[(self.start.month - 1) // 3]}季度"
        return f"{self.start.year}年{self.start.month}月"


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, else the last day of that month (民法典第二百零二条)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def chinese_date(day: date) -> str:
    """2023年9月30日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
