"""交办: giving entries a lead body, cooperating bodies and a leader in charge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.acts.context import Context, act, decided, definition_of, held_all, refuse
from luoshi.lists.entry import Change, Entry
from luoshi.lists.move import Birth, apply
from luoshi.store import definitions
from luoshi.store.append import append
from luoshi.store.entries import find_all
from luoshi.store.rating import rate_touched


@dataclass(frozen=True, slots=True)
class Assignment:
    """交办内容: who answers for one entry; the first-listed body leads (domain.md §0.2)."""

    entry: str
    lead_body: str
    cooperating_bodies: tuple[str, ...] = ()
    leader: str = ""
    due_on: date | None = None


@act
def assign_entries(context: Context, assignments: Sequence[Assignment]) -> list[Entry]:
    """Assign entries in one act; each charge is also opened in the list of responsibilities.

    Returns:
        The assigned entries (without the responsibilities).

    Raises:
        Refused: an unknown body, or an entry that cannot be assigned; nothing is recorded.
    """
    known = held_all([assignment.entry for assignment in assignments])
    roster = context.circumstances.roster
    changes: list[Change] = []
    for assignment in assignments:
        for code in (assignment.lead_body, *assignment.cooperating_bodies):
            if code not in roster.bodies:
                raise refuse("acts.unknown_body", f"花名册中没有单位“{code}”。", 422, body=code)
        entry = known[assignment.entry]
        typed: dict[str, object] = {
            "lead_body": assignment.lead_body,
            "cooperating_bodies": assignment.cooperating_bodies,
            "leader": assignment.leader,
        }
        if assignment.due_on:
            typed["due_on"] = assignment.due_on
        changes.append(decided(context, definition_of(entry), entry, "assign", typed))
    charges = _charges(context, assignments, known)
    after = append([*changes, *charges], context.act_id)
    assigned = [entry for entry in after if entry.id in known]
    rate_touched(assigned, context.today)
    return assigned


def _charges(context: Context, assignments: Sequence[Assignment], known: dict[str, Entry]) -> list[Change]:
    wanted: dict[str, tuple[str, str, str, Assignment]] = {}
    relieved: set[str] = set()
    for assignment in assignments:
        bodies = {assignment.lead_body: "lead", **dict.fromkeys(assignment.cooperating_bodies, "cooperate")}
        bodies[assignment.lead_body] = "lead"
        for code, role in bodies.items():
            wanted[charge_id(assignment.entry, code, role)] = (known[assignment.entry].plan, code, role, assignment)
        relieved |= charges_of(known[assignment.entry])
    standing = find_all(wanted)
    changes: list[Change] = []
    for identity, (plan, code, role, assignment) in wanted.items():
        entry = standing.get(identity)
        typed = {"leader": assignment.leader, "since": context.today}
        if entry is None:
            typed |= {"commitment": assignment.entry, "body": code, "role": role}
            birth = Birth(identity, plan)
            changes.append(decided(context, definitions.current("responsibility"), birth, "charge", typed))
            continue
        if entry.state == "standing" and (entry["leader"] or "") == assignment.leader:
            continue
        if entry.state == "standing":  # under another leader: the old charge ends, a new one begins
            ended = decided(context, definition_of(entry), entry, "relieve", {"until": context.today})
            changes.append(ended)
            entry = apply(entry, ended)
        changes.append(decided(context, definition_of(entry), entry, "restore", typed))
    return changes + relieve(context, relieved - wanted.keys())


def relieve(context: Context, charges: Iterable[str]) -> list[Change]:
    """The changes that end these charges, as far as they stand."""
    standing = [entry for entry in find_all(sorted(charges)).values() if entry.state == "standing"]
    return [decided(context, definition_of(e), e, "relieve", {"until": context.today}) for e in standing]


def charges_of(entry: Entry) -> set[str]:
    """The charges that the assignment now in force gave rise to."""
    former = {charge_id(entry.id, str(entry["lead_body"]), "lead")} if entry["lead_body"] else set()
    cooperating = entry["cooperating_bodies"]
    return former | {
        charge_id(entry.id, str(code), "cooperate") for code in (cooperating if isinstance(cooperating, tuple) else ())
    }


def charge_id(entry_id: str, body: str, role: str) -> str:
    """The identity of a responsibility: one for each entry, body and role."""
    return f"responsibility:{entry_id}:{body}:{role}"
