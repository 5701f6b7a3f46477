"""Making the same move on many entries of a list at once: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.acts.chosen_references import require_near
from luoshi.acts.context import Context, act, decided, definition_of, held_all, refuse, require_no_own_act
from luoshi.acts.handle_reports import accept_reports, hold_back_reports, return_reports, sign_reports
from luoshi.acts.sealed_vote import is_of_vote
from luoshi.acts.withdraw_entries import withdrawals
from luoshi.lists.entry import Change, Entry
from luoshi.store.append import append
from luoshi.store.own_acts import REPORTS_TOGETHER, can_be_made_together
from luoshi.store.rating import COMMITMENTS, rate_touched
from luoshi.terms.refusal import FieldError, Refusal, Refused

MOST = 500
"""How many entries one act moves; what is chosen on pages is far less."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """选中条目: an entry and the version it was seen at; None when no form was shown."""

    entry: str
    version: int | None = None


@act
def move_entries(
    context: Context, name: str, move: str, chosen: Sequence[Chosen], typed: Mapping[str, object], reason: str = ""
) -> list[Entry]:
    """Make a move on entries of one list.

    Args:
        typed: fields as typed, the same for every entry.

    Raises:
        Refused: nothing or too much chosen, an entry unknown, of another list or changed since it was seen, or the
            list does not allow the move for one of them: each is named by its id, and none is moved.
    """
    known = _known(context, name, chosen)
    if name == "report" and move in REPORTS_TOGETHER:
        return _moved_reports(context, move, list(known), typed, reason)
    changes: list[Change] = []
    errors: list[FieldError] = []
    for entry in known.values():
        definition = definition_of(entry)
        require_no_own_act(definition, move)
        if is_of_vote(definition, move):
            raise refuse("acts.one_by_one", "表决须逐件办理。", 409, move=move)
        wanted = definition.moves.get(move)
        if wanted and not can_be_made_together(definition, wanted):
            raise refuse("acts.one_by_one", f"“{wanted.label}”须逐件办理。", 409, move=move)
        try:
            require_near(context, definition, entry, typed)
            changes.append(decided(context, definition, entry, move, typed, reason))
        except Refused as refused:
            errors.append(FieldError(entry.id, refused.refusal.message))
    _refuse_any(errors)
    if move == "withdraw" and name in COMMITMENTS:
        changes = withdrawals(context, known.values(), reason)
    after = append(changes, context.act_id)
    rate_touched(after, context.today)
    return [entry for entry in after if entry.id in known]


def _known(context: Context, name: str, chosen: Sequence[Chosen]) -> dict[str, Entry]:
    """The chosen entries, locked, as they were seen."""
    if not 0 < len(chosen) <= MOST:
        raise refuse("acts.bad_number", f"一次可办理1至{MOST}条，现在选了{len(chosen)}条。", 422)
    known = held_all(context, [item.entry for item in chosen])
    errors = [FieldError(entry.id, "不是这张清单的条目。") for entry in known.values() if entry.list != name]
    errors += [
        FieldError(item.entry, "这一条目在您打开之后已有变动，请刷新后再办理。")
        for item in chosen
        if item.version is not None and known[item.entry].version != item.version
    ]
    _refuse_any(errors)
    return known


def _refuse_any(errors: Sequence[FieldError]) -> None:
    if errors:
        message = f"有{len(errors)}条不能办理，其余各条也没有办理。{errors[0].message}"
        raise Refused(Refusal("acts.some_refused", message, 409, errors=tuple(errors)))


def _moved_reports(
    context: Context, move: str, reports: list[str], typed: Mapping[str, object], reason: str
) -> list[Entry]:
    if move == "sign":
        return sign_reports(context, reports)
    if move == "hold_back":
        return hold_back_reports(context, reports, reason)
    if move == "accept":
        return accept_reports(context, reports)
    return return_reports(context, reports, str(typed.get("return_code") or ""), reason)
