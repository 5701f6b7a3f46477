"""撤销: a commitment is withdrawn together with what it was divided into, and nobody answers for any of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from luoshi.acts.assign_entries import charges_of, relieve
from luoshi.acts.context import Context, decided, definition_of
from luoshi.lists.entry import Change, Entry
from luoshi.store.entries import find_where

_OF_A_TASK = (("target", "task"), ("task", "parent"))
_OF_A_TARGET = (("target", "parent"),)


def withdrawals(
    context: Context, entries: Iterable[Entry], reason: str, keep: frozenset[str] = frozenset()
) -> list[Change]:
    """The changes that withdraw these entries and their parts, and relieve everybody charged with them.

    What was achieved or missed stays so. Only supervisors withdraw; parts go with their whole.

    Args:
        keep: ids that stay with their own parts, though what they belong to goes.

    Raises:
        Refused: as the list says.
    """
    gone = {part.id: part for entry in entries for part in with_parts(entry) if not {part.id, part["parent"]} & keep}
    still = [entry for entry in gone.values() if not definition_of(entry).states[entry.state].closed]
    changes = [decided(context, definition_of(entry), entry, "withdraw", {}, reason) for entry in still]
    return changes + relieve(context, [charge for entry in still for charge in charges_of(entry)])


def with_parts(entry: Entry) -> Iterator[Entry]:
    """The entry, then what it was divided into, down to the last part."""
    yield entry
    if entry.list not in {"task", "target"}:
        return
    ways = _OF_A_TASK if entry.list == "task" else _OF_A_TARGET
    for name, field in ways:
        for part in find_where(entry.plan, name, **{field: entry.id}):
            yield from with_parts(part)
