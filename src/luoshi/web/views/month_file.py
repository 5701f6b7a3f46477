"""全部单位用表格填报: the month's workbook of all units, for the supervision office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.acts.import_month import import_month
from luoshi.acts.import_reports import DraftImport, Wish
from luoshi.acts.report_workbook import report_workbook
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import blank
from luoshi.store.queries.month_sheet import month_sheet
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address
from luoshi.web.desk import context, desk, turn_to
from luoshi.web.form import errors_of
from luoshi.web.table_file import XLSX, attachment
from luoshi.web.views.list_sheet import uploaded
from luoshi.web.views.report import month_of
from luoshi.web.views.report_file import outcome, said_cells
from luoshi.web.views.settings import supervisor

_STEPS = (
    "下载全部单位的填报表：每行写明填报单位，已填有已提交的内容和上月的数；只填白底各栏。",
    "填好后上传。先只检查，没有问题再导入：内容进各单位的草稿，由各单位核对、提交、签发，不会直接采信。",
    "单位自己在草稿里填过的格不会被覆盖；已签发、已采信的事项不会被改动，要改请办理更正。",
)


def _asked(request: HttpRequest, period: str) -> tuple[Desk, Period]:
    supervisor(request)
    month = month_of(period)
    return turn_to(request, f"{desk(request).county}-{month.start.year}"), month


def template(request: HttpRequest, period: str) -> HttpResponse:
    """The workbook of all units for a month."""
    reader, month = _asked(request, period)
    return attachment(report_workbook(month_sheet(reader, month)), f"{month.label}全部单位填报表.xlsx", XLSX)


def page(request: HttpRequest, period: str) -> HttpResponse:
    """What to do, and what came of it."""
    reader, month = _asked(request, period)
    refusal: Refusal | None = None
    done: DraftImport | None = None
    wish = Wish(dry_run="check" in request.POST, take_good="take_good" in request.POST)
    if request.method == "POST":
        try:
            content = uploaded(request)
            done = import_month(
                context(request), reader.plan_id, month, lambda: month_sheet(reader, month), content, wish
            )
        except Refused as refused:
            refusal = refused.refusal
    values: dict[str, Any] = {
        "section": "assign",
        "title": f"全部单位{month.label}：用表格填报",
        "errors": errors_of(refusal),
        "fields": [{**blank("file", "填好的表格", "evidence"), "needed": True}],
        "done": said_cells(done, wish, "各单位草稿") if done else "",
        "template": address("month-xlsx", period),
        "steps": _STEPS,
        "back": address("workbooks"),
        "back_label": "回用表格办理",
        "may_take_good": True,
        "trail": [("计划设置", address("assign")), ("用表格办理", address("workbooks")), ("全部单位填报", None)],
    }
    values |= outcome(refusal, done, done.crossed if done else ())
    return render(request, "luoshi/workbook.html", values, status=refusal.status if refusal else 200)
