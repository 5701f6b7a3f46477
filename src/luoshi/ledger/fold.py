"""State as the fold of facts: an entry now, or as it was known at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from luoshi.ledger.fact import Fact, change_of
from luoshi.lists.definition import Definition
from luoshi.lists.entry import Entry
from luoshi.lists.move import apply

Definitions = Callable[[str], Definition]
"""Finds a definition by its version."""


def fold(facts: Iterable[Fact], definitions: Definitions, entry: Entry | None = None) -> Entry | None:
    """The entry that the facts of one stream, in version order, add up to; None for no facts.

    Args:
        entry: where to start from, when the facts continue an entry already folded.
    """
    for fact in facts:
        version = str(fact.data()["definition"])
        entry = apply(entry, change_of(fact, definitions(version)))
    return entry


def known_at(facts: Iterable[Fact], moment: datetime) -> list[Fact]:
    """The facts that had been recorded by a moment: "as known then"."""
    return [fact for fact in facts if fact.recorded_at <= moment]


def held_on(facts: Iterable[Fact], day: date) -> list[Fact]:
    """The facts of one stream that hold on a day, whenever they were learnt: "as corrected now".

    Before the day on which the entry was opened nothing holds, even if something about it was dated earlier.
    """
    held: list[Fact] = []
    for fact in facts:
        if fact.occurred_on <= day:
            held.append(fact)
        elif fact.version == 1:
            return []
    return held
