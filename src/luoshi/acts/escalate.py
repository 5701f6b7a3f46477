"""催办升级: what a clock's ``escalates`` asks for is recorded as entries, so that those told find it among what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.acts.context import Context, act, decided, definition_of
from luoshi.acts.tell import tell_escalated
from luoshi.lists.clock import UnknownCalendar, standing
from luoshi.lists.definition import Definition, Escalation
from luoshi.lists.entry import Change, Entry
from luoshi.lists.move import Birth, bodies_of
from luoshi.people.actor import Grant
from luoshi.people.role import Role
from luoshi.store import definitions
from luoshi.store.append import append, lock
from luoshi.store.entries import find_all, from_row
from luoshi.store.models import EntryRow

LIST = "escalation"
RECEIVERS = (Role.SUPERVISOR, Role.LEADER, Role.UNIT_HEAD, Role.DESK_OFFICER)
"""Roles that can be told; the list has a state for each."""


@dataclass(frozen=True, slots=True)
class Escalated:
    """升级结果: the entries opened and those settled because their clock stopped."""

    told: tuple[Entry, ...]
    settled: tuple[Entry, ...]


@act
def escalate(context: Context, plan: str) -> Escalated:
    """Tell whoever is to be told today, each once for a clock and its due day; settle what is no longer due.

    Raises:
        Refused: the actor is no supervisor.
    """
    lock([f"plan:{plan}"])  # two runs at once would tell twice
    wanted = dict(_wanted(context, plan))
    known = find_all(wanted)
    definition = definitions.current(LIST)
    changes = [
        decided(context, definition, Birth(identity, plan), f"tell_{told.role}", told.typed)
        for identity, told in wanted.items()
        if identity not in known
    ]
    over = [entry for entry in _standing(plan) if entry.id not in wanted]
    ended: list[Change] = [decided(context, definition_of(entry), entry, "settle", {}) for entry in over]
    after = append([*changes, *ended], context.act_id) if changes or ended else []
    tell_escalated(context, after[: len(changes)])
    return Escalated(tuple(after[: len(changes)]), tuple(after[len(changes) :]))


@dataclass(frozen=True, slots=True)
class _Telling:
    role: Role
    typed: dict[str, object]


def _standing(plan: str) -> list[Entry]:
    """The escalations not yet answered nor settled."""
    closed = [state.name for state in definitions.current(LIST).states.values() if state.closed]
    rows = EntryRow.objects.filter(plan=plan, list=LIST).exclude(state__in=closed).order_by("id")
    return [from_row(row) for row in rows]


def _wanted(context: Context, plan: str) -> Iterator[tuple[str, _Telling]]:
    """What is to be told as of today, by the identity under which it is told once."""
    known = definitions.lists_in_force().values()
    lists = [each.name for each in known if any(clock.escalates for clock in each.clocks.values())]
    for row in EntryRow.objects.filter(plan=plan, list__in=lists).order_by("id"):
        entry = from_row(row)
        definition = definition_of(entry)
        state = definition.states.get(entry.state)
        if state is None or not state.closed:
            yield from _of_entry(context, definition, entry)


def _of_entry(context: Context, definition: Definition, entry: Entry) -> Iterator[tuple[str, _Telling]]:
    for name, clock in entry.clocks.items():
        rule = definition.clocks.get(name)
        if rule is None or not rule.escalates:
            continue
        try:
            found = standing(rule, clock, context.today, context.circumstances.is_working_day)
        except UnknownCalendar:
            continue  # said on the entry's page; nobody is told by guess
        for step in found.escalations:
            typed = {"clock": rule.label, "due_on": clock.due_on.isoformat(), "step": step.label}
            yield from _of_step(definition, entry, step, typed)


def _of_step(
    definition: Definition, entry: Entry, step: Escalation, typed: dict[str, str]
) -> Iterator[tuple[str, _Telling]]:
    bodies = bodies_of(definition, entry.values)
    title = str(entry[definition.title] or entry.id)[:80] if definition.title else entry.id
    for grant in step.to:
        if grant.role not in RECEIVERS:
            continue
        for body in bodies.get(grant.of, ()) if grant.of else ("",):
            identity = _identity(entry, (typed["clock"], typed["due_on"], step.label), grant, body)
            said: dict[str, object] = {**typed, "text": title, "subject": entry.id, "of_list": definition.label}
            yield identity, _Telling(grant.role, {**said, **({"body": body} if body else {})})


def _identity(entry: Entry, told: tuple[str, str, str], grant: Grant, body: str) -> str:
    word = hashlib.sha256("\n".join((entry.id, *told, grant.role, body)).encode()).hexdigest()[:24]
    return f"{LIST}:{entry.plan}:e{word}"
