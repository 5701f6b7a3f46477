"""Deciding a move: (entry, move, actor, moment) → ``Change`` or ``Refusal``; and applying a change."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.lists.amount import in_own_unit
from luoshi.lists.clock import NotExtendable, UnknownCalendar, WorkingDay, after_move
from luoshi.lists.definition import Definition, Field, Move
from luoshi.lists.entry import Change, Doing, Entry, Moment, Value, county_of
from luoshi.lists.value import can_be_stored, parse
from luoshi.people.actor import Actor, no_right, post_for
from luoshi.people.roster import Post, Roster
from luoshi.terms.period import chinese_date
from luoshi.terms.refusal import FieldError, Refusal

ANY = "*"
_SAME_PERSON = "same_person_as_"
_EMPTY = (None, (), "")
_ROSTER_LISTS = {"body", "post"}
"""The roster is made of these; they may name bodies that come into being in the same act."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """情形: what a decision needs besides the entry: who acts, when, among which bodies, on which days one works.

    ``county`` is the area code of the county whose roster this is: no post reaches beyond it.
    """

    actor: Actor
    moment: Moment
    roster: Roster
    is_working_day: WorkingDay
    county: str


@dataclass(frozen=True, slots=True)
class Birth:
    """新建: the identity of an entry that a move is to open."""

    entry: str
    plan: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question: may this move be made on this subject, by this actor, now?"""

    definition: Definition
    move: Move
    subject: Entry | Birth
    circumstances: Circumstances
    reason: str

    @property
    def entry(self) -> Entry | None:
        return self.subject if isinstance(self.subject, Entry) else None

    @property
    def basis(self) -> str:
        return _basis(self.definition, self.move)


def decide(
    definition: Definition,
    subject: Entry | Birth,
    move_name: str,
    typed: Mapping[str, object],
    circumstances: Circumstances,
    reason: str = "",
) -> Change | Refusal:
    """What the move would change, or why it is refused; nothing is recorded.

    Asked in this order: does the move exist (404), is the entry of the actor's county (403), does the state
    allow it (409), may the actor make it (403: by the bodies the entry has now, or those typed for a new one), may this very person (403), are
    the values right (422), is the calendar known (409).

    Args:
        subject: the entry as it stands, or the identity of one to be opened.
        typed: the fields to set, as typed or as values; all others stay. Bodies may be given by name.
    """
    move = definition.moves.get(move_name)
    if move is None:
        return Refusal("lists.unknown_move", f"“{definition.label}”没有“{move_name}”这一动作。", 404, definition.name)
    asked = _Asked(definition, move, subject, circumstances, reason.strip())
    entry = asked.entry
    refusal = _other_county(asked) or _wrong_state(definition, move, entry)
    if refusal:
        return refusal
    values, errors = _values(asked, typed)
    errors += _missing(asked, values) + _too_early(asked, values)
    bodies = bodies_of(definition, entry.values if entry else values)
    post = post_for(circumstances.actor, move.by, bodies, circumstances.roster)
    if post is None:
        if entry is None and errors and _body_unsaid(asked, bodies):
            return _bad_values(errors, asked.basis)
        return no_right(move.label, move.by, asked.basis)
    refusal = _same_person(definition, move, entry, {circumstances.actor.account, post.acting_for})
    if refusal:
        return refusal
    return _bad_values(errors, asked.basis) if errors else _change(asked, values, post)


def permitted(definition: Definition, entry: Entry, actor: Actor, roster: Roster) -> tuple[Move, ...]:
    """The moves this actor may make on the entry as it stands; values are still to be given."""
    bodies = bodies_of(definition, entry.values)
    return tuple(
        move
        for move in definition.moves.values()
        if not _wrong_state(definition, move, entry)
        and (post := post_for(actor, move.by, bodies, roster))
        and not _same_person(definition, move, entry, {actor.account, post.acting_for})
    )


