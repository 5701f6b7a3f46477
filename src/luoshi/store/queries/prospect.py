"""预看: the light each row of a draft would have once accepted; nothing is kept."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from luoshi.assessment.measure import measure
from luoshi.assessment.rate import rate_measured
from luoshi.lists.entry import Entry, Value
from luoshi.lists.value import parse
from luoshi.store import definitions
from luoshi.store.entries import cells, find_all, from_row
from luoshi.store.models import EntryRow, Rating
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.lights import rules_of
from luoshi.store.reports import in_own_units
from luoshi.store.standings import standing
from luoshi.terms.period import Period

Plain = dict[str, Any]


def prospects(desk: Desk, period: Period, drafts: Mapping[str, Mapping[str, str]]) -> dict[str, Plain]:
    """The badge of each commitment whose draft holds a figure, and how much of the target it is; three queries."""
    entries = find_all([name for name, typed in drafts.items() if typed.get("value")])
    figures = {name: read for name, entry in entries.items() if (read := _figures(entry, drafts[name]))}
    if not figures:
        return {}
    rules = rules_of(desk)
    accepted, previous = _accepted(desk, period, list(figures)), _previous(period, list(figures))
    year = Period.parse(str(period.start.year))
    found = {}
    for name, (value, base) in figures.items():
        entry = entries[name]
        report = _report(entry, period, value, base)
        stands = standing(entry, period, year, [*accepted[name], report], tuple(previous[name]))
        try:
            measured = measure(stands, rules, period.last)
            light = rate_measured(stands, measured, rules, period.last)
        except ValueError:  # a figure of another dimension: said when it is submitted
            continue
        reached = measured.worths.get("reached_share")
        percent = wording.percent(reached) if isinstance(reached, Fraction) else ""
        found[name] = {"colour": light.tone, "key": light.colour, "word": light.word, "percent": percent}
    return found


def _figures(entry: Entry, typed: Mapping[str, str]) -> tuple[Decimal, Decimal | None] | None:
    """The figure typed and the one it is compared with; None while it is none, which is said when it is submitted."""
    fields = definitions.current("report").fields
    read, bad = in_own_units(entry, typed)
    value, base = parse(fields["value"], read.get("value")), parse(fields["base"], read.get("base"))
    if bad or not isinstance(value, Decimal):
        return None
    return value, base if isinstance(base, Decimal) else None


def _report(entry: Entry, period: Period, value: Decimal, base: Decimal | None) -> Entry:
    values: dict[str, Value] = {"commitment": entry.id, "period": str(period), "value": value, "base": base}
    return dataclasses.replace(entry, id="draft", list="report", state="accepted", values=values, doings={})


def _accepted(desk: Desk, period: Period, names: list[str]) -> dict[str, list[Entry]]:
    wanted = cells(desk.plan_id, "report", "commitment").filter(text__in=names).values("entry_id")
    found: dict[str, list[Entry]] = defaultdict(list)
    for report in map(from_row, EntryRow.objects.filter(pk__in=wanted, state="accepted")):
        if str(report["period"]) < str(period):
            found[str(report["commitment"])].append(report)
    for reports in found.values():
        reports.sort(key=lambda report: str(report["period"]))
    return found


def _previous(period: Period, names: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = Rating.objects.filter(entry_id__in=names, period__lt=str(period)).order_by("period")
    for name, colour in rows.values_list("entry_id", "base_colour"):
        found[name].append(colour)
    return found
