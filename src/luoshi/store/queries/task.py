"""任务: one task of the document, what it promises, and everything done about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from luoshi.store import definitions
from luoshi.store.entries import cells
from luoshi.store.models import DocumentRow, EntryRow, Evidence, IndexCell, Rating
from luoshi.store.queries import history, lights, wording
from luoshi.store.queries.commitments import ROW, line, whole_tasks
from luoshi.store.queries.corrected import marks
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import is_visible, lit, seen, sees_light
from luoshi.terms.number import exact

Plain = dict[str, Any]
TABS = (("history", "历史"), ("nodes", "节点"), ("reports", "填报"), ("supervision", "督办"), ("evidence", "佐证"))
SHOWN = 60


def task_page(desk: Desk, key: str, tab: str) -> Plain | None:
    """The page of a task, by its number in the document or its id; None when there is none."""
    rows = EntryRow.objects.filter(plan=desk.plan_id, list="task", pk__in=whole_tasks(desk))
    if key.isdigit():
        rows = rows.filter(pk__in=cells(desk.plan_id, "task", "task_number").filter(text=key).values("entry_id"))
    else:
        rows = rows.filter(pk=key)
    row = rows.values(*ROW).first()
    if row is None:
        return None
    entry = wording.values(row["values"])
    members = _members(desk, row["id"])
    rated = _rated(desk, [row["id"], *(member["id"] for member in members)])
    month = str(desk.period) if desk.period else ""
    rules = lights.rules_of(desk)
    lines = [line(desk, member, rated.get((member["id"], month)), rules) for member in members]
    marked = marks(desk, desk.period)
    lines.sort(key=lambda item: (item["start"], item["end"]))
    for number, item in enumerate(lines, 1):
        item["n"] = number
        item["corrected"] = marked.of.get(item["id"], "") if item["light"] else ""
        item.update(_spark(rated if item["seen"] else {}, item["id"]))
    definition = definitions.current("task")
    own = {"seen": is_visible(desk, definition, entry), "lit": sees_light(desk, definition, entry)}
    names = [*([row["id"]] if own["seen"] else []), *(item["id"] for item in lines if item["seen"])]
    light = lights.light(rules, rated.get((row["id"], month))) if own["lit"] else None
    return {
        "task": {**_task(desk, row["id"], entry, light), "seen": own["seen"]},
        "passages": _passages(desk, entry, lines),
        "rows": lines,
        "tab": tab,
        "tabs": [{"key": name, "label": label, "current": name == tab} for name, label in TABS],
        "lines": _TABS[tab](desk, names, {item["id"]: item["name"] for item in lines}),
        "hidden": sum(1 for item in lines if not item["seen"]),
        "period": desk.period.label if desk.period else "尚未填报",
    }


def _members(desk: Desk, task: str) -> list[Plain]:
    own = IndexCell.objects.filter(plan=desk.plan_id, field__in=("task", "parent"), text=task).values("entry_id")
    apart = cells(desk.plan_id, "target", "parent").exclude(text="").values("entry_id")
    rows = (
        EntryRow.objects.filter(pk__in=own, list__in=("target", "task"))
        .exclude(pk__in=apart)
        .exclude(state="withdrawn")
    )
    return list(rows.values(*ROW))


def _rated(desk: Desk, names: list[str]) -> dict[tuple[str, str], Plain]:
    """All lights of these entries up to the month shown, by entry and month."""
    if desk.period is None:
        return {}
    rows = Rating.objects.filter(lit(desk, lights.RATED), entry_id__in=names, period__lte=str(desk.period))
    rows = rows.order_by("period")
    return {(row["entry_id"], row["period"]): row for row in rows.values(*lights.COLUMNS)}


def _spark(rated: dict[tuple[str, str], Plain], name: str) -> Plain:
    """The share reached month by month as a line of 96 by 24."""
    ratios = [(period, row["percent"]) for (entry, period), row in rated.items() if entry == name and row["percent"]]
    if len(ratios) < 2:
        return {"spark": None, "spark_text": ""}
    highest = max(1.0, *(float(exact(ratio)) for _, ratio in ratios))
    points = [
        (4 + 88 * (int(period[5:7]) - 1) / 11, 21 - 18 * max(0.0, float(exact(ratio))) / highest)
        for period, ratio in ratios
    ]
    path = "M" + "L".join(f"{x:.0f} {y:.1f}" for x, y in points)
    last = points[-1]
    text = "逐月完成率：" + "，".join(f"{int(period[5:7])}月{wording.percent(ratio)}%" for period, ratio in ratios)
    return {"spark": {"path": path, "x": f"{last[0]:.0f}", "y": f"{last[1]:.1f}"}, "spark_text": text}


def _task(desk: Desk, identity: str, entry: Plain, light: Plain | None) -> Plain:
    numbers = cells(desk.plan_id, "task", "task_number").filter(entry_id__in=whole_tasks(desk))
    known = sorted({int(text) for text in numbers.values_list("text", flat=True)})
    own = int(entry["task_number"]) if entry.get("task_number") else None
    return {
        "id": identity,
        "number": own,
        "name": entry.get("name") or "",
        "area": entry.get("area") or "",
        "lead": wording.leads(desk.label, entry),
        "cooperating": desk.labels(entry.get("cooperating_bodies")),
        "leader": entry.get("leader") or "",
        "light": light,
        "previous": max((n for n in known if own and n < own), default=None),
        "next": min((n for n in known if own and n > own), default=None),
        "qualitative": len(entry.get("qualitative") or ()),
        "source": f"《{_document(desk)}》第{entry.get('start')}至{entry.get('end')}字",
    }


def _document(desk: Desk) -> str:
    """The title of the adopted document; in plans adopted before titles were kept, the name of its file."""
    return _ENDING.sub("", str(desk.plan["document_name"] or "")) if desk.plan else ""


_ENDING = re.compile(r"\.(txt|html?|docx?|xlsx?|pdf|ofd|png|jpe?g)$", re.IGNORECASE)


def _passages(desk: Desk, entry: Plain, lines: list[Plain]) -> list[list[Plain]]:
    """The document's own words of the task, cut where commitments stand."""
    digest = str((desk.plan and desk.plan["document"]) or "")
    text = DocumentRow.objects.filter(sha256=digest).values_list("text", flat=True).first()
    start, end = int(entry.get("start") or 0), int(entry.get("end") or 0)
    listed = in_edition(desk)
    marks = [
        {
            "start": item["start"],
            "end": item["end"],
            "n": item["n"],
            "colour": item["light"]["colour"] if item["light"] else "grey",
            "href": f"#r-{item['n']}",
        }
        for item in lines
        if item["id"] in listed
    ]
    if text is not None:
        _widen(text, start, marks)
    if text is None or end <= start:
        return [[{"text": entry.get("quote") or entry.get("name") or "", "href": ""}]]
    return cut(text, start, end, marks)


