"""我的待办: exactly what waits for the reader, in the order in which it is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from luoshi.people.role import Role
from luoshi.store.entries import cells
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.queries import approvals, wording
from luoshi.store.queries.arrivals import by_body
from luoshi.store.queries.commitments import summed, whole_tasks
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.history import titles_of
from luoshi.store.queries.report_state import UNVERIFIED

Plain = dict[str, Any]
SHOWN = 20


def todo(desk: Desk) -> list[Plain]:
    """Groups of things to do, each with its lines, total, and where to go (``page`` and ``args``)."""
    groups = [
        *_reporting(desk),
        *_signing(desk),
        *_unverified(desk),
        *_reviewing(desk),
        *_slips(desk),
        *_planning(desk),
    ]
    return [group for group in groups if group["total"]]


def count(desk: Desk) -> int:
    """How many things wait for the reader: the badge in the head, in at most four queries."""
    desks, heads = desk.bodies_as(Role.DESK_OFFICER), desk.bodies_as(Role.UNIT_HEAD)
    if not desk.plan_id or not (desks or heads or desk.is_supervisor):
        return 0
    reports = EntryRow.objects.filter(plan=desk.plan_id, list="report")
    if desk.is_supervisor:
        reports = reports.filter(state="signed")
    else:
        own = cells(desk.plan_id, "report", "body").filter(text__in={*desks, *heads}).values("entry_id")
        states = (["submitted"] if heads else []) + (["returned"] if desks else [])
        left = _left_unverified(desk) if desks else Q(pk__in=())
        reports = reports.filter(Q(state__in=states) | left, pk__in=own)
    slips = EntryRow.objects.filter(plan=desk.plan_id, list="supervision").filter(_slip_states(desk))
    if not desk.is_supervisor:
        led = cells(desk.plan_id, "supervision", "lead_body").filter(text__in={*desks, *heads})
        slips = slips.filter(pk__in=led.values("entry_id"))
    return reports.count() + slips.count() + _missing(desk, desks)


def _missing(desk: Desk, desks: tuple[str, ...]) -> int:
    """How many of one's rows of the open month were not reported yet."""
    period = desk.open_period
    if period is None or not desks:
        return 0
    led = IndexCell.objects.filter(plan=desk.plan_id, list__in=("target", "task"), field="lead_body", text__in=desks)
    due = EntryRow.objects.filter(pk__in=led.values("entry_id"), state="assigned")
    due = due.exclude(pk__in=whole_tasks(desk)).exclude(pk__in=summed(desk))
    of_month = cells(desk.plan_id, "report", "period").filter(text=str(period)).values("entry_id")
    reported = cells(desk.plan_id, "report", "commitment").filter(entry_id__in=of_month).values("text")
    return due.exclude(pk__in=reported).count()


def _slip_states(desk: Desk) -> Q:
    return Q(state="replied") if desk.is_supervisor else Q(state__in=("issued", "received"))


def _group(title: str, lines: list[Plain], page: str = "", args: tuple[str, ...] = ()) -> Plain:
    return {
        "title": title,
        "total": len(lines),
        "lines": lines[:SHOWN],
        "page": page if len(lines) > SHOWN else "",
        "args": args,
    }


def _reporting(desk: Desk) -> list[Plain]:
    period, own = desk.open_period, desk.bodies_as(Role.DESK_OFFICER)
    if not period or not own or not desk.plan:
        return []
    closes = desk.plan["window_closes_on"]
    lines = []
    for row in by_body(desk, period):
        left = row["missing"] + row["returned"]
        if row["code"] in own and left:
            why = f"应报{row['due']}项，还差{row['missing']}项" + (
                f"，退回{row['returned']}项" if row["returned"] else ""
            )
            lines.append(
                _todo(
                    desk,
                    closes,
                    f"{row['body']}{period.label}填报",
                    why,
                    "填报",
                    ("report-sheet", row["code"], str(period)),
                )
            )
    return [_group("填报", lines)]


