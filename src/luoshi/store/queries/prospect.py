"""预看: the light each row of a draft would have once accepted; nothing is kept."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from luoshi.assessment.rate import rate
from luoshi.lists.entry import Entry, Value
from luoshi.lists.value import parse
from luoshi.store import definitions
from luoshi.store.entries import cells, find_all, from_row
from luoshi.store.models import EntryRow, Rating
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.lights import rules_of
from luoshi.store.standings import standing
from luoshi.terms.period import Period

Plain = dict[str, Any]


def prospects(desk: Desk, period: Period, drafts: Mapping[str, Mapping[str, str]]) -> dict[str, Plain]:
    """The badge of each commitment whose draft holds a figure; three queries."""
    figures = {name: value for name, typed in drafts.items() if (value := _number(typed.get("value"))) is not None}
    if not figures:
        return {}
    rules = rules_of(desk)
    accepted, previous = _accepted(desk, period, list(figures)), _previous(period, list(figures))
    year = Period.parse(str(period.start.year))
    found = {}
    for name, entry in find_all(figures).items():
        report = _report(entry, period, figures[name], _number(drafts[name].get("base")))
        stands = standing(entry, period, year, [*accepted[name], report], tuple(previous[name]))
        try:
            light = rate(stands, rules, period.last)
        except ValueError:  # a figure of another dimension: said when it is submitted
            continue
        found[name] = {"colour": light.tone, "key": light.colour, "word": light.word}
    return found


def _number(text: str | None) -> Decimal | None:
    value = parse(definitions.current("report").fields["value"], text or "")
    return value if isinstance(value, Decimal) else None


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
