"""结账月份重演: lights and league tables of closed months computed once more, from the facts known and the rules used then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import orjson

from luoshi.assessment.league import LeagueTable, rank, write_table
from luoshi.ledger.fact import Fact
from luoshi.ledger.fold import fold
from luoshi.lists.entry import Entry
from luoshi.store import definitions, facts
from luoshi.store.appraisal import RATED, contenders_from, judged, leads_commitment
from luoshi.store.entries import to_row
from luoshi.store.leagues import appraisals, parts_compared
from luoshi.store.models import EntryRow, FactRow, Rating, Snapshot
from luoshi.store.rating import COMMITMENTS, RATED_STATES, Book, is_rated_by_parts, rated_alone, rated_by_parts
from luoshi.store.rules import league_rules_of, light_rules_of
from luoshi.terms.finding import Finding, Level
from luoshi.terms.period import Period

Plain = dict[str, Any]
Tables = dict[str, LeagueTable]


@dataclass
class _Known:
    """The entries of a plan as known at one closing after the other; facts are folded forward, never twice."""

    told: Mapping[str, Sequence[Fact]]
    entries: dict[str, Entry] = field(default_factory=dict)
    bases: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    tables: dict[str, Tables] = field(default_factory=dict)
    rated: list[Sequence[str]] = field(default_factory=list)

    def move_to(self, versions: Mapping[str, str]) -> None:
        """Bring each entry to the version it had."""
        for stream, version in versions.items():
            entry = self.entries.get(stream)
            begun = entry.version if entry else 0
            after = fold(self.told.get(stream, ())[begun : int(version)], definitions.version, entry)
            if after is not None:
                self.entries[stream] = after


def replay_closed(progress: Callable[[int], object] = lambda _: None) -> Iterator[Finding]:
    """Each light and table of a closed month that does not come out again byte for byte.

    Snapshots taken before versions were kept in them are passed over.

    Args:
        progress: told how many lights were computed, month by month.
    """
    for plan in Snapshot.objects.order_by("plan").values_list("plan", flat=True).distinct():
        known = _Known(_facts_of(plan))
        newest = {row.period: row for row in Snapshot.objects.filter(plan=plan).order_by("pk").defer("body")}
        for period in sorted(newest):
            row = Snapshot.objects.get(pk=newest[period].pk)
            body = orjson.loads(row.body)
            if "versions" not in body:
                continue
            yield from _month(known, plan, Period.parse(period), body, _closed_on(plan, row))
            progress(len(body["ratings"]))


def _facts_of(plan: str) -> dict[str, list[Fact]]:
    streams = EntryRow.objects.filter(plan=plan).values("id")
    rows = FactRow.objects.filter(stream__in=streams).order_by("stream", "version").iterator(chunk_size=2000)
    return {stream: list(told) for stream, told in groupby(map(facts.to_fact, rows), key=lambda fact: fact.stream)}


def _closed_on(plan: str, row: Snapshot) -> date:
    """The day of the closing, as its fact says."""
    closings = FactRow.objects.filter(stream=f"plan:{plan}", kind="plan.month_closed", payload__contains=row.sha256)
    day = closings.values_list("occurred_on", flat=True).first()
    return day or row.taken_at.date()


def _month(known: _Known, plan: str, period: Period, body: Plain, today: date) -> Iterator[Finding]:
    known.move_to(body["versions"])
    entries = {name: known.entries[name] for name in body["versions"] if name in known.entries}
    yield from _entries_differ(entries, body["entries"], period)
    head = entries[f"plan:{plan}"]
    book = _book(entries, head, period, known.bases)
    made = _ratings(book, today)
    lights = {row["entry_id"]: row["light"] for row in body["ratings"]}
    for name in sorted(lights.keys() | made.keys()):
        if name not in made or made[name].light != lights.get(name):
            yield _error("store.E333", f"{name} {period}", "灯色按当时的事实和规则重算，与结账快照不符。")
    tables = {row["league"]: row["table"] for row in body["leagues"]}
    known.rated += [[row.get(column, str(period)) for column in RATED] for row in body["ratings"]]
    former = known.tables.get(str(period.previous()), {})
    ranked = _tables(entries, head, period, made, body["bodies"], former)
    ranked |= _appraised(entries, head, period, known.rated, body["bodies"], former)
    for league in sorted(tables.keys() | ranked.keys()):
        if league not in ranked or write_table(ranked[league]) != tables.get(league):
            yield _error("store.E334", f"{league} {period}", "晾晒表按当时的事实和规则重算，与结账快照不符。")
    known.tables[str(period)] = ranked
    for name, rating in made.items():
        known.bases[name].append((str(period), rating.base_colour))


def _entries_differ(entries: Mapping[str, Entry], kept: Sequence[Plain], period: Period) -> Iterator[Finding]:
    for row in kept:
        entry = entries.get(row["id"])
        if entry is None or (entry.state, to_row(entry).values) != (row["state"], row["values"]):
            yield _error("store.E332", f"{row['id']} {period}", "条目按当时的事实推演，与结账快照不符。")


def _book(
    entries: Mapping[str, Entry], head: Entry, period: Period, bases: Mapping[str, Sequence[tuple[str, str]]]
) -> Book:
    """The same book that was read from the tables when the month was closed."""
    rated = {n: e for n, e in sorted(entries.items()) if e.list in COMMITMENTS and e.state in RATED_STATES}
    parts: dict[str, list[Entry]] = defaultdict(list)
    members: dict[str, list[Entry]] = defaultdict(list)
    wholes = {name for name, entry in rated.items() if entry.list == "target"}
    tasks = {name for name, entry in rated.items() if entry.list == "task" and entry["kind"] == "task"}
    for entry in rated.values():
        if entry.list == "task" and str(entry["parent"] or "") in tasks:
            members[str(entry["parent"])].append(entry)
    for entry in rated.values():
        if entry.list == "target" and str(entry["parent"] or "") in wholes:
            parts[str(entry["parent"])].append(entry)
        elif entry.list == "target" and not entry["parent"] and str(entry["task"] or "") in tasks:
            members[str(entry["task"])].append(entry)
    accepted: dict[str, list[Entry]] = defaultdict(list)
    spoken = [entry for entry in entries.values() if entry.list == "report" and str(entry["period"]) <= str(period)]
    for report in sorted(spoken, key=lambda report: str(report["period"])):
        if report.state == "accepted":
            accepted[str(report["commitment"])].append(report)
    previous = {name: list(rows) for name, rows in bases.items()}
    year = Period.parse(str(head["year"]))
    return Book(period, year, light_rules_of(head, period), rated, accepted, {}, previous, parts, members)


def _ratings(book: Book, today: date) -> dict[str, Rating]:
    together = {name: entry for name, entry in book.entries.items() if is_rated_by_parts(book, entry)}
    made = {name: rated_alone(book, entry, today) for name, entry in book.entries.items() if name not in together}
    return made | {name: rated_by_parts(book, entry, made, today) for name, entry in together.items()}


def _tables(
    entries: Mapping[str, Entry],
    head: Entry,
    period: Period,
    made: Mapping[str, Rating],
    bodies: Mapping[str, str],
    former: Tables,
) -> Tables:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for _, entry in sorted(entries.items()):
        if entry.list == "target" and entry["zone_group"] and entry.state in RATED_STATES:
            groups[str(entry["zone_group"])].append(entry)
    actual = {name: rating.actual for name, rating in made.items()}
    found: Tables = {}
    for league, own in groups.items():
        rules = league_rules_of(head, period, league)
        if rules is not None:
            contenders = parts_compared(own, actual, lambda code: bodies.get(code, code), period, rules)
            found[league] = rank(rules, contenders, period, former.get(league))
    return found


def _appraised(
    entries: Mapping[str, Entry],
    head: Entry,
    period: Period,
    rated: Sequence[Sequence[str]],
    bodies: Mapping[str, str],
    former: Tables,
) -> Tables:
    leads = {name: str(entry["lead_body"]) for name, entry in entries.items() if leads_commitment(entry)}
    listed: dict[str, list[Entry]] = defaultdict(list)
    for _, entry in sorted(entries.items()):
        listed[entry.list].append(entry)
    found: Tables = {}
    for rules in appraisals(head, period):
        contenders = contenders_from(
            leads, judged(rated, head), listed, lambda code: bodies.get(code, code), period, rules
        )
        found[rules.name] = rank(rules, contenders, period, former.get(rules.name))
    return found


def _error(identity: str, where: str, message: str) -> Finding:
    return Finding(identity, Level.ERROR, where, message, "请核对台账、结账快照和当时所用规则是谁在什么时候改动过。")
