"""填报: one unit's sheet of a month, pre-filled from its report, its draft, and last month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson
from django.utils import timezone

from luoshi.people.role import Role
from luoshi.store.entries import cells
from luoshi.store.models import Draft, EntryRow, Evidence, IndexCell
from luoshi.store.queries import arrivals, lights, wording
from luoshi.store.queries.commitments import ROW, summed, whole_tasks
from luoshi.store.queries.desk import Desk
from luoshi.terms.number import exact, plain, round_half_up
from luoshi.terms.period import Period

Plain = dict[str, Any]
CELLS = ("value", "base", "node", "text", "problem", "next_step")
COMPARED = {"growth": "同期基数", "reduction": "同期基数", "share": "分母"}
LOCKED = {"signed": "待审核", "accepted": "已采信", "unverified": "结账未核实"}
STATES = {"": "未报", "submitted": "待签发，可再改", "returned": "已退回，请重报", **LOCKED}
CLOSED_STATES = {
    "": "未报，已结账",
    "submitted": "未签发，已结账",
    "signed": "未审核，已结账",
    "returned": "未重报，已结账",
    **LOCKED,
}
UNVERIFIED = "结账时还没有采信，不计入本月。确需计入的，请报督查室办理更正；下月照常填报累计数。"


def sheet(desk: Desk, body: str, period: Period) -> Plain:
    """The sheet of a body for a month."""
    mine = _commitments(desk, body)
    names = [row["id"] for row in mine]
    reports = _reports(desk, names)
    is_mine = body in desk.bodies_as(Role.DESK_OFFICER)
    draft, saved = _draft(desk, body, period) if is_mine else ({}, "")
    rated = lights.ratings(desk, period, names)
    former = lights.ratings(desk, period.previous(), names)
    files = _files(reports, period)
    rules = lights.rules_of(desk)
    is_open, is_closed = desk.open_period == period, is_month_closed(desk, period)
    rows = []
    for row in mine:
        report = reports.get((row["id"], str(period)))
        line = _line(
            row, report, reports.get((row["id"], _before(reports, row["id"], period))), draft.get(row["id"], {})
        )
        rating = rated.get(row["id"])
        shown = rating if rating and rating["arrival"] == "accepted" else former.get(row["id"])
        line["light"] = lights.light(rules, shown)
        line["expected"] = _expected(wording.values(row["values"]), rating)
        line["files"] = [
            {"id": key, "name": files[key]} for key in (report or {}).get("evidence") or () if key in files
        ]
        line["locked"] = line["locked"] or not is_open or not is_mine
        if is_closed:
            line["state"] = CLOSED_STATES.get(line["report_state"], line["report_state"])
            line["note"] = UNVERIFIED if line["report_state"] == "unverified" else ""
        rows.append(line)
    rows.sort(key=lambda line: line["order"])
    for number, line in enumerate(rows, 1):
        line["n"] = number
    return {
        "body": desk.label(body),
        "body_code": body,
        "period": period.label,
        "period_code": str(period),
        "rows": rows,
        "window": window(desk, period),
        "editable": is_open and body in desk.bodies_as(Role.DESK_OFFICER) and any(not line["locked"] for line in rows),
        "saved": saved,
    }


def _commitments(desk: Desk, body: str) -> list[Plain]:
    own = IndexCell.objects.filter(plan=desk.plan_id, list__in=("target", "task"), field="lead_body", text=body)
    rows = EntryRow.objects.filter(pk__in=own.values("entry_id"), state="assigned").exclude(pk__in=whole_tasks(desk))
    return list(rows.exclude(pk__in=summed(desk)).values(*ROW))


def _reports(desk: Desk, names: list[str]) -> dict[tuple[str, str], Plain]:
    """All reports of these commitments by (commitment, month), with their state under ``_state``."""
    wanted = cells(desk.plan_id, "report", "commitment").filter(text__in=names).values("entry_id")
    found: dict[tuple[str, str], Plain] = {}
    for identity, state, written in EntryRow.objects.filter(pk__in=wanted).values_list("id", "state", "values"):
        entry = wording.values(written)
        found[entry["commitment"], entry["period"]] = {**entry, "_state": state, "_id": identity}
    return found


def _before(reports: Mapping[tuple[str, str], Plain], name: str, period: Period) -> str:
    known = [
        month for (entry, month), report in reports.items()
        if entry == name and month < str(period) and report["_state"] == "accepted"
    ]  # fmt: skip
    return max(known, default="")


def _draft(desk: Desk, body: str, period: Period) -> tuple[dict[str, Plain], str]:
    row = Draft.objects.filter(sheet=f"report:{desk.plan_id}:{period}", body=body).first()
    if row is None:
        return {}, "没有未提交的草稿。"
    return orjson.loads(row.content), saved_line(row)


def saved_line(row: Draft) -> str:
    """When a draft was kept."""
    return f"草稿存于{timezone.localtime(row.saved_at):%H:%M}，尚未提交。"


def _files(reports: Mapping[tuple[str, str], Plain], period: Period) -> dict[str, str]:
    wanted = [
        key for (_, month), report in reports.items() if month == str(period) for key in report.get("evidence") or ()
    ]
    return dict(Evidence.objects.filter(pk__in=wanted).values_list("id", "name")) if wanted else {}


def _line(row: Plain, report: Plain | None, last: Plain | None, draft: Mapping[str, str]) -> Plain:
    entry = wording.values(row["values"])
    state = report["_state"] if report else ""
    typed = {name: report.get(name) or "" for name in CELLS} if report else {}
    locked = state in LOCKED
    by_node = row["list"] == "task" and bool(entry.get("nodes"))
    return {
        "id": row["id"],
        "order": (int(entry.get("task_number") or 999), int(entry.get("start") or 0), row["id"]),
        "name": wording.title(row["id"], entry),
        "task": entry.get("task_number") or "",
        "target": wording.goal(entry),
        "unit": entry.get("unit") or "",
        "quote": entry.get("sentence") or entry.get("quote") or "",
        "state": STATES.get(state, state),
        "report_state": state,
        "note": "",
        "returned": (report or {}).get("return_code")
        and state == "returned"
        and RETURNED.get(report["return_code"], "")
        if report
        else "",
        "locked": locked,
        "by_node": by_node,
        "nodes": "；".join(
            f"{node['id']} {node['name']}（{wording.short_day(node['due_on'])}）"
            for node in entry.get("nodes") or ()
            if not node.get("accepted_on")
        ),
        "numeric": row["list"] == "target",
        "base_label": COMPARED.get(str(entry.get("kind")), ""),
        "previous": wording.number(last.get("value")) if last else "",
        **{name: "" if locked else draft.get(name, typed.get(name, "")) for name in CELLS},
        **(typed if locked else {}),
        "errors": {},
        "submitted": typed,
        "report": report["_id"] if report else "",
    }


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


RETURNED = {"unclear": "事实不清", "unproven": "佐证不足", "unit": "单位口径有误", "wrong": "数值有误", "other": "其他"}
