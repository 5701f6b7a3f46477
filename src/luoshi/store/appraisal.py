"""考核底数: what the bodies that lead commitments are compared by, reckoned from lights and entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from luoshi.assessment.league import Adjustment, Contender
from luoshi.assessment.league_rules import Counted, LeagueRules
from luoshi.assessment.score import Figure
from luoshi.lists.entry import Entry, county_of
from luoshi.store.entries import cells, find, from_row
from luoshi.store.models import EntryRow, IndexCell, Rating
from luoshi.store.rosters import roster
from luoshi.store.rules import light_rules_of
from luoshi.terms.number import exact
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity

COMMITMENTS = ("target", "task")
PERCENT = "%"
_WARNED_FROM = 2
"""The first two colours of a rule set say that all is well (blue and green); the others warn."""


RATED = ("entry_id", "period", "colour", "percent", "expected", "arrival")
"""What is read of each rating."""


@dataclass(frozen=True, slots=True)
class Judged:
    """已评灯: one light of a month, and whether its colour said something, and nothing that warns."""

    entry: str
    month: str
    is_lit: bool
    is_well: bool
    percent: str
    expected: str
    is_accepted: bool


@dataclass(slots=True)
class Tally:
    """点数: of one body: what was done of what was due, months well of months lit, reports accepted of reports due."""

    done: Fraction = Fraction(0)
    due: Fraction = Fraction(0)
    well: int = 0
    lit: int = 0
    accepted: int = 0
    asked: int = 0
    items: set[str] = field(default_factory=set)


def contenders_of(plan: str, period: Period, rules: LeagueRules) -> list[Contender]:
    """Every body that leads commitments, with its figures; a fixed handful of queries."""
    rows = Rating.objects.filter(plan=plan, period__lte=str(period)).values_list(*RATED)
    listed = {name: _opened(plan, name, period, rules.counted) for name in {kind.list for kind in rules.counted}}
    label = roster(county_of(plan)).as_of(period.last).label
    return contenders_from(_leads(plan), judged(rows, find(f"plan:{plan}")), listed, label, period, rules)


def contenders_from(
    leads: Mapping[str, str],
    rated: Iterable[Judged],
    listed: Mapping[str, Sequence[Entry]],
    label: Callable[[str], str],
    period: Period,
    rules: LeagueRules,
) -> list[Contender]:
    """Every body that leads commitments, with its figures, reckoned from what is given.

    Args:
        leads: the body that leads each commitment that counts.
        rated: the lights of the year so far.
        listed: entries of the lists that bring points, in the order of their ids.
        label: what a body is called.
    """
    tallies = _tallies(rated, period, leads)
    added = _adjustments(listed, period, rules.counted, set(tallies))
    figures = {name: dimension.figure for name, dimension in rules.dimensions.items()}
    return [
        Contender(
            body,
            label(body),
            {name: _figure(tally, kind, period) for name, kind in figures.items()},
            tuple(added.get(body, ())),
        )
        for body, tally in sorted(tallies.items())
    ]


def judged(rows: Iterable[Sequence[str]], plan: Entry | None) -> Iterator[Judged]:
    """Lights with what their colour meant by the rules of their own month.

    Args:
        rows: the columns ``RATED`` of ratings.
    """
    known: dict[str, tuple[set[str], set[str]]] = {}
    for entry, month, colour, percent, expected, arrival in rows:
        if month not in known:
            counting = [k for k, c in light_rules_of(plan, Period.parse(month)).colours.items() if c.counts]
            known[month] = set(counting), set(counting[:_WARNED_FROM])
        counting_keys, well = known[month]
        yield Judged(entry, month, colour in counting_keys, colour in well, percent, expected, arrival == "accepted")


def leads_commitment(entry: Entry) -> bool:
    """Whether a commitment counts for the body that leads it: no task as a whole, no part of a target, nothing aspired."""
    if entry.list not in COMMITMENTS or entry.state == "withdrawn" or not entry["lead_body"]:
        return False
    is_whole = entry.list == "task" and entry["kind"] == "task"
    is_part = entry.list == "target" and bool(entry["parent"])
    return not is_whole and not is_part and entry["modality"] != "aspire"


def _leads(plan: str) -> dict[str, str]:
    """The body that leads each commitment that counts: no task as a whole, no part of a target, nothing aspired."""
    wholes = cells(plan, "task", "kind").filter(text="task").values("entry_id")
    parts = cells(plan, "target", "parent").exclude(text="").values("entry_id")
    aspired = IndexCell.objects.filter(plan=plan, list__in=COMMITMENTS, field="modality", text="aspire")
    rows = IndexCell.objects.filter(plan=plan, list__in=COMMITMENTS, field="lead_body").exclude(text="")
    rows = rows.exclude(entry__in=wholes).exclude(entry__in=parts).exclude(entry__in=aspired.values("entry_id"))
    rows = rows.exclude(entry__state="withdrawn")
    return dict(rows.values_list("entry_id", "text"))


def _tallies(rated: Iterable[Judged], period: Period, leads: Mapping[str, str]) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    for light in rated:
        if light.entry not in leads:
            continue
        tally = found[leads[light.entry]]
        tally.items.add(light.entry)
        tally.asked += 1
        tally.accepted += light.is_accepted
        tally.lit += light.is_lit
        tally.well += light.is_well
        if light.month == str(period) and light.expected:
            due = exact(light.expected)
            tally.due += due
            tally.done += min(due, max(Fraction(0), exact(light.percent))) if light.percent else 0
    return found


def _figure(tally: Tally, kind: str, period: Period) -> Figure | None:
    done, due = {
        "pace": (tally.done, tally.due),
        "steady": (Fraction(tally.well), Fraction(tally.lit)),
        "arrived": (Fraction(tally.accepted), Fraction(tally.asked)),
    }[kind]
    if due <= 0:
        return None
    unit = {"pace": PERCENT, "steady": "项", "arrived": "份"}[kind]
    if kind == "pace":
        done, due = done * 100 / len(tally.items), due * 100 / len(tally.items)
    return Figure(Quantity.of(done, unit), Quantity.of(due, unit), period.last, _WORDS[kind].format(len(tally.items)))


_WORDS = {
    "pace": "{}项的平均，每项最多按应完成计",
    "steady": "{}项各月的灯",
    "arrived": "{}项各月的填报",
}


def _opened(plan: str, name: str, period: Period, counted: Iterable[Counted]) -> list[Entry]:
    """The entries of a list that can bring points: of large lists only the few in the states asked for are read."""
    rows = EntryRow.objects.filter(plan=plan, list=name, opened_on__lte=period.last).order_by("id")
    states = [kind.states for kind in counted if kind.list == name]
    if all(states):
        rows = rows.filter(state__in={state for some in states for state in some})
    return [from_row(row) for row in rows]


def _adjustments(
    listed: Mapping[str, Sequence[Entry]], period: Period, counted: Iterable[Counted], bodies: set[str]
) -> dict[str, list[Adjustment]]:
    """Points for entries that belong to a body."""
    found: dict[str, list[Adjustment]] = defaultdict(list)
    for kind in counted:
        for entry in listed.get(kind.list, ()):
            if entry.opened_on > period.last or (kind.states and entry.state not in kind.states):
                continue
            body = str(_value(entry, kind.body))
            if body in bodies and all(str(_value(entry, name)) == text for name, text in kind.where.items()):
                found[body].append(Adjustment(kind.points, f"{kind.label}：{_title(entry)}"))
    return found


def _value(entry: Entry, name: str) -> object:
    return entry.values.get(name)


def _title(entry: Entry) -> str:
    for name in ("number", "matter", "indicator", "name", "text"):
        if entry.values.get(name):
            return str(entry.values[name])[:40]
    return entry.id