def _todo(desk: Desk, due: object, text: str, why: str, action: str, target: tuple[str, ...]) -> Plain:
    late = (desk.today - due).days if isinstance(due, date) and desk.today > due else 0
    return {
        "due": wording.day(due) if due else "",
        "late": f"已过{late}天" if late else "",
        "text": text,
        "why": why,
        "action": action,
        "target": target,
    }


def _signing(desk: Desk) -> list[Plain]:
    lines = [
        _todo(
            desk,
            None,
            f"{row['body']}{row['period']}：{row['name']}",
            f"本月{row['now'] or '未填数'}",
            "去签发",
            ("sign",),
        )
        for row in approvals.to_sign(desk)
    ]
    return [_group("待签发", lines, "sign")]


def _left_unverified(desk: Desk) -> Q:
    """Reports that the last closing left unverified; told until they are corrected or the next month is closed."""
    closed = str((desk.plan and desk.plan["closed_period"]) or "")
    return Q(state="unverified", id__endswith=f":{closed}") if closed else Q(pk__in=())


def _unverified(desk: Desk) -> list[Plain]:
    """What a desk officer must know of the month just closed: what did not count, and what can be done."""
    own = desk.bodies_as(Role.DESK_OFFICER)
    if not own:
        return []
    bodies = cells(desk.plan_id, "report", "body").filter(text__in=own).values("entry_id")
    rows = EntryRow.objects.filter(_left_unverified(desk), plan=desk.plan_id, list="report", pk__in=bodies)
    held = {name: wording.values(text) for name, text in rows.order_by("id").values_list("id", "values")}
    names = titles_of(entry["commitment"] for entry in held.values())
    lines = []
    for name, entry in held.items():
        text = f"{desk.label(entry['body'])}{wording.month(entry['period'])}：{names.get(entry['commitment'], '')}"
        lines.append(_todo(desk, None, text, UNVERIFIED, "查看", ("entry", name)))
    return [_group("结账未核实", lines)]


def _reviewing(desk: Desk) -> list[Plain]:
    if not desk.is_supervisor:
        return []
    rows, _ = approvals.waiting(desk, "signed")
    grouped: dict[str, list[Plain]] = {}
    for row in rows:
        grouped.setdefault(f"{row['body']}{row['period']}", []).append(row)
    lines = [
        _todo(
            desk,
            None,
            f"{name}填报（{len(rows)}项）",
            f"已等{max(row['age'] for row in rows)}天",
            "去审核",
            ("review",),
        )
        for name, rows in grouped.items()
    ]
    return [{**_group("待审核", lines, "review"), "total": sum(len(group) for group in grouped.values())}]


def _slips(desk: Desk) -> list[Plain]:
    own = {*desk.bodies_as(Role.DESK_OFFICER), *desk.bodies_as(Role.UNIT_HEAD)}
    if not own and not desk.is_supervisor:
        return []
    rows = EntryRow.objects.filter(plan=desk.plan_id, list="supervision").filter(_slip_states(desk)).order_by("id")
    lines = []
    for identity, state, text in rows.values_list("id", "state", "values"):
        entry = wording.values(text)
        if not desk.is_supervisor and entry.get("lead_body") not in own:
            continue
        action = {"issued": "签收", "received": "反馈", "replied": "审核"}[state]
        due = date.fromisoformat(entry["due_on"]) if entry.get("due_on") else None
        lines.append(
            _todo(
                desk,
                due,
                f"{entry.get('number', '')}　{entry['matter']}",
                desk.label(entry["lead_body"]),
                action,
                ("entry", identity),
            )
        )
    return [_group("督办单", lines)]


def _planning(desk: Desk) -> list[Plain]:
    if not desk.is_supervisor or not desk.plan:
        return []
    waiting = EntryRow.objects.filter(plan=desk.plan_id, list__in=("task", "target"), state="adopted").count()
    lines = []
    if waiting:
        lines.append(_todo(desk, None, f"{waiting}个条目还没有交办", "定牵头单位和责任领导", "去交办", ("assign",)))
    return [_group("交办", lines)]
