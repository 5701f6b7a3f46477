"""总览: lights with counts and change, the map of tasks by area, what needs the reader, progress by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from luoshi.store import definitions
from luoshi.store.models import EntryRow, IndexCell, Rating
from luoshi.store.queries import arrivals, lights, wording
from luoshi.store.queries.commitments import LISTS, parts, whole_tasks
from luoshi.store.queries.corrected import marks
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.look import look, warnings
from luoshi.store.queries.sight import lit, sees_light
from luoshi.terms.number import exact, fixed

Plain = dict[str, Any]
FEWEST = 3
"""Of so few items a mean would tell the figures themselves; readers who do not see everything are not told it."""
OVERRIDDEN = "人工定灯"
UNSEEN = {"colour": "grey", "word": "未公开"}


def overview(desk: Desk) -> Plain:
    """Everything the first page shows."""
    rules = lights.rules_of(desk)
    tasks = _tasks(desk)
    task_ids = {task["id"] for task in tasks}
    apart = set(parts(desk).values_list("entry_id", flat=True))
    rated = lights.ratings(desk, desk.period)
    counted = {name: row for name, row in rated.items() if name not in task_ids and name not in apart}
    before = _colours(desk)
    former = {name: before[name] for name in counted if name in before}
    area_of = dict(cells_of(desk, "area"))
    marked = marks(desk, desk.period)
    for task in tasks:
        task["corrected"] = marked.of.get(task["id"], "")
    areas = _areas(rules, tasks, rated, counted, area_of)
    if not desk.actor.reads_everything:
        areas = [area if area.get("compared", 0) >= FEWEST else {**area, "percent": None} for area in areas]
    return {
        "corrected": marked.notice,
        "lights": _lights(rules, counted, former),
        "areas": areas,
        "counted": counted_tasks(tasks),
        **_looked(look(desk, rules, counted, before)),
        "arrival": arrivals.summary(desk),
        "months": months(desk),
    }


def _looked(found: Plain) -> Plain:
    return {"look": found.pop("items"), "more": found}


def task_map(desk: Desk) -> Plain:
    """The tasks by area with their lights; what the index of tasks shows."""
    rules, tasks = lights.rules_of(desk), _tasks(desk)
    rated = lights.ratings(desk, desk.period, [task["id"] for task in tasks])
    return {"areas": _areas(rules, tasks, rated, {}, {}), "counted": counted_tasks(tasks)}


def counted_tasks(tasks: Collection[Mapping[str, Any]]) -> str:
    """40项任务，另有1段未编号的要求: a paragraph the document does not number is no task of its count."""
    numbered = sum(1 for task in tasks if task["number"])
    apart = len(tasks) - numbered
    return f"{numbered}项任务" + (f"，另有{apart}段未编号的要求" if apart else "")


def months(desk: Desk) -> list[Plain]:
    """The months that were rated, newest first, for the choice of the past."""
    known = Rating.objects.filter(plan=desk.plan_id).values_list("period", flat=True).distinct()
    return [
        {"value": name, "label": wording.month(name), "current": name == str(desk.period)}
        for name in sorted(set(known), reverse=True)
    ]


def cells_of(desk: Desk, field: str) -> list[tuple[str, str]]:
    """(entry, text) of one indexed field of all commitments."""
    rows = IndexCell.objects.filter(plan=desk.plan_id, list__in=LISTS, field=field)
    return list(rows.values_list("entry_id", "text"))


def _tasks(desk: Desk) -> list[Plain]:
    rows = EntryRow.objects.filter(pk__in=whole_tasks(desk)).exclude(state="withdrawn").order_by("id")
    definition = definitions.current("task")
    found = []
    for identity, written in rows.values_list("id", "values"):
        entry = wording.values(written)
        found.append(
            {
                "id": identity,
                "number": entry.get("task_number") or "",
                "name": entry.get("name") or "",
                "area": entry.get("area") or "其他",
                "lead": wording.leads(desk.label, entry) or "待交办",
                "start": int(entry.get("start") or 0),
                "lit": sees_light(desk, definition, entry),
            }
        )
    return sorted(found, key=lambda task: task["start"])


def _colours(desk: Desk) -> dict[str, str]:
    if desk.period is None:
        return {}
    rows = Rating.objects.filter(lit(desk, LISTS), plan=desk.plan_id, period=str(desk.period.previous()))
    return dict(rows.values_list("entry_id", "colour"))


def _lights(rules: Any, rated: Mapping[str, Plain], before: Mapping[str, str]) -> list[Plain]:
    now = Counter(row["colour"] for row in rated.values())
    then = Counter(before.values())
    found = []
    for key, colour in rules.colours.items():
        gap = now[key] - then[key]
        change = "较上月不变" if not gap else f"较上月{'+' if gap > 0 else '−'}{abs(gap)}"
        silent = _gone_silent(rules, key, rated, before)
        change += (
            f"，{silent}项因未报转{next(c.word for c in rules.colours.values() if not c.counts)}" if silent else ""
        )
        found.append(
            {
                "key": key,
                "colour": colour.tone,
                "word": colour.word,
                "name": _split(rules, [row for row in rated.values() if row["colour"] == key]) or colour.meaning,
                "count": now[key],
                "delta": change if before else "首月",
            }
        )
    return found


def _split(rules: Any, rows: list[Plain]) -> str:
    """已完成86，快于应达进度145: what a colour shared by finished work and work ahead is made of; else empty."""
    counted = Counter(OVERRIDDEN if row["colour"] != row["computed_colour"] else row["reason"] for row in rows)
    finished = sum(counted.pop(words, 0) for words in rules.finished_words)
    if not finished:
        return ""
    parts = [
        ("已完成", finished),
        *sorted(counted.items(), key=lambda part: (part[0] == OVERRIDDEN, -part[1], part[0])),
    ]
    return "，".join(f"{words}{number}" for words, number in parts)


def _gone_silent(rules: Any, key: str, rated: Mapping[str, Plain], before: Mapping[str, str]) -> int:
    """How many that had a warning a month ago have none now only because nothing was reported: no improvement."""
    if key not in warnings(rules):
        return 0
    left = [rated[name] for name, colour in before.items() if colour == key and name in rated]
    return sum(1 for row in left if not rules.colours[row["colour"]].counts)


def _areas(
    rules: Any, tasks: list[Plain], rated: Mapping[str, Plain], counted: Mapping[str, Plain], area_of: Mapping[str, str]
) -> list[Plain]:
    """The areas with their tasks, then those that promise something outside of any task."""
    grouped: dict[str, list[Plain]] = {}
    for task in tasks:
        badge = (lights.light(rules, rated.get(task["id"])) or lights.no_light(rules)) if task["lit"] else UNSEEN
        grouped.setdefault(task["area"], []).append({**task, **badge})
    paced: dict[str, list[Plain]] = {}
    for name, row in counted.items():
        if row["percent"] and row["expected"] and exact(row["expected"]) > 0:
            paced.setdefault(area_of.get(name, ""), []).append(row)
    shown = [
        {"name": area, "cells": cells, "counted": counted_tasks(cells), **_pace(rules, area, paced.get(area, []))}
        for area, cells in grouped.items()
    ]
    apart = Counter(area for area in (area_of.get(name, "") for name in counted) if area and area not in grouped)
    return shown + [
        {"name": area, "cells": [], "counted": f"{count}项承诺", **_pace(rules, area, paced.get(area, []))}
        for area, count in apart.items()
    ]


def _pace(rules: Any, area: str, rows: list[Plain]) -> Plain:
    if not rows:
        return {"percent": None}
    reached = [min(Fraction(1), max(Fraction(0), exact(row["percent"]))) for row in rows]
    due = [exact(row["expected"]) for row in rows]
    mean, expected = sum(reached, Fraction(0)) / len(rows), sum(due, Fraction(0)) / len(rows)
    on_pace = sum(1 for row in rows if exact(row["percent"]) >= exact(row["expected"]))
    done, wanted = fixed(mean * 100, 2), fixed(expected * 100, 2)
    return {
        "percent": wording.bar(mean),
        "expected": wording.bar(expected),
        "percent_text": done,
        "expected_text": wanted,
        "colour": "green" if mean >= expected else "orange",
        "text": f"{area}平均完成率{done}%，序时{wanted}%",
        "on_pace": on_pace,
        "compared": len(rows),
        "silent": sum(1 for row in rows if not rules.colours[row["colour"]].counts),
    }
