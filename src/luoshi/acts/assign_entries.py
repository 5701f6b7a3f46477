"""交办: giving entries a lead body, cooperating bodies and a leader in charge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
    """交办内容: who answers for one entry; the first-listed body leads (domain.md §0.2).

    ``other_leads`` lead parts of their own (分别牵头); ``lead_body`` alone reports, for all of them.
    ``shares`` says by body which part of the work is its own, where that was written.
    """

    entry: str
    lead_body: str
    cooperating_bodies: tuple[str, ...] = ()
    leader: str = ""
    due_on: date | None = None
    other_leads: tuple[str, ...] = ()
    shares: Mapping[str, str] = field(default_factory=dict)

    @property
    def roles(self) -> dict[str, str]:
        """What each body is to the entry: one role a body, the greater one where it was named twice."""
        return {
            **dict.fromkeys(self.cooperating_bodies, "cooperate"),
            **dict.fromkeys(self.other_leads, "share_lead"),
            self.lead_body: "lead",
        }


@act
def assign_entries(context: Context, assignments: Sequence[Assignment]) -> list[Entry]:
    """Assign entries in one act; each charge is also opened in the list of responsibilities.

    Returns:
        The assigned entries (without the responsibilities).

    Raises:
        Refused: an unknown body, or an entry that cannot be assigned; nothing is recorded.
    """
    known = held_all(context, [assignment.entry for assignment in assignments])
    roster = context.circumstances.roster
    changes: list[Change] = []
    for assignment in assignments:
        for code in assignment.roles:
            if code not in roster.bodies:
                raise refuse("acts.unknown_body", f"花名册中没有单位“{code}”。", 422, body=code)
            if not roster.bodies[code].stands_on(context.today):
                message = f"{roster.label(code)}已经撤并，不能再交办。"
                raise refuse("acts.dissolved_body", message, 409, body=code)
        entry = known[assignment.entry]
        changes.append(decided(context, definition_of(entry), entry, "assign", _typed(assignment, entry)))
    charges = _charges(context, assignments, known)
    after = append([*changes, *charges], context.act_id)
    assigned = [entry for entry in after if entry.id in known]
    rate_touched(assigned, context.today)
    return assigned


def _typed(assignment: Assignment, entry: Entry) -> dict[str, object]:
    """The fields an assignment sets."""
    typed: dict[str, object] = {
        "lead_body": assignment.lead_body,
        "cooperating_bodies": assignment.cooperating_bodies,
        "leader": assignment.leader,
    }
    if assignment.due_on:
        typed["due_on"] = assignment.due_on
    if "other_leads" in definition_of(entry).fields:
        typed["other_leads"] = assignment.other_leads
    elif assignment.other_leads:
        message = "这一事项登记时的清单还没有“分别牵头单位”一栏，只能记一个牵头单位。"
        raise refuse("acts.single_lead", message, 409, entry=entry.id)
    return typed


def _charges(context: Context, assignments: Sequence[Assignment], known: dict[str, Entry]) -> list[Change]:
    wanted: dict[str, tuple[str, str, str, Assignment]] = {}
    relieved: set[str] = set()
    for assignment in assignments:
        for code, role in assignment.roles.items():
            wanted[charge_id(assignment.entry, code, role)] = (known[assignment.entry].plan, code, role, assignment)
        relieved |= charges_of(known[assignment.entry])
    standing = find_all(wanted)
    changes: list[Change] = []
    for identity, (plan, code, role, assignment) in wanted.items():
        entry = standing.get(identity)
        share = assignment.shares.get(code, "")
        typed: dict[str, object] = {"leader": assignment.leader, "since": context.today}
        if share or (entry is not None and entry["share"]):
            typed["share"] = share
        if entry is None:
            typed |= {"commitment": assignment.entry, "body": code, "role": role}
            birth = Birth(identity, plan)
            changes.append(decided(context, definitions.current("responsibility"), birth, "charge", typed))
            continue
        unchanged = (entry["leader"] or "", entry["share"] or "") == (assignment.leader, share)
        if entry.state == "standing" and unchanged:
            continue
        if (
            entry.state == "standing"
        ):  # under another leader, or for another part: the old charge ends, a new one begins
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
    for name, role in (("other_leads", "share_lead"), ("cooperating_bodies", "cooperate")):
        codes = entry[name]
        former |= {charge_id(entry.id, str(code), role) for code in (codes if isinstance(codes, tuple) else ())}
    return former


def charge_id(entry_id: str, body: str, role: str) -> str:
    """The identity of a responsibility: one for each entry, body and role."""
    return f"responsibility:{entry_id}:{body}:{role}"
