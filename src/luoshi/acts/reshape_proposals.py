"""Proposals of other shape than read: one split in two, two that are one merged, one that was missed added."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.proposal import Proposal
from luoshi.acts.review import ADD, MERGE, SPLIT, Review
from luoshi.acts.review_proposals import (
    check_fields,
    kept,
    known,
    opened,
    placed,
    require_current,
    required_fields,
)
from luoshi.acts.target_wording import own_wording, target_fields
from luoshi.store.models import DocumentRow
from luoshi.terms.refusal import FieldError, Refusal, Refused

_JOINT = 12
"""Characters that may stand between the words of two proposals for their merged one to reach over both."""


@dataclass(frozen=True, slots=True)
class SplitPart:
    """拆出的一条: the words of the text it stands for (those of the whole when empty) and its corrected fields."""

    quote: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@act
def split_proposal(
    context: Context, document: str, identity: str, parts: Sequence[SplitPart], seen: int | None = None
) -> tuple[Proposal, ...]:
    """Make several proposals of one; each keeps the fields that were not typed, all count as accepted.

    Raises:
        Refused: fewer than two parts, two alike, words that stand nowhere in the text, values a field cannot hold,
            or somebody else decided since.
    """
    row, review = opened(context, document)
    require_current(context, review, [identity], seen)
    whole = known(review, identity)
    if len(parts) < 2:
        raise refuse("acts.too_few_parts", "拆开至少要有两条，请填写第二条的名称。", 422)
    made = tuple(_part(row, whole, part, f"s{_next(review)}-{n}", n) for n, part in enumerate(parts, 1))
    alike = [(one.start, one.end, title(one), str(one.fields.get("value"))) for one in made]
    if len(set(alike)) < len(alike):
        raise refuse("acts.parts_alike", "拆出的两条完全相同，请写出各自的名称。", 422)
    kept(context, row, review, SPLIT, ids=(identity,), made=made)
    return made


def _part(row: DocumentRow, whole: Proposal, part: SplitPart, identity: str, number: int) -> Proposal:
    errors: tuple[FieldError, ...] = ()
    try:
        start, end = placed(row.text, part.quote or whole.quote, whole.start)
        check_fields(whole.list, part.fields)
    except Refused as refused:
        errors = tuple(
            dataclasses.replace(error, field=f"p{number}_{_TYPED_AS.get(error.field, error.field)}")
            for error in refused.refusal.errors
        )
        raise Refused(Refusal(refused.refusal.id, refused.refusal.message, 422, errors=errors)) from None
    fields, inherited = {**whole.fields, **part.fields, "quote": row.text[start:end]}, ""
    if whole.list == "target":
        said, inherited = own_wording(row.text, (start, end), whole.fields, str(fields.get("value") or ""))
        fields |= {name: word for name, word in said.items() if name not in part.fields}
        if fields["basis"] != whole.fields.get("basis"):
            fields["baseline"] = None
        fields |= target_fields(fields, row.text[min(whole.sentence_start, start) : end])
    return dataclasses.replace(
        whole, id=identity, start=start, end=end, quote=row.text[start:end], fields=fields,
        doubt=inherited, doubtfulness=int(bool(inherited)),
    )  # fmt: skip


_TYPED_AS = {"indicator": "name"}
"""What the forms call a field that has another name in each list."""


@act
def merge_proposals(
    context: Context, document: str, ids: tuple[str, str], fields: Mapping[str, str], seen: int | None = None
) -> Proposal:
    """Make one proposal of two of one list; it has the first one's fields where nothing was typed.

    Its words reach over both where they stand side by side, else they are those of the first.

    Raises:
        Refused: unknown or equal proposals, two of different lists, a value a field cannot hold, or somebody else
            decided since.
    """
    row, review = opened(context, document)
    require_current(context, review, ids, seen)
    first, second = (known(review, identity) for identity in ids)
    if (
        first.id == second.id
        or first.list != second.list
        or "task" in {one.fields.get("kind") for one in (first, second)}
    ):
        raise refuse("acts.not_mergeable", "只能合并同一类的两条，任务本身不能合并。", 422)
    check_fields(first.list, fields)
    start, end = _over(first, second)
    merged = dataclasses.replace(
        first, id=f"m{_next(review)}", start=start, end=end, quote=row.text[start:end],
        fields={**first.fields, **fields, "quote": row.text[start:end]}, doubt="", doubtfulness=0,
        sentence_start=min(first.sentence_start, start), sentence_end=max(first.sentence_end, end),
        rules=tuple(dict.fromkeys((*first.rules, *second.rules))), steps=(*first.steps, *second.steps),
    )  # fmt: skip
    kept(context, row, review, MERGE, ids=(first.id, second.id), made=(merged,))
    return merged


def _over(first: Proposal, second: Proposal) -> tuple[int, int]:
    left, right = sorted((first, second), key=lambda one: (one.start, one.end))
    if right.start - left.end <= _JOINT:
        return left.start, max(left.end, right.end)
    return first.start, first.end


@act
def add_proposal(
    context: Context, document: str, name: str, start: int, end: int, fields: Mapping[str, str]
) -> DocumentRow:
    """Add what the reader missed: a place in the text and the fields of its entry.

    Raises:
        Refused: the place is outside the text, or a field cannot hold what was typed.
    """
    row, review = opened(context, document)
    if name not in {"target", "task"} or not 0 <= start < end <= len(row.text):
        raise refuse("acts.bad_place", "请先在原文中选中要增加的文字。", 422)
    check_fields(name, {**dict.fromkeys(required_fields(name), ""), **fields})
    tasks = (p for p in review.proposals if p.list == "task" and p.fields.get("kind") == "task")
    home = next((task for task in tasks if task.start <= start < task.end), None)
    quote = row.text[start:end]
    stands: dict[str, Any] = {"quote": quote, "sentence": quote}
    if home:
        stands |= {"task_number": home.fields.get("task_number") or "", "area": home.fields.get("area") or ""}
    identity = f"a{start}-{end}-{_next(review)}"
    task = home.id if home else ""
    added = Proposal(identity, name, start, end, quote, {**stands, **fields}, task, start, end)
    return kept(context, row, review, ADD, made=(added,))


def title(proposal: Proposal) -> str:
    """The indicator of a target, the name of anything else."""
    return str(proposal.fields.get("indicator" if proposal.list == "target" else "name") or "")


def _next(review: Review) -> int:
    return review.records[-1].number + 1 if review.records else 1
