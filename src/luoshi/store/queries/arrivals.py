"""到报: which bodies' reports of a month have arrived, where they wait, and for how long."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from luoshi.store.entries import cells
from luoshi.store.models import EntryRow, FactRow, IndexCell, Rating
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.terms.period import Period

Plain = dict[str, Any]
STATES = ("submitted", "signed", "returned", "accepted", "unverified")
LIMIT = 3
"""Days after which an approval counts as stuck (house rule: the window closes three days after month's end)."""


def summary(desk: Desk) -> Plain | None:
    """57/60: how many bodies have nothing missing for the month shown."""
    if desk.period is None:
        return None
    table = by_body(desk, desk.period)
    is_open = desk.open_period == desk.period
    closes = desk.plan["window_closes_on"] if desk.plan and is_open else None
    return {
        "period": f"{desk.period.start.month}月",
        "arrived": sum(1 for row in table if not (row["missing"] or row["returned"] or row["unverified"])),
        "due": len(table),
        "closes": f"{wording.short_day(closes)}截止" if isinstance(closes, date) else "已结账" if not is_open else "",
    }


def by_body(desk: Desk, period: Period) -> list[Plain]:
    """For each lead body how many reports are due and in which state; three queries."""
    leads = dict(
        IndexCell.objects.filter(plan=desk.plan_id, list__in=("target", "task"), field="lead_body").values_list(
            "entry_id", "text"
        )
    )
    due: dict[str, Counter[str]] = defaultdict(Counter)
    whole = set(
        IndexCell.objects.filter(plan=desk.plan_id, field="kind", list="task", text="task").values_list(
            "entry_id", flat=True
        )
    )
    whole |= with_parts(desk)
    for name in Rating.objects.filter(plan=desk.plan_id, period=str(period)).values_list("entry_id", flat=True):
        if name in leads and name not in whole:
            due[leads[name]]["due"] += 1
    for commitment, state in states(desk, period).items():
        if commitment in leads:
            due[leads[commitment]][state] += 1
    found = []
    for body, counts in due.items():
        states_ = {state: counts[state] for state in STATES}
        arrived = sum(states_.values())
        missing = max(0, counts["due"] - arrived)
        found.append(
            {"code": body, "body": desk.label(body), "due": max(counts["due"], arrived), "missing": missing, **states_}
        )
    return sorted(found, key=lambda row: (-row["missing"], -row["returned"], row["code"]))


def with_parts(desk: Desk) -> set[str]:
    """Targets whose figure is the sum of their parts: nobody reports them."""
    return set(cells(desk.plan_id, "target", "parent").exclude(text="").values_list("text", flat=True))


def states(desk: Desk, period: Period) -> dict[str, str]:
    """The state of each commitment's report for a month."""
    of_month = cells(desk.plan_id, "report", "period").filter(text=str(period)).values("entry_id")
    rows = cells(desk.plan_id, "report", "commitment").filter(entry_id__in=of_month)
    return dict(rows.values_list("text", "entry__state"))


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
