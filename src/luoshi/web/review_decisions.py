"""What a reviewer pressed, carried out; and which proposal comes next."""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict

from luoshi.acts.context import Context
from luoshi.acts.promote_proposal import promote_proposal
from luoshi.acts.reshape_proposals import add_proposal, merge_proposals, split_proposal
from luoshi.acts.review import ACCEPTED, OPEN, REJECTED, Review
from luoshi.acts.review_proposals import (
    correct_proposal,
    current_review,
    decide_proposals,
    known,
    undo_review,
)
from luoshi.store.models import DocumentRow
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web import proposal_forms, proposals
from luoshi.web.paging import whole_number
from luoshi.web.review_order import ReviewOrder, following


def decided(context: Context, row: DocumentRow, order: ReviewOrder, posted: QueryDict) -> tuple[str, str]:
    """Carry out what was pressed.

    Returns:
        The id of the proposal to be shown next (empty: the first open one) and what to say.

    Raises:
        Refused: what the acts refuse, or a button that is none.
    """
    what, chosen = posted.get("do", ""), posted.get("proposal", "")
    if posted.get("promote"):
        return _promoted_from_list(context, row, posted)
    if what == "undo":
        undone = undo_review(context, row.sha256)
        return (undone.ids[0] if undone.ids else ""), f"已撤回上一步（{len(undone.ids) or 1}条）。"
    if what in {"accept_all", "accept_plain"}:
        return "", _accept_many(context, row, order, _seen(posted), everything=what == "accept_all")
    before = current_review(row)
    one = _ONE.get(what)
    if one is None:
        raise Refused(Refusal("web.unknown_decision", "没有这一种办理。", 422))
    said = one(context, row, before, posted)
    row.refresh_from_db(fields=["review"])
    return following(before, current_review(row), order, chosen), said


def _accept_many(context: Context, row: DocumentRow, order: ReviewOrder, seen: int | None, *, everything: bool) -> str:
    review = current_review(row)
    if everything:
        ids = [p.id for p in review.proposals if not review.decisions.get(p.id)]
        decide_proposals(context, row.sha256, ids, ACCEPTED, seen)
        return f"余下{len(ids)}条已全部采纳。"
    ids = proposals.plain_ids(review, order)
    decide_proposals(context, row.sha256, ids, ACCEPTED, seen)
    return f"无疑的{len(ids)}条已采纳。"


def _accept(context: Context, row: DocumentRow, before: Review, posted: QueryDict) -> str:
    """Fields that were typed differently make it a correction: nothing typed is lost."""
    chosen, seen = posted.get("proposal", ""), _seen(posted)
    proposal = known(before, chosen)
    fields = proposal_forms.corrected(proposal, posted)
    if fields:
        correct_proposal(context, row.sha256, chosen, fields, seen)
        return "已按修改采纳。"
    decide_proposals(context, row.sha256, [chosen], ACCEPTED, seen)
    return "已采纳。"


def _reject(context: Context, row: DocumentRow, _: Review, posted: QueryDict) -> str:
    decide_proposals(context, row.sha256, [posted.get("proposal", "")], REJECTED, _seen(posted))
    return "已剔除。"


def _reopen(context: Context, row: DocumentRow, _: Review, posted: QueryDict) -> str:
    decide_proposals(context, row.sha256, [posted.get("proposal", "")], OPEN, _seen(posted))
    return "已恢复待看。"


def _promote(context: Context, row: DocumentRow, before: Review, posted: QueryDict) -> str:
    chosen = posted.get("proposal", "")
    fields = proposal_forms.corrected(known(before, chosen), posted)
    promote_proposal(context, row.sha256, chosen, fields.get("name", ""), _seen(posted))
    return "已提为举措并采纳。"


def _promoted_from_list(context: Context, row: DocumentRow, posted: QueryDict) -> tuple[str, str]:
    """A clause of the list beside the card made a measure; the card stays."""
    promote_proposal(context, row.sha256, posted["promote"], seen=_seen(posted))
    return posted.get("proposal", ""), "已提为举措并采纳。"


def _split(context: Context, row: DocumentRow, before: Review, posted: QueryDict) -> str:
    chosen = posted.get("proposal", "")
    parts = proposal_forms.typed_parts(known(before, chosen), posted)
    made = split_proposal(context, row.sha256, chosen, parts, _seen(posted))
    return f"已拆成{len(made)}条，都已采纳。"


def _merge(context: Context, row: DocumentRow, before: Review, posted: QueryDict) -> str:
    chosen, name = posted.get("proposal", ""), posted.get("merged_name", "").strip()
    proposal = known(before, chosen)
    field = "indicator" if proposal.list == "target" else "name"
    fields = {field: name} if name and name != proposal.fields.get(field) else {}
    merge_proposals(context, row.sha256, (chosen, posted.get("other", "")), fields, _seen(posted))
    return "已合并为一条并采纳。"


def _add(context: Context, row: DocumentRow, before: Review, posted: QueryDict) -> str:
    near = before.find(posted.get("proposal", ""))
    place = proposal_forms.to_add(row, posted, near.start if near else 0)
    add_proposal(context, row.sha256, place.list, place.start, place.end, place.fields)
    return "已补充一条。"


def _seen(posted: QueryDict) -> int | None:
    return whole_number(posted.get("seen", ""))


_ONE: dict[str, Callable[[Context, DocumentRow, Review, QueryDict], str]] = {
    "accept": _accept,
    "correct": _accept,
    "reject": _reject,
    "promote": _promote,
    "reopen": _reopen,
    "split": _split,
    "merge": _merge,
    "add": _add,
}
