"""What was achieved: an amount, or the two numbers a rate is computed from; never a typed rate beside both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from luoshi.terms.unit import Quantity


class Quality(StrEnum):
    """数据性质: final, provisional (初步数, may still change) or revised (修订数, replaces an earlier one)."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Share:
    """占比: part and whole as counted; the rate is computed."""

    numerator: Quantity
    denominator: Quantity


@dataclass(frozen=True, slots=True)
class RateOfChange:
    """增减: the current figure and its base as revised; the rate is computed.

    ``published`` is the rate the statistics office printed, kept beside the computed one, never used for it.
    """

    current: Quantity
    base: Quantity
    published: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """排名: place, of how many, by whom published; 1 is best."""

    place: int
    of: int = 0
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """已达状态: the state of a project or an honour as proved by a document."""

    state: str


Measured = Quantity | Share | RateOfChange | Placing | Reached


@dataclass(frozen=True, slots=True)
class Actual:
    """实际值: what was measured, the day it holds for, where it was taken from, and its quality.

    A rate that was published without its two numbers comes as a ``Quantity`` in %.
    """

    measured: Measured
    on: date | None = None
    origin: str = ""
    quality: Quality = Quality.FINAL
    revised_from: Quantity | None = None


def mean(quantities: Sequence[Quantity]) -> Quantity:
    """The average of several years, as a base (前三年平均数), in the unit of the first.

    Raises:
        ValueError: nothing to average.
        UnitMismatch: the dimensions differ.
    """
    if not quantities:
        raise ValueError("nothing to average")
    first = quantities[0].unit
    total = sum((quantity.to(first).amount for quantity in quantities), Fraction(0))
    return Quantity(total / len(quantities), first)
