"""到报: which bodies' reports of a month have arrived, where they wait, and for how long."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from luoshi.store.due import due, reported
from luoshi.store.models import EntryRow, FactRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.terms.period import Period

Plain = dict[str, Any]
STATES = ("submitted", "signed", "returned", "accepted", "unverified")
LIMIT = 3
"""Days after which an approval counts as stuck (house rule: the window closes three days after month's end)."""


def summary(desk: Desk) -> Plain | None:
    """57/60: from how many bodies everything due for the month shown has come; what was not verified came all the same."""
    if desk.period is None:
        return None
    table = by_body(desk, desk.period)
    is_open = desk.open_period == desk.period
    closes = desk.plan["window_closes_on"] if desk.plan and is_open else None
    return {
        "period": f"{desk.period.start.month}月",
        "arrived": sum(1 for row in table if not (row["missing"] or row["returned"])),
        "unverified": sum(row["unverified"] for row in table),
        "due": len(table),
        "closes": f"{wording.short_day(closes)}截止" if isinstance(closes, date) else "已结账" if not is_open else "",
    }


def by_body(desk: Desk, period: Period, bodies: Collection[str] | None = None) -> list[Plain]:
    """For each lead body how many reports are due and in which state; two queries.

    Args:
        bodies: only these; None for all.
    """
    arrived = reported(desk.plan_id, period, bodies)
    asked = due(desk.plan_id, period, bodies) | {name: body for name, (_, body) in arrived.items()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, body in asked.items():
        counts[body]["due"] += 1
        counts[body][arrived[name][0] if name in arrived else "missing"] += 1
    found = [
        {"code": body, "body": desk.label(body), **{key: number[key] for key in ("due", "missing", *STATES)}}
        for body, number in counts.items()
    ]
    return sorted(found, key=lambda row: (-row["missing"], -row["returned"], row["code"]))


def stuck(desk: Desk) -> list[Plain]:
    """Bodies whose signed reports wait for the supervisor longer than the limit."""
    waiting = since(desk, "signed")
    late: dict[str, int] = {}
    for body, days in waiting:
        if days > LIMIT:
            late[body] = max(days, late.get(body, 0))
    ordered = sorted(late.items(), key=lambda item: -item[1])
    return [
        {
            "entry": "",
            "body": body,
            "text": f"{desk.label(body)}的月报",
            "why": f"停在审核{days}天",
            "colour": "",
            "word": "",
        }
        for body, days in ordered
    ]


def overdue(desk: Desk) -> list[Plain]:
    """Bodies that have not reported though the window of the open month has passed, the most rows first."""
    closes = desk.plan["window_closes_on"] if desk.plan else None
    if desk.open_period is None or desk.open_period != desk.period:
        return []
    if not isinstance(closes, date) or desk.today <= closes:
        return []
    late = (desk.today - closes).days
    return [
        {
            "entry": "",
            "body": row["code"],
            "text": f"{row['body']}的月报",
            "why": f"已过期{late}天，{row['due']}项中还差{row['missing'] + row['returned']}项",
            "colour": "",
            "word": "",
        }
        for row in by_body(desk, desk.open_period)
        if row["missing"] or row["returned"]
    ]


def since(desk: Desk, state: str) -> list[tuple[str, int]]:
    """(body, days waiting) of each report in a state; two queries."""
    rows = EntryRow.objects.filter(plan=desk.plan_id, list="report", state=state).values_list("id", "version", "values")
    held = {name: (version, wording.values(written).get("body", "")) for name, version, written in rows}
    if not held:
        return []
    days = waiting_days(desk, {name: version for name, (version, _) in held.items()})
    return [(body, days.get(name, 0)) for name, (_, body) in held.items()]


def waiting_days(desk: Desk, versions: dict[str, int]) -> dict[str, int]:
    """How many days each entry has stood since its newest fact."""
    facts = FactRow.objects.filter(stream__in=list(versions)).values_list("stream", "version", "occurred_on")
    return {name: max(0, (desk.today - day).days) for name, version, day in facts if versions[name] == version}
