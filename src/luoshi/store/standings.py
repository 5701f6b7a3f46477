"""Standings: what is known about a commitment by the end of a month, from its entry and accepted reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from luoshi.assessment.standing import Standing
from luoshi.lists.entry import Entry, Value
from luoshi.target.actual import Actual, Measured, Placing, Quality, RateOfChange, Reached, Share
from luoshi.target.kind import Accumulation, Strength, TargetKind
from luoshi.target.node import Node
from luoshi.target.rollup import Part, RollUp, roll_up
from luoshi.target.target import Target
from luoshi.target.trajectory import Pace, Trajectory
from luoshi.terms.number import plain
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity, unit

REACHED = "已取得"


def standing(
    entry: Entry,
    period: Period,
    year: Period,
    reports: Sequence[Entry],
    previous: tuple[str, ...],
    parts: Sequence[tuple[Entry, Entry | None]] = (),
) -> Standing:
    """Where a commitment stands at the end of a month.

    Args:
        reports: its accepted reports up to that month, oldest first.
        previous: the base colours of earlier months, oldest first.
        parts: its allocated parts with the newest accepted report of each, when it has parts.
    """
    target = target_of(entry)
    nodes = nodes_of(entry)
    final = _day(entry["due_on"]) or year.last
    has_report = bool(reports) and reports[-1]["period"] == str(period)
    actual = _actual(target, reports)
    if parts:
        actual, has_report = _summed(target, parts, period)
    is_reached = entry.state == "achieved"
    if is_reached and target.kind in {TargetKind.HONOUR, TargetKind.NODES}:
        actual = Actual(Reached(REACHED), entry.doings["achieve"].on if "achieve" in entry.doings else None, entry.id)
        target = _honour(entry)
        nodes = ()
    return Standing(
        target=target,
        final_on=final,
        actual=actual,
        trajectory=trajectory_of(entry, year) if target.has_pace and not nodes else None,
        nodes=nodes,
        has_report=has_report or is_reached,
        is_started=_is_started(actual, nodes, period.last) or is_reached,
        done_on=entry.doings["achieve"].on if "achieve" in entry.doings else None,
        previous=previous,
    )


def target_of(entry: Entry) -> Target:
    """The promise an entry holds, as arithmetic takes it."""
    strength = Strength.ASPIRED if entry["modality"] == "aspire" else Strength.FIRM
    if entry.list != "target":
        if entry["nodes"]:
            return Target(TargetKind.NODES, None, unit(""), strength=strength, indicator=str(entry["name"] or ""))
        return _honour(entry)
    kind = TargetKind(str(entry["kind"]))
    goal, upper, start = entry["value"], entry["value_max"], entry["baseline_value"]
    return Target(
        kind=kind,
        value=Fraction(goal) if isinstance(goal, Decimal) else None,
        unit=unit(str(entry["unit"] or "")),
        accumulation=Accumulation(str(entry["accumulation"] or "cumulative")),
        strength=strength,
        indicator=str(entry["indicator"] or ""),
        upper=Fraction(upper) if isinstance(upper, Decimal) else None,
        start=Fraction(start) if isinstance(start, Decimal) and kind is TargetKind.HOLD else None,
        baseline=str(entry["baseline"] or ""),
    )


def _honour(entry: Entry) -> Target:
    strength = Strength.ASPIRED if entry["modality"] == "aspire" else Strength.FIRM
    return Target(
        TargetKind.HONOUR, None, unit(""), strength=strength, indicator=str(entry["name"] or ""), state=REACHED,
        ladder=("推进中", REACHED),
    )  # fmt: skip


def nodes_of(entry: Entry) -> tuple[Node, ...]:
    """The nodes an entry is judged by; none when it is judged by time."""
    rows = entry["nodes"]
    if (entry.list == "target" and entry["schedule"] != "nodes") or not isinstance(rows, tuple):
        return ()
    return tuple(
        Node(
            name=str(row["name"]),
            due_on=_day(row["due_on"]) or date.max,
            weight=Fraction(_number(row.get("weight"))),
            accepted_on=_day(row.get("accepted_on")),
            mark=str(row.get("mark") or ""),
        )
        for row in rows
        if isinstance(row, Mapping)
    )


def trajectory_of(entry: Entry, year: Period) -> Trajectory | None:
    """The pace an entry is held to: by months unless it says otherwise, None for 不按序时."""
    schedule = str(entry["schedule"] or "months")
    start, end = _day(entry["starts_on"]) or year.start, _day(entry["due_on"]) or year.last
    if schedule in {"none", "nodes"} or end < start:
        return None
    if schedule == "curve" and isinstance(entry["curve"], tuple):
        points = {_number(row["month"]): _number(row["percent"]) for row in entry["curve"] if isinstance(row, Mapping)}
        try:
            return Trajectory(Pace.CURVE, start, end, tuple(Fraction(points[m]) / 100 for m in sorted(points)))
        except ValueError:  # a curve that does not fit the months: the plain pace is the honest fallback
            return Trajectory(Pace.MONTHS, start, end)
    return Trajectory(Pace.DAYS if schedule == "days" else Pace.MONTHS, start, end)


def _actual(target: Target, reports: Sequence[Entry]) -> Actual | None:
    for report in reversed(reports):
        value, base = report["value"], report["base"]
        if not isinstance(value, Decimal):
            continue
        quality = Quality.REVISED if "correct" in report.doings else Quality.FINAL
        measured = _measured(target, value, base if isinstance(base, Decimal) else None)
        return Actual(measured, Period.parse(str(report["period"])).last, report.id, quality)
    return None


def _measured(target: Target, value: Decimal, base: Decimal | None) -> Measured:
    if target.kind is TargetKind.RANK:
        return Placing(int(value))
    if base is not None:
        current, other = Quantity(Fraction(value), unit("")), Quantity(Fraction(base), unit(""))
        if target.kind in {TargetKind.GROWTH, TargetKind.REDUCTION}:
            return RateOfChange(current, other)
        if target.unit.dimension == "ratio":
            return Share(current, other)
    return Quantity(Fraction(value), target.unit)


def _summed(target: Target, parts: Sequence[tuple[Entry, Entry | None]], period: Period) -> tuple[Actual | None, bool]:
    """The parts' figures added; computed, never typed (domain.md §0.2)."""
    has_all = all(report is not None and report["period"] == str(period) for _, report in parts)
    summed = roll_up(target, [_part(target, entry, report) for entry, report in parts])
    if not isinstance(summed, RollUp) or len(summed.missing) == len(parts):
        return None, has_all
    origin = f"{len(parts) - len(summed.missing)}个分项相加：" + "＋".join(
        plain(report["value"]) for _, report in parts if report and isinstance(report["value"], Decimal)
    )
    return Actual(summed.actual, period.last, origin), has_all


def _part(target: Target, entry: Entry, report: Entry | None) -> Part:
    value = report["value"] if report else None
    actual = Quantity(Fraction(value), target.unit) if isinstance(value, Decimal) else None
    return Part(entry.id, Quantity(Fraction(_number(entry["value"])), unit(str(entry["unit"] or ""))), actual)


def _is_started(actual: Actual | None, nodes: tuple[Node, ...], as_of: date) -> bool:
    if any(node.is_accepted(as_of) for node in nodes):
        return True
    return actual is not None and not (isinstance(actual.measured, Quantity) and actual.measured.amount == 0)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _number(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
