"""清单: any list as its definition describes it: filters as a sentence, columns, order, pages of fifty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, JSONField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from luoshi.lists.definition import Definition, Field, Move
from luoshi.lists.entry import Entry
from luoshi.lists.formula.reckoning import Formula
from luoshi.lists.move import permitted
from luoshi.lists.value import encode
from luoshi.store import definitions
from luoshi.store.entries import from_row
from luoshi.store.models import EntryRow, IndexCell, Rating
from luoshi.store.own_acts import can_be_made_together, has_own_act
from luoshi.store.queries import history, lights, reckoned, wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.lights import RATED
from luoshi.store.queries.list_columns import HIDDEN_IN_EXPORT, choosable, chosen_columns
from luoshi.store.queries.sight import seen, sight
from luoshi.store.queries.told import tell
from luoshi.store.queries.total_row import figures_row, total_row
from luoshi.terms.refusal import Refusal, Refused

Plain = dict[str, Any]
PAGE = 50
COUNTY_WIDE = ("body", "post", "delegation")
"""Lists kept under the county's code instead of a plan."""


@dataclass(frozen=True, slots=True)
class Choice:
    """筛选: what the reader chose: filters by field, the sorted column (``-due_on`` falling), the page, the columns.

    ``columns`` are names of fields and formulas; none for those the list shows by itself.
    """

    filters: Mapping[str, str]
    sort: str = ""
    page: int = 1
    columns: tuple[str, ...] = ()


def definition_named(name: str) -> Definition:
    """The definition of a list.

    Raises:
        Refused: there is none (404).
    """
    try:
        return definitions.current(name)
    except KeyError:
        raise Refused(Refusal("store.unknown_list", f"没有名为“{name}”的清单。", 404)) from None


def index(desk: Desk) -> list[Plain]:
    """All lists with how many entries the reader may open in them and how many are still open; one query."""
    found = definitions.lists_in_force()
    which = Q(pk__in=())
    for name, definition in found.items():
        which |= Q(list=name, plan__in=kept_under(desk, name)) & sight(desk, definition)
    rows = EntryRow.objects.filter(which).values_list("list", "state").annotate(number=Count("id"))
    totals: dict[str, list[int]] = {name: [0, 0] for name in found}
    for name, state, number in rows.order_by():
        if name in found:
            totals[name][0] += number
            known = found[name].states.get(state)
            totals[name][1] += 0 if known and known.closed else number
    order = [*ORDER, *(name for name in found if name not in ORDER)]
    return [
        {
            "name": name,
            "label": found[name].label,
            "total": totals[name][0],
            "open": totals[name][1],
            "source": str(found[name].source),
        }
        for name in order
        if name in found
    ]


def kept_under(desk: Desk, name: str) -> list[str]:
    """The plan on the desk; registers are the county's, and the plans are listed together."""
    if name == "plan":
        return list(desk.plans)
    return [desk.county if name in COUNTY_WIDE else desk.plan_id]


ORDER = (
    "target",
    "task",
    "responsibility",
    "problem",
    "result",
    "report",
    "supervision",
    "escalation",
    "statistic",
    "plan",
    "body",
    "post",
    "delegation",
)


def list_page(desk: Desk, name: str, choice: Choice) -> Plain:
    """A page of a list; the number of queries is the same for any number of rows."""
    definition = definition_named(name)
    rows = chosen_rows(desk, definition, choice)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, choice.page), pages)
    columns, formulas = chosen_columns(definition, choice.columns)
    found = reckoned.results(desk, definition, kept_under(desk, name))
    shown = list(rows[(page - 1) * PAGE : page * PAGE].values("id", "state", "values", "version"))
    return {
        "name": name,
        "label": definition.label,
        "sentence": _sentence(desk, definition, choice, total),
        "filters": _filters(desk, definition, choice),
        "columns": [*(_head(column, choice) for column in columns), *map(_computed_head, formulas), *_ends(definition)],
        "choosable": choosable(definition, [field.name for field in columns] + [each.name for each in formulas]),
        "moves": together(desk, definition),
        "rows": lines(desk, definition, columns, shown, (formulas, found)),
        "measures": reckoned.measures_of(found, definition)
        if reckoned.may_see_measures(desk, definition, found)
        else [],
        "missing": found.missing,
        "total": total,
        "foot": [*total_row(rows, columns, total), *[""] * (len(formulas) + len(_ends(definition)))],
        "page": page,
        "pages": pages,
        "openings": [
            {"move": move.name, "label": move.label}
            for move in definition.opening_moves
            if is_openable(name, move)
            and any(post.role == grant.role for grant in move.by for post in desk.actor.posts)
        ],
    }


def together(desk: Desk, definition: Definition) -> list[Plain]:
    """The moves that the reader's posts may make on many entries of the list at once."""
    if desk.is_past:
        return []
    roles = {post.role for post in desk.actor.posts}
    return [
        {"move": move.name, "label": move.label}
        for move in definition.moves.values()
        if can_be_made_together(definition, move) and roles & {grant.role for grant in move.by}
    ]


