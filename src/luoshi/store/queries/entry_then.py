"""当时所见与现在更正: an entry as known on a day, and as it held on a day with everything learnt since."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time
from typing import Any

from luoshi.ledger.fold import fold, held_on, known_at
from luoshi.lists.entry import Entry
from luoshi.store import definitions, facts
from luoshi.store.models import Snapshot
from luoshi.store.queries import history, wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.entry_page import entry_page
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused

Plain = dict[str, Any]
KNOWN, HELD = "known", "held"


def as_known_on(identity: str, day: date) -> Entry | None:
    """The entry as the facts recorded by the end of a day say; None before the first of them."""
    return fold(known_at(facts.of_stream(identity), end_of(day)), definitions.version)


def as_held_on(identity: str, day: date) -> Entry | None:
    """The entry as it held on a day, with what was recorded about that day since; None before it began."""
    return fold(held_on(facts.of_stream(identity), day), definitions.version)


def end_of(day: date) -> datetime:
    """The last instant of a day in China."""
    return datetime.combine(day, time.max, wording.SHANGHAI)


def entry_then(desk: Desk, entry: Entry, day: date, view: str) -> Plain:
    """The entry's page on a day in the past: to be read, with nothing to be done on it.

    Args:
        view: ``known``, what was known then, or ``held``, what held then as corrected since.

    Raises:
        Refused: on that day there was no such entry yet.
    """
    then = as_known_on(entry.id, day) if view == KNOWN else as_held_on(entry.id, day)
    if then is None:
        raise Refused(Refusal("store.not_yet", f"{wording.day(day)}还没有登记这一条目。", 404))
    found = entry_page(dataclasses.replace(desk, roster=desk.roster.as_of(day), is_past=True), then, entry)
    if view == KNOWN:
        found["history"] = history.of_streams(desk, [entry.id], {}, 500, until=end_of(day))
    over = _closed_by(entry.plan, day) if view == KNOWN else None
    months = [
        month
        for month in found["months"]
        if (month["period"] in over if over is not None else Period.parse(month["period"]).last <= day)
    ]
    found["entry"]["light"] = months[0]["light"] if months else None
    nothing: Plain = {"moves": [], "why": None, "forecast": None, "formulas": []}
    return {**found, **nothing, "months": months, "then": _sentence(day, view)}


def _closed_by(plan: str, day: date) -> set[str]:
    """The months whose lights were settled by a day."""
    closed = Snapshot.objects.filter(plan=plan, taken_at__lte=end_of(day))
    return set(closed.values_list("period", flat=True))


def _sentence(day: date, view: str) -> str:
    if view == KNOWN:
        return f"当时所见：以下是截至{wording.day(day)}已记录的内容，之后的登记和更正不在其中。"
    return f"现在更正：以下是{wording.day(day)}的情况，按现在所知，含以后对当时的更正。"
