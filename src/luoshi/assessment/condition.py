"""Conditions of a rule: bands with their bounds in or out, flags, choices, runs of a colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luoshi.terms.number import fixed, plain, round_half_up
from luoshi.terms.period import chinese_date

Worth = Fraction | bool | date | str | tuple[date, ...] | None
"""What a measure can be worth; None when it is not known or has no meaning."""


@dataclass(frozen=True, slots=True)
class Band:
    """区间条件: a measure between bounds; ``at_least``/``at_most`` include the number, ``above``/``below`` do not."""

    measure: str
    at_least: Fraction | None = None
    above: Fraction | None = None
    at_most: Fraction | None = None
    below: Fraction | None = None

    def holds(self, worth: Worth) -> bool:
        """Whether the unrounded number lies in the band; an unknown one lies in none."""
        if not isinstance(worth, Fraction):
            return False
        return (
            (self.at_least is None or worth >= self.at_least)
            and (self.above is None or worth > self.above)
            and (self.at_most is None or worth <= self.at_most)
            and (self.below is None or worth < self.below)
        )

    @property
    def bounds(self) -> tuple[Fraction, ...]:
        """The numbers named."""
        return tuple(b for b in (self.at_least, self.above, self.at_most, self.below) if b is not None)


@dataclass(frozen=True, slots=True)
class Flag:
    """是否条件: a measure that is so, or is not."""

    measure: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """选项条件: a measure that has one of the named words."""

    measure: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """连续条件: the base colour of this and of the periods before it, ``periods`` in a row."""

    colour: str
    periods: int


@dataclass(frozen=True, slots=True)
class Every:
    """并且: all of them hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """或者: at least one of them holds; with ``is_none`` not a single one."""

    parts: tuple[Condition, ...]
    is_none: bool = False


Condition = Band | Flag | Choice | Run | Every | Some


@dataclass(frozen=True, slots=True)
class Facts:
    """判定依据: what each measure is worth, and the base colours up to now (oldest first, this period last).

    Colours that count for nothing (未报) are left out of ``bases``, so a run goes by reported periods.
    """

    worths: Mapping[str, Worth]
    bases: tuple[str, ...] = ()


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether the condition is met; what is not known meets nothing."""
    if isinstance(condition, Every):
        return all(holds(part, facts) for part in condition.parts)
    if isinstance(condition, Some):
        return any(holds(part, facts) for part in condition.parts) is not condition.is_none
    if isinstance(condition, Run):
        last = facts.bases[-condition.periods :]
        return len(last) == condition.periods and all(colour == condition.colour for colour in last)
    worth = facts.worths.get(condition.measure)
    if isinstance(condition, Band):
        return condition.holds(worth)
    if isinstance(condition, Flag):
        return worth is condition.wanted
    return worth in condition.words


def has_run(condition: Condition) -> bool:
    """Whether a run of colours decides in it: such rules are left out of the base colour."""
    if isinstance(condition, Every | Some):
        return any(has_run(part) for part in condition.parts)
    return isinstance(condition, Run)


def measures_in(condition: Condition) -> tuple[str, ...]:
    """The measures it asks for, in its order."""
    if isinstance(condition, Every | Some):
        return tuple(name for part in condition.parts for name in measures_in(part))
    return () if isinstance(condition, Run) else (condition.measure,)


def render_condition(condition: Condition, labels: Mapping[str, str]) -> str:
    """The condition as people read it: 实际÷应达 ≥ 1 且 < 1.1."""
    if isinstance(condition, Every):
        return "且".join(_bracketed(part, labels) for part in condition.parts)
    if isinstance(condition, Some):
        text = "或".join(_bracketed(part, labels) for part in condition.parts)
        return f"并非（{text}）" if condition.is_none else text
    if isinstance(condition, Run):
        return f"连续{condition.periods}期为{labels.get(condition.colour, condition.colour)}"
    label = labels.get(condition.measure, condition.measure)
    if isinstance(condition, Flag):
        return label if condition.wanted else f"并非“{label}”"
    if isinstance(condition, Choice):
        return f"{label}为{'、'.join(labels.get(word, word) for word in condition.words)}"
    signs = (("≥", condition.at_least), (">", condition.above), ("≤", condition.at_most), ("<", condition.below))
    return f"{label} " + " 且 ".join(
        f"{sign} {plain(bound)}".replace("-", "−") for sign, bound in signs if bound is not None
    )


def _bracketed(condition: Condition, labels: Mapping[str, str]) -> str:
    text = render_condition(condition, labels)
    return f"（{text}）" if isinstance(condition, Every | Some) and len(condition.parts) > 1 else text


def render_worth(worth: Worth, bounds: tuple[Fraction, ...] = ()) -> str:
    """A measure's worth as shown: two decimals, more where rounding would seem to touch a bound it misses."""
    if worth is None:
        return "无"
    if isinstance(worth, bool):
        return "是" if worth else "否"
    if isinstance(worth, date):
        return chinese_date(worth)
    if isinstance(worth, tuple):
        return "、".join(chinese_date(day) for day in worth) or "无"
    if isinstance(worth, str):
        return worth
    if worth.denominator == 1:
        return plain(worth).replace("-", "−")
    rounded = Fraction(round_half_up(worth, 2))
    return fixed(worth, 6 if rounded != worth and rounded in bounds else 2)
