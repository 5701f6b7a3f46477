"""Units with their scale: 亿元 is a unit; conversion is exact and only within one dimension."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

import yaml

from luoshi.terms.number import plain


@dataclass(frozen=True, slots=True)
class Unit:
    """计量单位: symbol as written, dimension, and how many base units one of it holds.

    Dimension ``count:家`` keeps counts of different things apart: 家 and 人 do not convert.
    """

    symbol: str
    dimension: str
    factor: Fraction

    def __str__(self) -> str:
        return self.symbol


class UnitMismatch(ValueError):
    """Two quantities of different dimensions were compared or added (亿元 with 家)."""


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(resources.files(__package__).joinpath("units.yaml").read_text("utf-8"))
    return found


@cache
def _table() -> dict[str, tuple[str, Fraction]]:
    return {
        symbol: (dimension, Fraction(str(factor)))
        for dimension, symbols in _data()["dimensions"].items()
        for symbol, factor in symbols.items()
    }


_SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}


@cache
def unit(symbol: str) -> Unit:
    """The unit of this writing; a scale prefix (万, 亿, 千 …) is understood before any unit.

    A bare scale (2万) is a number without a unit. A word that is no known measure is a counter of its own kind (方面, 家次), so that only like counts add.
    """
    symbol = symbol.replace("％", "%").replace("㎡", "平方米").strip()
    known = _table().get(symbol)
    if known:
        return Unit(symbol, *known)
    for scale, size in _SCALES.items():
        rest = symbol[len(scale) :]
        if symbol.startswith(scale) and rest in _table():
            dimension, factor = _table()[rest]
            return Unit(symbol, dimension, factor * size)
        if symbol.startswith(scale) and rest:
            return Unit(symbol, f"count:{rest}", Fraction(size))
    return Unit(symbol, f"count:{symbol}", Fraction(1))


def counts_whole(symbol: str) -> bool:
    """Whether the unit counts things that come whole: 家, 名, 万人 (of which 1.5 are 15000)."""
    symbol = symbol.strip()
    scale = next((size for size in _SCALES if symbol.startswith(size) and symbol != size), "")
    return symbol.removeprefix(scale) in _data()["whole"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """数量: an exact amount in a unit (15 亿元)."""

    amount: Fraction
    unit: Unit

    @classmethod
    def of(cls, amount: int | str | Decimal | Fraction, symbol: str) -> Quantity:
        """The quantity as written: ``Quantity.of("7.5", "万千瓦")``."""
        return cls(Fraction(amount), unit(symbol))

    def to(self, other: Unit) -> Quantity:
        """The same quantity in another unit of its dimension.

        Raises:
            UnitMismatch: the dimensions differ.
        """
        if other.dimension != self.unit.dimension:
            raise UnitMismatch(f"{self.unit} 与 {other} 不是同一类单位")
        return Quantity(self.amount * self.unit.factor / other.factor, other)

    def __str__(self) -> str:
        return f"{plain(self.amount)}{self.unit.symbol}"
