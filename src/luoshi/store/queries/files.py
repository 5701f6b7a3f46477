"""Evidence files: who may read them."""

from __future__ import annotations

from luoshi.store.models import Draft, Evidence
from luoshi.store.queries.desk import Desk
from luoshi.terms.refusal import Refusal, Refused


def readable_file(desk: Desk, identity: str) -> Evidence:
    """A file, for readers of everything and for the body that gave it; while in a draft, for that body alone.

    Raises:
        Refused: unknown (404) or another body's (403).
    """
    file = Evidence.objects.filter(pk=identity).first()
    if file is None or file.body not in desk.roster.bodies:
        raise Refused(Refusal("store.unknown_file", "没有这份材料，可能链接有误。", 404))
    if Draft.objects.filter(body=file.body, content__contains=f'"{file.id}"').exists():
        is_seen = file.body in desk.actor.bodies
    else:
        is_own = any(desk.roster.is_within(file.body, body) for body in desk.actor.bodies)
        is_seen = is_own or desk.actor.reads_everything
    if not is_seen:
        raise Refused(Refusal("store.not_visible", "这份材料属于其他单位，您不能查看。", 403))
    return file
