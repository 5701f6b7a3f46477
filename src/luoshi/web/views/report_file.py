"""用表格填报: a unit's month as a workbook that is downloaded, filled, checked and laid into the draft."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.acts.report_workbook import DraftImport, import_reports, report_workbook
from luoshi.store.queries import sheet as sheets
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import blank
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address
from luoshi.web.desk import context, desk, turn_to
from luoshi.web.form import errors_of
from luoshi.web.table_file import XLSX, attachment
from luoshi.web.views.list_sheet import SHOWN, uploaded
from luoshi.web.views.report import month_of


def _found(request: HttpRequest, body: str, period: str) -> tuple[Desk, Period, dict[str, Any]]:
    month = month_of(period)
    reader = turn_to(request, f"{desk(request).county}-{month.start.year}")
    if body not in {code for code, _ in sheets.bodies(reader)}:
        raise Refused(Refusal("web.not_visible", "您不能查看其他单位的填报表。", 403))
    return reader, month, sheets.sheet(reader, body, month)


def template(request: HttpRequest, body: str, period: str) -> HttpResponse:
    """The workbook of a unit's month, filled with what stands on its page."""
    _, _, found = _found(request, body, period)
    return attachment(report_workbook(found), f"{found['body']}{found['period']}填报表.xlsx", XLSX)


def page(request: HttpRequest, body: str, period: str) -> HttpResponse:
    """What to do, and what came of it: counted when it fits, every bad cell named when it does not."""
    reader, month, found = _found(request, body, period)
    refusal, done = None, None
    is_check = "check" in request.POST
    if request.method == "POST":
        try:
            content = uploaded(request)
            done = import_reports(context(request), reader.plan_id, month, found, content, dry_run=is_check)
        except Refused as refused:
            refusal = refused.refusal
    errors = refusal.errors if refusal else ()
    back = address("report-sheet", body, period)
    values = {
        "section": "report",
        "title": f"{found['body']}{found['period']}：用表格填报",
        "refusal": Refusal(refusal.id, refusal.message, refusal.status, refusal.basis, errors[:SHOWN])
        if refusal
        else None,
        "more": max(0, len(errors) - SHOWN),
        "errors": errors_of(refusal),
        "fields": [{**blank("file", "填好的表格", "evidence"), "needed": True}],
        "done": _said(done, is_check=is_check) if done else "",
        "notes": done.notes if done else (),
        "template": address("report-xlsx", body, period),
        "back": back,
        "trail": [("填报", address("report")), (f"{found['body']}{found['period']}", back), ("用表格填报", None)],
    }
    return render(request, "luoshi/report_file.html", values, status=refusal.status if refusal else 200)


def _said(done: DraftImport, *, is_check: bool) -> str:
    same = f"，另有{done.unchanged}项没有改动" if done.unchanged else ""
    if is_check:
        return f"检查通过：导入后草稿将改动{done.changed}项{same}。现在还没有导入。"
    return f"已导入草稿{done.changed}项{same}，尚未提交。"