def in_edition(desk: Desk) -> set[str]:
    """The entries of the edition in force; the places kept with any other entry are of a former document."""
    items = desk.plan["items"] if desk.plan else None
    return {str(item["entry"]) for item in items if isinstance(item, Mapping)} if isinstance(items, tuple) else set()


BOUNDS = "，,；;。：:！\n"


def _widen(text: str, start: int, marks: list[Plain]) -> None:
    """Let a mark begin where its clause begins, so that 完成投资15亿元 is underlined and not the figure alone."""
    place = start
    for mark in sorted(marks, key=lambda m: (m["start"], m["end"])):
        if mark["start"] < place:
            continue
        bound = max(text.rfind(sign, place, mark["start"]) for sign in BOUNDS)
        first = max(place, bound + 1)
        while first < mark["start"] and text[first] in "、和及与":
            first += 1
        mark["start"], place = first, mark["end"]


def cut(text: str, start: int, end: int, marks: list[Plain]) -> list[list[Plain]]:
    """Paragraphs of pieces; a piece with ``href`` is marked. A mark inside another one gives way to it."""
    pieces: list[list[Plain]] = [[]]
    place = start
    for mark in sorted(marks, key=lambda m: (m["start"], m["end"])):
        if mark["start"] < place or mark["end"] > end:
            continue
        _add(pieces, text[place : mark["start"]])
        pieces[-1].append({**mark, "text": text[mark["start"] : mark["end"]]})
        place = mark["end"]
    _add(pieces, text[place:end])
    return [paragraph for paragraph in pieces if any(piece["text"].strip() for piece in paragraph)]


