"""Commitments: targets, projects, honours, events and measures of a plan with their lights, in one table."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from luoshi.store import definitions
from luoshi.store.entries import cells
from luoshi.store.models import EntryRow, IndexCell, Rating
from luoshi.store.queries import lights, wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import is_visible, lit, sees_light, sight

Plain = dict[str, Any]
LISTS = lights.RATED
ROW = ("id", "list", "state", "version", "values")


def whole_tasks(desk: Desk) -> QuerySet[IndexCell]:
    """The ids of the document's tasks themselves (not what they promise)."""
    return cells(desk.plan_id, "task", "kind").filter(text="task").values("entry_id")


def parts(desk: Desk) -> QuerySet[IndexCell]:
    """The ids of targets that are parts handed to bodies; their whole is counted instead."""
    return cells(desk.plan_id, "target", "parent").exclude(text="").values("entry_id")


def commitments(desk: Desk) -> QuerySet[EntryRow]:
    """What the plan promises, without tasks and parts, still standing."""
    rows = EntryRow.objects.filter(plan=desk.plan_id, list__in=LISTS).exclude(state="withdrawn")
    return rows.exclude(pk__in=whole_tasks(desk)).exclude(pk__in=parts(desk))


def own_commitments(desk: Desk) -> QuerySet[IndexCell]:
    """The ids of what the reader's bodies lead or share."""
    fields = ("lead_body", "other_leads", "cooperating_bodies")
    rows = IndexCell.objects.filter(plan=desk.plan_id, list__in=LISTS, field__in=fields, text__in=desk.actor.bodies)
    return rows.values("entry_id")


def areas(desk: Desk) -> list[tuple[str, str]]:
    """The areas of the document as choices: those of its tasks in its order, then those with targets alone."""
    named = IndexCell.objects.filter(plan=desk.plan_id, list__in=("task", "target"), field="area").exclude(text="")
    names = named.order_by("-list", "entry_id").values_list("text", flat=True)
    return [(name, name) for name in dict.fromkeys(names)]


def filtered(desk: Desk, chosen: Mapping[str, str]) -> QuerySet[EntryRow]:
    """The commitments that fit the chosen filters: area, lead_body, own, light, state, q.

    What the reader does not see of a row does not decide whether it is found: lights are asked only of rows whose
    light is shown, states only of rows that may be opened.
    """
    rows = commitments(desk)
    for field in ("area", "lead_body"):
        if chosen.get(field):
            own = IndexCell.objects.filter(plan=desk.plan_id, list__in=LISTS, field=field, text=chosen[field])
            rows = rows.filter(pk__in=own.values("entry_id"))
    if chosen.get("own"):
        rows = rows.filter(pk__in=own_commitments(desk))
    if chosen.get("q"):
        named = IndexCell.objects.filter(
            plan=desk.plan_id, list__in=LISTS, field__in=("name", "indicator"), text__contains=chosen["q"]
        )
        rows = rows.filter(pk__in=named.values("entry_id"))
    if chosen.get("light") and desk.period:
        rated = Rating.objects.filter(lit(desk, LISTS), plan=desk.plan_id, period=str(desk.period))
        rated = rated.filter(colour__in=chosen["light"].split(","))
        rows = rows.filter(pk__in=rated.values("entry_id"))
    if chosen.get("state"):
        mine = [Q(list=name) & sight(desk, definitions.current(name)) for name in LISTS]
        rows = rows.filter(functools.reduce(operator.or_, mine), state=chosen["state"])
    return rows


def table(desk: Desk, rows: Iterable[Mapping[str, Any]]) -> list[Plain]:
    """Rows of entries as lines with figures and light, as far as the reader may see them; one query for all lights."""
    held = list(rows)
    rated = lights.ratings(desk, desk.period, [row["id"] for row in held])
    rules = lights.rules_of(desk)
    return [line(desk, row, rated.get(row["id"]), rules) for row in held]


def line(desk: Desk, row: Mapping[str, Any], rating: Mapping[str, Any] | None, rules: Any) -> Plain:
    """One commitment as a line: its promise, its light where the reader sees it, its figures where it may be opened."""
    entry = wording.values(row["values"])
    definition = definitions.current(row["list"])
    is_seen, is_lit = is_visible(desk, definition, entry), sees_light(desk, definition, entry)
    shown = rating if is_seen else None
    badge = lights.light(rules, rating) or lights.no_light(rules)
    return {
        "id": row["id"],
        "name": wording.title(row["id"], entry),
        "task": entry.get("task_number") or "",
        "area": entry.get("area") or "",
        "quote": wording.clause(entry),
        "soft": entry.get("modality") == "aspire",
        "target": wording.goal(entry),
        "unit": entry.get("unit") or "",
        "lead": wording.leads(desk.label, entry),
        "cooperating": desk.labels(entry.get("cooperating_bodies")),
        "leader": entry.get("leader") or "",
        "schedule": SCHEDULES.get(str(entry.get("schedule")), "按月序时" if entry.get("lead_body") else ""),
        "due_on": wording.day(entry.get("due_on")),
        "start": int(entry.get("start") or 0),
        "end": int(entry.get("end") or 0),
        "light": {**badge, "finished": is_seen and badge.get("finished", False)} if is_lit else None,
        "rated": rating is not None,
        "seen": is_seen,
        **lights.figures(shown, entry.get("unit") if "/" not in str(shown["actual"] if shown else "") else ""),
    }


SCHEDULES = {"months": "按月序时", "days": "按日序时", "curve": "按月计划曲线", "nodes": "按节点", "none": "不按序时"}
