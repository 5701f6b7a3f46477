"""草稿: what someone has typed so far, and the files laid to it, kept so that nothing is ever lost; no fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.keep_evidence import discard_evidence
from luoshi.acts.month_window import require_open, sheet_key
from luoshi.lists.entry import Entry
from luoshi.people.role import Role
from luoshi.store import entries
from luoshi.store.models import Draft, EntryRow
from luoshi.terms.period import Period

FILES, LEFT_OUT = "evidence", "left_out"
"""Cells of a row that hold ids of files: those that came with the draft, and submitted ones to be left out."""
LAID = "laid"
"""Cells of a row as the supervisor's workbook laid them; one that says something else now was typed by the unit."""


@dataclass(frozen=True, slots=True)
class DraftFiles:
    """草稿附件: files (by id) that come to a row of a draft, and files that are taken out of it."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@act
def save_draft(
    context: Context,
    plan: str,
    period: Period,
    body: str,
    typed: Mapping[str, Mapping[str, str | None]],
    files: Mapping[str, DraftFiles] | None = None,
) -> Draft:
    """Lay what was typed over the draft of a unit's sheet, cell by cell.

    Args:
        typed: by commitment, by field; an empty text is a cell left empty, None a cell as it was submitted.
        files: by commitment. A removed file that came with the draft is discarded; one that was submitted
            before is left out of what will be submitted.

    Raises:
        Refused: the actor is no desk officer of that body, the month is not open, or a commitment is not the
            body's; nothing is kept.
    """
    if not any(post.role is Role.DESK_OFFICER and post.body == body for post in context.actor.posts):
        raise refuse("acts.no_draft", "只有本单位经办人可以保存草稿。", 403)
    require_open(context, plan, period)
    wanted = [*typed, *(files or {})]
    known = entries.find_all(wanted)
    for commitment in wanted:
        require_own(context, known.get(commitment), plan, body)
    draft = begun_draft(context, plan, period, body)
    content: dict[str, dict[str, Any]] = orjson.loads(draft.content)
    for row, cells in typed.items():
        laid = {**content.get(row, {}), **cells}
        content[row] = {name: cell for name, cell in laid.items() if cell is not None}
    taken = [key for row, change in (files or {}).items() for key in _lay_files(content.setdefault(row, {}), change)]
    discard_evidence(key for key in taken if not _stands(plan, content, key))
    draft.content = orjson.dumps({row: cells for row, cells in content.items() if set(cells) - {LAID}}).decode()
    draft.saved_by, draft.saved_at = context.actor.account, context.now
    draft.save()
    return draft


def begun_draft(context: Context, plan: str, period: Period, body: str) -> Draft:
    """The draft of a unit's sheet, an empty one when nothing was typed yet; locked until the act ends."""
    fresh = {"content": "{}", "saved_by": context.actor.account, "saved_at": context.now}
    draft = held_draft(plan, period, body)
    while draft is None:  # submitting the last row takes the draft away
        Draft.objects.get_or_create(sheet=sheet_key(plan, period), body=body, defaults=fresh)
        draft = held_draft(plan, period, body)
    return draft


def _lay_files(row: dict[str, Any], change: DraftFiles) -> list[str]:
    """The row with its files changed; the files of the draft that are no longer in it."""
    before: list[str] = row.get(FILES, [])
    left_out = [*row.get(LEFT_OUT, []), *(key for key in change.removed if key not in before)]
    kept = [*(key for key in before if key not in change.removed), *change.added]
    row |= {FILES: kept, LEFT_OUT: list(dict.fromkeys(left_out))}
    for name in (FILES, LEFT_OUT):
        if not row[name]:
            del row[name]
    return [key for key in before if key in change.removed]


def _stands(plan: str, content: Mapping[str, Mapping[str, Any]], key: str) -> bool:
    """Whether a file is still in a row of the draft, or was submitted under another one."""
    if any(key in cells.get(FILES, ()) for cells in content.values()):
        return True
    return EntryRow.objects.filter(list="report", plan=plan, values__contains=f'"{key}"').exists()


def require_own(context: Context, commitment: Entry | None, plan: str, body: str) -> None:
    """Refuse what is no commitment of the plan that the body leads.

    Raises:
        Refused: 403; what is unknown is refused in the same words.
    """
    if commitment is None or commitment.plan != plan or commitment["lead_body"] != body:
        label = context.circumstances.roster.label(body)
        raise refuse("acts.not_yours", f"这一事项不由{label}牵头填报。", 403)


def held_draft(plan: str, period: Period, body: str) -> Draft | None:
    """The draft of a unit's sheet, locked until the act ends; None when nothing is typed.

    Who submits holds it before looking at the files, so that none is discarded from the draft meanwhile.
    """
    return Draft.objects.select_for_update().filter(sheet=sheet_key(plan, period), body=body).first()


def clear_draft(plan: str, period: Period, body: str, rows: Iterable[str]) -> None:
    """Take rows that were submitted out of the draft; what is typed in the others stays."""
    draft = held_draft(plan, period, body)
    if draft is None:
        return
    content: dict[str, Any] = orjson.loads(draft.content)
    left = {row: cells for row, cells in content.items() if row not in set(rows)}
    if left:
        draft.content = orjson.dumps(left).decode()
        draft.save(update_fields=["content"])
    else:
        draft.delete()
