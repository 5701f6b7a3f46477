"""Opening an entry of any list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from luoshi.acts.attach_evidence import decided_with_files
from luoshi.acts.context import Context, act, held_or_none, refuse, require_no_own_act
from luoshi.acts.numbering import numbered
from luoshi.lists.entry import Entry
from luoshi.lists.move import Birth
from luoshi.store import definitions
from luoshi.store.append import append, lock
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
        entry_id: its identity; the next serial number of the list within the plan when empty.

    Raises:
        Refused: unknown list, a move with an act of its own, missing right, bad values, or the identity is taken.
    """
    if name not in definitions.lists_in_force():
        raise refuse("acts.unknown_list", "没有这张清单。", 404, list=name)
    definition = definitions.current(name)
    chosen = move or definition.opening_moves[0].name
    require_no_own_act(definition, chosen)
    identity = entry_id or next(fresh_ids(name, plan))
    if held_or_none(identity):
        raise refuse("acts.entry_exists", "这一条目已经存在。", 409, entry=identity)
    cells = numbered(context, plan, definition, dict(typed))
    change = decided_with_files(context, definition, Birth(identity, plan), chosen, cells)
    return append([change], context.act_id)[0]


def fresh_ids(name: str, plan: str) -> Iterator[str]:
    """The free identities of a list in a plan, in order: ``problem:330624-2023:0007``.

    Their counter is the locked stream of the plan, so two acts never get the same one.
    """
    lock([f"plan:{plan}"])
    taken = EntryRow.objects.filter(plan=plan, list=name).count()
    return (f"{name}:{plan}:{serial:04d}" for serial in count(taken + 1))
