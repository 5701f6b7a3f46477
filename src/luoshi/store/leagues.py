"""League tables kept beside the lights: parts of one target compared with each other, month by month."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from luoshi.assessment.league import Contender, LeagueTable, rank, table_from_plain, write_table
from luoshi.assessment.league_rules import LeagueRules
from luoshi.assessment.score import Figure
from luoshi.lists.entry import Entry, county_of
from luoshi.store.appraisal import contenders_of
from luoshi.store.entries import cells, find, from_row
from luoshi.store.models import EntryRow, LeagueRow, Rating
from luoshi.store.rosters import roster
from luoshi.store.rules import league_names, league_rules_of
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity


def rank_leagues(plan: str, period: Period) -> None:
    """Compute and keep the table of every league of parts of a plan for a month."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    wanted = cells(plan, "target", "zone_group").exclude(text="").values("entry_id")
    standing = ("assigned", "achieved", "missed", "carried")
    for row in EntryRow.objects.filter(pk__in=wanted, state__in=standing).order_by("id"):
        entry = from_row(row)
        groups[str(entry["zone_group"])].append(entry)
    if not groups:
        return
    head, label = find(f"plan:{plan}"), roster(county_of(plan)).as_of(period.last).label
    for league, entries in groups.items():
        rules = league_rules_of(head, period, league)
        if rules is None:  # not among those the month was opened with: from the next month on
            continue
        ratings = Rating.objects.filter(plan=plan, period=str(period), entry__in=[entry.id for entry in entries])
        former = league_table(plan, period.previous(), league)
        contenders = parts_compared(entries, dict(ratings.values_list("entry_id", "actual")), label, period, rules)
        table = rank(rules, contenders, period, former)
        LeagueRow.objects.update_or_create(
            plan=plan, period=str(period), league=league, defaults={"table": write_table(table)}
        )


def appraise(plan: str, period: Period) -> None:
    """Compute and keep the tables in which the bodies that lead commitments are appraised.

    They are reckoned from all lights of the year, so they are made when a month is opened and closed, not at every act.
    """
    for rules in appraisals(find(f"plan:{plan}"), period):
        LeagueRow.objects.update_or_create(
            plan=plan, period=str(period), league=rules.name,
            defaults={"table": write_table(appraisal_now(plan, period, rules))},
        )  # fmt: skip


def appraisals(plan: Entry | None, period: Period | None) -> list[LeagueRules]:
    """The rules by which bodies are appraised in a month."""
    known = (league_rules_of(plan, period, name) for name in league_names(plan, period))
    return [rules for rules in known if rules is not None and rules.contenders == "leads"]


def appraisal_now(plan: str, period: Period, rules: LeagueRules) -> LeagueTable:
    """The table as it would be kept now."""
    return rank(rules, contenders_of(plan, period, rules), period, league_table(plan, period.previous(), rules.name))


def league_table(plan: str, period: Period, league: str) -> LeagueTable | None:
    """The table as it was kept for a month, or None."""
    row = LeagueRow.objects.filter(plan=plan, period=str(period), league=league).first()
    return table_from_plain(json.loads(row.table)) if row else None


def parts_compared(
    entries: Iterable[Entry],
    actual: Mapping[str, str],
    label: Callable[[str], str],
    period: Period,
    rules: LeagueRules,
) -> list[Contender]:
    """Each part's body, its newest figure standing in every dimension of the league.

    Args:
        actual: the figure of each part by entry, as rated.
        label: what a body is called in the table.
    """
    found = []
    for entry in entries:
        body = str(entry["lead_body"])
        figure = _figure(entry, actual.get(entry.id, ""), period)
        found.append(Contender(body, label(body), dict.fromkeys(rules.dimensions, figure)))
    return found


def _figure(entry: Entry, actual: str, period: Period) -> Figure | None:
    goal, symbol = entry["value"], str(entry["unit"] or "")
    if not actual or not isinstance(goal, Decimal):
        return None
    return Figure(Quantity.of(actual, symbol), Quantity.of(goal, symbol), period.last, entry.id)
