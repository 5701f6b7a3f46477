"""年底交账: the promises of a year with what they came to, what is proposed, and what was confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from luoshi.plan.year_end import OUTCOMES, Ending, summed_up
from luoshi.store import definitions
from luoshi.store.entries import from_row
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.queries import commitments, wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import sight
from luoshi.store.rating import COMMITMENTS
from luoshi.store.results import Result, is_year_closed, last_month, results, to_be_settled
from luoshi.terms.number import plain

Plain = dict[str, Any]
SETTLED = {outcome.value: outcome for outcome in Ending}
STATES = {"open": "未交账", **{outcome.value: label for outcome, label in OUTCOMES.items()}}


def seen(desk: Desk) -> QuerySet[EntryRow]:
    """The promises of the plan that the reader may open."""
    rows = to_be_settled(desk.plan_id)
    wanted = EntryRow.objects.none()
    for name in COMMITMENTS:
        wanted |= rows.filter(sight(desk, definitions.current(name)), list=name)
    return wanted.order_by("id")


def chosen(desk: Desk, filters: Mapping[str, str]) -> QuerySet[EntryRow]:
    """Those that fit the filters ``state`` (a key of ``STATES``) and ``lead_body``."""
    rows = seen(desk)
    if filters.get("state") == "open":
        rows = rows.filter(state__in=("adopted", "assigned"))
    elif filters.get("state") in SETTLED:
        rows = rows.filter(state=filters["state"])
    if filters.get("lead_body"):
        own = IndexCell.objects.filter(
            plan=desk.plan_id, list__in=COMMITMENTS, field="lead_body", text=filters["lead_body"]
        )
        rows = rows.filter(pk__in=own.values("entry_id"))
    return rows


def state_of(desk: Desk) -> Plain:
    """How far the year is settled, of what the reader sees."""
    plan = desk.plan
    counts = Counter(seen(desk).values_list("state", flat=True))
    left = counts["adopted"] + counts["assigned"]
    outcomes = [SETTLED[state] for state, number in counts.items() if state in SETTLED for _ in range(number)]
    return {
        "total": counts.total(),
        "left": left,
        "text": summed_up(outcomes),
        "is_closed": bool(plan and is_year_closed(plan)),
        "is_sealed": bool(plan and plan.state == "sealed"),
        "last_month": last_month(plan).label if plan else "",
    }


def lines(desk: Desk, rows: QuerySet[EntryRow]) -> list[Plain]:
    """The promises as lines; a handful of queries, however many."""
    if desk.plan is None:
        return []
    held = list(rows)
    shown = {line["id"]: line for line in commitments.table(desk, (_row(row) for row in held))}
    entries = [from_row(row) for row in held]
    found = results(desk.plan, entries)
    return [
        {
            **shown[entry.id],
            "version": entry.version,
            "is_open": entry.state == "assigned",
            "is_waiting": entry.state == "adopted",
            "outcome": STATES.get(entry.state, "待交办" if entry.state == "adopted" else "未交账"),
            "note": str(entry["result_note"] or ""),
            "carried_to": str(entry["carried_to"] or ""),
            **_proposed(found[entry.id], str(entry["unit"] or "")),
        }
        for entry in entries
    ]


def _row(row: EntryRow) -> Plain:
    return {name: getattr(row, name) for name in commitments.ROW}


def _proposed(result: Result, unit: str) -> Plain:
    label = OUTCOMES[result.proposed]
    left = f"结转的，余{wording.amount(plain(result.left), unit)}" if result.left is not None else ""
    return {"proposed": result.proposed.value, "proposed_label": label, "says": result.says, "left": left}


def sheet(desk: Desk, rows: QuerySet[EntryRow]) -> tuple[list[str], list[list[str]]]:
    """The table as heads and lines of a file."""
    heads = ["第几项", "事项", "目标", "牵头单位", "责任领导", "年终数据", "完成率（%）", "灯色", "交账结果", "说明"]
    return heads, [
        [
            str(line["task"]), line["name"], line["target"], line["lead"], line["leader"], line["actual"],
            line["percent_text"], line["light"]["word"] if line["light"] else "", line["outcome"], line["note"],
        ]
        for line in lines(desk, rows)
    ]  # fmt: skip
