"""条目: any entry with its fields, what the reader may do with it, its months and its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.lists.definition import Definition, Field, Move
from luoshi.lists.entry import Entry
from luoshi.lists.holiday import is_working_day
from luoshi.lists.move import permitted
from luoshi.lists.value import encode
from luoshi.store import definitions
from luoshi.store.corrections import books_of
from luoshi.store.entries import cells, from_row
from luoshi.store.models import EntryRow, Evidence, Rating
from luoshi.store.own_acts import has_own_act
from luoshi.store.queries import history, lights, wording
from luoshi.store.queries.clock_line import clock_line
from luoshi.store.queries.desk import Desk, is_of_county
from luoshi.store.queries.form_field import blank, form_field, listed
from luoshi.store.queries.reckoned import computes, formulas_of
from luoshi.store.queries.sight import openable, require_sight
from luoshi.store.queries.task import in_edition, slip_line
from luoshi.store.queries.told import tell_each
from luoshi.store.queries.year_end import year_end
from luoshi.store.rules import light_rules_of
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused

Plain = dict[str, Any]
SILENT = {"start", "end", "quote", "sentence", "derivation", "items"}
FORMS = {("report", "correct"), ("body", "rename"), ("body", "dissolve")}
"""Moves with an act of their own that are nevertheless asked for by the plain form of the entry's page."""
COMPUTED = {"corrected_in", "quote", "sentence", "start", "end", "task_number", "area", "former_names"}
"""Fields an act fills in by itself; no form asks for them."""

MONTH_HEADS = (
    {"name": "actual", "label": "累计"},
    {"name": "percent", "label": "完成率(%)"},
    {"name": "expected", "label": "序时(%)"},
)


def entry_named(desk: Desk, identity: str) -> Entry:
    """The entry, if the reader may see it.

    Raises:
        Refused: unknown in the reader's county (404) or of other bodies (403).
    """
    row = EntryRow.objects.filter(pk=identity).first()
    if row is None or not is_of_county(desk, row.plan):
        raise Refused(Refusal("store.unknown_entry", "没有这一条目，可能链接有误。", 404))
    entry = from_row(row)
    require_sight(desk, definitions.version(entry.definition), wording.values(row.values))
    return entry


def entry_page(desk: Desk, entry: Entry, now: Entry | None = None) -> Plain:
    """Everything about one entry.

    Args:
        now: the entry as it stands, by which it is judged who is told personal words, when ``entry`` is of the past.
    """
    definition = definitions.version(entry.definition)
    kept, judged = _encoded(entry), _encoded(now or entry)
    tell_each(desk, [(definition, kept, judged)])
    rated = _rated(entry.id)
    rules = lights.rules_of(desk)
    month = str(desk.period) if desk.period else ""
    months = [_month(desk, row) for row in reversed(rated.values())]
    return {
        "title": wording.title(entry.id, kept),
        "entry": {
            "id": entry.id,
            "list": entry.list,
            "list_label": definition.label,
            "state": definition.states[entry.state].label,
            "is_closed": definition.states[entry.state].closed,
            "version": entry.version,
            "light": lights.light(rules, rated.get(month)),
            "quote": kept.get("quote") if kept.get("kind") != "task" else "",
            "sentence": wording.sentence(kept),
            "quoted_from": _place(kept, is_listed=entry.id in in_edition(desk)),
            "task_number": kept.get("task_number") or "",
            "is_task": entry.list == "task" and kept.get("kind") == "task",
        },
        "fields": _fields(desk, definition, _beside_clocks(definition, entry, kept)),
        "formulas": _computed(desk, entry),
        "clocks": [
            clock_line(rule, entry.clocks[name], desk.today, is_working_day)
            for name, rule in definition.clocks.items()
            if name in entry.clocks
        ],
        "moves": [_move(desk, definition, kept, move) for move in _offered(desk, definition, entry)],
        "why": lights.why(desk, entry.id, desk.period) if desk.period and month in rated else None,
        "forecast": year_end(desk, entry),
        "months": months,
        "month_heads": [head for head in MONTH_HEADS if any(item[head["name"]] for item in months)],
        "history": history.of_entry(desk, entry.id),
    }


def _encoded(entry: Entry) -> Plain:
    return {name: encode(value) for name, value in entry.values.items()}


def _beside_clocks(definition: Definition, entry: Entry, kept: Mapping[str, Any]) -> Plain:
    """The values without the days that a clock tells as its own, and more with them."""
    rules = definition.clocks
    told = {rules[name].due: clock.due_on for name, clock in entry.clocks.items() if name in rules and rules[name].due}
    return {name: value for name, value in kept.items() if name not in told or entry[name] != told[name]}


def _computed(desk: Desk, entry: Entry) -> list[Plain]:
    """What the list in force computes of it: formulas judge all entries alike, whatever they were opened under."""
    definition = definitions.lists_in_force().get(entry.list)
    return formulas_of(desk, definition, entry, [entry.plan]) if definition and computes(definition) else []


