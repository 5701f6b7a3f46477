"""Who acts and when; and the frame every act runs in: one transaction, one act id."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.db import OperationalError, transaction

from luoshi.lists.definition import Definition
from luoshi.lists.entry import Change, Entry, Moment, county_of
from luoshi.lists.holiday import is_working_day
from luoshi.lists.move import Birth, Circumstances, decide
from luoshi.people.actor import Actor
from luoshi.store import definitions, entries, rosters
from luoshi.store.append import lock, stale, wanted_locks, was_deadlocked
from luoshi.store.models import Account
from luoshi.store.own_acts import has_own_act
from luoshi.terms.refusal import Refusal, Refused

SHANGHAI = ZoneInfo("Asia/Shanghai")

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Context:
    """办理情形: the actor, the moment, and the id that groups all facts of one act."""

    circumstances: Circumstances
    act_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.circumstances.actor

    @property
    def county(self) -> str:
        """The area code of the county in which the actor acts."""
        return self.circumstances.county

    @property
    def today(self) -> date:
        """The day on which what is recorded holds."""
        return self.circumstances.moment.occurred_on

    @property
    def now(self) -> datetime:
        """The instant at which it is recorded."""
        return self.circumstances.moment.recorded_at


def context_for(account: Account, now: datetime, occurred_on: date | None = None) -> Context:
    """The context of an account acting now; ``occurred_on`` when what it states held on another day."""
    today = now.astimezone(SHANGHAI).date()
    county, roster = rosters.standing_of(account.username, today)
    actor = Actor(account.username, account.name, roster.posts_of(account.username, today))
    return Context(Circumstances(actor, Moment(occurred_on or today, now), roster, is_working_day, county))


_TRIES = 8
"""How often an act is begun anew after the database ended it to resolve a deadlock; each costs a second or so."""


def act(function: Callable[Concatenate[Context, P], R]) -> Callable[Concatenate[Context, P], R]:
    """One act: everything it writes is kept together or not at all.

    Two acts that lock the same entries in different orders would wait for each other; PostgreSQL then ends
    one of them. It is begun anew, since nothing of it was kept, and first takes in one order all the locks
    it had come to want, so that the two do not meet like this again. An act within an act shares its fate.
    """

    @functools.wraps(function)
    def framed(context: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with wanted_locks() as wanted:
            for tried in range(_TRIES):
                try:
                    with transaction.atomic():
                        if tried:
                            lock(wanted)
                        return function(context, *args, **kwargs)
                except OperationalError as error:
                    is_last = tried == _TRIES - 1 or transaction.get_connection().in_atomic_block
                    if is_last or not was_deadlocked(error):
                        raise
        raise AssertionError

    return framed


def decided(
    context: Context,
    definition: Definition,
    subject: Entry | Birth,
    move: str,
    typed: Mapping[str, object],
    reason: str = "",
) -> Change:
    """The change of a permitted move.

    Raises:
        Refused: the list does not allow it.
    """
    found = decide(definition, subject, move, typed, context.circumstances, reason)
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


def held(context: Context, entry_id: str, version: int | None = None) -> Entry:
    """The entry, with its stream locked until the act ends.

    Args:
        version: the version the actor saw; another one means that the form is stale.

    Raises:
        Refused: unknown in the actor's county (404), or changed since the actor saw it (409).
    """
    entry = held_or_none(entry_id)
    if entry is None or county_of(entry.plan) != context.county:
        raise _unknown(entry_id)
    if version is not None and entry.version != version:
        raise Refused(stale(entry_id))
    return entry


def held_or_none(entry_id: str) -> Entry | None:
    """The entry with its stream locked, or None."""
    lock([entry_id])
    return entries.find(entry_id)


def held_all(context: Context, entry_ids: list[str]) -> dict[str, Entry]:
    """The entries of these ids, locked, by id, in the order in which they were named.

    Raises:
        Refused: one is unknown in the actor's county.
    """
    known = entries.find_all(entry_ids)
    for entry_id in entry_ids:
        if entry_id not in known or county_of(known[entry_id].plan) != context.county:
            raise _unknown(entry_id)
    lock(known)
    held_now = entries.find_all(entry_ids)
    return {entry_id: held_now[entry_id] for entry_id in entry_ids}


def _unknown(entry_id: str) -> Refused:
    return Refused(Refusal("acts.unknown_entry", "没有这一条目，可能链接有误。", 404, data={"entry": entry_id}))


def definition_of(entry: Entry) -> Definition:
    """The definition an entry was opened under."""
    return definitions.version(entry.definition)


def require_no_own_act(definition: Definition, move: str) -> None:
    """Refuse a move that has an act of its own.

    Raises:
        Refused: 409.
    """
    if has_own_act(definition.name, move) and move in definition.moves:
        message = f"“{definition.moves[move].label}”须在专门的页面办理，不能直接改动条目。"
        raise refuse("acts.own_act", message, 409, list=definition.name, move=move)


def refuse(identity: str, message: str, status: int = 409, **data: Any) -> Refused:
    """A refusal ready to be raised."""
    return Refused(Refusal(identity, message, status, data={key: str(value) for key, value in data.items()}))
