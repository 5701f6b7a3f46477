"""序时进度: the share of a plan that should be done by a date (domain.md §1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from luoshi.terms.number import Exact, exact
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError


class Pace(StrEnum):
    """序时方式: by calendar months ended, by days, or along a monthly plan curve."""

    MONTHS = "months"
    DAYS = "days"
    CURVE = "curve"


@dataclass(frozen=True, slots=True)
class Trajectory:
    """序时: from ``start`` to ``end`` (both days included); ``curve`` holds the share due at each month's end.

    Months are calendar months that the time touches; a month cut short by the end counts as ended on the end.
    """

    pace: Pace
    start: date
    end: date
    curve: tuple[Fraction, ...] = ()

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a trajectory ends on or after its start")
        if self.pace is Pace.CURVE and len(self.curve) != len(self.months):
            raise ValueError(f"a curve needs {len(self.months)} points, one a month; it has {len(self.curve)}")

    @property
    def months(self) -> tuple[tuple[date, date], ...]:
        """First and last day of its calendar months, cut to its own dates."""
        return _months(self.start, self.end)

    @property
    def label(self) -> str:
        """How it counts, in Chinese."""
        return {Pace.MONTHS: "按月序时", Pace.DAYS: "按日序时", Pace.CURVE: "按月度计划曲线"}[self.pace]


@lru_cache(maxsize=4096)
def _months(start: date, end: date) -> tuple[tuple[date, date], ...]:
    found, month = [], Period.month_of(start)
    while month.start <= end:
        found.append((max(month.start, start), min(month.last, end)))
        month = month.next()
    return tuple(found)


def year_by_months(year: int) -> Trajectory:
    """The usual yardstick of a county: m/12 over the calendar year."""
    return Trajectory(Pace.MONTHS, date(year, 1, 1), date(year, 12, 31))


def year_by_days(year: int) -> Trajectory:
    """Day of the year over 365 or 366."""
    return Trajectory(Pace.DAYS, date(year, 1, 1), date(year, 12, 31))


def year_by_curve(year: int, percents: Sequence[Exact | str]) -> Trajectory:
    """A monthly plan curve: twelve cumulative percentages, at the end of each month.

    Raises:
        ValueError: not twelve.
    """
    return Trajectory(Pace.CURVE, date(year, 1, 1), date(year, 12, 31), tuple(exact(p) / 100 for p in percents))


def check_curve(percents: Sequence[Exact | str], months: int = 12) -> tuple[FieldError, ...]:
    """What is wrong with a curve someone typed: a point a month, never falling, from 0 to 100."""
    errors = []
    if len(percents) != months:
        errors.append(FieldError("curve", f"计划曲线应有{months}个月的累计百分数，现有{len(percents)}个。"))
    before = Fraction(0)
    for month, percent in enumerate(percents, 1):
        try:
            value = exact(percent)
        except ValueError:
            errors.append(FieldError("curve", f"第{month}个月的累计百分数不是数字。", str(percent)))
            continue
        if value < before:
            errors.append(FieldError("curve", f"第{month}个月的累计百分数不能小于上月。", str(percent)))
        before = max(before, value)
    if not errors and before != 100:
        errors.append(FieldError("curve", "最后一个月的累计百分数应为100。", str(percents[-1]) if percents else ""))
    return tuple(errors)


@lru_cache(maxsize=4096)
def expected(trajectory: Trajectory, as_of: date) -> Fraction:
    """The share of the plan due by the end of ``as_of``: 0 before the start, 1 from the end on.

    A month counts once it has ended on or before ``as_of`` (15 September: 8/12; 30 September: 9/12).
    """
    if as_of < trajectory.start:
        return Fraction(0)
    if trajectory.pace is Pace.DAYS:
        gone = min(as_of, trajectory.end).toordinal() - trajectory.start.toordinal() + 1
        return Fraction(gone, trajectory.end.toordinal() - trajectory.start.toordinal() + 1)
    months = trajectory.months
    ended = sum(1 for _, last in months if last <= as_of)
    if trajectory.pace is Pace.MONTHS:
        return Fraction(ended, len(months))
    return _on_curve(trajectory, ended, as_of)


def _on_curve(trajectory: Trajectory, ended: int, as_of: date) -> Fraction:
    before = trajectory.curve[ended - 1] if ended else Fraction(0)
    if ended == len(trajectory.months):
        return before
    first, last = trajectory.months[ended]
    gone = Fraction((as_of - first).days + 1, (last - first).days + 1)
    return before + (trajectory.curve[ended] - before) * gone


def gap_pp(reached: Fraction, due: Fraction) -> Fraction:
    """Percentage points by which the reached share lies above (+) or below (−) the share due."""
    return (reached - due) * 100


def pace_ratio(reached: Fraction, due: Fraction) -> Fraction | None:
    """Reached share over share due; None when nothing is due. Never used for ceilings (≤)."""
    return reached / due if due else None
