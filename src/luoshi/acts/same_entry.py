"""同一条目: which proposals of a new document are entries of the edition before, also under a corrected name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.acts.proposal import Proposal
from luoshi.lists.entry import Entry

_Key = tuple[str, str, str]
ALIKE, ALIKE_WITH_FIGURE = 0.6, 0.34
"""How much of two names is the same (pairs of characters shared, of all) for one to be taken for the other; less is
asked for where value and unit are the same. Chosen on invented pairs; a person sees each and may say no."""


@dataclass(frozen=True, slots=True)
class Same:
    """识别结果: by proposal the entry it speaks of; ``renamed`` are entries recognised under another name."""

    entries: Mapping[str, Entry]
    renamed: frozenset[str]


def same_entries(accepted: Sequence[Proposal], former: Sequence[Entry], apart: frozenset[str] = frozenset()) -> Same:
    """Recognise entries: first by list, task and name, then what is left by figure and likeness, one to one.

    Args:
        former: the entries that stand, in text order.
        apart: entries that were taken for renamed ones and are not.
    """
    numbers = _numbers_before(former, accepted)
    twins: dict[_Key, list[Entry]] = defaultdict(list)
    for entry in former:
        twins[_key_of(entry)].append(entry)
    found: dict[str, Entry] = {}
    for proposal in accepted:
        alike = twins.get(_key(proposal, numbers))
        if alike:
            found[proposal.id] = _nearest(alike, proposal)
            alike.remove(found[proposal.id])
    left = [entry for group in twins.values() for entry in group if entry.id not in apart]
    open_still = [proposal for proposal in accepted if proposal.id not in found]
    renamed = _renamed(open_still, left, numbers)
    return Same({**found, **renamed}, frozenset(entry.id for entry in renamed.values()))


def likeness(one: str, other: str) -> float:
    """Of all pairs of neighbouring characters the share both names have; 0 for nothing in common, 1 for the same."""
    first, second = _pairs(one), _pairs(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _pairs(name: str) -> Counter[str]:
    return Counter(name[at : at + 2] for at in range(len(name) - 1))


def _renamed(open_still: Sequence[Proposal], left: Sequence[Entry], numbers: Mapping[str, str]) -> dict[str, Entry]:
    """The best pairs first, each entry and proposal once."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in left:
        groups[_key_of(entry)[:2]].append(entry)
    pairs = [
        (*_fit(proposal, entry), proposal, entry)
        for proposal in open_still
        for entry in groups.get(_key(proposal, numbers)[:2], ())
    ]
    pairs.sort(key=lambda pair: (-pair[0], -pair[1], pair[2].start, pair[3].id))
    found: dict[str, Entry] = {}
    taken: set[str] = set()
    for has_figure, alike, proposal, entry in pairs:
        is_enough = alike >= (ALIKE_WITH_FIGURE if has_figure else ALIKE)
        if is_enough and proposal.id not in found and entry.id not in taken:
            found[proposal.id] = entry
            taken.add(entry.id)
    return found


def _fit(proposal: Proposal, entry: Entry) -> tuple[bool, float]:
    """Whether the figure is the same, and how alike the names are; a target of another unit is not alike at all."""
    if proposal.list == "target" and _figure(proposal)[1] != str(entry["unit"] or ""):
        return False, 0.0
    has_figure = proposal.list == "target" and _figure(proposal) == (
        str(entry["value"] or ""),
        str(entry["unit"] or ""),
    )
    return has_figure, likeness(_name(proposal), _name_of(entry))


def _name(proposal: Proposal) -> str:
    return str(proposal.fields.get("indicator") if proposal.list == "target" else proposal.fields.get("name"))


def _name_of(entry: Entry) -> str:
    return str(entry["indicator"] if entry.list == "target" else entry["name"])


def _figure(proposal: Proposal) -> tuple[str, str]:
    return str(proposal.fields.get("value") or ""), str(proposal.fields.get("unit") or "")


def _key_of(entry: Entry) -> _Key:
    group = "target" if entry.list == "target" else f"task.{entry['kind']}"
    return group, str(entry["task_number"] or ""), _name_of(entry)


def _key(proposal: Proposal, numbers: Mapping[str, str]) -> _Key:
    group = "target" if proposal.list == "target" else f"task.{proposal.fields.get('kind')}"
    number = str(proposal.fields.get("task_number") or "")
    return group, numbers.get(number, number), _name(proposal)


def _numbers_before(former: Sequence[Entry], accepted: Sequence[Proposal]) -> dict[str, str]:
    """The number each task had in the edition before, by its number now: a task put in shifts all after it."""
    counts = Counter(str(entry["name"]) for entry in former if entry["kind"] == "task")
    known = {str(entry["name"]): str(entry["task_number"] or "") for entry in former if entry["kind"] == "task"}
    return {
        str(proposal.fields.get("task_number") or ""): known[name]
        for proposal in accepted
        if proposal.fields.get("kind") == "task" and counts[name := str(proposal.fields.get("name"))] == 1
    }


def _nearest(twins: Sequence[Entry], proposal: Proposal) -> Entry:
    """Of entries with one name the one with the proposal's value and unit, else the first."""
    wanted = _figure(proposal)
    return next((e for e in twins if (str(e["value"] or ""), str(e["unit"] or "")) == wanted), twins[0])
