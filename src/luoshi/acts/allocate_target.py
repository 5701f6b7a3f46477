"""指标分解: handing parts of an additive target to bodies; the sum is checked, rates never add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.acts.open_entry import fresh_ids
from luoshi.lists.entry import Change, Entry
from luoshi.lists.move import Birth
from luoshi.store.append import append
from luoshi.store.entries import find_where
from luoshi.store.rating import rate_touched


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
    parent = held(target_id)
    if parent["accumulation"] != "cumulative" or parent["basis"] != "absolute":
        raise refuse("acts.not_additive", "比率、增幅和时点水平不能相加，不能按数额分解。", 409, entry=target_id)
    existing = {str(child["lead_body"]) for child in find_where(parent.plan, "target", parent=target_id)}
    definition = definition_of(parent)
    inherited = {
        name: parent[name]
        for name in (
            "task_number",
            "area",
            "quote",
            "sentence",
            "task",
            "unit",
            "kind",
            "modality",
            "schedule",
            "due_on",
        )
        if parent[name] is not None
    }
    changes: list[Change] = []
    ids = fresh_ids("target", parent.plan)
    for part in parts:
        if part.body in existing:
            raise refuse("acts.part_exists", f"{context.circumstances.roster.label(part.body)}已有分解份额。", 409)
        typed = {
            **inherited,
            "indicator": part.name,
            "value": part.value,
            "basis": "absolute",
            "accumulation": "cumulative",
            "parent": target_id,
            "lead_body": part.body,
            "zone_group": group,
        }
        birth = Birth(next(ids), parent.plan)
        changes.append(decided(context, definition, birth, "allocate", typed))
    opened = append(changes, context.act_id)
    assigned = [
        decided(context, definition, e, "assign", {"lead_body": e["lead_body"], "leader": parent["leader"]})
        for e in opened
    ]
    after = append(assigned, context.act_id)
    rate_touched([*after, parent], context.today)
    return after
