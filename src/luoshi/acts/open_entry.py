"""Opening an entry of any list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from luoshi.acts.attach_evidence import decided_with_files
from luoshi.acts.chosen_references import require_near
from luoshi.acts.context import Context, act, held_or_none, refuse, require_no_own_act
from luoshi.acts.numbering import numbered
from luoshi.lists.entry import Entry
from luoshi.lists.move import Birth
from luoshi.store import definitions
from luoshi.store.append import append, lock
from luoshi.store.entries import find
from luoshi.store.models import EntryRow


@act
def open_entry(
    context: Context, name: str, plan: str, typed: Mapping[str, object], move: str = "", entry_id: str = ""
) -> Entry:
    """Open an entry.

    Args:
        name: the list.
        move: the opening move; the list's first one when empty.
        typed: fields as typed; those of evidence may hold ``Upload``, kept with the entry.
        entry_id: its identity, ``list:plan:word``; the next serial number of the list within the plan when empty.

    Raises:
        Refused: unknown list or plan, a move with an act of its own, missing right, bad values, or an identity that
            is taken or does not belong to the list and the plan.
    """
    if name not in definitions.lists_in_force():
        raise refuse("acts.unknown_list", "没有这张清单。", 404, list=name)
    definition = definitions.current(name)
    chosen = move or definition.opening_moves[0].name
    require_no_own_act(definition, chosen)
    if name != "plan" and find(f"plan:{plan}") is None:
        raise refuse("acts.unknown_plan", "没有这一计划。", 404, plan=plan)
    identity = entry_id or next(fresh_ids(name, plan))
    if not _belongs(identity, name, plan, is_given=bool(entry_id)):
        raise refuse(
            "acts.foreign_identity", f"“{identity}”不是本计划“{definition.label}”的编号。", 422, entry=identity
        )
    if held_or_none(identity):
        raise refuse("acts.entry_exists", "这一条目已经存在。", 409, entry=identity)
    cells = numbered(context, plan, definition, dict(typed))
    require_near(context, definition, Birth(identity, plan), cells)
    change = decided_with_files(context, definition, Birth(identity, plan), chosen, cells)
    return append([change], context.act_id)[0]


_WORD = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9._-]{1,64}\Z")
"""A given identity ends in a word; bare numbers are given out by the plan."""


def _belongs(identity: str, name: str, plan: str, *, is_given: bool) -> bool:
    if name == "plan":
        return identity == f"plan:{plan}"
    prefix = f"{name}:{plan}:"
    return not is_given or bool(identity.startswith(prefix) and _WORD.match(identity.removeprefix(prefix)))


def fresh_ids(name: str, plan: str) -> Iterator[str]:
    """The free identities of a list in a plan, in order: ``problem:330624-2023:0007``.

    Their counter is the locked stream of the plan, so two acts never get the same one.
    """
    lock([f"plan:{plan}"])
    taken = EntryRow.objects.filter(plan=plan, list=name).count()
    return (f"{name}:{plan}:{serial:04d}" for serial in count(taken + 1))
