"""更正: what was corrected in reports of a closed month, told from their facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import orjson
from django.db.models import QuerySet

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


def closed_at(plan: str, period: Period) -> datetime | None:
    """When the books of this month were closed; None while they are not. One query."""
    taken = Snapshot.objects.filter(plan=plan, period=str(period)).order_by("-pk")
    return taken.values_list("taken_at", flat=True).first()


def after_close(plan: str, period: Period) -> list[Correction]:
    """The corrections of this month's reports since it was closed; one query while it is open, at most three."""
    closed = closed_at(plan, period)
    if closed is None:
        return []
    of_month = cells(plan, "report", "period").filter(text=str(period)).values("entry_id")
    return _told(_corrected(plan).filter(pk__in=of_month), closed, None)


def before_close(plan: str, period: Period, until: datetime | None) -> list[Correction]:
    """The corrections of earlier months' reports since the month before was closed: what its bulletin could not say."""
    since = closed_at(plan, period.previous())
    if since is None:
        return []
    rows = _corrected(plan).exclude(id__endswith=f":{period}")
    return [one for one in _told(rows, since, until) if one.period < str(period)]


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


def _told(rows: QuerySet[EntryRow], since: datetime, until: datetime | None) -> list[Correction]:
    names = list(rows.values_list("id", flat=True))
    if not names:
        return []
    facts = FactRow.objects.filter(stream__in=names).order_by("stream", "version")
    lines = facts.values_list("stream", "kind", "recorded_at", "occurred_on", "payload")
    streams = groupby(lines.iterator(chunk_size=2000), key=lambda line: str(line[0]))
    told = (_correction(stream, list(told), since, until) for stream, told in streams)
    return [correction for correction in told if correction]


def _correction(
    report: str, lines: Iterable[tuple[Any, ...]], since: datetime, until: datetime | None
) -> Correction | None:
    """The first and last state of a report within a time in which it was corrected."""
    before: Plain = {}
    values: Plain = {}
    state, was, reason, on = "", "", "", None
    for _, kind, recorded_at, occurred_on, payload in lines:
        if until is not None and recorded_at > until:
            break
        data = orjson.loads(payload)
        if recorded_at > since and kind == "report.corrected":
            before, was = (before, was) if on else (dict(values), state)
            reason, on = data.get("reason", ""), occurred_on
        values.update(data["values"])
        state = data["to"]
    if on is None:
        return None
    return Correction(
        report, str(values["commitment"]), str(values["period"]), before, values, was == "accepted", reason, on
    )
