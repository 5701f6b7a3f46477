"""确认指派: all assignments of a reviewed decomposition in one act, one person's decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.context import Context, act, held_all, refuse
from luoshi.acts.register_people import register_people
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.lists.entry import Entry
from luoshi.people.role import Role
from luoshi.people.roster import Body
from luoshi.store.entries import find
from luoshi.terms.quotation import quoted
from luoshi.terms.refusal import FieldError, Refusal, Refused


@dataclass(frozen=True, slots=True)
class ConfirmedAssignments:
    """确认内容: what a person confirms. ``aliases`` are names to keep, by the body's code.

    ``seen`` holds the version of each entry as the person saw it; one that changed since refuses everything.
    """

    assignments: tuple[Assignment, ...]
    schedules: tuple[Schedule, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)


@act
def confirm_assignments(context: Context, confirmed: ConfirmedAssignments) -> list[Entry]:
    """Keep the aliases, assign the entries and set their nodes; all of it or nothing.

    Returns:
        The entries as they stand afterwards.

    Raises:
        Refused: nothing to do, an entry changed since it was seen, an alias that is another body's name, or what
            assigning and scheduling refuse; nothing is recorded.
    """
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.not_supervisor", "只有督查室可以确认指派。", 403)
    if not (confirmed.assignments or confirmed.schedules or confirmed.aliases):
        raise refuse("acts.nothing_to_assign", "没有需要交办的变化。", 422)
    touched = [one.entry for one in confirmed.assignments] + [one.entry for one in confirmed.schedules]
    _require_unchanged(held_all(context, touched), confirmed.seen)
    if confirmed.aliases:
        _keep_aliases(context, confirmed.aliases)
    after: dict[str, Entry] = {}
    if confirmed.assignments:
        after |= {entry.id: entry for entry in assign_entries(context, confirmed.assignments)}
    if confirmed.schedules:
        after |= {entry.id: entry for entry in schedule_entries(context, confirmed.schedules)}
    return list(after.values())


def _require_unchanged(held: Mapping[str, Entry], seen: Mapping[str, int]) -> None:
    changed = [entry for name, entry in held.items() if name in seen and entry.version != seen[name]]
    if changed:
        errors = tuple(
            FieldError(e.id, f"{quoted(str(e['name'] or e['indicator']))}在您复核期间已被改动。") for e in changed
        )
        message = f"有{len(changed)}个事项在您复核期间已被改动，请重新核对差别后再确认。"
        raise Refused(Refusal("acts.changed_meanwhile", message, 409, errors=errors))


def _keep_aliases(context: Context, aliases: Mapping[str, Sequence[str]]) -> None:
    """Each alias as a fact of its body's entry."""
    roster = context.circumstances.roster
    bodies: list[Body] = []
    for code, names in aliases.items():
        body = roster.bodies.get(code)
        if body is None:
            raise refuse("acts.unknown_body", f"花名册中没有单位“{code}”。", 422, body=code)
        for name in names:
            other = roster.named(name)
            if other is not None and other.code != code:
                raise refuse("acts.alias_taken", f"“{name}”已是{other.name}的名称，不能再记为{body.name}的别名。", 409)
        fresh = [name for name in names if roster.named(name) is None]
        if fresh:
            bodies.append(_with_aliases(body, fresh))
    county = find(f"body:{bodies[0].code}") if bodies else None
    if county is not None:
        register_people(context, county.plan, bodies, [])


def _with_aliases(body: Body, names: Sequence[str]) -> Body:
    return Body(
        body.code, body.name, body.short_name, body.kind, body.parent,
        tuple(dict.fromkeys((*body.aliases, *names))), body.since, body.until,
    )  # fmt: skip
