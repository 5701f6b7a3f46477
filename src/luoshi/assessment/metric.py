"""Measures a rule set derives from what it asks for: a closed set of operations, named from YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luoshi.assessment.condition import Worth
from luoshi.terms.period import add_months


@dataclass(frozen=True, slots=True)
class Metric:
    """派生度量: an operation on other measures (``divide: [month_done, month_quota]``)."""

    name: str
    label: str
    operation: str
    operands: tuple[str, ...]


def compute_metric(metric: Metric, worths: Mapping[str, Worth], as_of: date) -> Worth:
    """The metric's worth; None when an operand is unknown or the operation has no meaning (÷ 0)."""
    operands = [as_of if name == "as_of" else worths.get(name) for name in metric.operands]
    return OPERATIONS[metric.operation].of(operands, as_of)


def months_between(start: date, end: date) -> Fraction:
    """Months from one day to another: whole ones by the same day (clamped to the month's end), then by days.

    n is reached exactly on start + n months: 2023-06-30 to 2023-12-30 is 6 (domain.md §1.5, snail vector).
    """
    if end < start:
        return -months_between(end, start)
    whole = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, whole) > end:
        whole -= 1
    before, after = add_months(start, whole), add_months(start, whole + 1)
    return whole + Fraction((end - before).days, (after - before).days)


def _numbers(function: Callable[[Fraction, Fraction], Fraction | None]) -> Callable[[Sequence[Worth], date], Worth]:
    def of(operands: Sequence[Worth], _: date) -> Worth:
        first, second = operands
        return function(first, second) if isinstance(first, Fraction) and isinstance(second, Fraction) else None

    return of


def _dates(function: Callable[[date, date], Fraction]) -> Callable[[Sequence[Worth], date], Worth]:
    def of(operands: Sequence[Worth], _: date) -> Worth:
        first, second = operands
        return function(first, second) if isinstance(first, date) and isinstance(second, date) else None

    return of


def _latest(operands: Sequence[Worth], _: date) -> Worth:
    return max((worth for worth in operands if isinstance(worth, date)), default=None)


def _first_known(operands: Sequence[Worth], _: date) -> Worth:
    return next((worth for worth in operands if worth is not None), None)


def _this_year(operands: Sequence[Worth], as_of: date) -> list[date]:
    days = operands[0] if isinstance(operands[0], tuple) else ()
    return sorted(day for day in days if day.year == as_of.year and day <= as_of)


def _count_in_year(operands: Sequence[Worth], as_of: date) -> Worth:
    return Fraction(len(_this_year(operands, as_of)))


def _longest_run_of_months(operands: Sequence[Worth], as_of: date) -> Worth:
    months = {day.month for day in _this_year(operands, as_of)}
    longest = run = 0
    for month in range(1, 13):
        run = run + 1 if month in months else 0
        longest = max(longest, run)
    return Fraction(longest)


@dataclass(frozen=True, slots=True)
class Operation:
    """运算: how many operands, of which kinds, what comes out, and how."""

    takes: tuple[str, ...]
    gives: str
    of: Callable[[Sequence[Worth], date], Worth]
    is_variadic: bool = False


OPERATIONS: dict[str, Operation] = {
    "divide": Operation(("number", "number"), "number", _numbers(lambda a, b: a / b if b else None)),
    "subtract": Operation(("number", "number"), "number", _numbers(lambda a, b: a - b)),
    "days_between": Operation(("date", "date"), "number", _dates(lambda a, b: Fraction((b - a).days))),
    "months_between": Operation(("date", "date"), "number", _dates(months_between)),
    "calendar_months_between": Operation(
        ("date", "date"), "number", _dates(lambda a, b: Fraction((b.year - a.year) * 12 + b.month - a.month))
    ),
    "latest": Operation(("date",), "date", _latest, is_variadic=True),
    "first_known": Operation(("date",), "date", _first_known, is_variadic=True),
    "count_in_year": Operation(("dates",), "number", _count_in_year),
    "longest_run_of_months": Operation(("dates",), "number", _longest_run_of_months),
}
"""What a metric may do; a rule set names the operation, never writes one."""
