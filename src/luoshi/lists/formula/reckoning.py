"""计算: a list's formulas and measures worked out over its entries, each result with its trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from luoshi.lists.formula.evaluate import Frame, Row, each, finish, gather
from luoshi.lists.formula.parameter import Parameter
from luoshi.lists.formula.tree import Name, Node, Window, Worth, aggregates, names, walk
from luoshi.lists.formula.wording import in_numbers, in_words, shown, told
from luoshi.terms.number import fixed
from luoshi.terms.source import Source
from luoshi.terms.trace import Input, Step, Trace

EMPTY = {"not_applicable": "不适用", "not_rated": "不评", "zero": "0"}
"""What a formula is worth when its denominator is empty or zero, or a value is missing."""
_WIDEST = 8192
"""Bits of a numerator or denominator; wider numbers come only from formulas that run away."""


class TooLarge(ArithmeticError):
    """A formula's numbers grow beyond any use."""


@dataclass(frozen=True, slots=True)
class Formula:
    """计算栏 or 指标: a checked formula with its unit, its rounding and what it is when it is empty.

    ``places`` is the number of decimals shown; the value itself stays exact unless the formula rounds.
    ``node`` gives the value in ``unit`` already. A formula of rows has no aggregate, a measure only those.
    """

    name: str
    label: str
    text: str
    node: Node
    type: str
    unit: str = ""
    places: int | None = None
    when_empty: str = "not_applicable"
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """计算结果: exact value, how it is shown, and how it came about."""

    value: Worth
    shown: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class Reckoning:
    """All that a list computes; ``formulas`` and ``measures`` in an order in which each finds what it needs."""

    label: str = ""
    formulas: tuple[Formula, ...] = ()
    measures: tuple[Formula, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)

    def reach(self, formula: Formula) -> tuple[frozenset[str], bool]:
        """What a computed column tells of other entries, itself or through the columns it uses.

        Returns:
            The names of fields of referenced entries (``vote.places``), and whether it compares the entries of the
            list with each other (ranks, shares of a sum).
        """
        known = {each.name: each for each in self.formulas}
        found: set[str] = set()
        waiting, compares = [formula], False
        while waiting:
            node = waiting.pop().node
            compares = compares or any(isinstance(part, Window) for part in walk(node))
            new = names(node) - found
            found |= new
            waiting += [known[name] for name in new if name in known]
        return frozenset(name for name in found if "." in name), compares

    def frame(self, as_of: date, used: frozenset[str]) -> Frame:
        """The parameters of the day that these names ask for.

        Raises:
            NoParameter: one has no value on that day.
        """
        settings = {name: self.parameters[name].on(as_of) for name in used & self.parameters.keys()}
        values = {name: setting.value for name, setting in settings.items() if self.parameters[name].shape == "value"}
        return Frame({"as_of": as_of, **values}, settings)

    def with_formulas(self, rows: Sequence[Row], as_of: date) -> list[dict[str, Worth]]:
        """The rows with a column for each formula.

        Raises:
            NoParameter, TooLarge: a parameter is missing, a number runs away.
        """
        found = [dict(row) for row in rows]
        for formula in self.formulas:
            frame = self.frame(as_of, names(formula.node))
            for row, value in zip(found, each(formula.node, found, frame), strict=True):
                row[formula.name] = _within(value, formula)
        return found

    def measured(self, rows: Sequence[Row], as_of: date) -> dict[str, Reckoned]:
        """Each measure over these rows, which hold the formulas' columns already."""
        found: dict[str, Reckoned] = {}
        for measure in self.measures:
            frame = self.frame(as_of, names(measure.node))
            earlier = {name: outcome.value for name, outcome in found.items()}
            frame = Frame({**frame.scalars, **earlier}, frame.tables)
            parts = gather(aggregates(measure.node), rows, frame)
            value = _within(finish(measure.node, parts, frame), measure)
            worths: dict[Node, Worth] = dict(parts.items())
            worths.update({part: frame.scalars[part.name] for part in _scalars(measure.node, frame)})
            found[measure.name] = self._outcome(measure, value, worths, as_of)
        return found

    def explained(self, formula: Formula, row: Row, as_of: date) -> Reckoned:
        """One row's formula with its trace; ``row`` holds all columns."""
        frame = self.frame(as_of, names(formula.node))
        worths: dict[Node, Worth] = {
            part: frame.scalars.get(part.name, row.get(part.name))
            for part in walk(formula.node)
            if isinstance(part, Name)
        }
        return self._outcome(formula, row.get(formula.name), worths, as_of)

    def _outcome(self, formula: Formula, value: Worth, worths: Mapping[Node, Worth], as_of: date) -> Reckoned:
        inputs = tuple(
            Input(
                in_words(part, self.labels, self.choices), told(worth, self.choices), as_of, self._origin(part, as_of)
            )
            for part, worth in worths.items()
            if not (
                isinstance(part, Name) and part.name in self.parameters and self.parameters[part.name].shape != "value"
            )
        )
        text = read_as(value, formula)
        steps = (
            Step(f"{formula.label} = {in_words(formula.node, self.labels, self.choices)}"),
            Step(f"= {in_numbers(formula.node, worths, self.labels, self.choices)}", text),
        )
        return Reckoned(value, text, Trace(f"{self.label}：{formula.label}", inputs, steps, formula.source))

    def _origin(self, part: Node, as_of: date) -> str:
        if not isinstance(part, Name) or part.name not in self.parameters:
            return ""
        return self.parameters[part.name].on(as_of).source.title


def _scalars(node: Node, frame: Frame) -> list[Name]:
    return list(
        dict.fromkeys(p for p in walk(node) if isinstance(p, Name) and p.name in frame.scalars and p.name != "as_of")
    )


def _within(value: Worth, formula: Formula) -> Worth:
    """The value, or what the formula is worth when it has none.

    Raises:
        TooLarge: its digits run away.
    """
    if value is None and formula.when_empty == "zero":
        return Fraction(0)
    if isinstance(value, Fraction) and max(value.numerator.bit_length(), value.denominator.bit_length()) > _WIDEST:
        raise TooLarge(f"“{formula.label}”算出的数太大。")
    return value


def read_as(value: Worth, formula: Formula) -> str:
    """The value as people read it: rounded half up to the stated decimals, with its unit."""
    if value is None:
        return EMPTY[formula.when_empty]
    if not isinstance(value, Fraction):
        return shown(value)
    number = fixed(value, formula.places) if formula.places is not None else shown(value)
    return f"{number}{formula.unit}"
