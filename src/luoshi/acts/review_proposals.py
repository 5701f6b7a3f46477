"""识读复核: a person's decisions about proposals, kept record after record until the plan is adopted; no fact yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from luoshi.acts.context import SHANGHAI, Context, act, refuse
from luoshi.acts.keep_document import proposals_in
from luoshi.acts.proposal import Proposal
from luoshi.acts.review import (
    ACCEPTED,
    CORRECT,
    DECIDE,
    OPEN,
    REJECTED,
    UNDO,
    Review,
    ReviewRecord,
    in_the_way,
    last_of,
    review_of,
    with_record,
)
from luoshi.acts.target_wording import COMPARATORS, agreeing
from luoshi.lists.entry import county_of
from luoshi.lists.value import parse
from luoshi.people.role import Role
from luoshi.store import definitions
from luoshi.store.models import DocumentRow
from luoshi.terms.refusal import FieldError, Refusal, Refused

DONE = {DECIDE: "办理", CORRECT: "修改", "split": "拆开", "merge": "合并", "add": "补充"}
_DECIDED = {ACCEPTED: "采纳", REJECTED: "剔除", OPEN: "恢复待定"}


@act
def decide_proposals(
    context: Context, document: str, ids: Iterable[str], decision: str, seen: int | None = None
) -> DocumentRow:
    """Accept, reject or reopen proposals; those that stand so already are passed over.

    Args:
        seen: the number of the last record the person knew of; None asks no questions.

    Raises:
        Refused: unknown document, proposal or decision, the actor is no supervisor, or somebody else decided since.
    """
    if decision not in _DECIDED:
        raise refuse("acts.unknown_decision", "只能采纳、剔除或恢复待定。", 422)
    row, review = opened(context, document)
    ids = list(ids)
    require_current(context, review, ids, seen)
    changed = tuple(name for name in ids if review.decisions.get(name, OPEN) != decision)
    return kept(context, row, review, DECIDE, ids=changed, decision=decision) if changed else row


@act
def correct_proposal(
    context: Context, document: str, identity: str, fields: Mapping[str, str], seen: int | None = None
) -> DocumentRow:
    """Correct fields of a proposal, or its words in the text (``quote``); it counts as accepted so.

    Raises:
        Refused: unknown proposal, a field cannot hold what was typed, the words stand nowhere in the text, or
            somebody else decided since.
    """
    row, review = opened(context, document)
    require_current(context, review, [identity], seen)
    proposal = known(review, identity)
    place = None
    if "quote" in fields:
        place = placed(row.text, fields["quote"], proposal.start)
        fields = {**fields, "quote": row.text[place[0] : place[1]]}
    check_fields(proposal.list, fields)
    if proposal.list == "target":
        fields = {**fields, **agreeing(proposal.fields, fields, row.text[proposal.sentence_start : proposal.end])}
    return kept(context, row, review, CORRECT, ids=(identity,), fields=dict(fields), place=place)


@act
def undo_review(context: Context, document: str) -> ReviewRecord:
    """Take back the last thing the actor did in this document; nothing is removed, the undo is a record too.

    Returns:
        The record that no longer holds.

    Raises:
        Refused: there is nothing to take back, or somebody else went on from it.
    """
    row, review = opened(context, document)
    last = last_of(review, context.actor.account)
    if last is None:
        raise refuse("acts.nothing_to_undo", "您在这份文件里没有可以撤回的办理。")
    later = in_the_way(review, last)
    if later:
        raise refuse("acts.undone_by_others", f"{told(later)}，您之前的办理不能再撤回；可以直接重新办理这一条。")
    kept(context, row, review, UNDO, ids=tuple(sorted(last.concerned)), of=last.number)
    return last


def current_review(row: DocumentRow) -> Review:
    """How the review of a document stands."""
    return _review(row.reading, row.review)


@lru_cache(maxsize=8)
def _review(reading: str, records: str) -> Review:
    """Remembered while a request asks for it several times; nobody changes what it holds."""
    return review_of(records, proposals_in(reading))


def reviewed(row: DocumentRow) -> list[Proposal]:
    """All proposals of a document as persons left them, in text order; those split or merged are no more."""
    return list(current_review(row).proposals)


def decisions(row: DocumentRow) -> dict[str, str]:
    """What was decided about each proposal so far; undecided ones are left out."""
    return dict(current_review(row).decisions)


def required_fields(name: str) -> list[str]:
    """The fields without which an entry of the list cannot be opened."""
    return [field.name for field in definitions.current(name).fields.values() if field.required]


def check_fields(name: str, fields: Mapping[str, object]) -> None:
    """Refuse fields the list does not know or values they cannot hold.

    Raises:
        Refused: every bad field is named.
    """
    definition = definitions.current(name)
    errors = []
    for field, typed in fields.items():
        if field not in definition.fields:
            errors.append(FieldError(field, f"没有“{field}”这一栏。", str(typed)))
            continue
        parsed = parse(definition.fields[field], typed)
        if isinstance(parsed, FieldError):
            errors.append(parsed)
        elif parsed is None and definition.fields[field].required:
            errors.append(FieldError(field, f"请填写“{definition.fields[field].label}”。"))
        elif field == "comparator" and parsed is not None and parsed not in COMPARATORS:
            errors.append(FieldError(field, "比较词应是不低于、不超过、等于或左右。", str(typed)))
    if errors:
        raise Refused(Refusal("acts.bad_values", errors[0].message, 422, errors=tuple(errors)))


def placed(text: str, quote: str, near: int) -> tuple[int, int]:
    """Where the words stand in the text, the nearest place if there are several.

    Raises:
        Refused: nowhere.
    """
    quote = quote.strip()
    before, after = text.rfind(quote, 0, near + len(quote)), text.find(quote, near)
    found = [place for place in (before, after) if place >= 0]
    if not quote or not found:
        error = FieldError("quote", "原文中没有这段文字，请从原文中复制。", quote[:60])
        raise Refused(Refusal("acts.not_in_text", error.message, 422, errors=(error,)))
    start = min(found, key=lambda place: abs(place - near))
    return start, start + len(quote)


def opened(context: Context, document: str) -> tuple[DocumentRow, Review]:
    """The document, locked until the act ends, and how its review stands.

    Raises:
        Refused: the actor is no supervisor, or there is no such document in the county, or it was set aside.
    """
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.not_supervisor", "只有督查室可以复核识读结果。", 403)
    row = DocumentRow.objects.select_for_update().defer("content").filter(sha256=document).first()
    if row is None or county_of(row.plan) != context.county:
        raise refuse("acts.unknown_document", "没有这份文件。", 404)
    if row.set_aside_at:
        raise refuse("acts.document_set_aside", "这份文件已移除；仍要用的，请重新上传。", 409)
    return row, current_review(row)


def known(review: Review, identity: str) -> Proposal:
    """The proposal of this id.

    Raises:
        Refused: there is none, or it was split or merged.
    """
    found = review.find(identity)
    if found is None and identity in review.touched:
        raise refuse("acts.changed_meanwhile", f"{told(review.touched[identity])}，请看现在的样子。")
    if found is None:
        raise refuse("acts.unknown_proposal", "没有这条识读建议。", 404, proposal=identity)
    return found


def require_current(context: Context, review: Review, ids: Collection[str], seen: int | None) -> None:
    """Refuse unknown proposals and such as somebody else has touched since the record ``seen``.

    Raises:
        Refused: each such case.
    """
    present = {proposal.id for proposal in (*review.proposals, *review.vague)}
    for identity in ids:
        if identity not in present:
            known(review, identity)
        last = review.touched.get(identity)
        if seen is not None and last and last.number > seen and last.by != context.actor.account:
            raise refuse("acts.changed_meanwhile", f"{told(last)}。现在的样子已经显示出来，您填的内容还在，看过再定。")


def require_seen(context: Context, review: Review, seen: int) -> None:
    """Refuse to adopt what somebody else changed since the record ``seen``.

    Raises:
        Refused: 409, with who did what.
    """
    others = [one for one in review.records if one.number > seen and one.by != context.actor.account]
    if others:
        raise refuse("acts.changed_meanwhile", f"{told(others[-1])}，现在的样子已经显示出来，请看过再采纳。")


def told(record: ReviewRecord) -> str:
    """Who did what to a proposal, when, as the beginning of a sentence."""
    who = record.name or record.by or "有人"
    what = "撤回了对这一条的办理" if record.what == UNDO else f"{_what(record)}了这一条"
    return f"{who}已在{record.at[11:16]}{what}" if record.at else f"{who}已{what}"


def _what(record: ReviewRecord) -> str:
    return _DECIDED[record.decision] if record.what == DECIDE else DONE[record.what]


def kept(context: Context, row: DocumentRow, review: Review, what: str, **more: object) -> DocumentRow:
    """Keep one more record with the document.

    Args:
        more: the further fields of ``ReviewRecord``.
    """
    number = review.records[-1].number + 1 if review.records else 1
    at = context.now.astimezone(SHANGHAI).isoformat(timespec="seconds")
    actor = context.actor
    record = ReviewRecord(number, what, actor.account, actor.name, at, **more)  # type: ignore[arg-type]
    row.review = with_record(row.review, record)
    row.save(update_fields=["review"])
    return row
