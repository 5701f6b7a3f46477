"""月册: what the papers of a month are made from: as it stands while the month is open, as it was closed afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson

from luoshi.assessment.rule_set import Colour
from luoshi.lists.entry import county_of
from luoshi.people.actor import Actor
from luoshi.store import corrections, rosters
from luoshi.store.corrections import Correction, correction_from_plain
from luoshi.store.entries import find
from luoshi.store.models import EntryRow, Rating, Snapshot
from luoshi.store.queries import wording
from luoshi.store.queries.commitments import LISTS, commitments, whole_tasks
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.lights import rules_of
from luoshi.terms.period import Period

Plain = dict[str, Any]
_COLUMNS = ("entry_id", "colour", "actual", "expected", "percent", "reason", "light")


@dataclass(frozen=True, slots=True)
class MonthBook:
    """月册: commitments in document order, their lights and reports, and the names and colours papers use.

    ``rows`` are (commitment, its values), ``tasks`` the names of the document's tasks; ``rated`` and ``before`` the lights of the month and of the one before by
    entry; ``reports`` the values of accepted reports, and ``unverified`` the commitments whose report came and did
    not count, by commitment. ``corrected_before`` is what was corrected of earlier months until this one was closed,
    ``corrected_since`` what was corrected of this one afterwards. ``unrated`` are the commitments without a light,
    ``titles`` what entries were called when the month was closed. Values are as kept.
    """

    plan: Mapping[str, Any]
    issued_on: date
    labels: Mapping[str, str]
    colours: Mapping[str, Colour]
    rows: Sequence[tuple[str, Plain]]
    tasks: Mapping[str, str]
    rated: Mapping[str, Plain]
    before: Mapping[str, Plain]
    reports: Mapping[str, Plain]
    unverified: frozenset[str] = frozenset()
    corrected_before: Sequence[Correction] = field(default=())
    corrected_since: Sequence[Correction] = field(default=())
    is_closed: bool = False
    unrated: Sequence[tuple[str, Plain]] = field(default=())
    titles: Mapping[str, str] = field(default_factory=dict)
    closed_at: datetime | None = None

    def label(self, code: object) -> str:
        """The short name of a body as it was; an unknown code stands for itself, none for nothing."""
        return self.labels.get(str(code), str(code)) if code else ""


def month_book(plan_id: str, period: Period, today: date) -> MonthBook:
    """The book of a month: for a closed one wholly from its snapshot, so that it never changes again.

    Args:
        today: the date of issue while the month is open; afterwards it is the day of closing.

    Raises:
        KeyError: no such plan.
    """
    kept = Snapshot.objects.filter(plan=plan_id, period=str(period)).order_by("-pk").first()
    return _closed_book(kept, period) if kept else _open_book(plan_id, period, today)


def office_desk(plan_id: str, period: Period, today: date) -> Desk:
    """A desk of nobody in particular: papers hold what everybody may read.

    Raises:
        KeyError: no such plan.
    """
    plan = find(f"plan:{plan_id}")
    if plan is None:
        raise KeyError(plan_id)
    return Desk(Actor("", ""), rosters.roster(county_of(plan.plan)), today, plan, period)


def ordered(rows: Sequence[tuple[str, Plain]]) -> list[tuple[str, Plain]]:
    """Commitments in the order of the document."""
    return sorted(rows, key=lambda row: (int(row[1].get("start") or 0), int(row[1].get("end") or 0), row[0]))


def rated(plan_id: str, period: Period) -> dict[str, Plain]:
    """The lights of a month by entry."""
    rows = Rating.objects.filter(plan=plan_id, period=str(period))
    return {row["entry_id"]: row for row in rows.values(*_COLUMNS)}


def _open_book(plan_id: str, period: Period, today: date) -> MonthBook:
    desk = office_desk(plan_id, period, today)
    standing = [(name, wording.values(text)) for name, text in commitments(desk).values_list("id", "values")]
    now = rated(plan_id, period)
    reports = EntryRow.objects.filter(plan=plan_id, list="report", id__endswith=f":{period}").order_by("id")
    held = [(state, wording.values(text)) for state, text in reports.values_list("state", "values")]
    row = EntryRow.objects.values_list("values", flat=True).get(pk=f"plan:{plan_id}")
    return MonthBook(
        plan=wording.values(row),
        issued_on=today,
        labels={code: body.label for code, body in desk.roster.bodies.items()},
        colours=rules_of(desk).colours,
        rows=[(name, values) for name, values in ordered(standing) if name in now],
        unrated=[(name, values) for name, values in standing if name not in now],
        tasks=_task_names(EntryRow.objects.filter(pk__in=whole_tasks(desk)).values("id", "values")),
        rated=now,
        before=rated(plan_id, period.previous()),
        reports={values["commitment"]: values for state, values in held if state == "accepted"},
        corrected_before=corrections.before_close(plan_id, period),
    )


def _closed_book(kept: Snapshot, period: Period) -> MonthBook:
    body = orjson.loads(kept.body)
    entries = {row["id"]: row | {"values": wording.values(row["values"])} for row in body["entries"]}
    now = {row["entry_id"]: _rating(row) for row in body["ratings"]}
    reports = [row for row in entries.values() if row["list"] == "report"]
    promised = [
        (name, row["values"])
        for name, row in entries.items()
        if row["list"] in LISTS and row["state"] != "withdrawn" and _is_commitment(row)
    ]
    return MonthBook(
        plan=entries[f"plan:{kept.plan}"]["values"],
        issued_on=kept.taken_at.astimezone(wording.SHANGHAI).date(),
        labels=body["bodies"],
        colours={row["key"]: Colour(**row) for row in body["colours"]},
        rows=ordered([row for row in promised if row[0] in now]),
        unrated=[row for row in promised if row[0] not in now],
        tasks=_task_names(row for row in body["entries"] if row["list"] == "task"),
        rated=now,
        before={name: _rating(row) for name, row in _previous(kept, period).items()},
        reports={row["values"]["commitment"]: row["values"] for row in reports if row["state"] == "accepted"},
        unverified=frozenset(row["values"]["commitment"] for row in reports if row["state"] == "unverified"),
        corrected_before=[correction_from_plain(row) for row in body["corrections"]],
        corrected_since=corrections.after_close(kept.plan, period),
        is_closed=True,
        titles={name: wording.title(name, row["values"]) for name, row in entries.items()},
        closed_at=kept.taken_at,
    )


def _task_names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What the tasks are called; what they promise besides stands in the same list and does no harm."""
    return {str(row["id"]): str(wording.values(row["values"]).get("name") or "") for row in rows}


def _previous(kept: Snapshot, period: Period) -> dict[str, Plain]:
    """The lights of the month before, as it was closed; none when it never was."""
    former = Snapshot.objects.filter(plan=kept.plan, period=str(period.previous())).order_by("-pk").first()
    return {row["entry_id"]: row for row in orjson.loads(former.body)["ratings"]} if former else {}


def _rating(row: Plain) -> Plain:
    return {**row, "reason": str(orjson.loads(row["light"])["says"])[:200]}


def _is_commitment(row: Plain) -> bool:
    """Neither a task of the document as such nor a part handed to a body: the whole is counted (commitments.py)."""
    values = row["values"]
    return not values.get("parent") if row["list"] == "target" else values.get("kind") != "task"
