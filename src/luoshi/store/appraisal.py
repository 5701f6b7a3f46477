"""考核底数: what the bodies that lead commitments are compared by, reckoned from lights and entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from luoshi.assessment.league import Adjustment, Contender
from luoshi.assessment.league_rules import Counted, LeagueRules
from luoshi.assessment.rule_set import Colour
from luoshi.assessment.score import Figure
from luoshi.lists.entry import Entry, county_of
from luoshi.store.entries import cells, find, from_row
from luoshi.store.models import EntryRow, IndexCell, Rating
from luoshi.store.rosters import roster
from luoshi.store.rules import rule_set
from luoshi.terms.number import exact
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity

COMMITMENTS = ("target", "task")
PERCENT = "%"
_WARNED_FROM = 2
"""The first two colours of a rule set say that all is well (blue and green); the others warn."""


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
    leads = _leads(plan)
    tallies = _tallies(plan, period, leads)
    names = roster(county_of(plan))
    added = _adjustments(plan, period, rules.counted, set(tallies))
    figures = {name: dimension.figure for name, dimension in rules.dimensions.items()}
    return [
        Contender(
            body,
            names.label(body),
            {name: _figure(tally, kind, period) for name, kind in figures.items()},
            tuple(added.get(body, ())),
        )
        for body, tally in sorted(tallies.items())
    ]


def _leads(plan: str) -> dict[str, str]:
    """The body that leads each commitment that counts: no task as a whole, no part of a target, nothing aspired."""
    wholes = cells(plan, "task", "kind").filter(text="task").values("entry_id")
    parts = cells(plan, "target", "parent").exclude(text="").values("entry_id")
    aspired = IndexCell.objects.filter(plan=plan, list__in=COMMITMENTS, field="modality", text="aspire")
    rows = IndexCell.objects.filter(plan=plan, list__in=COMMITMENTS, field="lead_body").exclude(text="")
    rows = rows.exclude(entry__in=wholes).exclude(entry__in=parts).exclude(entry__in=aspired.values("entry_id"))
    rows = rows.exclude(entry__state="withdrawn")
    return dict(rows.values_list("entry_id", "text"))


def _tallies(plan: str, period: Period, leads: Mapping[str, str]) -> dict[str, Tally]:
    colours = _colours(plan)
    well = [key for key, colour in colours.items() if colour.counts][:_WARNED_FROM]
    found: dict[str, Tally] = defaultdict(Tally)
    rows = Rating.objects.filter(plan=plan, period__lte=str(period))
    columns = ("entry_id", "period", "colour", "percent", "expected", "arrival")
    for entry, month, colour, percent, expected, arrival in rows.values_list(*columns):
        if entry not in leads:
            continue
        tally = found[leads[entry]]
        tally.items.add(entry)
        tally.asked += 1
        tally.accepted += arrival == "accepted"
        if colour in colours and colours[colour].counts:
            tally.lit += 1
            tally.well += colour in well
        if month == str(period) and expected:
            due = exact(expected)
            tally.due += due
            tally.done += min(due, max(Fraction(0), exact(percent))) if percent else 0
    return found


def _colours(plan: str) -> Mapping[str, Colour]:
    head = find(f"plan:{plan}")
    return rule_set(str((head and head["light_rules"]) or "five-colour")).colours


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


def _adjustments(
    plan: str, period: Period, counted: Iterable[Counted], bodies: set[str]
) -> dict[str, list[Adjustment]]:
    """Points for entries that belong to a body; one query for each kind."""
    found: dict[str, list[Adjustment]] = defaultdict(list)
    for kind in counted:
        rows = EntryRow.objects.filter(plan=plan, list=kind.list, opened_on__lte=period.last).order_by("id")
        if kind.states:
            rows = rows.filter(state__in=kind.states)
        for entry in map(from_row, rows):
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
