"""年终结果: what each promise of a plan came to by its last closed month, and what the figures propose to make of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from luoshi.lists.entry import Entry
from luoshi.plan.year_end import Ending, proposed, remainder
from luoshi.store.entries import cells, find
from luoshi.store.models import EntryRow, Rating
from luoshi.store.rating import COMMITMENTS
from luoshi.store.rules import light_rules_of
from luoshi.terms.number import exact
from luoshi.terms.period import Period

ADDITIVE = ("at_least", "exactly")
"""Kinds of targets whose amounts can be split between two years."""


@dataclass(frozen=True, slots=True)
class Result:
    """年终结果: the figure and sentence of the last month, what is proposed, and what the next year would be left with.

    ``left`` is None where the whole target would be taken over.
    """

    actual: str
    says: str
    is_finished: bool
    proposed: Ending
    left: Fraction | None = None


def last_month(plan: Entry) -> Period:
    """The last month of a plan's time."""
    return Period.month(plan["ends_on"].year, plan["ends_on"].month)  # type: ignore[union-attr]


def is_year_closed(plan: Entry) -> bool:
    """Whether the books of all months are closed."""
    return not plan["open_period"] and str(plan["closed_period"] or "") >= str(last_month(plan))


def to_be_settled(plan: str) -> QuerySet[EntryRow]:
    """The promises a year is settled by: all but the withdrawn, and but tasks that only hold promises."""
    rows = EntryRow.objects.filter(plan=plan, list__in=COMMITMENTS).exclude(state="withdrawn")
    return rows.exclude(pk__in=holding(plan)).order_by("id")


def holding(plan: str) -> set[str]:
    """The tasks of a document that hold promises; they end with them; three queries."""
    tasks = set(cells(plan, "task", "kind").filter(text="task").values_list("entry_id", flat=True))
    standing = EntryRow.objects.filter(plan=plan, list__in=COMMITMENTS).exclude(state="withdrawn").values("id")
    held: set[str] = set()
    for name, field in (("target", "task"), ("task", "parent")):
        held |= set(cells(plan, name, field).filter(entry_id__in=standing).values_list("text", flat=True))
    return tasks & held


def results(plan: Entry, entries: Iterable[Entry]) -> dict[str, Result]:
    """What these entries came to, by id; two queries."""
    wanted = list(entries)
    rated = Rating.objects.filter(entry_id__in=[entry.id for entry in wanted], period=str(last_month(plan)))
    known = {row.entry_id: row for row in rated.only("entry_id", "actual", "reason", "colour", "computed_colour")}
    words = light_rules_of(find(f"plan:{plan.plan}"), last_month(plan)).finished_words
    return {entry.id: _result(entry, known.get(entry.id), words) for entry in wanted}


def _result(entry: Entry, rating: Rating | None, finished_words: frozenset[str]) -> Result:
    actual, says = (rating.actual, rating.reason) if rating else ("", "没有数据")
    is_finished = entry.state == "achieved" or says in finished_words
    is_work = bool(entry["nodes"]) or (entry.list == "task" and entry["kind"] in {"project", "task"})
    return Result(actual, says, is_finished, proposed(is_finished=is_finished, is_work=is_work), _left(entry, actual))


def _left(entry: Entry, actual: str) -> Fraction | None:
    goal = entry["value"]
    is_amount = entry["kind"] in ADDITIVE and entry["basis"] in {None, "absolute"}
    if entry.list != "target" or not is_amount or entry["accumulation"] == "level" or not isinstance(goal, Decimal):
        return None
    try:
        left = remainder(Fraction(goal), exact(actual) if actual else None)
    except ValueError:  # a share written a/b
        return None
    return left if left != goal else None
