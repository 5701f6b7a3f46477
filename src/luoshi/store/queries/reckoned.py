"""计算结果: what a list computes over its entries, with a fixed number of queries for any number of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from luoshi.lists.definition import Definition
from luoshi.lists.entry import Entry
from luoshi.lists.formula.evaluate import worth
from luoshi.lists.formula.parameter import NoParameter
from luoshi.lists.formula.reckoning import Formula, Reckoned, Reckoning, TooLarge, read_as
from luoshi.lists.formula.tree import Worth, names
from luoshi.lists.row import row_of
from luoshi.store import definitions
from luoshi.store.entries import find_all, from_row
from luoshi.store.models import EntryRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import openable
from luoshi.terms.trace import Trace

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Results:
    """计算结果: the rows with their computed columns by entry id, the measures by name, and why there are none.

    ``withheld`` are the cells (formula, entry) that would tell the reader of entries that are not his to read.
    """

    rows: Mapping[str, Mapping[str, Worth]]
    measures: Mapping[str, Reckoned]
    as_of: date
    missing: str = ""
    withheld: frozenset[tuple[str, str]] = frozenset()

    def shown(self, formula: Formula, entry: str) -> str:
        """One computed cell as people read it."""
        if (formula.name, entry) in self.withheld:
            return WITHHELD
        row = self.rows.get(entry)
        return read_as(row[formula.name], formula) if row is not None else ""


def computes(definition: Definition) -> bool:
    """Whether the list has formulas or measures."""
    return bool(definition.reckoning.formulas or definition.reckoning.measures)


def results(desk: Desk, definition: Definition, plans: Sequence[str]) -> Results:
    """All that the list computes as of the desk's day; ranks and means are taken over all its entries.

    A past month is computed as of its last day with the values known now.
    """
    found = over(definition, plans, desk.period.last if desk.is_past and desk.period else desk.today)
    return replace(found, withheld=_withheld(desk, definition, found)) if found.rows else found


def over(definition: Definition, plans: Sequence[str], as_of: date) -> Results:
    """The same, whoever looks: nothing is withheld."""
    if not computes(definition):
        return Results({}, {}, as_of)
    entries = [from_row(row) for row in EntryRow.objects.filter(plan__in=plans, list=definition.name).order_by("id")]
    reckoning = _labelled(definition)
    try:
        rows = reckoning.with_formulas(_rows(definition, entries), as_of)
        measures = reckoning.measured(rows, as_of)
    except (NoParameter, TooLarge) as reason:
        return Results({}, {}, as_of, str(reason))
    except (TypeError, AttributeError):  # a field of another list is of another kind than the formula takes it for
        return Results({}, {}, as_of, "公式里所指清单的栏目类型不符，请运行检查。")
    return Results({str(row["id"]): row for row in rows}, measures, as_of)


def _withheld(desk: Desk, definition: Definition, found: Results) -> frozenset[tuple[str, str]]:
    """The cells that tell of entries the reader may not open: of referenced ones, or by comparing with all others.

    A column over other entries of the list is told to those who are told its measures (docs/adr/0011). One query.
    """
    if desk.actor.reads_everything:
        return frozenset()
    reach = {formula.name: definition.reckoning.reach(formula) for formula in definition.reckoning.formulas}
    fields = {name: {far.partition(".")[0] for far in farther} for name, (farther, _) in reach.items()}
    references = {name for name in set().union(*fields.values()) if name in definition.fields}
    others = {str(row[name]) for row in found.rows.values() for name in references if row.get(name)}
    may_open, may_compare = openable(desk, others), may_see_measures(desk, definition, found)
    return frozenset(
        (name, entry)
        for name, (_, compares) in reach.items()
        for entry, row in found.rows.items()
        if (compares and not may_compare)
        or any(row.get(field) and row[field] not in may_open for field in fields[name] & references)
    )


def _rows(definition: Definition, entries: Sequence[Entry]) -> list[dict[str, Worth]]:
    rows = [row_of(entry) for entry in entries]
    for field, wanted in _referenced(definition).items():
        others = find_all({str(entry[field]) for entry in entries if entry[field]})
        for row, entry in zip(rows, entries, strict=True):
            other = others.get(str(entry[field]))
            if other is not None:
                row.update(_seen_from(field, wanted, other))
    return rows


def _referenced(definition: Definition) -> dict[str, set[str]]:
    """The fields of other entries that formulas name, by the reference that leads there."""
    reckoning = definition.reckoning
    used = set().union(*(names(each.node) for each in (*reckoning.formulas, *reckoning.measures)))
    found: dict[str, set[str]] = {}
    for name in sorted(used):
        field, _, column = name.partition(".")
        if column and field in definition.fields:
            found.setdefault(field, set()).add(column)
    return found


def _labelled(definition: Definition) -> Reckoning:
    """What the list computes, with words for the fields of other lists: 票决的代表总数."""
    known = definitions.lists_in_force()
    labels: dict[str, str] = {}
    for name, columns in _referenced(definition).items():
        field = definition.fields[name]
        other = known.get(field.list)
        for column in columns:
            label = other.fields[column].label if other and column in other.fields else "状态"
            labels[f"{name}.{column}"] = f"{field.label}的{label}"
    return replace(definition.reckoning, labels={**definition.reckoning.labels, **labels})


def _seen_from(field: str, wanted: set[str], other: Entry) -> dict[str, Worth]:
    definition = definitions.version(other.definition)
    row = row_of(other)
    return {f"{field}.{name}": worth(row.get(name)) for name in wanted if name == "state" or name in definition.fields}


WITHHELD = "（无权查看）"
FEWEST = 3
"""Of fewer entries a mean or a share would tell what single ones hold (docs/adr/0011)."""


def may_see_measures(desk: Desk, definition: Definition, found: Results) -> bool:
    """Whether the reader is told the measures over all entries, of which he may open his own alone."""
    if desk.actor.reads_everything or "public" in (definition.visible, definition.measures):
        return True
    if definition.measures == "owners":
        return False
    is_at_work = any(not post.role.is_administrator for post in desk.actor.posts)
    return is_at_work and (definition.visible == "county" or len(found.rows) >= FEWEST)


def measures_of(found: Results, definition: Definition) -> list[Plain]:
    """The measures for a page: label, value and why."""
    return [
        {
            "label": measure.label,
            "value": found.measures[measure.name].shown,
            "why": plain(found.measures[measure.name].trace),
        }
        for measure in definition.reckoning.measures
        if measure.name in found.measures
    ]


def formulas_of(desk: Desk, definition: Definition, entry: Entry, plans: Sequence[str]) -> list[Plain]:
    """The computed columns of one entry for its page, each with its trace."""
    found = results(desk, definition, plans)
    row = found.rows.get(entry.id)
    if row is None:
        return [{"label": "未能计算", "value": found.missing, "why": None}] if found.missing else []
    reckoning = _labelled(definition)
    return [
        {"label": formula.label, "value": WITHHELD, "why": None}
        if (formula.name, entry.id) in found.withheld
        else _explained(reckoning, formula, row, found.as_of)
        for formula in reckoning.formulas
    ]


def _explained(reckoning: Reckoning, formula: Formula, row: Mapping[str, Worth], as_of: date) -> Plain:
    each = reckoning.explained(formula, row, as_of)
    return {"label": formula.label, "value": each.shown, "why": plain(each.trace)}


def plain(trace: Trace) -> Plain:
    """A trace for the page's macro."""
    return {
        "rule": trace.rule,
        "inputs": [
            {"name": each.name, "value": each.value, "on": "", "origin": each.origin, "href": ""}
            for each in trace.inputs
        ],
        "taken": _taken(trace),
        "steps": [{"text": step.text, "result": step.result} for step in trace.steps],
        "source": str(trace.source) if trace.source.is_verified else "",
    }


def _taken(trace: Trace) -> str:
    """Where the inputs come from that name no place of their own."""
    days = [each.on for each in trace.inputs if each.on and not each.origin]
    return f"取自本清单登记的内容，截至{wording.day(max(days))}。" if days else ""