def apply(entry: Entry | None, change: Change) -> Entry:
    """The entry after the change; ``None`` becomes the opened entry.

    Raises:
        ValueError: the change belongs to another entry, was applied already, or opens nothing.
    """
    doing = {change.move: Doing(change.account, change.body, change.occurred_on, change.acting_for)}
    if entry is None:
        if change.entry_version:
            raise ValueError(f"{change.entry}@{change.entry_version + 1}: the entry was never opened")
        return Entry(
            change.entry, change.list, change.plan, change.definition, change.to_state, 1,
            change.occurred_on, dict(change.values), doing, dict(change.clocks),
        )  # fmt: skip
    if change.entry != entry.id or change.entry_version < entry.version:
        raise ValueError(f"{change.entry}@{change.entry_version + 1} does not follow {entry.id}@{entry.version}")
    return dataclasses.replace(
        entry,
        definition=change.definition,
        state=change.to_state,
        version=change.entry_version + 1,
        values={**entry.values, **change.values},
        doings={**entry.doings, **doing},
        clocks={**entry.clocks, **change.clocks},
    )


def _basis(definition: Definition, move: Move) -> str:
    return f"《{definition.label}》“{move.label}”的办理规定"


def _other_county(asked: _Asked) -> Refusal | None:
    """A grant without a field asks for the role alone, and the role is held in one county."""
    if county_of(asked.subject.plan) == asked.circumstances.county:
        return None
    return Refusal("lists.other_county", "这一条目属于其他县（市、区），您不能办理。", 403, asked.basis)


def _wrong_state(definition: Definition, move: Move, entry: Entry | None) -> Refusal | None:
    if entry is None:
        if move.opens:
            return None
        return Refusal("lists.not_opened", f"“{move.label}”之前须先有条目。", 404, _basis(definition, move))
    state = definition.states.get(entry.state)
    if entry.state in move.from_states or (ANY in move.from_states and not (state and state.closed)):
        return None
    now = state.label if state else entry.state
    message = f"当前状态为“{now}”，不能“{move.label}”。"
    return Refusal("lists.wrong_state", message, 409, _basis(definition, move), data={"state": entry.state})


def _values(asked: _Asked, typed: Mapping[str, object]) -> tuple[dict[str, Value], list[FieldError]]:
    move, entry = asked.move, asked.entry
    makes_no_roster = asked.definition.name not in _ROSTER_LISTS
    values: dict[str, Value] = {}
    errors: list[FieldError] = []
    for name, content in typed.items():
        field = asked.definition.fields.get(name)
        if field is None or not _may_set(asked.definition, move, name):
            errors.append(FieldError(name, f"“{move.label}”不能填写“{field.label if field else name}”。", str(content)))
            continue
        written = in_own_unit(field, content, typed, entry)
        value = written if isinstance(written, FieldError) else parse(field, written)
        if field.type in {"body", "bodies"} and not isinstance(value, FieldError) and makes_no_roster:
            value = _known_bodies(field, value, asked.circumstances.roster)
        before = entry.values.get(name) if entry else None
        if isinstance(value, FieldError):
            errors.append(value)
        elif field.fixed and entry is not None and value != before:
            errors.append(FieldError(name, f"“{field.label}”一经设立不能更改。", str(content)))
        elif value != before and not (field.personal and value is None):  # those are erased, not emptied
            values[name] = value
    return values, errors


def _may_set(definition: Definition, move: Move, name: str) -> bool:
    """What a move names; the number of an entry comes with its opening, from the list's own series."""
    is_number = bool(definition.numbering) and name == "number"
    return name in move.sets or (move.opens and (not move.sets or is_number))


def _known_bodies(field: Field, value: Value, roster: Roster) -> Value | FieldError:
    """The codes for bodies given by code or name; a roster without bodies (a county not yet set up) knows none."""
    if value is None or not roster.bodies:
        return value
    codes: list[str] = []
    for written in value if isinstance(value, tuple) else (value,):
        body = roster.bodies.get(str(written)) or roster.named(str(written))
        if body is None:
            return FieldError(field.name, f"“{field.label}”所填的“{written}”不在单位名录中。", str(written))
        if field.kinds and body.kind not in field.kinds:
            message = f"“{field.label}”不能填“{body.label}”：这一栏要的不是这一类单位。"
            return FieldError(field.name, message, str(written))
        codes.append(body.code)
    return tuple(dict.fromkeys(codes)) if field.type == "bodies" else codes[0]


def _missing(asked: _Asked, values: Mapping[str, Value]) -> list[FieldError]:
    """What must be filled and would not be: needed by the move, required at the opening, or emptied now."""
    definition, move, entry = asked.definition, asked.move, asked.entry
    merged = {**(entry.values if entry else {}), **values}
    found = [
        FieldError(name, f"请填写“{field.label}”。")
        for name, field in definition.fields.items()
        if (name in move.needs or (field.required and (move.opens or name in values))) and merged.get(name) in _EMPTY
    ]
    if move.reason and not asked.reason:
        found.append(FieldError("reason", f"请写明“{move.label}”的理由。"))
    if not can_be_stored(asked.reason):
        found.append(FieldError("reason", "理由里有无法保存的字符，请重新输入。"))
    return found


