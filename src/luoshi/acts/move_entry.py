"""Making one move on an entry of any list; lists whose moves have consequences have acts of their own."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.acts.context import Context, act, decided, definition_of, held
from luoshi.lists.entry import Entry
from luoshi.store.append import append
from luoshi.store.rating import rate_touched


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
        Refused: unknown entry, stale form, or the list does not allow it.
    """
    entry = held(entry_id, version)
    after = append([decided(context, definition_of(entry), entry, move, typed, reason)], context.act_id)[0]
    rate_touched([after], context.today)
    return after
