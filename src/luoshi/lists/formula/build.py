"""From the words of a list's YAML to checked formulas, measures and parameters; every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from luoshi.lists.formula.infer import (
    BOOLEAN,
    DATE,
    FAR,
    NUMBER,
    TEXT,
    UNKNOWN,
    Inferred,
    Kind,
    LookupTable,
    Scope,
    infer,
)
from luoshi.lists.formula.parameter import Parameter, Setting, TableBand
from luoshi.lists.formula.parse import NotAFormula, parse
from luoshi.lists.formula.reckoning import Formula, Reckoning
from luoshi.lists.formula.scale import RATIO, scale
from luoshi.lists.formula.tree import Call, Constant, Name, Node, Worth, loose_names, names, walk
from luoshi.terms.source import Source

Path = tuple[str | int, ...]
FIELD_KINDS = {
    "integer": NUMBER, "decimal": NUMBER, "date": DATE, "boolean": BOOLEAN, "text": TEXT, "long_text": TEXT,
    "choice": TEXT, "body": TEXT, "person": TEXT, "reference": TEXT, "period": TEXT,
}  # fmt: skip
"""What the types of fields are to formulas; the others cannot be reckoned with."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a formula or parameter says that cannot be meant: where, what, and what may have been."""

    path: Path
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields formulas may use, by name, with label and kind; ``references`` are fields that point to entries."""

    kinds: Mapping[str, Kind]
    labels: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    references: frozenset[str] = frozenset()


def build(data: Mapping[str, Any], columns: Columns, label: str) -> tuple[Reckoning, tuple[Mistake, ...]]:
    """What a list computes, from its ``parameters``, ``formulas`` and ``measures``.

    Args:
        data: the list's data, checked against the schema.
    """
    builder = _Builder(data, columns)
    builder.parameters()
    formulas = builder.ordered("formulas", per_row=True)
    measures = builder.ordered("measures", per_row=False)
    labels = {**columns.labels, **builder.labels, "as_of": "截止日"}
    reckoning = Reckoning(label, formulas, measures, builder.found, labels, columns.choices)
    return reckoning, tuple(builder.mistakes)


class _Builder:
    def __init__(self, data: Mapping[str, Any], columns: Columns) -> None:
        self.data, self.columns = data, columns
        self.kinds: dict[str, Kind] = {**columns.kinds, "as_of": Kind(DATE)}
        self.tables: dict[str, LookupTable] = {}
        self.found: dict[str, Parameter] = {}
        self.labels: dict[str, str] = {}
        self.mistakes: list[Mistake] = []

    def said(self, path: Path, message: str, hint: str = "") -> None:
        self.mistakes.append(Mistake(path, message, hint))

    # parameters ---------------------------------------------------------------------------------------

    def parameters(self) -> None:
        for name, data in self.data.get("parameters", {}).items():
            if name in self.kinds:
                self.said(("parameters", name), f"参数“{name}”与另一名称重复。")
                continue
            parameter = self.parameter(name, data)
            self.found[name], self.labels[name] = parameter, parameter.label
            kind = Kind(TEXT if data.get("type") == "text" else NUMBER, scale(parameter.unit))
            if parameter.shape == "value":
                self.kinds[name] = kind
            else:
                key = Kind(TEXT) if parameter.shape == "keyed" else Kind(NUMBER, scale(parameter.key_unit))
                self.tables[name] = LookupTable(key, kind)

    def parameter(self, name: str, data: Mapping[str, Any]) -> Parameter:
        shapes = {shape for setting in data["values"] for shape in ("value", "keyed", "bands") if shape in setting}
        if len(shapes) != 1:
            self.said(("parameters", name, "values"), "每次取值应同为value、keyed或bands之一。")
        settings = tuple(sorted(
            (self.setting(setting, data, ("parameters", name, "values", index)) for index, setting in enumerate(data["values"])),
            key=lambda setting: setting.starts or date.min,
        ))  # fmt: skip
        for earlier, later in pairwise(settings):
            if later.starts is None or earlier.ends is None or later.starts <= earlier.ends:
                self.said(("parameters", name, "values"), "取值的有效期应先后相接，不能重叠。", "请写明from和to。")
        shape = next(iter(sorted(shapes)), "value")
        return Parameter(name, data["label"], shape, settings, data.get("unit", ""), data.get("key_unit", ""))

    def setting(self, data: Mapping[str, Any], parameter: Mapping[str, Any], path: Path) -> Setting:
        is_text = parameter.get("type") == "text"
        bands = tuple(
            TableBand(
                self.number(band["from"], (*path, "bands")) if band.get("from") is not None else None,
                self.value(band["value"], is_text, path),
            )
            for band in data.get("bands", ())
        )
        bounds = [Fraction(-(10**30)) if band.start is None else band.start for band in bands]
        if bounds != sorted(set(bounds)):
            self.said((*path, "bands"), "区间应从小到大，下限不能重复。")
        starts, ends = self.day(data.get("from"), path), self.day(data.get("to"), path)
        if starts and ends and ends < starts:
            self.said(path, "有效期的止日早于起日。")
        return Setting(
            starts, ends, self.value(data["value"], is_text, path) if "value" in data else None,
            {key: self.value(value, is_text, path) for key, value in data.get("keyed", {}).items()}, bands,
            Source.of(data.get("source") or parameter.get("source")),
        )  # fmt: skip

    def value(self, text: str, is_text: bool, path: Path) -> Worth:
        return text if is_text else self.number(text, path)

    def number(self, text: str, path: Path) -> Fraction:
        if _NUMBER.match(text):
            return Fraction(text)
        self.said(path, f"“{text[:40]}”不是数。")
        return Fraction(0)

    def day(self, text: str | None, path: Path) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.said(path, f"日期“{text}”不存在。", "日期写作2023-01-01。")
            return None

    # formulas -----------------------------------------------------------------------------------------

    def ordered(self, key: str, *, per_row: bool) -> tuple[Formula, ...]:
        """The formulas of one kind, each after those it uses."""
        written: Mapping[str, Any] = self.data.get(key, {})
        parsed = {name: tree for name, data in written.items() if (tree := self.parsed(name, data, key)) is not None}
        sorter = TopologicalSorter({name: sorted(names(tree) & parsed.keys()) for name, tree in parsed.items()})
        try:
            order = tuple(sorter.static_order())
        except CycleError as error:
            circle = [str(name) for name in error.args[1][1:]]
            first = circle.index(min(circle))
            circle = [*circle[first:], *circle[:first], circle[first]]
            self.said((key, circle[0]), f"公式互相引用成了圈：{' → '.join(circle)}。")
            return ()
        row_names = frozenset(self.columns.kinds) | frozenset(self.data.get("formulas", {}))
        found: list[Formula] = []
        for name in order:
            if not per_row and (loose := sorted(loose_names(parsed[name]) & row_names)):
                self.said((key, name, "formula"), f"指标里的“{loose[0]}”要放在sum、count等汇总里面。")
                continue
            found.append(self.formula(name, written[name], parsed[name], (key, name), per_row=per_row))
            self.kinds[name] = Kind(found[-1].type, scale(found[-1].unit))
        return tuple(found)

    def parsed(self, name: str, data: Mapping[str, Any], key: str) -> Node | None:
        self.labels[name] = data["label"]
        if name in self.kinds or name in self.tables:
            self.said((key, name), f"“{name}”与栏目、参数或另一公式重名。")
            return None
        try:
            return parse(data["formula"])
        except NotAFormula as error:
            self.said((key, name, "formula"), str(error), error.hint)
            return None

    def formula(self, name: str, data: Mapping[str, Any], tree: Node, path: Path, *, per_row: bool) -> Formula:
        inferred = infer(tree, Scope({**self.kinds, **self.far(tree)}, self.tables, aggregates=not per_row))
        for problem in inferred.problems:
            self.said((*path, "formula"), problem.message, problem.hint)
        if inferred.divides and "when_empty" not in data:
            hint = "请写when_empty: not_applicable（不适用）、not_rated（不评）或zero（0）。"
            self.said((*path, "formula"), "分母可能为0或没有数据，要说明那时怎么办。", hint)
        node = inferred.node if inferred.problems else self.in_unit(inferred, data.get("unit", ""), path)
        places = int(data["places"]) if "places" in data else None
        return Formula(
            name, data["label"], data["formula"], node, inferred.kind.type, data.get("unit", ""), places,
            data.get("when_empty", "not_applicable"), Source.of(data.get("source")),
        )  # fmt: skip

    def far(self, tree: Node) -> dict[str, Kind]:
        """Fields of referenced entries: their list may be loaded later, so they pass unchecked here."""
        dotted = {part.name for part in walk(tree) if isinstance(part, Name) and "." in part.name}
        return {name: _FAR for name in dotted if name.split(".")[0] in self.columns.references}

    def in_unit(self, inferred: Inferred, unit: str, path: Path) -> Node:
        """The tree in the unit the formula declares."""
        kind, wanted = inferred.kind, scale(unit)
        if kind.type == FAR:
            return inferred.node
        if kind.type == UNKNOWN:
            self.said((*path, "formula"), "这个公式算不出任何值。")
            return inferred.node
        if kind.type != NUMBER:
            if unit:
                self.said((*path, "unit"), "算出来的不是数，不能有单位。")
            return inferred.node
        counts = kind.scale.is_ratio and wanted.is_count  # count(*) is so many 件
        if not (kind.free or counts or kind.scale.fits(wanted)):
            self.said((*path, "unit"), f"单位“{unit or '（无）'}”与公式不符：算出来的是{kind.scale}。")
        factor = (Fraction(1) if kind.free else kind.scale.factor) / (Fraction(1) if kind.free else wanted.factor)
        return inferred.node if factor == 1 else Call("*", (inferred.node, Constant(factor)))


_FAR = Kind(FAR)
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?\Z")


def columns_of(
    fields: Iterable[Any],
    states: Mapping[str, str],
    clocks: Mapping[str, str] | None = None,
    moves: Mapping[str, str] | None = None,
) -> Columns:
    """What formulas may use of a list's entries: fields, state, day of opening, and the days of the clocks.

    Args:
        clocks: the labels of the clocks, by name; ``answer.due_on``, ``answer.first_due_on`` (before it was put
            off) and ``answer.stopped_on`` are days.
        moves: the labels of the moves; ``return.on`` is the day it was last made, unknown when it never was.
    """
    kinds: dict[str, Kind] = {"id": Kind(TEXT), "state": Kind(TEXT, choices=tuple(states)), "opened_on": Kind(DATE)}
    labels, choices, references = {"state": "状态", "id": "编号", "opened_on": "登记日"}, dict(states), set()
    for name, label in (clocks or {}).items():
        days = {"due_on": "到期日", "first_due_on": "原定到期日", "stopped_on": "办结日"}
        kinds |= {f"{name}.{end}": Kind(DATE) for end in days}
        labels |= {f"{name}.{end}": f"{label}{word}" for end, word in days.items()}
    for name, label in (moves or {}).items():
        kinds[f"{name}.on"] = Kind(DATE)
        labels[f"{name}.on"] = f"{label}之日"
    for item in fields:
        kind = UNKNOWN if item.personal else FIELD_KINDS.get(item.type, UNKNOWN)
        kinds[item.name] = Kind(kind, scale(item.unit) if kind == NUMBER else RATIO, choices=tuple(item.of))
        labels[item.name] = item.label
        choices.update(item.of)
        if item.type == "reference":
            references.add(item.name)
    return Columns(kinds, labels, choices, frozenset(references))
