"""Working a formula out: exact fractions, unknown stays unknown, no result depends on the order of rows."""

from __future__ import annotations

import math
import operator
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from luoshi.lists.formula.parameter import Setting, banded, interpolated, looked_up
from luoshi.lists.formula.tree import Aggregate, Call, Constant, Name, Node, Window, Worth, walk
from luoshi.terms.number import round_half_up

Row = Mapping[str, Worth]
Gathered = Mapping[Aggregate, Worth]
_Work = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all rows alike: ``as_of`` and the parameters of that day."""

    scalars: Mapping[str, Worth] = field(default_factory=dict)
    tables: Mapping[str, Setting] = field(default_factory=dict)


def worth(value: object) -> Worth:
    """A field's value as formulas see it; what they cannot use is unknown to them."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal | Fraction):
        return Fraction(value)
    return value if isinstance(value, str | date) else None


def each(node: Node, rows: Sequence[Row], frame: Frame) -> list[Worth]:
    """The value of a row formula for every row."""
    windows = {part: _windowed(part, rows, frame) for part in walk(node) if isinstance(part, Window)}
    found: list[Worth] = []
    work = _Compiler(frame, {}, windows).compiled(node)
    for index, row in enumerate(rows):
        found.append(work({**row, _INDEX: Fraction(index)} if windows else row))
    return found


def gather(parts: Sequence[Aggregate], rows: Sequence[Row], frame: Frame) -> dict[Aggregate, Worth]:
    """The sums over these rows that a measure is made of."""
    return {part: _aggregated(part, rows, frame) for part in parts}


def finish(node: Node, gathered: Gathered, frame: Frame) -> Worth:
    """The measure, from its sums."""
    result: Worth = _Compiler(frame, gathered, {}).compiled(node)({})
    return result


_INDEX = "\0row"


def _aggregated(part: Aggregate, rows: Sequence[Row], frame: Frame) -> Any:
    compiler = _Compiler(frame, {}, {})
    if part.where is not None:
        holds = compiler.compiled(part.where)
        rows = [row for row in rows if holds(row) is True]
    if part.arg is None:
        return Fraction(len(rows))
    work = compiler.compiled(part.arg)
    values = [value for row in rows if (value := work(row)) is not None]
    return _together(part.name, set(values) if part.distinct else values)


def _together(name: str, values: Any) -> Any:
    if name == "count":
        return Fraction(len(values))
    if not values:
        return None
    if name == "sum":
        return sum(values, Fraction(0))
    if name == "avg":
        return sum(values, Fraction(0)) / len(values)
    return min(values) if name == "min" else max(values)


