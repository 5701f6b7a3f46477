"""Taking in a document: its bytes are kept, it is read, and the proposals wait for a person's review."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Any

import orjson

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.proposal import Proposal, proposal_of, proposals_of
from luoshi.document.load import load
from luoshi.lists.entry import county_of
from luoshi.people.role import Role
from luoshi.reading.coverage import TextCoverage, coverage
from luoshi.reading.model import Reading
from luoshi.reading.reading import read
from luoshi.store.entries import find
from luoshi.store.models import DocumentRow
from luoshi.terms.finding import Finding, has_errors
from luoshi.terms.refusal import FieldError, Refusal, Refused


@act
def keep_document(context: Context, plan: str, name: str, content: bytes) -> tuple[DocumentRow, tuple[Finding, ...]]:
    """Keep a document and what the reader proposes; one kept before is returned as it stands, one set aside comes back.

    Raises:
        Refused: the actor is no supervisor, or no text can be read (with the findings that say why).
    """
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.not_supervisor", "只有督查室可以导入文件。", 403)
    if find(f"plan:{plan}") is None or county_of(plan) != context.county:
        raise refuse("acts.no_plan", "没有这一计划，请先建立计划。", 404, plan=plan)
    document = load(content, name)
    if has_errors(document.findings):
        errors = tuple(FieldError("file", finding.message + finding.hint) for finding in document.findings)
        raise Refused(Refusal("acts.unreadable_document", errors[0].message, 422, errors=errors))
    known = DocumentRow.objects.filter(sha256=document.sha256).first()
    if known:
        if known.plan != plan:
            if county_of(known.plan) != context.county:
                raise refuse("acts.document_elsewhere", "这份文件已由其他县（市、区）导入。", 409)
            raise refuse("acts.document_elsewhere", f"这份文件已属于计划{known.plan}。", 409, plan=known.plan)
        if known.set_aside_at:
            known.set_aside_by, known.set_aside_at = "", None
            known.save(update_fields=["set_aside_by", "set_aside_at"])
        if not known.reading:  # so far it was kept only for who answers for what
            known.reading = _written(read(document))
            known.save(update_fields=["reading"])
        if not known.title:  # kept before titles were
            known.title = document.called[:200]
            known.save(update_fields=["title"])
        return known, document.findings
    reading = read(document)
    row = DocumentRow.objects.create(
        sha256=document.sha256,
        plan=plan,
        name=name[:200],
        title=document.called[:200],
        content=content,
        text=document.text,
        reading=_written(reading),
        review="{}",
        uploaded_by=context.actor.account,
        uploaded_at=context.now,
    )
    return row, reading.findings


@act
def keep_for_year(
    context: Context, county: str, year: int, name: str, content: bytes
) -> tuple[DocumentRow, tuple[Finding, ...]]:
    """Keep a document for the plan of a year; a county's first one of that year begins the plan, under its own title.

    Args:
        county: the county's name.

    Raises:
        Refused: as ``create_plan`` and ``keep_document``; then no plan was begun either.
    """
    plan = NewPlan(context.county, county, year, "")
    if find(f"plan:{plan.id}") is None:
        title = load(content, name).called[:80] or f"{county}{year}年重点任务"
        create_plan(context, dataclasses.replace(plan, title=title))
    return keep_document(context, plan.id, name, content)


def _written(reading: Reading) -> str:
    covered = coverage(reading)
    return orjson.dumps({
        "proposals": [dataclasses.asdict(proposal) for proposal in proposals_of(reading)],
        "coverage": {"total": covered.total, "counts": covered.counts},
    }).decode()  # fmt: skip


def stored_proposals(row: DocumentRow) -> list[Proposal]:
    """The proposals kept with a document."""
    return list(proposals_in(row.reading))


@lru_cache(maxsize=8)
def proposals_in(reading: str) -> tuple[Proposal, ...]:
    """The proposals in what is kept of a reading; remembered, since a person reviews hundreds of one document."""
    return tuple(proposal_of(data) for data in _kept(reading).get("proposals", ()))


@lru_cache(maxsize=8)
def coverage_in(reading: str) -> TextCoverage | None:
    """What the characters of the document belong to; None when it was read before that was kept."""
    found = _kept(reading).get("coverage")
    return TextCoverage(found["total"], tuple((name, count) for name, count in found["counts"]), ()) if found else None


def _kept(reading: str) -> dict[str, Any]:
    """What is kept of a reading; the first ones held the proposals alone."""
    found = orjson.loads(reading or "[]")
    return found if isinstance(found, dict) else {"proposals": found}
