"""移除文件: a document uploaded by mistake leaves the lists; its bytes stay, and uploading it again brings it back."""

from __future__ import annotations

from luoshi.acts.context import Context, act, held, refuse
from luoshi.acts.review_proposals import opened
from luoshi.store.models import DocumentRow, FactRow


@act
def set_document_aside(context: Context, document: str) -> DocumentRow:
    """Take a document that no edition of the plan was adopted from out of the lists.

    Raises:
        Refused: the actor is no supervisor, there is no such document, it was set aside before, or the plan in force
            or an edition before it comes from it (``acts.adopted_document``).
    """
    row, _ = opened(context, document)
    held(context, f"plan:{row.plan}")  # nobody adopts it meanwhile
    if FactRow.objects.filter(stream=f"plan:{row.plan}", payload__contains=row.sha256).exists():
        message = "计划的现行版或以前的版本是从这份文件采纳的，不能移除；要改计划，请上传新的文件并采纳为下一版。"
        raise refuse("acts.adopted_document", message, 409)
    row.set_aside_by, row.set_aside_at = context.actor.account, context.now
    row.save(update_fields=["set_aside_by", "set_aside_at"])
    return row
