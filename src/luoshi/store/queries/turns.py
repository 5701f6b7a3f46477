"""轮到谁办: entries of any list in a state that waits for a move which the reader may make."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from luoshi.lists.definition import Definition, State
from luoshi.people.actor import Grant
from luoshi.store import definitions
from luoshi.store.entries import from_row
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.own_acts import has_own_act
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk

Plain = dict[str, Any]


def waiting(desk: Desk) -> QuerySet[EntryRow]:
    """The entries of the plan that wait for the reader; one query, however many lists there are."""
    which = Q(pk__in=())
    for definition in definitions.lists_in_force().values():
        for state in definition.states.values():
            which |= Q(list=definition.name, state=state.name) & _of_reader(desk, definition, state)
    return EntryRow.objects.filter(which, plan=desk.plan_id).order_by("id")


def _of_reader(desk: Desk, definition: Definition, state: State) -> Q:
    move = definition.moves.get(state.next)
    if move is None or has_own_act(definition.name, move.name):
        return Q(pk__in=())
    which = Q(pk__in=())
    for grant in move.by:
        if desk.actor.has(grant.role):
            which |= _under(desk, definition, grant)
    return which


def _under(desk: Desk, definition: Definition, grant: Grant) -> Q:
    if grant.of is None:
        return Q(pk__isnull=False)  # all: an empty condition would vanish in an "or"
    own = [post.body for post in desk.actor.posts if post.role is grant.role]
    mine = [code for code in desk.roster.bodies if any(desk.roster.is_within(code, body) for body in own)]
    cells = IndexCell.objects.filter(plan=desk.plan_id, list=definition.name, field=grant.of, text__in=mine)
    return Q(pk__in=cells.values("entry_id"))


def waiting_ids(desk: Desk) -> list[str]:
    """The ids of what waits for the reader.

    An entry opened under an older definition waits only when that one knows the move which the present one asks for.
    """
    now = definitions.lists_in_force()
    rows = waiting(desk).values_list("id", "list", "state", "definition")
    return [
        identity
        for identity, name, state, version in rows
        if now[name].states[state].next in definitions.version(version).moves
    ]


def turns(desk: Desk, entries: list[str]) -> list[Plain]:
    """These entries as things to do: list and title, body and state, the move that is due, and its day."""
    found: list[Plain] = []
    for row in EntryRow.objects.filter(pk__in=entries).order_by("list", "id"):
        definition = definitions.current(row.list)
        state = definition.states[row.state]
        entry, values = from_row(row), wording.values(row.values)
        rules = definition.clocks
        running = [
            clock.due_on for name, clock in entry.clocks.items()
            if clock.is_running and not clock.suspended_on and not (name in rules and rules[name].lapses)
        ]  # fmt: skip
        due = entry["due_on"]
        named = [desk.label(values[field]) for field in definition.owners if isinstance(values.get(field), str)]
        number = f"{values['number']}　" if values.get("number") else ""
        found.append({
            "id": row.id,
            "text": f"{definition.label}：{number}{wording.title(row.id, values)}",
            "why": "、".join([*named[:1], state.label]),
            "action": definition.moves[state.next].label,
            "due": min(running, default=due if isinstance(due, date) else None),
        })  # fmt: skip
    return found
