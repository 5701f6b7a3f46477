"""The promise itself, as adopted: kind, value, unit, strength."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.target.kind import Accumulation, Strength, TargetKind, accumulation_of
from luoshi.terms.number import exact, plain
from luoshi.terms.quotation import quoted
from luoshi.terms.unit import Quantity, Unit, unit

ABOUT = Fraction(1, 20)
"""左右 is taken as within five in a hundred of the number (domain.md §0.4 [D]); a county may pass another."""


@dataclass(frozen=True, slots=True)
class Target:
    """目标值: what is to be reached, as it was adopted.

    ``value`` is in ``unit`` (15 with 亿元; 20 with % for 下降20%; 1 with 名 for 第一); ``upper`` is the other
    bound of a range (None: 左右); ``start`` the value it set out from, when one was named; ``ladder`` the states of a
    project or an honour in order, of which ``state`` is wanted. ``is_falling`` says that a held or counted
    level must not rise (``hold`` only).
    """

    kind: TargetKind
    value: Fraction | None
    unit: Unit
    accumulation: Accumulation = Accumulation.CUMULATIVE
    strength: Strength = Strength.FIRM
    indicator: str = ""
    upper: Fraction | None = None
    start: Fraction | None = None
    baseline: str = ""
    state: str = ""
    ladder: tuple[str, ...] = ()
    is_falling: bool = False

    @classmethod
    def of(
        cls,
        kind: TargetKind | str,
        value: str | int | Decimal | Fraction | None = None,
        symbol: str = "",
        *,
        indicator: str = "",
        strength: Strength = Strength.FIRM,
    ) -> Target:
        """The target as adopted, its way of accumulating taken from kind and unit.

        Raises:
            ValueError: no such kind, or a numeric kind without a number.
        """
        kind = TargetKind(kind)
        number = None if value is None else exact(value)
        if number is None and kind not in {TargetKind.HONOUR, TargetKind.STATE_REACHED, TargetKind.NODES}:
            raise ValueError(f"a target of kind {kind} needs a number")
        measure = unit(symbol)
        return cls(kind, number, measure, accumulation_of(kind, measure, indicator), strength, indicator)

    @property
    def is_additive(self) -> bool:
        """Whether sub-targets of bodies may be summed to it; rates, levels and ceilings of levels never add."""
        return (
            self.kind in {TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.EXACTLY}
            and self.accumulation is Accumulation.CUMULATIVE
        )

    @property
    def has_pace(self) -> bool:
        """Whether a straight line of time says anything about it: a year-to-date amount to be reached."""
        return self.kind in {TargetKind.AT_LEAST, TargetKind.EXACTLY} and self.accumulation is Accumulation.CUMULATIVE

    @property
    def quantity(self) -> Quantity | None:
        """The value with its unit."""
        return None if self.value is None else Quantity(self.value, self.unit)

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """Lowest and highest value of a range, both included; without another bound the number is 左右."""
        middle = self.value or Fraction(0)
        if self.upper is not None:
            return middle, self.upper
        return middle - abs(middle) * ABOUT, middle + abs(middle) * ABOUT

    @property
    def phrase(self) -> str:
        """The target as one reads it aloud: 不少于15亿元, 较前三年平均数下降不少于20%."""
        if self.kind in {TargetKind.HONOUR, TargetKind.STATE_REACHED}:
            return (
                f"获得{self.indicator or self.state}" if self.kind is TargetKind.HONOUR else f"达到{quoted(self.state)}"
            )
        if self.kind is TargetKind.NODES:
            return "全部节点验收"
        number = f"{plain(self.value or 0)}{self.unit}"
        if self.kind is TargetKind.RANGE:
            return (
                f"{number}左右"
                if self.upper is None
                else f"{plain(self.value or 0)}—{plain(self.upper)}{self.unit}之间"
            )
        if self.kind is TargetKind.RANK:
            return f"前{plain(self.value or 0)}名"
        before = f"较{self.baseline}" if self.baseline else ""
        return _PHRASES[self.kind].format(number=number, before=before)


_PHRASES = {
    TargetKind.AT_LEAST: "不少于{number}",
    TargetKind.AT_MOST: "不超过{number}",
    TargetKind.EXACTLY: "恰为{number}",
    TargetKind.HOLD: "保持在{number}",
    TargetKind.GROWTH: "{before}增长不少于{number}",
    TargetKind.REDUCTION: "{before}下降不少于{number}",
    TargetKind.SHARE: "占比不少于{number}",
}


def about(value: str | int | Decimal | Fraction, symbol: str, tolerance: Fraction = ABOUT) -> Target:
    """The range that 左右 stands for: ``tolerance`` of the number to either side, both bounds included."""
    middle = exact(value)
    width = abs(middle) * tolerance
    measure = unit(symbol)
    return Target(
        TargetKind.RANGE, middle - width, measure, accumulation_of(TargetKind.RANGE, measure), upper=middle + width
    )
