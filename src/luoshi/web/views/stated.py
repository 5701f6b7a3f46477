"""从文字填入: a month's text becomes cells of the draft, each taken over by a person; supervisors read it for all units."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.save_draft import save_draft
from luoshi.document.load import load
from luoshi.document.model import Document
from luoshi.people.role import Role
from luoshi.store.queries import sheet as sheets
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import blank
from luoshi.terms.finding import has_errors
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web import stated
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of, refuse_if, require_choice
from luoshi.web.views.reading import uploaded
from luoshi.web.views.report import month_of

LONGEST = 200_000
"""Characters of a pasted text; a county's whole bulletin has some 20,000."""


def unit_text(request: HttpRequest, body: str, period: str) -> HttpResponse:
    """A unit's text beside its own commitments; what is taken over goes into the month's draft."""
    reader, month = desk(request), month_of(period)
    if body not in {code for code, _ in sheets.bodies(reader)}:
        raise Refused(Refusal("web.not_visible", "您不能查看其他单位的填报表。", 403))
    found = sheets.sheet(reader, body, month)
    rows = {row["id"]: row for row in found["rows"] if not row["locked"]}
    back = address("report-sheet", body, period)
    if request.method == "POST" and request.POST.get("do") == "take":
        try:
            count = _take(request, reader, (body, month), rows)
        except Refused as refused:
            return _page(request, reader, month, rows, {"back": back, "body": found["body"]}, refused.refusal)
        messages.success(request, f"已填入{count}项的草稿，尚未提交，请核对。")
        return redirect(back)
    is_mine = body in reader.bodies_as(Role.DESK_OFFICER) and bool(rows)
    values = {"back": back, "body": found["body"], "editable": is_mine}
    own = rows if is_mine else {row["id"]: row for row in found["rows"]}
    return _page(request, reader, month, own, values)


def all_text(request: HttpRequest) -> HttpResponse:
    """A text beside the commitments of all units, for those who read everything; nothing is filled in here."""
    reader = desk(request)
    if not reader.actor.reads_everything:
        raise Refused(Refusal("web.not_visible", "您不能查看其他单位的填报表。", 403))
    if reader.period is None:
        raise Refused(Refusal("web.no_month", "还没有开放填报的月份，开启月度窗口后再从文字填入。", 409))
    return _page(request, reader, reader.period, None, {"back": address("review"), "body": "各单位"})


def _take(request: HttpRequest, reader: Desk, sheet: tuple[str, Period], rows: dict[str, dict[str, Any]]) -> int:
    body, month = sheet
    typed, errors = stated.taken(request.POST, rows)
    refuse_if(errors)
    require_choice(list(typed), "进展，并指定对应的事项")
    save_draft(context(request), reader.plan_id, month, body, typed)
    return len(typed)


def _page(
    request: HttpRequest,
    reader: Desk,
    month: Period,
    rows: dict[str, dict[str, Any]] | None,
    values: dict[str, Any],
    refusal: Refusal | None = None,
) -> HttpResponse:
    text, lines = request.POST.get("text", "")[:LONGEST], []
    unread: tuple[list[str], int] = ([], 0)
    if request.method == "POST":
        try:
            document = _document(request, text)
            text = document.text
            lines = stated.proposals(reader, document, month, rows)
            unread = stated.unread(document, lines)
            stated.lay_over(lines, request.POST)
        except Refused as refused:
            refusal = refusal or refused.refusal
    for line in lines:
        for candidate in line["candidates"]:
            candidate["href"] = entry_address(candidate["id"])
    page = {
        "section": "report",
        "title": f"{values['body']}{month.label}从文字填入",
        "period": month.label,
        "text": text,
        "lines": lines,
        "unread": unread[0],
        "more_unread": unread[1],
        "was_read": request.method == "POST" and not (refusal and not lines),
        "editable": values.get("editable", refusal is not None and rows is not None),
        "file": blank("file", "或者选择文件", "evidence"),
        "action": request.path,
        "errors": errors_of(refusal),
        "refusal": refusal,
        **values,
    }
    return render(request, "luoshi/stated.html", page, status=refusal.status if refusal else 200)


def _document(request: HttpRequest, text: str) -> Document:
    """The document of an uploaded file, else of the pasted words.

    Raises:
        Refused: neither, or no text can be read.
    """
    if request.FILES.get("file"):
        name, content = uploaded(request)
    elif text.strip():
        name, content = "粘贴的文字.txt", text.encode(errors="replace")
    else:
        raise Refused(
            Refusal(
                "web.no_text", "请粘贴文字或选择文件。", 422, errors=(FieldError("text", "请粘贴文字或选择文件。"),)
            )
        )
    document = load(content, name)
    if has_errors(document.findings):
        errors = tuple(FieldError("file", finding.message + finding.hint) for finding in document.findings)
        raise Refused(Refusal("web.unreadable_text", errors[0].message, 422, errors=errors))
    return document
