"""计划设置: entries to be assigned and scheduled, and what the window allows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from luoshi.store import definitions
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.open_work import open_work
from luoshi.store.queries import wording
from luoshi.store.queries.arrivals import by_body
from luoshi.store.queries.commitments import LISTS, areas
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import blank
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
        {
            "name": "lead_body",
            "label": "牵头单位",
            "options": [(b.code, b.label) for b in desk.roster.standing_on(desk.today)],
        },
    ]
    return [{**item, "value": chosen.get(item["name"], "")} for item in found]


def window(desk: Desk, is_closing: bool = False) -> Plain:
    """Whether a month is open, and the forms that open or close one.

    Args:
        is_closing: show what still waits in the open month, and the button that closes it all the same.
    """
    plan = desk.plan
    if plan is None:
        return {"window": {"text": "还没有计划，先到“识读复核”上传、采纳文件。"}, "forms": [], "closing": None}
    if desk.open_period:
        text = f"{desk.open_period.label}正在填报，{wording.day(plan['window_closes_on'])}截止。"
        return {"window": {"text": text}, "forms": [], "closing": _closing(desk, desk.open_period, is_closing)}
    closed = Period.parse(str(plan["closed_period"])) if plan["closed_period"] else None
    following = closed.next() if closed else Period.month(int(str(plan["year"])), 1)
    if closed and following.start.year > int(str(plan["year"])):
        text = f"最近结账：{closed.label}。本年度各月都已结账，下一步办理年底交账。"
        return {"window": {"text": text}, "forms": [], "closing": None}
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
                **blank("period", fields["open_period"].label),
                "needed": True,
                "value": following.label,
                "help": "如2023年9月。",
            },
            {
                **blank("closes_on", fields["window_closes_on"].label, "date"),
                "value": closes.isoformat(),
                "needed": True,
            },
        ],
    }
    return {"window": {"text": text}, "forms": [opening], "closing": None}


def _closing(desk: Desk, period: Period, is_confirmed: bool) -> Plain:
    """What closing the month means, in exact numbers; ``seen`` goes back with the confirmation."""
    work = open_work(desk.plan_id, period)
    accepted = sum(row["accepted"] for row in by_body(desk, period))
    counts = (
        ("已采信", accepted, "计入本月灯色、排名和通报"),
        ("待签发", work.submitted, "记为未核实，不计入"),
        ("待审核", work.signed, "记为未核实，不计入"),
        ("已退回", work.returned, "记为未核实，不计入"),
        ("未报", work.unreported, "亮灰灯，通报为未报"),
    )
    notes = []
    if work.pending:
        notes.append(
            f"待签发、待审核和已退回的{work.pending}项结账后不能再签发、退回、采信或重报；"
            "确需计入的，由督查室逐项办理更正，并写明理由。"
        )
    notes.append("结账后灯色、排名和通报固定下来，不能撤销；以后的改动都作更正，另行列明。")
    return {
        "title": f"{period.label}结账",
        "is_confirmed": is_confirmed,
        "counts": [{"label": label, "number": number, "effect": effect} for label, number, effect in counts],
        "notes": notes,
        "seen": dataclasses.asdict(work),
        "text": f"还有{work.text}。" if not work.is_none else "应报的事项都已采信。",
    }
