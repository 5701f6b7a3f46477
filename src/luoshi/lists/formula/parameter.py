"""参数: numbers and tables a formula uses, each with the time it holds for and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise

from luoshi.lists.formula.tree import Worth
from luoshi.terms.period import chinese_date
from luoshi.terms.source import Source


class NoParameter(ValueError):
    """A formula asks for a parameter on a day for which none was laid down: said, not guessed."""


@dataclass(frozen=True, slots=True)
class TableBand:
    """区间: from a bound (included) up to the next band's; ``start`` None reaches down without end."""

    start: Fraction | None
    value: Worth


@dataclass(frozen=True, slots=True)
class Setting:
    """取值: what a parameter is from one day to another, both included; None is without end.

    Exactly one of ``value``, ``keyed`` and ``bands`` is filled, as the parameter's shape says.
    """

    starts: date | None
    ends: date | None
    value: Worth = None
    keyed: Mapping[str, Worth] = field(default_factory=dict)
    bands: tuple[TableBand, ...] = ()
    source: Source = field(default_factory=Source)

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Parameter:
    """参数: a name, a unit and its settings in time; ``shape`` is value, keyed or bands."""

    name: str
    label: str
    shape: str
    settings: tuple[Setting, ...]
    unit: str = ""
    key_unit: str = ""

    def on(self, day: date) -> Setting:
        """The setting in force on a day; of two that overlap the one that began later.

        Raises:
            NoParameter: none is.
        """
        held = [setting for setting in self.settings if setting.holds_on(day)]
        if not held:
            raise NoParameter(f"参数“{self.label}”在{chinese_date(day)}没有取值。")
        return max(held, key=lambda setting: setting.starts or date.min)


def looked_up(setting: Setting, key: Worth) -> Worth:
    """The value under a key; None when the table has no such row."""
    return setting.keyed.get(str(key)) if key is not None else None


def banded(setting: Setting, number: Worth) -> Worth:
    """The value of the band the number lies in; None below the first."""
    if not isinstance(number, Fraction):
        return None
    found: Worth = None
    for band in setting.bands:
        if band.start is None or band.start <= number:
            found = band.value
    return found


def interpolated(setting: Setting, number: Worth) -> Worth:
    """On the straight line between the two nearest points; beyond the ends None (HJ 633's way)."""
    if not isinstance(number, Fraction):
        return None
    points = [(band.start, band.value) for band in setting.bands if band.start is not None]
    for (low, under), (high, over) in pairwise(points):
        if low <= number <= high and isinstance(under, Fraction) and isinstance(over, Fraction):
            return under + (over - under) * (number - low) / (high - low)
    return next((value for start, value in points if start == number), None)
