"""年末预测: what a commitment comes to by the end of its time if it goes on as it did; a forecast, never a fact."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from luoshi.assessment.forecast import Forecast, Observation, forecast
from luoshi.lists.entry import Entry
from luoshi.store.entries import cells, find_below, from_row
from luoshi.store.models import EntryRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.league_page import traced
from luoshi.store.rating import RATED_STATES
from luoshi.store.standings import nodes_of, target_of, trajectory_of
from luoshi.target.target import Target
from luoshi.terms.number import fixed
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity

Plain = dict[str, Any]


def year_end(desk: Desk, entry: Entry) -> Plain | None:
    """The forecast of a target from its accepted figures up to the month shown; None for what has no pace.

    Nor is there one once its time is over. Levels, ceilings, ranks and what is judged by nodes are not forecast: no straight line says anything about them.
    """
    if entry.list != "target" or entry.state not in RATED_STATES or desk.period is None:
        return None
    target, year = target_of(entry), Period.parse(str(desk.period.start.year))
    trajectory = trajectory_of(entry, year)
    if trajectory is None or not target.has_pace or nodes_of(entry) or trajectory.end <= desk.period.last:
        return None
    made = forecast(target, trajectory, _observed(entry, target, desk.period), desk.period.last)
    return None if made is None else _told(made, target)


def _observed(entry: Entry, target: Target, until: Period) -> list[Observation]:
    """Its accepted figures month by month; of a whole, the sums of the months in which all its parts have one."""
    parts = [part for part in find_below(entry.plan, "target", "parent", [entry.id]) if part.state in RATED_STATES]
    speaking = [part.id for part in parts] or [entry.id]
    wanted = cells(entry.plan, "report", "commitment").filter(text__in=speaking).values("entry_id")
    figures: dict[str, list[Entry]] = defaultdict(list)
    for report in map(from_row, EntryRow.objects.filter(pk__in=wanted, state="accepted").order_by("id")):
        if isinstance(report["value"], Decimal) and str(report["period"]) <= str(until):
            figures[str(report["period"])].append(report)
    found = []
    for month, reports in sorted(figures.items()):
        if len(reports) == len(speaking):
            total = sum((_figure(report) for report in reports), Fraction(0))
            origin = reports[0].id if len(reports) == 1 else f"{len(reports)}个分项相加"
            found.append(Observation(Period.parse(month).last, Quantity(total, target.unit), origin))
    return found


def _figure(report: Entry) -> Fraction:
    value = report["value"]
    return Fraction(value) if isinstance(value, Decimal) else Fraction(0)


def _told(made: Forecast, target: Target) -> Plain:
    low, high = made.low, made.high
    return {
        "value": f"{fixed(made.value.amount, 2)}{target.unit}",
        "range": f"{fixed(low.amount, 2)}—{fixed(high.amount, 2)}{target.unit}" if low and high else "",
        "goal": target.phrase,
        "says": _SAYS[made.reaches(target)] if low and high else "只有一期数据，还说不出范围。",
        "method": made.method,
        **traced(made.trace),
        "day": wording.day(made.trace.inputs[-1].on),
    }


_SAYS = {
    True: "照近几期的进度，都能达到目标。",
    False: "照近几期的进度，都达不到目标。",
    None: "近几期的进度有快有慢，能否达到目标还不能判断。",
}