def _rated(identity: str) -> dict[str, Plain]:
    rows = Rating.objects.filter(entry_id=identity).order_by("period").values(*lights.COLUMNS)
    return {row["period"]: row for row in rows}


def _month(desk: Desk, row: Plain) -> Plain:
    rules = light_rules_of(desk.plan, Period.parse(row["period"]))
    return {
        "period": row["period"],
        "label": wording.month(row["period"]),
        "actual": wording.number(row["actual"]),
        "percent": wording.percent(row["percent"]),
        "expected": wording.percent(row["expected"]),
        "light": lights.light(rules, row),
        "reason": row["reason"],
    }


def _place(kept: Mapping[str, Any], *, is_listed: bool) -> str:
    if not kept.get("end"):
        return ""
    if not is_listed:
        return "原文见以前的版次，现行版次不再列入。"
    task = f"第{kept['task_number']}项　" if kept.get("task_number") else ""
    return f"{task}文件全文第{kept.get('start')}至{kept.get('end')}字"


def _fields(desk: Desk, definition: Definition, kept: Mapping[str, Any]) -> list[Plain]:
    referred = [
        name for field in definition.fields.values() if field.type in {"reference", "references"}
        for name in listed(kept.get(field.name))
    ]  # fmt: skip
    titles, may_open = history.titles_of(referred), openable(desk, referred)
    proofs = [
        key for field in definition.fields.values() if field.type == "evidence" for key in listed(kept.get(field.name))
    ]
    files = dict(Evidence.objects.filter(pk__in=proofs).values_list("id", "name")) if proofs else {}
    found = []
    for field in definition.fields.values():
        value = kept.get(field.name)
        if field.name in SILENT or value in (None, "", []):
            continue
        item: Plain = {"label": field.label, "value": "", "links": [], "table": None}
        if field.type in {"reference", "references"}:
            item["links"] = [
                {"kind": "entry" if name in may_open else "", "id": name, "label": titles.get(name, name)}
                for name in listed(value)
            ]
        elif field.type == "evidence":
            item["links"] = [{"kind": "evidence", "id": key, "label": files.get(key, "材料")} for key in listed(value)]
        elif field.type == "rows":
            item["table"] = _table(desk, field, value)
        else:
            item["value"] = f"{history.shown(desk, field, value)}{field.unit}"
        found.append(item)
    return found


def _table(desk: Desk, field: Field, rows: list[Mapping[str, Any]]) -> Plain:
    columns = list(field.columns.values())
    return {
        "heads": [column.label for column in columns],
        "lines": [[history.shown(desk, column, row.get(column.name)) for column in columns] for row in rows],
    }


def _offered(desk: Desk, definition: Definition, entry: Entry) -> list[Move]:
    offered = permitted(definition, entry, desk.actor, desk.roster)
    return [m for m in offered if not has_own_act(entry.list, m.name) or (entry.list, m.name) in FORMS]


def _move(desk: Desk, definition: Definition, kept: Mapping[str, Any], move: Move) -> Plain:
    sealed = definition.sealed
    counted = sealed.counted if sealed and move.name in {sealed.opens, sealed.closes} else ()
    asked = [name for name in move.sets if name not in COMPUTED and name not in counted]
    fields = [
        form_field(desk, definition.fields[name], kept.get(name), name in move.needs, str(kept.get("unit") or ""))
        for name in asked
    ]
    if move.reason:
        fields.append({**blank("reason", "理由", "long_text"), "needed": True})
    note = _booked(desk, kept) if (definition.name, move.name) == ("report", "correct") else ""
    return {"name": move.name, "label": move.label, "fields": fields, "errors": {}, "open": False, "note": note}


def _booked(desk: Desk, kept: Mapping[str, Any]) -> str:
    """Where a correction made now will count; empty while the report's own month is open."""
    own = str(kept.get("period") or "")
    books = books_of(desk.plan, own)
    if books is None or desk.plan is None:
        return ""
    month = Period.parse(own).label
    told = f"{month}已经结账，更正不改动{month}的灯色、排名和通报，只在页面上标明“结账后更正”；"
    if books.start.year > Period.parse(own).start.year:
        return f"{told}更正记入{books.label}，不再列入本年度各月通报。"
    return f"{told}更正记入{books.label}，在该月通报中列明，累计数从该月起按更正后的计算。"


def slips_of(desk: Desk, commitment: str) -> list[Plain]:
    """The supervision slips about a commitment that are still open."""
    own = cells(desk.plan_id, "supervision", "commitment").filter(text=commitment).values("entry_id")
    closed = [state.name for state in definitions.current("supervision").states.values() if state.closed]
    rows = EntryRow.objects.filter(pk__in=own).exclude(state__in=closed)
    return [
        slip_line(name, state, wording.values(text)) for name, state, text in rows.values_list("id", "state", "values")
    ]
