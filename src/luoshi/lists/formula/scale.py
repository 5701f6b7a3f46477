"""Units multiplied and divided: 万元 ÷ 亩 is 万元/亩, 家 ÷ 家 is a ratio."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from luoshi.terms.unit import unit


@dataclass(frozen=True, slots=True)
class Scale:
    """量纲: dimensions with their powers, and how many base units one of it holds."""

    powers: tuple[tuple[str, int], ...] = ()
    factor: Fraction = Fraction(1)

    @property
    def is_ratio(self) -> bool:
        """Whether nothing is left to measure: a plain number, a share, a per cent."""
        return not self.powers

    @property
    def is_count(self) -> bool:
        """Whether it counts things (家, 件), people or their coming (人, 人次), one by one or in ten thousands."""
        (dimension, power) = self.powers[0] if len(self.powers) == 1 else ("", 0)
        return power == 1 and (dimension.startswith("count:") or dimension in {"people", "trips"})

    def times(self, other: Scale, power: int = 1) -> Scale:
        """The scale of a product; of a quotient with ``power`` -1."""
        found = Counter(dict(self.powers))
        for dimension, exponent in other.powers:
            found[dimension] += power * exponent
        left = tuple(sorted((dimension, exponent) for dimension, exponent in found.items() if exponent))
        return Scale(left, self.factor * other.factor**power)

    def fits(self, other: Scale) -> bool:
        """Whether the two may be added and compared."""
        return self.powers == other.powers

    def __str__(self) -> str:
        above = "·".join(_worded(name, power) for name, power in self.powers if power > 0)
        below = "·".join(_worded(name, -power) for name, power in self.powers if power < 0)
        return f"{above or '1'}/{below}" if below else above or "比率"


_NAMES = {"money": "金额", "area": "面积", "length": "长度", "mass": "重量", "power": "功率", "energy": "电量",
          "people": "人数", "trips": "人次", "time": "天数", "duration": "时长", "volume": "体积",
          "foreign_money": "外币", "voltage": "电压", "clock": "时间", "microgram": "浓度"}  # fmt: skip


def _worded(name: str, power: int) -> str:
    word = _NAMES.get(name, name.removeprefix("count:"))
    return word if power == 1 else f"{word}^{power}"


RATIO = Scale()
DAYS = Scale((("time", 1),))


def scale(symbol: str) -> Scale:
    """The scale of a unit as written: 万元, %, 万元/亩, 吨标煤/万元; empty is a plain number."""
    symbol = symbol.strip()
    whole = unit(symbol)
    if not whole.dimension.startswith("count:") or "/" not in symbol:
        return RATIO.times(_simple(symbol)) if symbol else RATIO
    above, *below = symbol.split("/")
    found = _simple(above) if above not in {"", "1"} else RATIO
    for part in below:
        found = found.times(_simple(part), -1)
    return found


_POINTS = "分"
"""Points of a score are plain numbers: 30分 × 比率 is so many 分."""


def _simple(symbol: str) -> Scale:
    found = unit(symbol)
    plain = found.dimension == "ratio" or symbol == _POINTS
    return Scale(() if plain else ((found.dimension, 1),), found.factor)
