"""指标分解: handing parts of an additive target to bodies; rates never add. ``plan.decompose`` says whether they balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.acts.open_entry import fresh_ids
from luoshi.lists.entry import Change, Entry
from luoshi.lists.move import Birth
from luoshi.store.append import append
from luoshi.store.entries import find_where
from luoshi.store.rating import rate_touched

_INHERITED = (
    "task_number", "area", "quote", "sentence", "task", "unit", "kind", "modality", "schedule", "due_on",
)  # fmt: skip
"""What a part takes over from its whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """分解份额: what one body is to deliver of a target, in the target's own unit."""

    body: str
    value: Decimal
    name: str


@act
def allocate_target(context: Context, target_id: str, parts: Sequence[Part], group: str = "") -> list[Entry]:
    """Open one target under ``target_id`` for each part and assign it to its body.

    Args:
        group: the league in which the parts are compared with each other.

    Raises:
        Refused: the target's kind does not add up, or a body has a part already.
    """
    parent = held(context, target_id)
    if parent["accumulation"] != "cumulative" or parent["basis"] != "absolute":
        raise refuse("acts.not_additive", "比率、增幅和时点水平不能相加，不能按数额分解。", 409, entry=target_id)
    taken = {str(child["lead_body"]) for child in find_where(parent.plan, "target", parent=target_id)}
    for part in parts:
        if part.body in taken:
            raise refuse("acts.part_exists", f"{context.circumstances.roster.label(part.body)}已有分解份额。", 409)
        taken.add(part.body)
    opened = append(_allocations(context, parent, parts, group), context.act_id)
    leader = str(parent["leader"] or "")
    after = assign_entries(context, [Assignment(e.id, str(e["lead_body"]), (), leader) for e in opened])
    rate_touched([parent], context.today)
    return after


def _allocations(context: Context, parent: Entry, parts: Sequence[Part], group: str) -> list[Change]:
    inherited = {name: parent[name] for name in _INHERITED if parent[name] is not None}
    ids = fresh_ids("target", parent.plan)
    changes = []
    for part in parts:
        typed = {
            **inherited,
            "indicator": part.name,
            "value": part.value,
            "basis": "absolute",
            "accumulation": "cumulative",
            "parent": parent.id,
            "lead_body": part.body,
            "zone_group": group,
        }
        changes.append(decided(context, definition_of(parent), Birth(next(ids), parent.plan), "allocate", typed))
    return changes
