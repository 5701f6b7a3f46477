"""Making one move on an entry of any list; lists whose moves have consequences have acts of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from luoshi.acts.attach_evidence import decided_with_files
from luoshi.acts.chosen_references import require_near
from luoshi.acts.context import Context, act, decided, definition_of, held, refuse, require_no_own_act
from luoshi.acts.sealed_vote import is_of_vote, vote_changes
from luoshi.acts.withdraw_entries import withdrawals
from luoshi.lists.entry import Entry
from luoshi.lists.value import parse
from luoshi.people.actor import Actor
from luoshi.store.append import append
from luoshi.store.entries import find
from luoshi.store.rating import COMMITMENTS, rate_touched
from luoshi.store.rules import light_rules_of
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError, Refusal, Refused


def _painted(entry: Entry, typed: Mapping[str, object]) -> Mapping[str, object]:
    """The overrides with their colours by key, typed as key or as word (黄).

    Raises:
        Refused: a colour that the plan's rules do not know; it would silently count for nothing.
    """
    rows = _typed_rows(entry, typed)
    plan = find(f"plan:{entry.plan}")
    known = light_rules_of(plan, None).colours
    keys = {colour.word: key for key, colour in known.items()} | {key: key for key in known}
    message = "没有“{}”这种灯色，可用的是" + "、".join(colour.word for colour in known.values()) + "。"
    colours = [str(row["colour"]) for row in rows]
    errors = tuple(FieldError("light_override", message.format(c), c) for c in colours if c not in keys)
    if errors:
        raise Refused(Refusal("acts.unknown_colour", errors[0].message, 422, errors=errors))
    return {**typed, "light_override": [{**row, "colour": keys[str(row["colour"])]} for row in rows]} if rows else typed


def _require_open_months(entry: Entry, typed: Mapping[str, object]) -> None:
    """Refuse to paint a light of a closed month, or to take such a paint away: it stays as it was closed."""
    plan = find(f"plan:{entry.plan}")
    closed = str((plan and plan["closed_period"]) or "")
    before = [_undated(row) for row in _rows(entry["light_override"])]
    after = [_undated(row) for row in _typed_rows(entry, typed)]
    changed = [row for row in before if row not in after] + [row for row in after if row not in before]
    for month in sorted(str(row["period"]) for row in changed if str(row["period"]) <= closed):
        raise refuse("acts.month_closed", f"{Period.parse(month).label}已经结账，灯色不能再改。", 409, period=month)


def _require_approver(entry: Entry, typed: Mapping[str, object], actor: Actor) -> None:
    """Refuse an override that its recorder approved: two people, as everywhere (four eyes)."""
    known = [_undated(row) for row in _rows(entry["light_override"])]
    new = [row for row in _typed_rows(entry, typed) if _undated(row) not in known]
    if any(str(row["approver"]).strip() in {actor.name, actor.account} for row in new):
        message = "批准人须是登记人以外的人，不能由本人批准自己登记的人工定灯。"
        raise Refused(
            Refusal("acts.own_approval", message, 403, errors=(FieldError("light_override", message, actor.name),))
        )


def _dated(entry: Entry, typed: Mapping[str, object], today: date) -> dict[str, object]:
    """Each override with the day it was approved: as typed, as kept, or this day."""
    if "approved_on" not in definition_of(entry).fields["light_override"].columns:
        return dict(typed)  # opened before the day was kept
    known = {str(_undated(row)): row.get("approved_on") for row in _rows(entry["light_override"])}
    rows = [
        {**row, "approved_on": row.get("approved_on") or known.get(str(_undated(row))) or today}
        for row in _typed_rows(entry, typed)
    ]
    return {**typed, "light_override": rows or typed.get("light_override")}


def _typed_rows(entry: Entry, typed: Mapping[str, object]) -> list[Mapping[str, object]]:
    return _rows(parse(definition_of(entry).fields["light_override"], typed.get("light_override")))


def _undated(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "approved_on"}


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []


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
        typed: fields as typed; those of evidence may hold ``Upload``, kept when the move is made.
        version: the version the actor saw; None when no form was shown.

    Raises:
        Refused: unknown entry, stale form, a move with an act of its own, or the list does not allow it.
    """
    entry = held(context, entry_id, version)
    definition = definition_of(entry)
    require_no_own_act(definition, move)
    require_near(context, definition, entry, typed)
    if move == "override_light":
        typed = _painted(entry, typed)
        _require_open_months(entry, typed)
        _require_approver(entry, typed, context.actor)
        typed = _dated(entry, typed, context.today)
    if move == "withdraw" and entry.list in COMMITMENTS:
        decided(context, definition, entry, move, typed, reason)  # refuses what the list does not allow
        changes = withdrawals(context, [entry], reason)
    elif is_of_vote(definition, move):
        changes = vote_changes(context, definition, entry, move, typed, reason)
    else:
        changes = [decided_with_files(context, definition, entry, move, typed, reason)]
    after = append(changes, context.act_id)
    rate_touched(after, context.today)
    return after[0]
