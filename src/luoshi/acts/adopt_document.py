"""From a file to an adopted edition in one act: the plan is drawn up if need be, and nothing stays half done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from luoshi.acts.adopt_plan import Adoption, adopt_plan
from luoshi.acts.context import Context, act, held_or_none
from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.keep_document import keep_document
from luoshi.acts.proposal import Proposal
from luoshi.acts.review import ACCEPTED, OPEN
from luoshi.acts.review_proposals import correct_proposal, decide_proposals, reviewed
from luoshi.terms.refusal import FieldError, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Choice:
    """选用: one line of a review: which proposal a person accepts, with what was corrected in it.

    A proposal is named by its id, or by its place in the text and, where several share it, its name.
    """

    line: int
    id: str = ""
    start: int | None = None
    end: int | None = None
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@act
def adopt_document(
    context: Context,
    plan: NewPlan,
    name: str,
    content: bytes,
    choices: Sequence[Choice] | None = None,
    *,
    dry_run: bool = False,
) -> Adoption:
    """Keep a document, accept its proposals and adopt them as the plan's next edition.

    Args:
        choices: the proposals to accept, with the tasks they belong to; None accepts everything.
        dry_run: everything is done and told, nothing is kept.

    Raises:
        Refused: no text, a choice that matches nothing, or what the acts within refuse; nothing is recorded.
    """
    if held_or_none(f"plan:{plan.id}") is None:
        create_plan(context, plan)
    row, _ = keep_document(context, plan.id, name, content)
    proposals = reviewed(row)
    everything = [proposal.id for proposal in proposals]
    if choices is None:
        decide_proposals(context, row.sha256, everything, ACCEPTED)
    else:
        matched = matches(choices, proposals)
        wanted = {proposal.id for _, proposal in matched} | {proposal.task for _, proposal in matched if proposal.task}
        decide_proposals(context, row.sha256, everything, OPEN)
        decide_proposals(context, row.sha256, [identity for identity in everything if identity in wanted], ACCEPTED)
        for choice, proposal in matched:
            if choice.fields:
                correct_proposal(context, row.sha256, proposal.id, choice.fields)
    adoption = adopt_plan(context, plan.id, row.sha256)
    if dry_run:
        transaction.set_rollback(True)
    return adoption


def matches(choices: Sequence[Choice], proposals: Sequence[Proposal]) -> list[tuple[Choice, Proposal]]:
    """The proposal each choice names.

    Raises:
        Refused: a choice names none, or more than one; each line is told.
    """
    found: list[tuple[Choice, Proposal]] = []
    errors: list[FieldError] = []
    for choice in choices:
        fitting = [proposal for proposal in proposals if _fits(choice, proposal)]
        if len(fitting) == 1:
            found.append((choice, fitting[0]))
        else:
            what = "没有对应的识读建议" if not fitting else f"对应{len(fitting)}条识读建议，请写明id"
            errors.append(FieldError(f"line {choice.line}", f"第{choice.line}行{what}。", _written(choice)))
    if errors:
        raise Refused(Refusal("acts.bad_review", f"复核文件有{len(errors)}行不能采用。", 422, errors=tuple(errors)))
    return found


def _fits(choice: Choice, proposal: Proposal) -> bool:
    if choice.id:
        return choice.id == proposal.id
    if (choice.start, choice.end) != (proposal.start, proposal.end):
        return False
    named: Any = proposal.fields.get("indicator") if proposal.list == "target" else proposal.fields.get("name")
    return not choice.name or choice.name == named


def _written(choice: Choice) -> str:
    return choice.id or f"[{choice.start}, {choice.end}) {choice.name}".strip()
