"""An entry of a list, and the change that a move makes to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

Value = str | bool | Decimal | date | tuple["Value", ...] | Mapping[str, "Value"] | None
"""What a field can hold: text, yes/no, number, day, several of them, or a row of columns."""


def county_of(plan: str) -> str:
    """The area code under which a plan's entries stand: ``330624`` of ``330624-2023``; a register's is its own."""
    return plan.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Moment:
    """时点: when it held (``occurred_on``) and when we learnt it (``recorded_at``, aware)."""

    occurred_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Doing:
    """经手: who last made a move, on which day, and for whom when it was a delegate."""

    account: str
    body: str
    on: date
    acting_for: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """时限: a clock that was started; its due day is frozen with it, the first due day is kept.

    ``suspended_on`` is the day since when no time counts; ``extensions`` how often it was put off.
    """

    started_on: date
    due_on: date
    first_due_on: date
    stopped_on: date | None = None
    suspended_on: date | None = None
    extensions: int = 0

    @property
    def is_running(self) -> bool:
        """Whether something is still due; a suspended clock is."""
        return self.stopped_on is None


@dataclass(frozen=True, slots=True)
class Entry:
    """条目: one line of a list; what the facts about it add up to.

    ``definition`` is the version of the list it was opened under or moved over to, ``version`` the number of facts.
    """

    id: str
    list: str
    plan: str
    definition: str
    state: str
    version: int
    opened_on: date
    values: Mapping[str, Value] = field(default_factory=dict)
    doings: Mapping[str, Doing] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Value:
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Change:
    """变动: what a permitted move does to an entry; not yet recorded.

    ``entry_version`` is the version it was decided on; recording refuses when another came first. ``acting_for`` is the
    account in whose post a delegate acts; empty when the actor holds the post.
    """

    entry: str
    list: str
    plan: str
    definition: str
    move: str
    fact: str
    from_state: str
    to_state: str
    entry_version: int
    occurred_on: date
    recorded_at: datetime
    account: str
    body: str
    values: Mapping[str, Value] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    reason: str = ""
    acting_for: str = ""
