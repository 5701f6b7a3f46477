"""撤销: a commitment is withdrawn together with what it was divided into, and nobody answers for any of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from luoshi.acts.assign_entries import charges_of, relieve
from luoshi.acts.context import Context, decided, definition_of
from luoshi.lists.entry import Change, Entry
from luoshi.store.entries import find_below

_PARTS = {"task": (("target", "task"), ("task", "parent")), "target": (("target", "parent"),)}
"""What an entry of a list is divided into: the list of its parts, and their field that names it."""


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
    gone = [part for part in with_parts(entries) if not {part.id, part["parent"]} & keep]
    still = [entry for entry in gone if not definition_of(entry).states[entry.state].closed]
    changes = [decided(context, definition_of(entry), entry, "withdraw", {}, reason) for entry in still]
    return changes + relieve(context, [charge for entry in still for charge in charges_of(entry)])


def with_parts(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each entry once, followed by what it was divided into, down to the last part; two queries a level."""
    known = {entry.id: entry for entry in entries}
    below: dict[str, list[str]] = {}
    level = list(known.values())
    while level:
        found = [(str(part[field]), part) for part, field in _parts_of(level)]
        for whole, part in found:
            below.setdefault(whole, []).append(part.id)
        level = [part for _, part in found if part.id not in known]
        known.update((part.id, part) for part in level)
    yield from _in_order(known, below)


def _parts_of(level: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """The parts of these entries, each with its field that names its whole."""
    above: dict[tuple[str, str, str], set[str]] = {}
    for entry in level:
        for name, field in _PARTS.get(entry.list, ()):
            above.setdefault((entry.plan, name, field), set()).add(entry.id)
    for (plan, name, field), wholes in above.items():
        for part in find_below(plan, name, field, wholes):
            yield part, field


def _in_order(known: Mapping[str, Entry], below: Mapping[str, list[str]]) -> Iterator[Entry]:
    told: set[str] = set()
    waiting = list(known)[::-1]
    while waiting:
        name = waiting.pop()
        if name not in told:
            told.add(name)
            yield known[name]
            waiting += below.get(name, [])[::-1]
