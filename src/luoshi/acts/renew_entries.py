"""改用新版: the open entries of a list are moved over to its present definition, together or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.acts.context import Context, act, definition_of
from luoshi.lists.entry import Entry, county_of
from luoshi.lists.renew import obstacles, renew
from luoshi.store import definitions
from luoshi.store.append import append, lock
from luoshi.store.entries import find_all
from luoshi.store.models import EntryRow
from luoshi.terms.refusal import FieldError, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Renewal:
    """改用情况: of a list's open entries under older definitions, those that fit and those that do not (ids)."""

    list: str
    label: str
    fitting: tuple[str, ...]
    unfit: tuple[tuple[str, tuple[FieldError, ...]], ...]


def standing(name: str, plan: str = "") -> Renewal:
    """What a move over to the present definition would meet; of all plans when none is named."""
    new = definitions.current(name)
    fitting: list[str] = []
    unfit: list[tuple[str, tuple[FieldError, ...]]] = []
    for entry in _older(name, plan):
        errors = obstacles(entry, definition_of(entry), new)
        if errors:
            unfit.append((entry.id, errors))
        else:
            fitting.append(entry.id)
    return Renewal(name, new.label, tuple(fitting), tuple(unfit))


def _older(name: str, plan: str) -> list[Entry]:
    """The entries under older definitions that are still open."""
    rows = EntryRow.objects.filter(list=name).exclude(definition=definitions.current(name).version)
    rows = rows.filter(plan=plan) if plan else rows
    found = find_all(list(rows.order_by("id").values_list("id", flat=True)))
    return [entry for entry in found.values() if not _is_closed(entry)]


def _is_closed(entry: Entry) -> bool:
    state = definition_of(entry).states.get(entry.state)
    return bool(state and state.closed)


@act
def renew_entries(context: Context, name: str, plan: str) -> tuple[Entry, ...]:
    """Move the open entries of a list over that fit its present definition; the others stay as they are.

    Raises:
        Refused: not the supervisor's, or nothing is to be moved.
    """
    if name not in definitions.lists_in_force():
        raise Refused(Refusal("acts.unknown_list", "没有这张清单。", 404))
    new = definitions.current(name)
    if county_of(plan) != context.county:
        raise Refused(Refusal("acts.other_county", "这一计划属于其他县（市、区），您不能办理。", 403))
    wanted: Sequence[str] = standing(name, plan).fitting
    if not wanted:
        raise Refused(Refusal("acts.nothing_to_renew", f"“{new.label}”没有可以改用新版的条目。", 409))
    lock(wanted)
    changes = []
    for entry in find_all(wanted).values():
        found = renew(entry, definition_of(entry), new, context.circumstances)
        if isinstance(found, Refusal):
            raise Refused(found)
        changes.append(found)
    return tuple(append(changes, context.act_id))
