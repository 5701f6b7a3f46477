"""Making one move on an entry of any list; lists whose moves have consequences have acts of their own."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.acts.assign_entries import charges_of, relieve
from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.lists.entry import Entry
from luoshi.store.append import append
from luoshi.store.rating import COMMITMENTS, rate_touched

_PACE = frozenset({"adopt", "allocate", "assign", "schedule", "accept_node"})
_OF_OTHER_ACTS = {
    "plan": frozenset({"adopt_edition", "open_month", "close_month"}),
    "report": frozenset({"submit", "resubmit", "sign", "hold_back", "accept", "return", "correct"}),
    "target": _PACE,
    "task": _PACE,
    "responsibility": frozenset({"charge", "restore", "relieve"}),
}


def has_own_act(name: str, move: str) -> bool:
    """Whether a move of this list brings more with it than its fact, so that it is made by an act of its own."""
    return move in _OF_OTHER_ACTS.get(name, ())


@act
def move_entry(
    context: Context,
    entry_id: str,
    move: str,
    typed: Mapping[str, object],
    reason: str = "",
    version: int | None = None,
) -> Entry:
    """Make a move.

    Args:
        version: the version the actor saw; None when no form was shown.

    Raises:
        Refused: unknown entry, stale form, a move with an act of its own, or the list does not allow it.
    """
    entry = held(entry_id, version)
    definition = definition_of(entry)
    if has_own_act(entry.list, move) and move in definition.moves:
        message = f"“{definition.moves[move].label}”须在专门的页面办理，不能直接改动条目。"
        raise refuse("acts.own_act", message, 409, entry=entry_id)
    changes = [decided(context, definition, entry, move, typed, reason)]
    if changes[0].to_state == "withdrawn" and entry.list in COMMITMENTS:
        changes += relieve(context, charges_of(entry))
    after = append(changes, context.act_id)[0]
    rate_touched([after], context.today)
    return after
