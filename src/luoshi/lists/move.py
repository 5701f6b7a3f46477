"""Deciding a move: (entry, move, actor, moment) → ``Change`` or ``Refusal``; and applying a change."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.lists.clock import UnknownCalendar, WorkingDay, after_move
from luoshi.lists.definition import Definition, Move
from luoshi.lists.entry import Change, Doing, Entry, Moment, Value
from luoshi.lists.value import parse
from luoshi.people.actor import Actor, no_right, post_for
from luoshi.people.roster import Post, Roster
from luoshi.terms.refusal import FieldError, Refusal

ANY = "*"
_SAME_PERSON = "same_person_as_"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """情形: what a decision needs besides the entry: who acts, when, among which bodies, on which days one works."""

    actor: Actor
    moment: Moment
    roster: Roster
    is_working_day: WorkingDay


@dataclass(frozen=True, slots=True)
class Birth:
    """新建: the identity of an entry that a move is to open."""

    entry: str
    plan: str


def decide(
    definition: Definition,
    subject: Entry | Birth,
    move_name: str,
    typed: Mapping[str, object],
    circumstances: Circumstances,
    reason: str = "",
) -> Change | Refusal:
    """What the move would change, or why it is refused; nothing is recorded.

    Args:
        subject: the entry as it stands, or the identity of one to be opened.
        typed: the fields to set, as typed or as values; all others stay.
    """
    move = definition.moves.get(move_name)
    if move is None:
        return Refusal("lists.unknown_move", f"“{definition.label}”没有“{move_name}”这一动作。", 404, definition.name)
    entry = subject if isinstance(subject, Entry) else None
    basis = f"清单《{definition.label}》动作“{move.label}”"
    refusal = _wrong_state(definition, move, entry, basis)
    if refusal:
        return refusal
    values, errors = _values(definition, move, entry, typed)
    merged = {**(entry.values if entry else {}), **values}
    post = post_for(circumstances.actor, move.by, _bodies(definition, merged), circumstances.roster)
    if post is None:
        return no_right(move.label, move.by, basis)
    errors += _missing(definition, move, merged)
    if move.reason and not reason.strip():
        errors.append(FieldError("reason", f"请写明“{move.label}”的理由。"))
    if errors:
        message = errors[0].message if len(errors) == 1 else f"有{len(errors)}处需要修改。"
        return Refusal("lists.bad_values", message, 422, basis, tuple(errors))
    return _guarded(definition, move, entry, post, circumstances, basis) or _change(
        definition, subject, move, values, circumstances, post, reason
    )


def permitted(definition: Definition, entry: Entry, actor: Actor, roster: Roster) -> tuple[Move, ...]:
    """The moves this actor may make on the entry as it stands, guards on values left aside."""
    bodies = _bodies(definition, entry.values)
    return tuple(
        move
        for move in definition.moves.values()
        if not _wrong_state(definition, move, entry, "") and post_for(actor, move.by, bodies, roster)
    )


def apply(entry: Entry | None, change: Change) -> Entry:
    """The entry after the change; ``None`` becomes the opened entry."""
    doing = {change.move: Doing(change.account, change.body, change.occurred_on)}
    if entry is None:
        return Entry(
            change.entry, change.list, change.plan, change.definition, change.to_state, change.entry_version + 1,
            change.occurred_on, dict(change.values), doing, dict(change.clocks),
        )  # fmt: skip
    return dataclasses.replace(
        entry,
        state=change.to_state,
        version=change.entry_version + 1,
        values={**entry.values, **change.values},
        doings={**entry.doings, **doing},
        clocks={**entry.clocks, **change.clocks},
    )


def _wrong_state(definition: Definition, move: Move, entry: Entry | None, basis: str) -> Refusal | None:
    if entry is None:
        if move.opens:
            return None
        return Refusal("lists.not_opened", f"“{move.label}”之前须先有条目。", 404, basis)
    if ANY in move.from_states or entry.state in move.from_states:
        return None
    state = definition.states.get(entry.state)
    now = state.label if state else entry.state
    return Refusal(
        "lists.wrong_state", f"当前状态为“{now}”，不能“{move.label}”。", 409, basis, data={"state": entry.state}
    )


def _values(
    definition: Definition, move: Move, entry: Entry | None, typed: Mapping[str, object]
) -> tuple[dict[str, Value], list[FieldError]]:
    values: dict[str, Value] = {}
    errors: list[FieldError] = []
    for name, content in typed.items():
        field = definition.fields.get(name)
        if field is None or (name not in move.sets and not move.opens):
            errors.append(FieldError(name, f"“{move.label}”不能填写“{field.label if field else name}”。", str(content)))
            continue
        value = parse(field, content)
        if isinstance(value, FieldError):
            errors.append(value)
        elif field.fixed and entry is not None and value != entry.values.get(name):
            errors.append(FieldError(name, f"“{field.label}”一经设立不能更改。", str(content)))
        elif entry is None or value != entry.values.get(name):
            values[name] = value
    return values, errors


def _missing(definition: Definition, move: Move, merged: Mapping[str, Value]) -> list[FieldError]:
    required = {name for name, field in definition.fields.items() if field.required} if move.opens else set()
    return [
        FieldError(name, f"请填写“{definition.fields[name].label}”。")
        for name in definition.fields
        if name in required | set(move.needs) and merged.get(name) in (None, (), "")
    ]


def _bodies(definition: Definition, values: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, field in definition.fields.items():
        value = values.get(name)
        if field.type == "body" and isinstance(value, str):
            found[name] = (value,)
        elif field.type == "bodies" and isinstance(value, tuple):
            found[name] = tuple(str(code) for code in value)
    return found


def _guarded(
    definition: Definition, move: Move, entry: Entry | None, post: Post, circumstances: Circumstances, basis: str
) -> Refusal | None:
    for guard in move.unless:
        doing = entry.doings.get(guard.removeprefix(_SAME_PERSON)) if entry else None
        if guard.startswith(_SAME_PERSON) and doing and doing.account == circumstances.actor.account:
            other = definition.moves[guard.removeprefix(_SAME_PERSON)].label
            return Refusal("lists.same_person", f"“{other}”与“{move.label}”不能由同一人办理。", 403, basis)
    return None


def _change(
    definition: Definition,
    subject: Entry | Birth,
    move: Move,
    values: dict[str, Value],
    circumstances: Circumstances,
    post: Post,
    reason: str,
) -> Change | Refusal:
    entry = subject if isinstance(subject, Entry) else None
    moment = circumstances.moment
    running = dict(entry.clocks) if entry else {}
    try:
        clocks = after_move(definition, running, move.name, moment.occurred_on, circumstances.is_working_day)
    except UnknownCalendar as unknown:
        return Refusal("lists.unknown_calendar", str(unknown), 409, f"清单《{definition.label}》")
    from_state = entry.state if entry else ""
    return Change(
        entry=subject.id if isinstance(subject, Entry) else subject.entry,
        list=definition.name,
        plan=subject.plan,
        definition=definition.version,
        move=move.name,
        fact=f"{definition.name}.{move.fact}",
        from_state=from_state,
        to_state=move.to or from_state,
        entry_version=entry.version if entry else 0,
        occurred_on=moment.occurred_on,
        recorded_at=moment.recorded_at,
        account=circumstances.actor.account,
        body=post.body,
        values=values,
        clocks=clocks,
        reason=reason.strip(),
    )
