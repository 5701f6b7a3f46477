"""Snapshots: everything as known when a month was closed, kept as bytes whose hash stands in a fact."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from luoshi.assessment.rule_set import Colour
from luoshi.ledger.fact import canonical
from luoshi.lists.entry import county_of
from luoshi.lists.value import Plain
from luoshi.store.corrections import before_close, correction_to_plain
from luoshi.store.entries import find
from luoshi.store.models import EntryRow, LeagueRow, Rating, Snapshot
from luoshi.store.rosters import roster
from luoshi.store.rules import light_rules_of
from luoshi.terms.period import Period

_RATED = ("entry_id", "colour", "computed_colour", "actual", "expected", "percent", "arrival", "light")


def take_snapshot(plan: str, period: Period, now: datetime) -> str:
    """Keep the plan's entries, lights and league tables as they are; returns the SHA-256 of what was kept.

    Of the reports, those of the month are kept; earlier ones stand in their own months' snapshots, and what was
    corrected of them since the last closing is kept with this one. The versions of all entries say which facts were
    known, so that the lights and tables can be computed again from them (``closed_months``). Names of bodies and colours are kept too, so that
    the papers of the month can be made again when they have changed.
    """
    entries = (
        EntryRow.objects.filter(plan=plan).exclude(Q(list="report") & ~Q(id__endswith=f":{period}")).order_by("id")
    )
    tables = LeagueRow.objects.filter(plan=plan, period=str(period)).order_by("league")
    body = canonical(
        {
            "plan": plan,
            "period": str(period),
            "entries": _rows(entries, "id", "list", "state", "values"),
            "versions": _versions(plan),
            "ratings": _rows(Rating.objects.filter(plan=plan, period=str(period)).order_by("entry_id"), *_RATED),
            "leagues": _rows(tables, "league", "table"),
            "bodies": {code: body.label for code, body in roster(county_of(plan)).as_of(period.last).bodies.items()},
            "colours": [dataclasses.asdict(colour) for colour in _colours(plan, period)],
            "corrections": [correction_to_plain(one) for one in before_close(plan, period)],
        }
    )
    digest = hashlib.sha256(body.encode()).hexdigest()
    if not Snapshot.objects.filter(sha256=digest).exists():
        Snapshot.objects.create(plan=plan, period=str(period), sha256=digest, body=body, taken_at=now)
    return digest


def _colours(plan: str, period: Period) -> Iterable[Colour]:
    return light_rules_of(find(f"plan:{plan}"), period).colours.values()


def _versions(plan: str) -> dict[str, Plain]:
    rows = EntryRow.objects.filter(plan=plan).order_by("id").values_list("id", "version")
    return {name: str(version) for name, version in rows}


def _rows(rows: object, *columns: str) -> list[Plain]:
    return [dict(zip(columns, row, strict=True)) for row in rows.values_list(*columns)]  # type: ignore[attr-defined]
