"""用表格填报: a unit's month as a workbook that is downloaded, filled, checked and laid into the draft."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.acts.import_reports import CrossedCell, DraftImport, SheetAsked, Wish, import_reports, take_filled
from luoshi.acts.report_workbook import CELLS, report_workbook
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
    asked = SheetAsked(reader.plan_id, month, body, lambda: sheets.sheet(reader, body, month))
    refusal: Refusal | None = None
    done: DraftImport | None = None
    crossed: Sequence[CrossedCell] = ()
    wish = Wish(dry_run="check" in request.POST, take_good="take_good" in request.POST)
    if request.method == "POST":
        try:
            if "choose" in request.POST:
                crossed = take_filled(context(request), asked, chosen_cells(request))
                messages.success(request, "所选的格已改为表格里填的，尚未提交。")
            else:
                done = import_reports(context(request), asked, uploaded(request), wish)
                crossed = done.crossed
        except Refused as refused:
            refusal = refused.refusal
    back = address("report-sheet", body, period)
    values = {
        "section": "report",
        "title": f"{found['body']}{found['period']}：用表格填报",
        "errors": errors_of(refusal),
        "fields": [{**blank("file", "填好的表格", "evidence"), "needed": True}],
        "done": said_cells(done, wish, "草稿") if done else "",
        "template": address("report-xlsx", body, period),
        "back": back,
        "trail": [("填报", address("report")), (f"{found['body']}{found['period']}", back), ("用表格填报", None)],
    }
    values |= outcome(refusal, done, crossed)
    return render(request, "luoshi/report_file.html", values, status=refusal.status if refusal else 200)


def outcome(refusal: Refusal | None, done: DraftImport | None, crossed: Sequence[CrossedCell] = ()) -> dict[str, Any]:
    """What came of an import, cell by cell, as the pages of workbooks show it; no more than a page can hold."""
    errors = refusal.errors if refusal else done.wrong if done else ()
    told = Refusal(refusal.id, refusal.message, refusal.status, refusal.basis, errors[:SHOWN]) if refusal else None
    return {
        "refusal": told,
        "more": max(0, len(errors) - SHOWN),
        "wrong": [error.message for error in errors[:SHOWN]] if done else [],
        "notes": done.notes[:SHOWN] if done else (),
        "missing": done.missing[:SHOWN] if done else (),
        "crossed": [
            {**asdict(one), "label": _CELL_LABELS[one.cell], "value": json.dumps(asdict(one), ensure_ascii=False)}
            for one in crossed[:SHOWN]
        ],
    }


_CELL_LABELS = {each.name: each.label for each in CELLS}


def chosen_cells(request: HttpRequest) -> list[CrossedCell]:
    """The cells in which the workbook's words were chosen; what no page of ours sends is left out."""
    found = []
    for written in request.POST.getlist("take"):
        try:
            read = json.loads(written)
            found.append(CrossedCell(**{name: str(text) for name, text in read.items()}))
        except (ValueError, TypeError, AttributeError):
            continue
    if not found:
        raise Refused(Refusal("web.nothing_chosen", "没有选中要改的格，没有改动。", 422))
    return found


def said_cells(done: DraftImport, wish: Wish, where: str) -> str:
    """What came of an import, or would, in one sentence."""
    same = f"，另有{done.unchanged}项没有改动" if done.unchanged else ""
    wrong = f"；有{len(done.wrong)}格不对，不导入" if done.wrong else ""
    crossed = f"；有{len(done.crossed)}格与现在的内容冲突，不动，见下表" if done.crossed else ""
    more = "" if len(done.crossed) <= SHOWN else f"（只列出前{SHOWN}格）"
    crossed += more
    if not done.changed:
        return f"表格没有带来可以导入的改动{wrong}{crossed}。"
    if wish.dry_run:
        return f"检查完毕：导入后{where}将改动{done.changed}项{same}{wrong}{crossed}。现在还没有导入。"
    return f"已导入{where}{done.changed}项{same}{wrong}{crossed}，尚未提交。"
