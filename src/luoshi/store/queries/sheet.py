"""填报: one unit's sheet of a month, pre-filled from its report, its draft, and last month."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import orjson
from django.utils import timezone

from luoshi.people.role import Role
from luoshi.store.due import due, reported
from luoshi.store.entries import cells
from luoshi.store.fed import FedFigure, fed_figures
from luoshi.store.models import Draft, EntryRow, Evidence
from luoshi.store.queries import arrivals, lights, wording
from luoshi.store.queries.commitments import ROW
from luoshi.store.queries.corrected import marks
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.hints import hints
from luoshi.store.queries.prospect import prospects
from luoshi.store.queries.reckoned import plain as told
from luoshi.store.queries.report_state import UNVERIFIED, state_words
from luoshi.store.queries.returned import why_returned
from luoshi.store.reports import claimed_days
from luoshi.terms.number import exact, plain, round_half_up
from luoshi.terms.period import Period

Plain = dict[str, Any]
CELLS = ("value", "base", "node", "text", "problem", "next_step", "override_reason")
COMPARED = {"growth": "同期基数", "reduction": "同期基数", "share": "分母"}
LOCKED = frozenset({"signed", "accepted", "unverified"})


@dataclass(frozen=True, slots=True)
class Ground:
    """底数: what a sheet stands on apart from what is typed in it; saving a draft does not change it.

    ``reports`` are by (commitment, month), ``last`` the newest accepted ones of earlier months, ``fed`` the figures
    that other lists compute, ``back`` why a report was returned.
    """

    commitments: list[Plain]
    reports: Mapping[tuple[str, str], Plain]
    last: Mapping[str, Plain]
    corrected: Mapping[str, str]
    fed: Mapping[str, FedFigure]
    back: Mapping[str, str]


def ground(desk: Desk, body: str, period: Period) -> Ground:
    """What the body is to report on for a month, and what was reported of it."""
    mine = _commitments(desk, body, period)
    reports = _reports(desk, [row["id"] for row in mine])
    is_closed = is_month_closed(desk, period)
    corrected = {name: f"结账后更正：{text}" for name, text in marks(desk, period).of.items()} if is_closed else {}
    held = {row["id"]: wording.values(row["values"]) for row in mine}
    fed = {} if is_closed else fed_figures(desk.plan_id, held, period)
    back = why_returned(
        one["_id"] for key, one in reports.items() if key[1] == str(period) and one["_state"] == "returned"
    )
    return Ground(mine, reports, _last_accepted(reports, period), corrected, fed, back)


def sheet(
    desk: Desk, body: str, period: Period, known: Ground | None = None, judged: Collection[str] | None = None
) -> Plain:
    """The sheet of a body for a month.

    Args:
        known: what it stands on, where the request has read it already.
        judged: the commitments whose lights and hints are wanted, all when None; the others' rows come without.
    """
    known = known or ground(desk, body, period)
    is_mine = body in desk.bodies_as(Role.DESK_OFFICER)
    draft, saved_at = _draft(desk, body, period) if is_mine else ({}, None)
    files = _files(known.reports, draft, period)
    is_open, is_closed = desk.open_period == period, is_month_closed(desk, period)
    rows = []
    for row in known.commitments:
        typed = draft.get(row["id"], {})
        report = known.reports.get((row["id"], str(period)))
        line = line_of(row, report, known.last.get(row["id"]), typed)
        line["returned"] = known.back.get(line["report"], "")
        lay_fed(line, known.fed.get(row["id"]), is_editable=is_open and is_mine)
        line["files"] = _attached(report, typed, files)
        line["held_files"] = (report or {}).get("evidence") or ()
        line["state"] = state_words(line["report_state"], is_pending=line["pending"], is_closed=is_closed)
        note = UNVERIFIED if line["report_state"] == "unverified" else known.corrected.get(row["id"], "")
        line["note"] = note or line["fed_note"] or _laid(line, typed)
        line["locked"] = line["locked"] or not is_open or not is_mine
        rows.append(line)
    asked = [line for line in rows if judged is None or line["id"] in judged]
    _lay_lights(desk, period, asked, is_open)
    _number(rows, hints(desk.plan_id, period, body, asked) if is_open and is_mine else {})
    return {
        "body": desk.label(body),
        "body_code": body,
        "period": period.label,
        "period_code": str(period),
        "last_day": period.last.isoformat(),
        "rows": rows,
        "window": window(desk, period),
        "editable": is_open and is_mine and any(not line["locked"] for line in rows),
        "saved": _saved(saved_at, sum(line["pending"] for line in rows)) if is_mine else "",
    }


def _number(rows: list[Plain], noted: Mapping[str, list[str]]) -> None:
    """The rows in the order of the document, each with its number and hints."""
    rows.sort(key=lambda line: line["order"])
    for number, line in enumerate(rows, 1):
        line |= {"n": number, "hints": noted.get(line["id"], [])}


def _commitments(desk: Desk, body: str, period: Period) -> list[Plain]:
    """What the body reports on that month; for a month not opened yet, what it would, as far as is known."""
    asked = min(period, desk.newest) if desk.newest else period
    names = {*due(desk.plan_id, asked, [body]), *reported(desk.plan_id, period, [body])}
    return list(EntryRow.objects.filter(pk__in=names).values(*ROW))


def _reports(desk: Desk, names: list[str]) -> dict[tuple[str, str], Plain]:
    """All reports of these commitments by (commitment, month), with their state under ``_state``."""
    wanted = cells(desk.plan_id, "report", "commitment").filter(text__in=names).values("entry_id")
    found: dict[tuple[str, str], Plain] = {}
    for identity, state, written in EntryRow.objects.filter(pk__in=wanted).values_list("id", "state", "values"):
        entry = wording.values(written)
        found[entry["commitment"], entry["period"]] = {**entry, "_state": state, "_id": identity}
    return found


def _last_accepted(reports: Mapping[tuple[str, str], Plain], period: Period) -> dict[str, Plain]:
    """By commitment, the newest accepted report of an earlier month."""
    earlier = sorted(key for key, one in reports.items() if key[1] < str(period) and one["_state"] == "accepted")
    return {name: reports[name, month] for name, month in earlier}


def _draft(desk: Desk, body: str, period: Period) -> tuple[dict[str, Plain], datetime | None]:
    row = Draft.objects.filter(sheet=f"report:{desk.plan_id}:{period}", body=body).first()
    return (orjson.loads(row.content), row.saved_at) if row else ({}, None)


def _saved(saved_at: datetime | None, pending: int) -> str:
    """When a draft was kept, and how much of it waits."""
    if saved_at is None or not pending:
        return "没有未提交的改动。"
    return f"草稿存于{timezone.localtime(saved_at):%H:%M}，{pending}项尚未提交。"


def _laid(line: Plain, draft: Plain) -> str:
    """That the supervision office filled cells of the row in from a workbook, as long as they still say so."""
    laid: Plain = draft.get("laid", {})
    is_so = line["pending"] and any(draft.get(name) == text for name, text in laid.items())
    return "督查室用表格代填，请核对后提交。" if is_so else ""


def _files(reports: Mapping[tuple[str, str], Plain], draft: Mapping[str, Plain], period: Period) -> dict[str, str]:
    wanted = [key for row in draft.values() for key in row.get("evidence") or ()]
    for (_, month), report in reports.items():
        wanted += (report.get("evidence") or ()) if month == str(period) else ()
    return dict(Evidence.objects.filter(pk__in=wanted).values_list("id", "name")) if wanted else {}


def _attached(report: Plain | None, draft: Plain, names: Mapping[str, str]) -> list[Plain]:
    """The files of a row: those submitted, but what is to be left out; then those that came with the draft."""
    held = [key for key in (report or {}).get("evidence") or () if key not in draft.get("left_out", ())]
    found = [(key, False) for key in held] + [(key, True) for key in draft.get("evidence", ())]
    return [{"id": key, "name": names[key], "new": is_new} for key, is_new in found if key in names]


def line_of(row: Plain, report: Plain | None, last: Plain | None, draft: Plain) -> Plain:
    """A commitment's row: what was submitted for the month, under what is typed in the draft."""
    entry = wording.values(row["values"])
    state = report["_state"] if report else ""
    submitted = {name: (report or {}).get(name) or "" for name in CELLS}
    locked = state in LOCKED
    typed = {} if locked else {name: draft[name] for name in CELLS if name in draft and draft[name] != submitted[name]}
    return {
        "id": row["id"],
        "order": (int(entry.get("task_number") or 999), int(entry.get("start") or 0), row["id"]),
        "name": wording.title(row["id"], entry),
        "task": entry.get("task_number") or "",
        "target": wording.goal(entry),
        "unit": entry.get("unit") or "",
        "quote": entry.get("sentence") or entry.get("quote") or "",
        "returned": "",
        "locked": locked,
        "pending": not locked and bool(typed or draft.get("evidence") or draft.get("left_out")),
        "by_node": bool(entry.get("nodes")) and (row["list"] == "task" or entry.get("schedule") == "nodes"),
        "nodes": _nodes(entry, {**submitted, **typed}["node"]),
        "numeric": row["list"] == "target",
        "base_label": COMPARED.get(str(entry.get("kind")), ""),
        "previous": wording.number(last.get("value")) if last else "",
        **submitted,
        **typed,
        "errors": {},
        "submitted": submitted,
        "moves_files": bool(draft.get("evidence") or draft.get("left_out")),
        "fed_before": str((report or {}).get("fed_value") or ""),
        "report": report["_id"] if report else "",
        "report_state": state,
        "values": entry,
    }


