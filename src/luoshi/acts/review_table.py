"""分解表复核: a decomposition is taken in, and what a person decides about its rows is kept until it is confirmed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from luoshi.acts.assignment_proposal import BodyRole, RowChoice, TableReview
from luoshi.acts.context import Context, act, refuse
from luoshi.acts.responsibility_row import PlannedStep, from_plain, responsibility_rows, to_plain
from luoshi.document.load import load
from luoshi.lists.entry import county_of
from luoshi.people.role import Role
from luoshi.store.entries import find
from luoshi.store.models import DocumentRow, Draft
from luoshi.terms.finding import Finding, has_errors
from luoshi.terms.refusal import FieldError, Refusal, Refused


@act
def keep_table(context: Context, plan: str, name: str, content: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Keep a file that says who answers for what, with its rows; a file kept before keeps what was decided about it.

    Returns:
        The file's hash, by which its review is found, and what was not understood.

    Raises:
        Refused: the actor is no supervisor, the plan is unknown, no text can be read, or no row says who answers.
    """
    _require_supervisor(context, plan)
    head = find(f"plan:{plan}")
    if head is None:
        raise refuse("acts.no_plan", "没有这一计划，请先建立计划。", 404, plan=plan)
    document = load(content, name)
    if has_errors(document.findings):
        errors = tuple(FieldError("file", finding.message + finding.hint) for finding in document.findings)
        raise Refused(Refusal("acts.unreadable_document", errors[0].message, 422, errors=errors))
    rows, findings = responsibility_rows(document, int(str(head["year"])))
    if not rows:
        message = "文件里没有找到责任分工：既没有列出任务和单位的表格，也没有“（牵头单位：……）”这样的文字。"
        raise Refused(Refusal("acts.no_responsibilities", message, 422, errors=(FieldError("file", message),)))
    known = DocumentRow.objects.filter(sha256=document.sha256).first()
    if known is None:
        DocumentRow.objects.create(
            sha256=document.sha256, plan=plan, name=name[:200], title=document.called[:200], content=content,
            text=document.text, reading="", review="{}", uploaded_by=context.actor.account, uploaded_at=context.now,
        )  # fmt: skip
    elif known.plan != plan:
        if county_of(known.plan) != context.county:
            raise refuse("acts.document_elsewhere", "这份文件已由其他县（市、区）导入。", 409)
        raise refuse("acts.document_elsewhere", f"这份文件已属于计划{known.plan}。", 409, plan=known.plan)
    fresh = {"content": "{}", "saved_by": context.actor.account, "saved_at": context.now}
    draft, _ = Draft.objects.select_for_update().get_or_create(
        sheet=_sheet(plan, document.sha256), body="", defaults=fresh
    )
    kept = orjson.loads(draft.content)
    _save(context, draft, {**kept, "rows": to_plain(rows)})
    return document.sha256, tuple(findings)


@act
def decide_rows(
    context: Context,
    plan: str,
    document: str,
    choices: Mapping[str, RowChoice],
    names: Mapping[str, str] | None = None,
    aliases: Iterable[str] | None = None,
) -> TableReview:
    """Keep what a person chose for rows and for names the roster does not know.

    Args:
        choices: by the row's key; laid over what was chosen before.
        names: codes by written name; None leaves them, an empty code takes a decision back.
        aliases: the names to be kept as aliases; None leaves them.

    Raises:
        Refused: the actor is no supervisor, or there is no such review.
    """
    _require_supervisor(context, plan)
    draft = Draft.objects.select_for_update().filter(sheet=_sheet(plan, document), body="").first()
    if draft is None:
        raise refuse("acts.unknown_document", "没有这份文件。", 404)
    kept = orjson.loads(draft.content)
    keys = {row["key"] for row in kept["rows"]}
    chosen = {key: dataclasses.asdict(choice) for key, choice in choices.items() if key in keys}
    kept["choices"] = {**kept.get("choices", {}), **chosen}
    if names is not None:
        kept["names"] = {name: code for name, code in {**kept.get("names", {}), **names}.items() if code}
    if aliases is not None:
        kept["aliases"] = sorted(set(aliases))
    _save(context, draft, kept)
    return _review(kept)


def table_review(plan: str, document: str) -> TableReview | None:
    """The rows of a document and what was decided about them; None when it was never taken in."""
    draft = Draft.objects.filter(sheet=_sheet(plan, document), body="").first()
    return _review(orjson.loads(draft.content)) if draft else None


def require_unsaved(context: Context, plan: str, document: str, seen: str) -> None:
    """Refuse choices made on a page that shows less than somebody else has saved since.

    Args:
        seen: what ``saved_mark`` gave when the page was shown.

    Raises:
        Refused: 409.
    """
    draft = Draft.objects.filter(sheet=_sheet(plan, document), body="").first()
    if draft and seen != _mark(draft) and draft.saved_by != context.actor.account:
        message = "其他人刚保存过这份分解表，您这一页的选择没有保存；现在的样子已经显示出来，请对照后再选。"
        raise refuse("acts.changed_meanwhile", message, 409)


def saved_mark(plan: str, document: str) -> str:
    """What tells one saving of a review from the next."""
    draft = Draft.objects.filter(sheet=_sheet(plan, document), body="").first()
    return _mark(draft) if draft else ""


def _mark(draft: Draft) -> str:
    return f"{draft.saved_at.isoformat()} {draft.saved_by}"


def reviewed_tables(plan: str) -> list[str]:
    """The hashes of the documents whose responsibilities were taken in."""
    start = _sheet(plan, "")
    sheets = (
        Draft.objects.filter(sheet__startswith=start, body="").order_by("-saved_at").values_list("sheet", flat=True)
    )
    return [sheet.removeprefix(start) for sheet in sheets]


def _review(kept: Mapping[str, Any]) -> TableReview:
    aliases = frozenset(kept.get("aliases", ()))
    choices = {key: _choice(data) for key, data in kept.get("choices", {}).items()}
    return TableReview(tuple(map(from_plain, kept["rows"])), choices, kept.get("names", {}), aliases)


def _choice(data: Mapping[str, Any]) -> RowChoice:
    bodies, steps = data["bodies"], data["steps"]
    return RowChoice(**{
        **data,
        "bodies": None if bodies is None else tuple(BodyRole(**body) for body in bodies),
        "steps": None if steps is None else tuple(PlannedStep(**step) for step in steps),
    })  # fmt: skip


def _save(context: Context, draft: Draft, content: Mapping[str, Any]) -> None:
    draft.content = orjson.dumps(content).decode()
    draft.saved_by, draft.saved_at = context.actor.account, context.now
    draft.save()


def _sheet(plan: str, document: str) -> str:
    return f"assign:{plan}:{document}"


def _require_supervisor(context: Context, plan: str) -> None:
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.not_supervisor", "只有督查室可以从分解表指派。", 403)
    if county_of(plan) != context.county:
        raise refuse("acts.no_plan", "没有这一计划，请先建立计划。", 404, plan=plan)