WITH_OWN_FORM = {("supervision", "issue")}
"""Opening moves with an act of their own that a page of its own asks for."""
WITHOUT_FORM = {("plan", "draw_up")}
"""A plan is drawn up on the command line, with its county."""


def is_openable(name: str, move: Move) -> bool:
    """Whether a list's entries are opened by a form; the others are opened by acts of other pages."""
    if (name, move.name) in WITH_OWN_FORM:
        return True
    return move.opens and not has_own_act(name, move.name) and (name, move.name) not in WITHOUT_FORM


def movable(desk: Desk, definition: Definition, move: Move, choice: Choice) -> list[tuple[Entry, str]]:
    """The entries that fit the filters and on which the reader may make a move, with what they are called."""
    rows = chosen_rows(desk, definition, choice)
    entries = [from_row(row) for row in rows]
    mine = [entry for entry in entries if move in permitted(definition, entry, desk.actor, desk.roster)]
    told = [{name: encode(value) for name, value in entry.values.items()} for entry in mine]
    tell(desk, definition, told)
    return [(entry, wording.title(entry.id, values)) for entry, values in zip(mine, told, strict=True)]


def named(desk: Desk, definition: Definition, ids: Sequence[str]) -> dict[str, Plain]:
    """The entries of a list that the reader may see, by id: title, state and version; one query."""
    rows = seen(desk, definition, EntryRow.objects.filter(pk__in=ids, list=definition.name))
    return {
        identity: {
            "id": identity,
            "title": wording.title(identity, wording.values(written)),
            "state": definition.states[state].label if state in definition.states else state,
            "version": version,
        }
        for identity, state, version, written in rows.values_list("id", "state", "version", "values")
    }


def _computed_head(formula: Formula) -> Plain:
    return {"label": formula.label, "num": formula.type == "number", "sort": "", "sorted": ""}


def chosen_rows(desk: Desk, definition: Definition, choice: Choice) -> QuerySet[EntryRow]:
    """The entries the reader may see that fit the filters, in the chosen order."""
    plans = kept_under(desk, definition.name)
    rows = seen(desk, definition, EntryRow.objects.filter(plan__in=plans, list=definition.name))
    for name, text in choice.filters.items():
        if not text:
            continue
        if name == "state":
            rows = rows.filter(state=text)
        elif name == "q":
            rows = holding(rows, definition, text)
        elif name == "light" and desk.period:
            rated = Rating.objects.filter(plan=desk.plan_id, period=str(desk.period), colour=text)
            rows = rows.filter(pk__in=rated.values("entry_id"))
        elif name in {field.name for field in definition.indexed}:
            own = IndexCell.objects.filter(plan__in=plans, list=definition.name, field=name, text=text)
            rows = rows.filter(pk__in=own.values("entry_id"))
    return rows.order_by(*_order(definition, choice))


def holding(rows: QuerySet[EntryRow], definition: Definition, text: str) -> QuerySet[EntryRow]:
    """The rows in which a text field that the reader is shown holds these characters, in any case of Latin letters.

    Personal words are not searched: what is kept are their hashes, and a hit would tell of what is masked.
    """
    found = Q(pk__in=())
    for field in definition.fields.values():
        if field.type in {"text", "long_text"} and not field.personal and field.name not in HIDDEN_IN_EXPORT:
            found |= Q(**{f"held_{field.name}__icontains": text})
            said = KeyTextTransform(field.name, Cast("values", JSONField()))
            rows = rows.alias(**{f"held_{field.name}": Cast(said, TextField())})
    return rows.filter(found)


def _order(definition: Definition, choice: Choice) -> list[Any]:
    name = choice.sort.lstrip("-")
    field = definition.fields.get(name)
    if field is None or not field.indexed:
        return ["id"]
    column = {"integer": "number", "decimal": "number", "date": "day"}.get(field.type, "text")
    cell = IndexCell.objects.filter(entry_id=OuterRef("pk"), field=name).order_by("pk").values(column)[:1]
    key = Subquery(cell)
    return [key.desc(nulls_last=True) if choice.sort.startswith("-") else key.asc(nulls_last=True), "id"]


def _ends(definition: Definition) -> list[Plain]:
    heads = ["状态", *(["灯"] if definition.name in RATED else [])]
    return [{"label": label, "num": False, "sort": "", "sorted": ""} for label in heads]


def _head(field: Field, choice: Choice) -> Plain:
    now = {field.name: "ascending", f"-{field.name}": "descending"}.get(choice.sort, "")
    back = f"-{field.name}" if now == "ascending" else field.name
    return {
        "label": f"{field.label}（{field.unit}）" if field.unit else field.label,
        "num": field.type in {"integer", "decimal"},
        "sort": back if field.indexed else "",
        "sorted": now,
    }


Computed = tuple[list[Formula], reckoned.Results]


