"""草稿: what someone has typed so far, kept so that nothing is ever lost; no fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from luoshi.acts.context import Context, act, refuse
from luoshi.people.role import Role
from luoshi.store.models import Draft


@act
def save_draft(context: Context, sheet: str, body: str, typed: Mapping[str, Any]) -> Draft:
    """Lay what was typed over the draft of a unit's sheet, cell by cell.

    Args:
        typed: by commitment, by field; an empty text clears a cell.

    Raises:
        Refused: the actor is no desk officer of that body.
    """
    if not any(post.role is Role.DESK_OFFICER and post.body == body for post in context.actor.posts):
        raise refuse("acts.no_draft", "只有本单位经办人可以保存草稿。", 403)
    fresh = {"content": "{}", "saved_by": context.actor.account, "saved_at": context.now}
    Draft.objects.get_or_create(sheet=sheet, body=body, defaults=fresh)
    draft = Draft.objects.select_for_update().get(sheet=sheet, body=body)
    content: dict[str, dict[str, str]] = orjson.loads(draft.content)
    for row, cells in typed.items():
        content.setdefault(row, {}).update(cells)
    draft.content = orjson.dumps(content).decode()
    draft.saved_by, draft.saved_at = context.actor.account, context.now
    draft.save()
    return draft


def clear_draft(sheet: str, body: str, rows: Iterable[str]) -> None:
    """Take rows that were submitted out of the draft; what is typed in the others stays."""
    draft = Draft.objects.select_for_update().filter(sheet=sheet, body=body).first()
    if draft is None:
        return
    content: dict[str, Any] = orjson.loads(draft.content)
    left = {row: cells for row, cells in content.items() if row not in set(rows)}
    if left:
        draft.content = orjson.dumps(left).decode()
        draft.save(update_fields=["content"])
    else:
        draft.delete()