def lay_fed(line: Plain, figure: FedFigure | None, *, is_editable: bool) -> None:
    """The figure another list computes, in the place of a typed one; whether it changed since it was reported."""
    line |= {"fed": None, "fed_note": "", "own_value": line["value"]}
    if figure is None:
        return
    now = plain(Fraction(figure.value))
    before = line["fed_before"]
    if line["report_state"] and before and before != now:
        line["fed_note"] = f"填报以后，系统取数由{wording.number(before)}变为{wording.number(now)}。"
    if line["locked"]:
        return
    if is_editable:
        line["own_value"] = "" if line["value"] in {now, before} else line["value"]
        line["value"] = line["own_value"] or now
        line["pending"] = line["moves_files"] or any(line[name] != line["submitted"][name] for name in CELLS)
    line["fed"] = {"shown": wording.number(now), "origin": figure.origin, "why": told(figure.trace)}


def _nodes(entry: Plain, written: object) -> list[Plain]:
    """The nodes as boxes to tick: those accepted, those the row claims and the day it gives, those still to come."""
    claims = claimed_days(written)
    return [
        {
            "id": str(node["id"]),
            "name": node["name"],
            "due": wording.short_day(node["due_on"]),
            "due_on": str(node["due_on"]),
            "accepted": wording.short_day(node.get("accepted_on")),
            "claimed": str(node["id"]) in claims,
            "day": str(claims.get(str(node["id"])) or ""),
        }
        for node in entry.get("nodes") or ()
    ]


