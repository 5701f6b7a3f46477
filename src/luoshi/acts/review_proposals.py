"""识读复核: a person's decision about each proposal, kept until the plan is adopted; no fact yet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.keep_document import stored_proposals
from luoshi.acts.proposal import Proposal
from luoshi.lists.entry import county_of
from luoshi.lists.value import parse
from luoshi.people.role import Role
from luoshi.store import definitions
from luoshi.store.models import DocumentRow
from luoshi.terms.refusal import FieldError, Refusal, Refused

ACCEPTED, REJECTED, OPEN = "accepted", "rejected", ""


@act
def decide_proposals(context: Context, document: str, ids: Iterable[str], decision: str) -> DocumentRow:
    """Accept, reject or reopen proposals.

    Raises:
        Refused: unknown document, proposal or decision, or the actor is no supervisor.
    """
    if decision not in {ACCEPTED, REJECTED, OPEN}:
        raise refuse("acts.unknown_decision", "只能采纳、剔除或恢复待定。", 422)
    row, review = _opened(context, document)
    known = {proposal.id for proposal in reviewed(row)}
    for identity in ids:
        if identity not in known:
            raise refuse("acts.unknown_proposal", "没有这条识读建议。", 404, proposal=identity)
        review.setdefault(identity, {})["decision"] = decision
    return _kept(row, review)


@act
def correct_proposal(context: Context, document: str, identity: str, fields: Mapping[str, str]) -> DocumentRow:
    """Correct fields of a proposal; it counts as accepted with these words.

    Raises:
        Refused: unknown proposal, or a field cannot hold what was typed.
    """
    row, review = _opened(context, document)
    proposal = next((p for p in reviewed(row) if p.id == identity), None)
    if proposal is None:
        raise refuse("acts.unknown_proposal", "没有这条识读建议。", 404, proposal=identity)
    check_fields(proposal.list, fields)
    before = review.setdefault(identity, {})
    before["fields"] = {**before.get("fields", {}), **fields}
    before["decision"] = ACCEPTED
    return _kept(row, review)


@act
def add_proposal(
    context: Context, document: str, name: str, start: int, end: int, fields: Mapping[str, str]
) -> DocumentRow:
    """Add what the reader missed: a place in the text and the fields of its entry.

    Raises:
        Refused: the place is outside the text, or a field cannot hold what was typed.
    """
    row, review = _opened(context, document)
    if name not in {"target", "task"} or not 0 <= start < end <= len(row.text):
        raise refuse("acts.bad_place", "请先在原文中选中要增加的文字。", 422)
    check_fields(name, {**dict.fromkeys(required_fields(name), ""), **fields})
    home = next((p for p in stored_proposals(row) if p.fields.get("kind") == "task" and p.start <= start < p.end), None)
    quote = row.text[start:end]
    placed = {"quote": quote, "sentence": quote}
    if home:
        placed |= {"task_number": home.fields.get("task_number") or "", "area": home.fields.get("area") or ""}
    added = Proposal(
        f"a{start}-{end}-{len(review)}",
        name,
        start,
        end,
        quote,
        {**placed, **fields},
        home.id if home else "",
        start,
        end,
    )
    review[added.id] = {"decision": ACCEPTED, "added": dataclasses.asdict(added)}
    return _kept(row, review)


def reviewed(row: DocumentRow) -> list[Proposal]:
    """All proposals of a document, corrected and added ones as the person left them, in text order."""
    review: dict[str, Any] = orjson.loads(row.review or "{}")
    added = [Proposal(**{**data["added"], "rules": ()}) for data in review.values() if "added" in data]
    found = []
    for proposal in [*stored_proposals(row), *added]:
        corrected = review.get(proposal.id, {}).get("fields")
        found.append(dataclasses.replace(proposal, fields={**proposal.fields, **corrected}) if corrected else proposal)
    return sorted(found, key=lambda p: (p.start, -p.end if p.fields.get("kind") == "task" else p.end))


def decisions(row: DocumentRow) -> dict[str, str]:
    """What was decided about each proposal so far; undecided ones are left out."""
    review: dict[str, Any] = orjson.loads(row.review or "{}")
    return {identity: data["decision"] for identity, data in review.items() if data.get("decision")}


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
    if errors:
        raise Refused(Refusal("acts.bad_values", errors[0].message, 422, errors=tuple(errors)))


def _opened(context: Context, document: str) -> tuple[DocumentRow, dict[str, Any]]:
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.not_supervisor", "只有督查室可以复核识读结果。", 403)
    row = DocumentRow.objects.select_for_update().filter(sha256=document).first()
    if row is None or county_of(row.plan) != context.county:
        raise refuse("acts.unknown_document", "没有这份文件。", 404)
    review: dict[str, Any] = orjson.loads(row.review or "{}")
    return row, review


def _kept(row: DocumentRow, review: dict[str, Any]) -> DocumentRow:
    row.review = orjson.dumps(review).decode()
    row.save(update_fields=["review"])
    return row
