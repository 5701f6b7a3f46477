"""Lights kept beside the entries: computed by ``assessment``, stored with their trace, replaced when inputs change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import orjson
from django.db import transaction

from luoshi.assessment.light import Light, Override, override_light, write_light
from luoshi.assessment.measure import MeasuredStanding, measure
from luoshi.assessment.rate import rate_measured
from luoshi.assessment.rule_set import RuleSet
from luoshi.assessment.standing import Standing
from luoshi.assessment.task_light import TaskPart, rate_task
from luoshi.lists.entry import Entry
from luoshi.store.append import hold
from luoshi.store.entries import cells, find, find_all, from_row
from luoshi.store.leagues import appraise, rank_leagues
from luoshi.store.models import EntryRow, Rating
from luoshi.store.rules import light_rules_of
from luoshi.store.standings import standing
from luoshi.terms.number import plain
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal
from luoshi.terms.unit import Quantity

COMMITMENTS = ("target", "task")
RATED_STATES = ("assigned", "achieved", "missed", "carried")


@dataclass(frozen=True, slots=True)
class Book:
    """评定底册: everything read, in a handful of queries, to rate some commitments of a plan for one month."""

    period: Period
    year: Period
    rules: RuleSet
    entries: dict[str, Entry]
    reports: dict[str, list[Entry]]
    arrivals: dict[str, Entry]
    previous: dict[str, list[tuple[str, str]]]
    parts: dict[str, list[Entry]]
    members: dict[str, list[Entry]]


def rate_touched(touched: Sequence[Entry], today: date) -> None:
    """Rate the commitments among these entries for the month that is open, if any."""
    ratable = [entry for entry in touched if entry.list in COMMITMENTS]
    for plan in {entry.plan for entry in ratable}:
        period = _open_period(plan)
        if period:
            rate_entries(plan, period, today, [entry.id for entry in ratable if entry.plan == plan])


def rate_reported(reports: Sequence[Entry], today: date) -> None:
    """Rate what accepted or corrected reports speak of for the month that is open, when it is theirs or a later one.

    A closed month keeps the lights and tables it was closed with (docs/adr/0006).
    """
    wanted: dict[str, list[Entry]] = defaultdict(list)
    for report in reports:
        wanted[report.plan].append(report)
    for plan, spoken in sorted(wanted.items()):
        period = _open_period(plan)
        commitments = [str(report["commitment"]) for report in spoken if str(report["period"]) <= str(period or "")]
        if period and commitments:
            rate_entries(plan, period, today, commitments)
            rank_leagues(plan, period)


def rate_plan(plan: str, period: Period, today: date) -> None:
    """Rate every commitment of a plan for a month; what was withdrawn meanwhile has no light in it."""
    rows = EntryRow.objects.filter(plan=plan, list__in=COMMITMENTS, state__in=RATED_STATES)
    Rating.objects.filter(plan=plan, period=str(period)).exclude(entry__state__in=RATED_STATES).delete()
    rate_entries(plan, period, today, rows.values_list("id", flat=True))
    rank_leagues(plan, period)
    appraise(plan, period)


def plans_with_open_month() -> list[str]:
    """The plans that are being reported on."""
    heads = EntryRow.objects.filter(list="plan").order_by("plan")
    return [row.plan for row in heads if from_row(row)["open_period"]]


def rate_open_month(plan: str, today: date) -> int:
    """Rate a plan for the month that is open; how many lights it has then, 0 when no month is open."""
    with transaction.atomic():
        period = _open_period(plan)
        if period is None:
            return 0
        rate_plan(plan, period, today)
        return Rating.objects.filter(plan=plan, period=str(period)).count()


def light_now(entry: Entry, period: Period, today: date) -> Rating | None:
    """The light a commitment would have for a month with the figures as they are known now; nothing is kept.

    Earlier months count as they were closed. None for what is not rated, or shows the worst of others' lights.
    """
    if entry.list not in COMMITMENTS or entry.state not in RATED_STATES:
        return None
    book = _read_book(entry.plan, period, {entry.id: entry})
    return None if is_rated_by_parts(book, entry) else rated_alone(book, entry, today)


def rate_entries(plan: str, period: Period, today: date, wanted: Iterable[str]) -> None:
    """Rate some commitments of a plan for a month, then the wholes and tasks they belong to."""
    first = find_all(wanted)
    wholes = {str(entry["parent"]) for entry in first.values() if entry.list == "target" and entry["parent"]}
    targets = {**first, **find_all(wholes - first.keys())}
    tasks = {str(entry["task"] or entry["parent"]) for entry in targets.values() if entry["task"] or entry["parent"]}
    tasks = {name for name in tasks if name.startswith("task:")}
    everything = {**targets, **find_all(tasks - targets.keys())}
    rated = {name: entry for name, entry in everything.items() if entry.state in RATED_STATES}
    book = _read_book(plan, period, rated)
    made: dict[str, Rating] = {}
    wholes_of = {name: entry for name, entry in rated.items() if is_rated_by_parts(book, entry)}
    for name, entry in rated.items():
        if name not in wholes_of:
            made[name] = rated_alone(book, entry, today)
    _save(made.values())
    _save(_task_ratings(book, list(wholes_of.values()), today))


def is_rated_by_parts(book: Book, entry: Entry) -> bool:
    """Whether a light is the worst of others: a task shows what becomes of its commitments; one that has none is rated only by nodes of its own."""
    if book.members.get(entry.id):
        return True
    return entry.list == "task" and entry["kind"] == "task" and not entry["nodes"]


def _open_period(plan: str) -> Period | None:
    """The month that is open; it cannot be closed before the transaction ends."""
    hold(f"plan:{plan}")
    entry = find(f"plan:{plan}")
    return Period.parse(str(entry["open_period"])) if entry and entry["open_period"] else None


def _read_book(plan: str, period: Period, rated: dict[str, Entry]) -> Book:
    head = find(f"plan:{plan}")
    year = Period.parse(str(head["year"])) if head else Period.parse(str(period.start.year))
    parts = _children(plan, "target", "parent", [e.id for e in rated.values() if e.list == "target"])
    tasks = [e.id for e in rated.values() if e.list == "task" and e["kind"] == "task"]
    members = _children(plan, "task", "parent", tasks)
    for name, targets in _children(plan, "target", "task", tasks).items():
        members[name] = [*members.get(name, []), *(entry for entry in targets if not entry["parent"])]
    speaking = [*rated, *(part.id for group in parts.values() for part in group)]
    reports, arrivals = _reports(plan, period, speaking)
    return Book(
        period, year, light_rules_of(head, period), rated, reports, arrivals,
        _previous(plan, period, list(rated)), parts, members,
    )  # fmt: skip


def _children(plan: str, name: str, field: str, parents: Sequence[str]) -> dict[str, list[Entry]]:
    if not parents:
        return {}
    wanted = cells(plan, name, field).filter(text__in=parents).values("entry_id")
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in EntryRow.objects.filter(pk__in=wanted, state__in=RATED_STATES).order_by("id"):
        entry = from_row(row)
        found[str(entry[field])].append(entry)
    return dict(found)


def _reports(plan: str, period: Period, wanted: Sequence[str]) -> tuple[dict[str, list[Entry]], dict[str, Entry]]:
    """What counts by commitment, oldest first; and this month's report in any state.

    Of the accepted reports up to the month only the newest figure counts and what was accepted after it, so the
    earlier ones are not taken apart: a year's twelve would cost more than the rating itself.
    """
    accepted: dict[str, list[tuple[str, bool, str]]] = defaultdict(list)
    arrived: dict[str, str] = {}
    ids = cells(plan, "report", "commitment").filter(text__in=wanted).values("entry_id")
    now = str(period)
    for identity, state, text in EntryRow.objects.filter(pk__in=ids).values_list("id", "state", "values"):
        values = orjson.loads(text)
        commitment, month = values["commitment"], values["period"]
        if month == now:
            arrived[commitment] = identity
        if state == "accepted" and month <= now:
            accepted[commitment].append((month, values.get("value") is not None, identity))
    counting = {name: _counting(rows) for name, rows in accepted.items()}
    known = find_all({*arrived.values(), *(identity for rows in counting.values() for identity in rows)})
    return (
        {name: [known[identity] for identity in rows] for name, rows in counting.items()},
        {name: known[identity] for name, identity in arrived.items()},
    )


def _counting(reports: list[tuple[str, bool, str]]) -> list[str]:
    """The newest report with a figure and those after it, oldest first; the newest of all where none has one."""
    ordered = sorted(reports, key=lambda report: report[0])
    first = max((place for place, (_, has_figure, _) in enumerate(ordered) if has_figure), default=len(ordered) - 1)
    return [identity for _, _, identity in ordered[first:]]


def _previous(plan: str, period: Period, wanted: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = Rating.objects.filter(plan=plan, period__lt=str(period), entry_id__in=wanted).order_by("period")
    for entry, month, colour in rows.values_list("entry_id", "period", "base_colour"):
        found[entry].append((month, colour))
    return found


def rated_alone(book: Book, entry: Entry, today: date) -> Rating:
    """The rating of a commitment from what the book holds; nothing is read or kept."""
    parts = [(part, _newest(book.reports.get(part.id))) for part in book.parts.get(entry.id, [])]
    stands = standing(
        entry, book.period, book.year, book.reports.get(entry.id, []),
        tuple(colour for _, colour in book.previous.get(entry.id, [])), parts,
    )  # fmt: skip
    measured = measure(stands, book.rules, book.period.last)
    light = _overridden(entry, rate_measured(stands, measured, book.rules, book.period.last), book, today)
    return _row(book, entry, light, today, **_figures(stands, measured))


def _newest(reports: list[Entry] | None) -> Entry | None:
    return reports[-1] if reports else None


def _figures(stands: Standing, measured: MeasuredStanding) -> dict[str, str]:
    """The numbers shown beside the light: latest figure, what should be reached, how much of it is."""
    expected, reached = measured.worths.get("expected_share"), measured.worths.get("reached_share")
    value = stands.actual.measured if stands.actual else None
    actual = plain(value.amount) if isinstance(value, Quantity) else ""
    if not actual and measured.progress.value is not None and stands.actual:
        actual = plain(measured.progress.value)
    return {
        "actual": actual,
        "expected": plain(expected) if isinstance(expected, Fraction) else "",
        "percent": plain(reached) if isinstance(reached, Fraction) else "",
    }


def _overridden(entry: Entry, light: Light, book: Book, today: date) -> Light:
    """The newest override of the month counts; the computed light stays beside it."""
    rows = entry["light_override"]
    for row in reversed(rows if isinstance(rows, tuple) else ()):
        if isinstance(row, dict) and row["period"] == str(book.period):
            approved = row.get("approved_on")
            on = approved if isinstance(approved, date) else today
            wanted = Override(str(row["colour"]), str(row["reason"]), str(row["approver"]), on)
            painted = override_light(light, book.rules, wanted)
            return light if isinstance(painted, Refusal) else painted
    return light


def _row(book: Book, entry: Entry, light: Light, today: date, **figures: str) -> Rating:
    arrival = book.arrivals.get(entry.id)
    return Rating(
        entry_id=entry.id,
        plan=entry.plan,
        period=str(book.period),
        colour=light.colour,
        computed_colour=light.computed,
        base_colour=light.base,
        word=light.word,
        arrival=arrival.state if arrival else "due",
        reason=light.says[:200],
        light=write_light(light),
        parts="/".join(map(str, light.parts)) if light.parts else "",
        rules=f"{light.rule_set}@{light.version}",
        rated_on=today,
        **{"actual": "", "expected": "", "percent": "", **{name: text[:40] for name, text in figures.items()}},
    )


def _task_ratings(book: Book, tasks: Sequence[Entry], today: date) -> list[Rating]:
    """A task with commitments of its own shows the worst of their lights; aspired ones do not pull it down."""
    names = [member.id for task in tasks for member in book.members.get(task.id, ())]
    rows = Rating.objects.filter(plan__in={t.plan for t in tasks}, period=str(book.period), entry_id__in=names)
    stored = {row.entry_id: row for row in rows}
    return [rated_by_parts(book, task, stored, today) for task in tasks]


def rated_by_parts(book: Book, task: Entry, stored: dict[str, Rating], today: date) -> Rating:
    """The rating of a task from those of its commitments."""
    members = [member for member in book.members.get(task.id, []) if member.id in stored]
    parts = [
        TaskPart(_name(m), stored[m.id].colour, stored[m.id].word, m.id, m["modality"] == "aspire") for m in members
    ]
    light = _overridden(task, rate_task(parts, book.rules, book.period.last), book, today)
    done = sum(1 for part in parts if part.colour == next(iter(book.rules.colours)))
    return _row(book, task, light, today, actual=f"{done}/{len(parts)}" if parts else "")


def _name(entry: Entry) -> str:
    return str(entry["indicator"] if entry.list == "target" else entry["name"])


def _save(ratings: Iterable[Rating]) -> None:
    columns = [f.name for f in Rating._meta.concrete_fields if f.name not in {"id", "entry", "plan", "period"}]
    Rating.objects.bulk_create(
        ratings, batch_size=300, update_conflicts=True, unique_fields=["entry", "period"], update_fields=columns
    )