def _windowed(part: Window, rows: Sequence[Row], frame: Frame) -> list[Worth]:
    compiler = _Compiler(frame, {}, {})
    keys = [compiler.compiled(key) for key in part.by]
    groups: dict[tuple[Hashable, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[tuple(key(row) for key in keys)].append(index)
    found: list[Worth] = [None] * len(rows)
    for members in groups.values():
        if part.name == "rank":
            ranks = _ranks(part, [rows[index] for index in members], compiler)
        else:
            one = _aggregated(Aggregate(part.name, part.arg), [rows[index] for index in members], frame)
            ranks = [one] * len(members)
        for index, value in zip(members, ranks, strict=True):
            found[index] = value
    return found


def _ranks(part: Window, rows: Sequence[Row], compiler: _Compiler) -> list[Worth]:
    """One more than the rows that stand strictly before; ties share the better rank, the unknown has none."""
    works = [(compiler.compiled(node), largest) for node, largest in part.order]
    keys = [tuple(work(row) for work, _ in works) for row in rows]
    known = sorted({key for key in keys if None not in key}, key=lambda key: _sortable(key, works))
    counts: dict[Any, int] = defaultdict(int)
    for key in keys:
        counts[key] += 1
    place, places = 1, {}
    for key in known:
        places[key] = Fraction(place)
        place += counts[key]
    return [places.get(key) for key in keys]


def _sortable(key: Sequence[Any], works: Sequence[tuple[_Work, bool]]) -> tuple[Any, ...]:
    return tuple(_Reversed(value) if largest else value for value, (_, largest) in zip(key, works, strict=True))


@dataclass(frozen=True, slots=True)
class _Reversed:
    value: Any

    def __lt__(self, other: _Reversed) -> bool:
        return bool(other.value < self.value)


def _known(function: Callable[..., Any]) -> Callable[..., Any]:
    """Unknown in, unknown out."""
    return lambda *values: None if None in values else function(*values)


def _divided(left: Fraction, right: Fraction) -> Fraction | None:
    return left / right if right else None


def _both(left: Any, right: Any) -> Any:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _either(left: Any, right: Any) -> Any:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _among(value: Any, *others: Any) -> Any:
    if value is None:
        return None
    return True if value in others else None if None in others else False


def _rounded(value: Fraction, places: Fraction) -> Fraction:
    return Fraction(round_half_up(value, int(places)))


_SIMPLE: dict[str, Callable[..., Any]] = {
    "+": _known(operator.add),
    "-": _known(operator.sub),
    "*": _known(operator.mul),
    "/": _known(_divided),
    "=": _known(operator.eq),
    "<>": _known(operator.ne),
    "<": _known(operator.lt),
    "<=": _known(operator.le),
    ">": _known(operator.gt),
    ">=": _known(operator.ge),
    "and": _both,
    "or": _either,
    "not": _known(operator.not_),
    "in": _among,
    "is_null": lambda value: value is None,
    "abs": _known(abs),
    "round": _known(_rounded),
    "floor": _known(lambda value: Fraction(math.floor(value))),
    "ceil": _known(lambda value: Fraction(math.ceil(value))),
    "coalesce": lambda *values: next((value for value in values if value is not None), None),
    "nullif": lambda value, other: None if value == other else value,
    "least": _known(lambda *values: min(values)),
    "greatest": _known(lambda *values: max(values)),
    "year": _known(lambda day: Fraction(day.year)),
    "month": _known(lambda day: Fraction(day.month)),
    "days": _known(lambda later, earlier: Fraction((later - earlier).days)),
}
_TABLES = {"lookup": looked_up, "band": banded, "interpolate": interpolated}


class _Compiler:
    """Turns a tree into nested functions of a row."""

    def __init__(self, frame: Frame, gathered: Gathered, windows: Mapping[Window, Sequence[Worth]]) -> None:
        self.frame, self.gathered, self.windows = frame, gathered, windows

    def compiled(self, node: Node) -> _Work:
        match node:
            case Constant(value):
                return lambda _row: value
            case Name(name):
                if name in self.frame.scalars:
                    scalar = self.frame.scalars[name]
                    return lambda _row: scalar
                return lambda row: row.get(name)
            case Aggregate():
                gathered = self.gathered[node]
                return lambda _row: gathered
            case Window():
                found = self.windows[node]
                return lambda row: found[int(row[_INDEX])]  # type: ignore[arg-type]
            case Call("case", args):
                return self.case([self.compiled(arg) for arg in args])
            case Call(name, (Name(table), key)) if name in _TABLES:
                setting, work, find = self.frame.tables[table], self.compiled(key), _TABLES[name]
                return lambda row: find(setting, work(row))
            case Call(name, args):
                return _applied(_SIMPLE[name], [self.compiled(arg) for arg in args])

    def case(self, works: Sequence[_Work]) -> _Work:
        branches = list(zip(works[:-1:2], works[1::2], strict=True))
        default = works[-1]

        def chosen(row: Row) -> Any:
            for condition, value in branches:
                if condition(row) is True:
                    return value(row)
            return default(row)

        return chosen


def _applied(function: Callable[..., Any], works: Sequence[_Work]) -> _Work:
    if len(works) == 2:
        first, second = works
        return lambda row: function(first(row), second(row))
    return lambda row: function(*[work(row) for work in works])