def _add(pieces: list[list[Plain]], text: str) -> None:
    first, *others = text.split("\n")
    pieces[-1].append({"text": first, "href": ""})
    pieces.extend([{"text": other, "href": ""}] for other in others)


def _nodes(desk: Desk, names: list[str], _: dict[str, str]) -> list[Plain]:
    found = []
    for name, written in EntryRow.objects.filter(pk__in=names).order_by("id").values_list("id", "values"):
        entry = wording.values(written)
        for node in entry.get("nodes") or ():
            late = not node.get("accepted_on") and str(node["due_on"]) < str(
                desk.period.last if desk.period else desk.today
            )
            found.append(
                {
                    "name": wording.title(name, entry),
                    "node": node["name"],
                    "due_on": wording.day(node["due_on"]),
                    "mark": node.get("mark") or "",
                    "accepted_on": wording.day(node.get("accepted_on")),
                    "late": "逾期未验收" if late else "",
                }
            )
    return found


def _reports(desk: Desk, names: list[str], titles: dict[str, str]) -> list[Plain]:
    own = cells(desk.plan_id, "report", "commitment").filter(text__in=names).values("entry_id")
    rows = EntryRow.objects.filter(pk__in=own).values_list("id", "state", "values")
    found = []
    for identity, state, written in rows:
        entry = wording.values(written)
        if not _is_readable(desk, entry.get("body")):
            continue
        found.append(
            {
                "id": identity,
                "key": entry["period"],
                "period": wording.month(entry["period"]),
                "name": titles.get(entry["commitment"], ""),
                "value": wording.number(entry.get("value")),
                "text": entry.get("text") or "",
                "problem": entry.get("problem") or "",
                "next_step": entry.get("next_step") or "",
                "state": REPORT_STATES.get(state, state),
            }
        )
    return sorted(found, key=lambda item: item["key"], reverse=True)[:SHOWN]


def _is_readable(desk: Desk, body: object) -> bool:
    return desk.actor.reads_everything or any(desk.roster.is_within(str(body), own) for own in desk.actor.bodies)


def _supervisions(desk: Desk, names: list[str], _: dict[str, str]) -> list[Plain]:
    own = cells(desk.plan_id, "supervision", "commitment").filter(text__in=names).values("entry_id")
    rows = seen(desk, definitions.current("supervision"), EntryRow.objects.filter(pk__in=own))
    rows = rows.order_by("-id").values_list("id", "state", "values")
    return [slip_line(identity, state, wording.values(written)) for identity, state, written in rows]


def slip_line(identity: str, state: str, entry: Plain) -> Plain:
    """A supervision slip as a line."""
    return {
        "id": identity,
        "number": entry.get("number") or "",
        "matter": entry.get("matter") or "",
        "state": definitions.current("supervision").states[state].label,
        "due_on": wording.day(entry.get("due_on")),
    }


def _evidence(desk: Desk, names: list[str], titles: dict[str, str]) -> list[Plain]:
    own = cells(desk.plan_id, "report", "commitment").filter(text__in=names).values("entry_id")
    about: dict[str, str] = {}
    for written in EntryRow.objects.filter(pk__in=own).values_list("values", flat=True):
        entry = wording.values(written)
        if _is_readable(desk, entry.get("body")):
            about |= dict.fromkeys(
                entry.get("evidence") or (), f"{wording.month(entry['period'])}　{titles.get(entry['commitment'], '')}"
            )
    files = Evidence.objects.filter(pk__in=list(about)).order_by("-uploaded_at").values_list("id", "name", "size")
    return [{"id": name, "name": label, "about": f"{about[name]}"} for name, label, size in files][:SHOWN]


def _history(desk: Desk, names: list[str], titles: dict[str, str]) -> list[Plain]:
    return history.of_streams(desk, names, titles, 30)


_TABS = {"history": _history, "nodes": _nodes, "reports": _reports, "supervision": _supervisions, "evidence": _evidence}
REPORT_STATES = {
    "submitted": "待签发",
    "signed": "待审核",
    "accepted": "已采信",
    "returned": "已退回",
    "unverified": "结账未核实",
}
