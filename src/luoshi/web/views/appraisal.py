"""考核: the bodies' points, one body's sheet, and the table as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.store.queries import appraisal_page
from luoshi.store.queries.sight import openable
from luoshi.web.address import address, entry_address
from luoshi.web.desk import desk
from luoshi.web.table_file import xlsx_file
from luoshi.web.views.overview import past_of


def appraisal(request: HttpRequest) -> HttpResponse:
    """The points of all bodies, or of the reader's own."""
    reader = desk(request)
    found = appraisal_page.appraisal_page(reader, request.GET.get("league", ""))
    past = past_of(reader)
    for row in found["rows"]:
        row["href"] = address("appraisal-sheet", row["key"]) + past
    values = {"section": "league", "file": address("appraisal-file") + past, "trail": _trail(found["title"])}
    return render(request, "luoshi/appraisal.html", {**found, **values})


def workbook(request: HttpRequest) -> HttpResponse:
    """The table as a workbook."""
    found = appraisal_page.appraisal_page(desk(request), request.GET.get("league", ""))
    heads, lines = appraisal_page.lines(found) if found["rows"] else (["名次", "单位", "得分"], [])
    figures = [at for at, head in enumerate(heads) if head not in {"单位", "加减分"}]
    return xlsx_file(f"{found['title']}{found['period']}", heads, lines, figures)


def sheet(request: HttpRequest, body: str) -> HttpResponse:
    """One body's sheet."""
    reader = desk(request)
    found = appraisal_page.sheet(reader, body, request.GET.get("league", ""))
    inputs = [item for each in found["items"] for item in each["inputs"]]
    may_open = openable(reader, [item["entry"] for item in inputs])
    for item in inputs:
        item["href"] = entry_address(item["entry"]) if item["entry"] in may_open else ""
    trail = [*_trail("单位考核", address("appraisal") + past_of(reader)), (found["body"], None)]
    return render(request, "luoshi/appraisal_sheet.html", {**found, "section": "league", "trail": trail})


def _trail(title: str, href: str | None = None) -> list[tuple[str, Any]]:
    return [("晾晒", address("league")), (title, href)]
