"""Making one move on an entry of any list; lists whose moves have consequences have acts of their own."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.acts.assign_entries import charges_of, relieve
from luoshi.acts.context import Context, act, decided, definition_of, held, require_no_own_act
from luoshi.lists.entry import Entry
from luoshi.lists.value import parse
from luoshi.store.append import append
from luoshi.store.entries import find
from luoshi.store.rating import COMMITMENTS, rate_touched
from luoshi.store.rules import rule_set
from luoshi.terms.refusal import FieldError, Refusal, Refused


def _require_colours(entry: Entry, typed: Mapping[str, object]) -> None:
    """Refuse a light painted in a colour that the plan's rules do not know: it would silently count for nothing."""
    rows = parse(definition_of(entry).fields["light_override"], typed.get("light_override"))
    plan = find(f"plan:{entry.plan}")
    known = rule_set(str((plan and plan["light_rules"]) or "five-colour")).colours
    colours = [str(row["colour"]) for row in rows if isinstance(row, Mapping)] if isinstance(rows, tuple) else []
    message = "没有“{}”这种灯色，可用的是" + "、".join(known) + "。"
    errors = tuple(FieldError("light_override", message.format(c), c) for c in colours if c not in known)
    if errors:
        raise Refused(Refusal("acts.unknown_colour", errors[0].message, 422, errors=errors))


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
    entry = held(context, entry_id, version)
    definition = definition_of(entry)
    require_no_own_act(definition, move)
    if move == "override_light":
        _require_colours(entry, typed)
    changes = [decided(context, definition, entry, move, typed, reason)]
    if changes[0].to_state == "withdrawn" and entry.list in COMMITMENTS:
        changes += relieve(context, charges_of(entry))
    after = append(changes, context.act_id)[0]
    rate_touched([after], context.today)
    return after
