"""更正: what was corrected in reports of a closed month, told from their facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import orjson
from django.db.models import QuerySet

from luoshi.lists.entry import Entry
from luoshi.lists.value import Plain as Text
from luoshi.store.entries import cells
from luoshi.store.models import EntryRow, FactRow, Snapshot
from luoshi.terms.period import Period

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """结账后更正: what a report said at one moment and says at another, both as kept, and why.

    ``was_verified`` is False for a report that the closing of its month had left unverified.
    """

    report: str
    commitment: str
    period: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    was_verified: bool
    reason: str
    on: date


def after_close(plan: str, period: Period) -> list[Correction]:
    """The corrections of this month's reports since it was closed; at most two queries."""
    of_month = cells(plan, "report", "period").filter(text=str(period)).values("entry_id")
    return _told(_corrected(plan).filter(pk__in=of_month), bool)


def before_close(plan: str, period: Period) -> list[Correction]:
    """The corrections of earlier months that no bulletin before this one could tell.

    Their books are this month's, or those of a month between the one closed before and this, when months were
    left out.
    """
    told = Snapshot.objects.filter(plan=plan, period__lt=str(period)).order_by("-period")
    last = told.values_list("period", flat=True).first() or ""
    return _told(_corrected(plan), lambda books: last < books <= str(period))


def books_of(plan: Entry | None, period: str) -> Period | None:
    """The month in whose books a correction falls that is made now: the open one, or the next; None for its own.

    Args:
        period: the month of the report; while it is not closed a correction changes it itself.
    """
    closed = str((plan and plan["closed_period"]) or "")
    if plan is None or period > closed:
        return None
    return Period.parse(str(plan["open_period"])) if plan["open_period"] else Period.parse(closed).next()


def correction_to_plain(correction: Correction) -> dict[str, Text]:
    """As a snapshot keeps it."""
    return {
        "report": correction.report,
        "commitment": correction.commitment,
        "period": correction.period,
        "before": dict(correction.before),
        "after": dict(correction.after),
        "was_verified": correction.was_verified,
        "reason": correction.reason,
        "on": correction.on.isoformat(),
    }


def correction_from_plain(data: Plain) -> Correction:
    """As it was kept."""
    return Correction(**{**data, "on": date.fromisoformat(data["on"])})


def _corrected(plan: str) -> QuerySet[EntryRow]:
    return EntryRow.objects.filter(plan=plan, list="report", doings__contains='"correct"')


def _told(rows: QuerySet[EntryRow], is_told: Callable[[str], bool]) -> list[Correction]:
    names = list(rows.values_list("id", flat=True))
    if not names:
        return []
    facts = FactRow.objects.filter(stream__in=names).order_by("stream", "version")
    lines = facts.values_list("stream", "kind", "occurred_on", "payload")
    streams = groupby(lines.iterator(chunk_size=2000), key=lambda line: str(line[0]))
    told = (_correction(stream, list(told), is_told) for stream, told in streams)
    return [correction for correction in told if correction]


def _correction(report: str, lines: Iterable[tuple[Any, ...]], is_told: Callable[[str], bool]) -> Correction | None:
    """What a report said before the first of the corrections told, and after the last."""
    found: Correction | None = None
    values: Plain = {}
    state = ""
    for _, kind, on, payload in lines:
        data = orjson.loads(payload)
        before, was = values, state
        values, state = {**values, **data["values"]}, data["to"]
        if kind == "report.corrected" and is_told(str(values.get("corrected_in") or "")):
            found = Correction(
                report=report,
                commitment=str(values["commitment"]),
                period=str(values["period"]),
                before=found.before if found else before,
                after=values,
                was_verified=found.was_verified if found else was == "accepted",
                reason=data.get("reason", ""),
                on=on,
            )
    return found
