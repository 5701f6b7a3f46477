"""计划设置: entries to be assigned and scheduled, and what the window allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from luoshi.store import definitions
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.queries import wording
from luoshi.store.queries.commitments import LISTS, areas
from luoshi.store.queries.desk import Desk
from luoshi.terms.period import Period, add_months

Plain = dict[str, Any]


def assignable(desk: Desk, chosen: Mapping[str, str]) -> QuerySet[EntryRow]:
    """The tasks and commitments that stand, fitting the filters."""
    rows = EntryRow.objects.filter(plan=desk.plan_id, list__in=LISTS, state__in=("adopted", "assigned"))
    for field in ("area", "lead_body"):
        if chosen.get(field):
            own = IndexCell.objects.filter(plan=desk.plan_id, list__in=LISTS, field=field, text=chosen[field])
            rows = rows.filter(pk__in=own.values("entry_id"))
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("kind") == "task":
        rows = rows.filter(
            pk__in=IndexCell.objects.filter(plan=desk.plan_id, list="task", field="kind", text="task").values(
                "entry_id"
            )
        )
    elif chosen.get("kind") == "target":
        rows = rows.filter(list="target")
    return rows.order_by("id")


def filters(desk: Desk, chosen: Mapping[str, str]) -> list[Plain]:
    """The filters of the table."""
    found: list[Plain] = [
        {"name": "state", "label": "状态", "options": [("adopted", "待交办"), ("assigned", "推进中")]},
        {"name": "kind", "label": "类别", "options": [("task", "重点任务"), ("target", "量化目标")]},
        {"name": "area", "label": "方面", "options": areas(desk)},
        {"name": "lead_body", "label": "牵头单位", "options": [(b.code, b.label) for b in desk.roster.bodies.values()]},
    ]
    return [{**item, "value": chosen.get(item["name"], "")} for item in found]


def window(desk: Desk) -> Plain:
    """Whether a month is open, and the forms that open or close one."""
    plan = desk.plan
    if plan is None:
        return {"window": {"text": "还没有计划。"}, "forms": []}
    if desk.open_period:
        text = f"{desk.open_period.label}正在填报，{wording.day(plan['window_closes_on'])}截止。"
        note = "结账后灯色、排名和快照固定下来；以后的改动都作更正，并写明理由。"
        form = {
            "move": "close_month",
            "title": f"{desk.open_period.label}结账",
            "label": "结账",
            "note": note,
            "fields": [],
        }
        return {"window": {"text": text}, "forms": [form]}
    closed = Period.parse(str(plan["closed_period"])) if plan["closed_period"] else None
    following = closed.next() if closed else Period.month(int(str(plan["year"])), 1)
    closes = add_months(following.start, 1).replace(day=3)
    text = f"最近结账：{closed.label}。" if closed else "还没有开启过月份。"
    fields = definitions.current("plan").fields
    opening: Plain = {
        "move": "open_month",
        "title": "开启填报",
        "label": "开启",
        "note": "开启后，已交办的事项都等待填报；没有报的亮灰灯，不算达序时。",
        "fields": [
            {
                **_field("period", fields["open_period"].label, "text"),
                "value": following.label,
                "help": "如2023年9月。",
            },
            {**_field("closes_on", fields["window_closes_on"].label, "date"), "value": closes.isoformat()},
        ],
    }
    return {"window": {"text": text}, "forms": [opening]}


def _field(name: str, label: str, kind: str) -> Plain:
    return {
        "name": name,
        "label": label,
        "type": kind,
        "value": "",
        "help": "",
        "options": [],
        "needed": True,
        "unit": "",
    }
