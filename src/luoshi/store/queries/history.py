"""台账: the facts about entries as sentences, with both dates, actor, body, and what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from luoshi.lists.definition import Definition, Field
from luoshi.lists.personal import WITHHELD, is_sealed
from luoshi.lists.renew import LABEL, MOVE
from luoshi.lists.value import decode, show
from luoshi.store import definitions
from luoshi.store.models import Account, EntryRow, FactRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.lights import rules_of
from luoshi.store.queries.row_change import changed_items
from luoshi.store.queries.told import tell_each
from luoshi.store.rules import rule_set
from luoshi.terms.quotation import quoted

Plain = dict[str, Any]
SILENT = {"derivation", "start", "end", "sentence", "items", "snapshot", "document", "rules"}
"""Fields that say nothing to a reader of the timeline; they stand in the facts all the same."""


def of_entry(desk: Desk, entry: str) -> list[Plain]:
    """The timeline of one entry, newest first; before and after of every change."""
    return of_streams(desk, [entry], {}, 500)


def of_streams(
    desk: Desk,
    entries: Iterable[str],
    titles: Mapping[str, str],
    limit: int,
    without: Sequence[str] = (),
    until: datetime | None = None,
) -> list[Plain]:
    """The timeline of several entries, newest first.

    Args:
        titles: what an entry is called in the sentences about it; none for the page of that entry itself.
        without: kinds of facts that are not told.
        until: what was recorded later is not told; None tells everything.
    """
    rows = FactRow.objects.filter(stream__in=list(entries)).order_by("stream", "version")
    if until is not None:
        rows = rows.filter(recorded_at__lte=until)
    facts = list(
        rows.values_list("stream", "version", "kind", "actor", "body", "occurred_on", "recorded_at", "payload")
    )
    payloads = _payloads(desk, facts)
    named = {fact[3] for fact in facts} | {data["acting_for"] for data in payloads if "acting_for" in data}
    people = dict(Account.objects.filter(username__in=named).values_list("username", "name"))
    known: dict[str, Plain] = {}
    everything = [
        (fact[2], _told(desk, (*fact[:-1], data), known.setdefault(fact[0], {}), titles, people))
        for fact, data in zip(facts, payloads, strict=True)
    ]
    told = [item for kind, item in everything if kind not in without]
    told.sort(key=lambda item: (item["moment"], item["version"]), reverse=True)
    kept = told[:limit]
    _name_references(kept)
    return kept


def _payloads(desk: Desk, facts: Sequence[tuple[Any, ...]]) -> list[Plain]:
    """What the facts say, with personal words as the reader may be told them: by the entry as it stands now."""
    found: list[Plain] = [json.loads(fact[-1]) for fact in facts]
    latest: dict[str, Plain] = {}
    for fact, data in zip(facts, found, strict=True):
        latest.setdefault(fact[0], {}).update(data["values"])
    tell_each(
        desk,
        [
            (definitions.version(data["definition"]), data["values"], latest[fact[0]])
            for fact, data in zip(facts, found, strict=True)
        ],
    )
    return found


def _told(
    desk: Desk, fact: tuple[Any, ...], before: Plain, titles: Mapping[str, str], people: Mapping[str, str]
) -> Plain:
    stream, version, _, actor, body, occurred_on, recorded_at, data = fact
    definition = definitions.version(data["definition"])
    move = definition.moves.get(data["move"])
    label = move.label if move else LABEL if data["move"] == MOVE else data["move"]
    changes = _changes(desk, definition, before, data["values"])
    amends = any(before.get(name) for name in data["values"])
    before.update(data["values"])
    about = titles.get(stream)
    office = desk.label(body)
    name = people.get(actor, actor)
    principal = data.get("acting_for", "")
    name += f"（代{people.get(principal, principal)}）" if principal else ""
    to = definition.states.get(data["to"])
    by, named = wording.acting(office, name), quoted(about) if about else ""
    became = f"，状态成为“{to.label}”" if to and data["from"] != data["to"] else ""
    return {
        "stream": stream,
        "moment": recorded_at,
        "on": occurred_on,
        "actor": name,
        "office": office,
        "version": version,
        "sentence": f"{by}{label}{named}{became}。",
        "parts": [part for part in (by, label, named, f"{became}。") if part],
        "occurred_on": wording.day(occurred_on),
        "recorded_at": wording.minute(recorded_at),
        "who": f"{name}（{office}）",
        "reason": data.get("reason", ""),
        "changes": changes,
        "amends": amends,
    }


def _changes(desk: Desk, definition: Definition, before: Mapping[str, Any], values: Mapping[str, Any]) -> list[Plain]:
    found: list[Plain] = []
    for name, value in values.items():
        field = definition.fields.get(name)
        if field is None or name in SILENT:
            continue
        was = before.get(name)
        if was and isinstance(was, list) and isinstance(value, list):
            found += changed_items(field, was, value, partial(shown, desk)) if value != was else []
            continue
        after, former = shown(desk, field, value), shown(desk, field, was) if name in before else ""
        if after != former:
            found.append(
                {
                    "label": field.label,
                    "before": former,
                    "after": after or "（清空）",
                    "reference": _reference(field, value),
                }
            )
    return found


def shown(desk: Desk, field: Field, value: Any) -> str:
    """A kept value as people read it; bodies by their short names."""
    if value in (None, "", []):
        return ""
    if is_sealed(value):
        return WITHHELD
    if field.type == "body":
        return desk.label(value)
    if field.type == "bodies":
        return desk.labels(value)
    if field.type == "evidence":
        return f"{len(value)}份材料"
    if field.type == "decimal":
        return wording.number(value)
    if field.name == "light_rules":
        return rule_set(str(value)).label
    if field.name == "colour":
        return colour_word(desk, value)
    if field.type == "rows":
        return "；".join("　".join(_cells(desk, field, row)) for row in value)
    return show(field, decode(field, value))


def _cells(desk: Desk, field: Field, row: Mapping[str, Any]) -> list[str]:
    return [shown(desk, column, row[column.name]) for column in field.columns.values() if row.get(column.name)]


def colour_word(desk: Desk, key: object) -> str:
    """The word of a colour in the plan's rules: 黄 for yellow."""
    known = rules_of(desk).colours.get(str(key))
    return known.word if known else str(key)


def _reference(field: Field, value: Any) -> str:
    return value if field.type == "reference" and isinstance(value, str) else ""


def _name_references(told: Sequence[Plain]) -> None:
    """Put names in the place of ids, with one query for all."""
    wanted = {change["reference"] for item in told for change in item["changes"] if change["reference"]}
    names = titles_of(wanted)
    for item in told:
        for change in item["changes"]:
            if change["reference"]:
                change["after"] = names.get(change["reference"], change["after"])


def titles_of(entries: Iterable[str]) -> dict[str, str]:
    """What these entries are called; one query, none for no entries."""
    wanted = list(entries)
    if not wanted:
        return {}
    rows = EntryRow.objects.filter(pk__in=wanted).values_list("id", "values")
    return {name: wording.title(name, wording.values(written)) for name, written in rows}