def _lay_lights(desk: Desk, period: Period, rows: list[Plain], is_open: bool) -> None:
    """Each row's light: as rated once its report was accepted or the month is over, else as it would become."""
    if not rows:
        return
    names = [line["id"] for line in rows]
    rated, former = lights.ratings(desk, period, names), lights.ratings(desk, period.previous(), names)
    waiting = {line["id"]: line for line in rows if is_open and line["report_state"] != "accepted"}
    coming = prospects(desk, period, waiting)
    rules = lights.rules_of(desk)
    for line in rows:
        rating = rated.get(line["id"])
        last = lights.light(rules, former.get(line["id"]))
        line["expected"] = _expected(line.pop("values"), rating)
        line["light"] = lights.light(rules, rating) if line["id"] not in waiting else coming.get(line["id"])
        percent = wording.percent(rating["percent"]) if rating and line["id"] not in waiting else ""
        line["percent"] = coming.get(line["id"], {}).get("percent", percent)
        line["light_note"] = _light_note(line["report_state"], is_coming=line["id"] in coming, is_open=is_open)
        line["former"] = last["word"] if last and line["id"] in waiting else ""


def _light_note(state: str, *, is_coming: bool, is_open: bool) -> str:
    """What stands before a light, or in its place."""
    if is_coming:
        return "采信后为"
    if state in {"", "returned"}:
        return "本月未报"
    if state == "unverified":
        return "未采信"
    return "" if state == "accepted" or not is_open else "采信后评定"


def _expected(entry: Plain, rating: Mapping[str, Any] | None) -> str:
    """What the pace asks for by the end of the month, in the target's own unit."""
    if not rating or not rating["expected"] or not entry.get("value"):
        return ""
    due = exact(rating["expected"]) * exact(entry["value"])
    return plain(round_half_up(due, 2))


def is_month_closed(desk: Desk, period: Period) -> bool:
    """Whether the books of this month are closed."""
    closed = desk.plan["closed_period"] if desk.plan else None
    return bool(closed) and str(period) <= str(closed)


def window(desk: Desk, period: Period) -> Plain:
    """The state of the month's window in words, with what to do when it is closed."""
    plan = desk.plan
    if desk.open_period == period and plan:
        closes = plan["window_closes_on"]
        late = isinstance(closes, date) and desk.today > closes
        note = f"已过{wording.day(closes)}的截止日，结账以前仍可补报。" if late else ""
        following = "未报的事项亮灰灯，不算达序时；请尽快提交。" if late else ""
        return {"text": f"填报截止{wording.day(closes)}", "note": note, "kind": "warn", "next": following}
    if is_month_closed(desk, period):
        note = f"{period.label}已经结账，只能查看。"
        return {
            "text": "已结账",
            "note": note,
            "kind": "warn",
            "next": "数据有误的，请报督查室办理更正，更正要写明理由。",
        }
    return {
        "text": "未开启",
        "note": f"{period.label}的填报窗口还没有开启。",
        "kind": "warn",
        "next": "督查室开启后，会出现在“我的待办”里。",
    }


def bodies(desk: Desk) -> list[tuple[str, str]]:
    """The bodies whose sheets the reader may open, as choices."""
    if desk.actor.reads_everything and desk.period:
        return [
            (row["code"], row["body"]) for row in sorted(arrivals.by_body(desk, desk.period), key=lambda r: r["code"])
        ]
    own = (*desk.bodies_as(Role.DESK_OFFICER), *desk.bodies_as(Role.UNIT_HEAD))
    return [(code, desk.label(code)) for code in dict.fromkeys(own)]