def lines(
    desk: Desk, definition: Definition, columns: list[Field], rows: list[Plain], computed: Computed | None = None
) -> list[Plain]:
    """Rows of entries as cells; references are named with one query, lights with another."""
    held = [(row, wording.values(row["values"])) for row in rows]
    tell(desk, definition, [entry for _, entry in held])
    referred = {
        str(entry[field.name])
        for _, entry in held
        for field in columns
        if field.type == "reference" and entry.get(field.name)
    }
    names = history.titles_of(referred)
    rated = lights.ratings(desk, desk.period, [row["id"] for row, _ in held]) if definition.name in RATED else {}
    rules = lights.rules_of(desk) if definition.name in RATED else None
    found = []
    for row, entry in held:
        cells = [_cell(desk, field, entry.get(field.name), names) for field in columns]
        for formula in computed[0] if computed else ():
            text = computed[1].shown(formula, row["id"]) if computed else ""
            cells.append({"label": formula.label, "text": text, "num": formula.type == "number", "light": None})
        state = definition.states.get(row["state"])
        cells.append({"label": "状态", "text": state.label if state else row["state"], "num": False, "light": None})
        if rules:
            badge = lights.light(rules, rated.get(row["id"]))
            cells.append({"label": "灯", "text": "", "num": False, "light": badge})
        found.append({"id": row["id"], "version": row.get("version"), "cells": cells})
    return found


@dataclass(frozen=True, slots=True)
class ListFile:
    """清单导出: a list as it stands for a file.

    ``figures`` are the columns that hold numbers, from 0; ``foot`` is the row of its sums, empty where nothing adds.
    """

    heads: list[str]
    lines: list[list[str]]
    figures: list[int]
    foot: list[str]


def list_file(desk: Desk, definition: Definition, choice: Choice) -> ListFile:
    """A list as it stands for a file."""
    columns = [field for field in definition.fields.values() if field.name not in HIDDEN_IN_EXPORT]
    formulas = list(definition.reckoning.formulas)
    if choice.columns:
        columns, formulas = chosen_columns(definition, choice.columns)
    found = reckoned.results(desk, definition, kept_under(desk, definition.name))
    rows = chosen_rows(desk, definition, choice)
    shown = lines(desk, definition, columns, list(rows.values("id", "state", "values")), (formulas, found))
    heads = [*(field.label for field in columns), *(formula.label for formula in formulas)]
    heads += [end["label"] for end in _ends(definition)]
    figures = [at for at, field in enumerate(columns) if field.type in {"integer", "decimal"}]
    figures += [
        len(columns) + at for at, formula in enumerate(formulas) if formula.type == "number" and not formula.unit
    ]
    sums = figures_row(rows, columns)
    foot = [*sums, *[""] * (len(heads) - len(columns))] if any(sums) else []
    if foot and not foot[0]:
        foot[0] = "合计"
    cells = [[cell["light"]["word"] if cell["light"] else cell["text"] for cell in row["cells"]] for row in shown]
    return ListFile(heads, cells, figures, foot)


def _cell(desk: Desk, field: Field, value: Any, names: Mapping[str, str]) -> Plain:
    text = names.get(str(value), "") if field.type == "reference" else history.shown(desk, field, value)
    return {"label": field.label, "text": text, "num": field.type in {"integer", "decimal"}, "light": None}


def _filters(desk: Desk, definition: Definition, choice: Choice) -> list[Plain]:
    found: list[Plain] = []
    for field in definition.indexed:
        options = _options(desk, field)
        if options and field.name not in {"other_leads", "cooperating_bodies"}:
            found.append({"name": field.name, "label": field.label, "options": options})
    found.append({"name": "state", "label": "状态", "options": [(s.name, s.label) for s in definition.states.values()]})
    if definition.name in RATED:
        colours = lights.rules_of(desk).colours
        found.append({"name": "light", "label": "灯", "options": [(c.key, c.word) for c in colours.values()]})
    found.append({"name": "q", "label": "含文字", "options": []})
    return [{**item, "value": choice.filters.get(item["name"], "")} for item in found]


def _options(desk: Desk, field: Field) -> list[tuple[str, str]]:
    if field.type == "choice":
        return list(field.of.items())
    if field.type in {"body", "bodies"}:
        return [(body.code, body.label) for body in desk.roster.bodies.values()]
    if field.type == "period" and desk.plan:
        year = int(str(desk.plan["year"]))
        return [(f"{year}-{m:02d}", f"{year}年{m}月") for m in range(1, 13)]
    return []


def _sentence(desk: Desk, definition: Definition, choice: Choice, total: int) -> str:
    said = []
    for item in _filters(desk, definition, choice):
        if item["value"]:
            label = dict(item["options"]).get(item["value"], item["value"])
            said.append(f"含文字“{label}”" if item["name"] == "q" else f"{item['label']}是{label}")
    return f"{'，'.join(said)}：共{total}条" if said else f"共{total}条"
