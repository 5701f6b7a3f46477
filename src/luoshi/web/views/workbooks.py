"""用表格办理: what the supervision office can do with workbooks, on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.web.address import address
from luoshi.web.views.settings import supervisor, tabs


def workbooks(request: HttpRequest) -> HttpResponse:
    """The workbooks there are."""
    reader = supervisor(request)
    period = reader.open_period or reader.newest
    items = []
    if period:
        text = "下载全部单位的填报表，填好后检查、导入各单位的草稿，由各单位核对、提交。"
        items.append((f"{period.label}全部单位填报表", text, address("month-file", str(period))))
    if reader.plan_id:
        text = "把任务、目标、交办、进度、节点整个导出，在表格里改好再导入；改了哪几处，先看再办。"
        items.append(("整个计划", text, address("plan-file")))
        text = "一直用自己的电子表格台账的，上传后选定各栏是什么，逐行配到事项，导入各单位草稿。"
        items.append(("导入既有台账", text, address("ledgers")))
    values = {
        "section": "assign",
        "title": "用表格办理",
        "tab": "workbooks",
        "tabs": tabs("workbooks"),
        "items": [{"label": label, "text": text, "href": href} for label, text, href in items],
    }
    return render(request, "luoshi/workbooks.html", values)
