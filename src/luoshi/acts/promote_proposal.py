"""提为举措: a vague clause, otherwise adopted with its task, becomes a measure of its own (docs/adr/0012)."""

from __future__ import annotations

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.proposal import QUALITATIVE
from luoshi.acts.review import CORRECT
from luoshi.acts.review_proposals import check_fields, kept, known, opened, require_current
from luoshi.store.models import DocumentRow


@act
def promote_proposal(
    context: Context, document: str, identity: str, name: str = "", seen: int | None = None
) -> DocumentRow:
    """Make a vague clause a measure of its task, to be assigned and scheduled; it counts as accepted so.

    Args:
        name: what to call it; empty keeps the name the reading gave it.

    Raises:
        Refused: unknown proposal, one that is no vague clause, or somebody else decided since.
    """
    row, review = opened(context, document)
    require_current(context, review, [identity], seen)
    proposal = known(review, identity)
    if proposal.fields.get("kind") != QUALITATIVE:
        raise refuse("acts.not_qualitative", "只有定性举措的句子可以提为举措。")
    name = name.strip() or str(proposal.fields.get("name") or "")
    fields = {"name": name, "kind": "measure", "schedule": "nodes", "modality": "firm"}
    check_fields(proposal.list, fields)
    return kept(context, row, review, CORRECT, ids=(identity,), fields=fields)
