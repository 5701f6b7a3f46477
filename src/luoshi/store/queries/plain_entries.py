"""条目数据: entries as other systems read them: values as stored, exact, with state, version and light."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import orjson

from luoshi.lists.definition import Definition
from luoshi.lists.entry import Entry
from luoshi.lists.move import permitted
from luoshi.lists.personal import WITHHELD, is_sealed
from luoshi.store import definitions
from luoshi.store.entries import to_row
from luoshi.store.models import EntryRow
from luoshi.store.queries import history, lights, reckoned
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.lights import RATED
from luoshi.store.queries.listing import Choice, chosen_rows, kept_under
from luoshi.store.queries.told import tell
from luoshi.terms.refusal import FieldError, Refusal, Refused

Plain = dict[str, Any]
MOST = 200
"""How many entries one page holds at most."""
BESIDE = ("state", "q", "light")
"""What lists are filtered by besides their indexed fields."""


def filters_of(definition: Definition) -> list[str]:
    """What the entries of a list can be filtered by."""
    lit = definition.name in RATED
    return [*(field.name for field in definition.indexed), *(name for name in BESIDE if name != "light" or lit)]


def page(desk: Desk, definition: Definition, choice: Choice, size: int) -> Plain:
    """A page of a list; the number of queries is the same for any number of entries.

    Raises:
        Refused: a filter or an order the list does not know (422), with the nearest one it does.
    """
    _require_known(definition, choice)
    rows = chosen_rows(desk, definition, choice)
    total = rows.count()
    first = (choice.page - 1) * size
    found = list(rows[first : first + size])
    rated = lights.ratings(desk, desk.period, [row.id for row in found]) if definition.name in RATED else {}
    entries = [_entry(row, rated.get(row.id)) for row in found]
    tell(desk, definition, [entry["values"] for entry in entries])
    head = {"total": total, "page": choice.page, "pages": max(1, -(-total // size))}
    return {**head, **_computed(desk, definition, entries), "entries": entries}


def _computed(desk: Desk, definition: Definition, entries: list[Plain]) -> Plain:
    """Lay the computed columns over the entries; returns the measures the reader is told, each with why."""
    if not reckoned.computes(definition):
        return {}
    results = reckoned.results(desk, definition, kept_under(desk, definition.name))
    for entry in entries:
        formulas = definition.reckoning.formulas
        entry["computed"] = {formula.name: results.shown(formula, entry["id"]) for formula in formulas}
    if not reckoned.may_see_measures(desk, definition, results):
        return {"measures": []}
    return {"measures": reckoned.measures_of(results, definition)}


def whole(desk: Desk, entry: Entry) -> Plain:
    """One entry with the moves its reader may make and its history."""
    definition = definitions.version(entry.definition)
    rated = lights.ratings(desk, desk.period, [entry.id]) if entry.list in RATED else {}
    moves = permitted(definition, entry, desk.actor, desk.roster)
    plain = _entry(to_row(entry), rated.get(entry.id))
    tell(desk, definition, [plain["values"]])
    return {
        **plain,
        "moves": [{"move": move.name, "label": move.label} for move in moves],
        "history": history.of_entry(desk, entry.id),
    }


def written(entry: Entry) -> Plain:
    """An entry as an act left it; personal words are not repeated, since answers to writes are kept for a while."""
    plain = _entry(to_row(entry), None)
    kept = plain["values"]
    plain["values"] = {name: WITHHELD if is_sealed(value) else value for name, value in kept.items()}
    return plain


def _entry(row: EntryRow, rating: Mapping[str, Any] | None) -> Plain:
    found = {
        "id": row.id,
        "list": row.list,
        "plan": row.plan,
        "state": row.state,
        "version": row.version,
        "definition": row.definition,
        "opened_on": row.opened_on.isoformat(),
        "values": orjson.loads(row.values),
    }
    if rating:
        named = ("period", "colour", "word", "actual", "expected", "percent", "reason")
        found["light"] = {name: rating[name] for name in named}
    return found


def _require_known(definition: Definition, choice: Choice) -> None:
    sortable = [field.name for field in definition.indexed]
    errors = [_unknown(name, filters_of(definition), "筛选") for name in choice.filters]
    if choice.sort:
        errors.append(_unknown(choice.sort.lstrip("-"), sortable, "排序"))
    bad = tuple(error for error in errors if error)
    if bad:
        raise Refused(Refusal("store.unknown_filter", bad[0].message, 422, errors=bad))


def _unknown(name: str, known: list[str], use: str) -> FieldError | None:
    if name in known:
        return None
    near = difflib.get_close_matches(name, known, 1)
    hint = f"是不是“{near[0]}”？" if near else f"可用的是{'、'.join(known)}。"
    return FieldError(name, f"这张清单不能按“{name}”{use}，{hint}", name)