def _too_early(asked: _Asked, values: Mapping[str, Value]) -> list[FieldError]:
    """The days that must be later than the day of the act, or than what the entry holds so far."""
    found = []
    for name, other in asked.move.after.items():
        day = values.get(name, asked.entry.values.get(name) if asked.entry and name in asked.move.needs else None)
        bound: Value = asked.circumstances.moment.occurred_on
        called = "办理当日"
        if other != "today":
            bound = asked.entry.values.get(other) if asked.entry else values.get(other)
            called = f"{'原' if other == name else ''}“{asked.definition.fields[other].label}”"
        if isinstance(day, date) and isinstance(bound, date) and day <= bound:
            label = asked.definition.fields[name].label
            found.append(FieldError(name, f"“{label}”应晚于{called}（{chinese_date(bound)}）。", day.isoformat()))
    return found


def _bad_values(errors: list[FieldError], basis: str) -> Refusal:
    """One error to a field: what is wrong with the typing comes before that it is missing."""
    kept: dict[str, FieldError] = {}
    for error in errors:
        kept.setdefault(error.field, error)
    first = tuple(kept.values())
    message = first[0].message if len(first) == 1 else f"有{len(first)}处需要修改。"
    return Refusal("lists.bad_values", message, 422, basis, first)


def bodies_of(definition: Definition, values: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    """The codes that an entry names in its fields of bodies, by field; rights are judged by them."""
    found: dict[str, tuple[str, ...]] = {}
    for name, field in definition.fields.items():
        value = values.get(name)
        if field.type == "body" and isinstance(value, str):
            found[name] = (value,)
        elif field.type == "bodies" and isinstance(value, tuple):
            found[name] = tuple(str(code) for code in value)
    return found


def _body_unsaid(asked: _Asked, bodies: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the actor's role fits and only the body by which the right is judged was not (rightly) given."""
    actor = asked.circumstances.actor
    return any(grant.of and grant.of not in bodies and actor.has(grant.role) for grant in asked.move.by)


def _same_person(definition: Definition, move: Move, entry: Entry | None, people: set[str]) -> Refusal | None:
    """Four eyes: who made the named move may not make this one (domain.md §2.3).

    Args:
        people: the actor and, when it acts as a delegate, the account it acts for: a delegation adds no pair of eyes.
    """
    for guard in move.unless if entry else ():
        earlier = guard.removeprefix(_SAME_PERSON)
        doing = entry.doings.get(earlier) if entry else None
        if doing and {doing.account, doing.acting_for} & people - {""}:
            message = f"“{definition.moves[earlier].label}”与“{move.label}”不能由同一人办理。"
            return Refusal("lists.same_person", message, 403, _basis(definition, move))
    return None


def _change(asked: _Asked, values: dict[str, Value], post: Post) -> Change | Refusal:
    entry, moment, definition = asked.entry, asked.circumstances.moment, asked.definition
    running = dict(entry.clocks) if entry else {}
    filled = {**(entry.values if entry else {}), **values}
    try:
        clocks = after_move(
            definition, running, asked.move.name, moment.occurred_on, asked.circumstances.is_working_day, filled
        )
    except UnknownCalendar as unknown:
        return Refusal("lists.unknown_calendar", str(unknown), 409, asked.basis)
    except NotExtendable as refused:
        return Refusal("lists.not_extendable", str(refused), 409, asked.basis)
    from_state = entry.state if entry else ""
    return Change(
        entry=asked.subject.id if isinstance(asked.subject, Entry) else asked.subject.entry,
        list=definition.name,
        plan=asked.subject.plan,
        definition=definition.version,
        move=asked.move.name,
        fact=f"{definition.name}.{asked.move.fact}",
        from_state=from_state,
        to_state=asked.move.to or from_state,
        entry_version=entry.version if entry else 0,
        occurred_on=moment.occurred_on,
        recorded_at=moment.recorded_at,
        account=asked.circumstances.actor.account,
        acting_for=post.acting_for,
        body=post.body,
        values=values,
        clocks=clocks,
        reason=asked.reason,
    )
