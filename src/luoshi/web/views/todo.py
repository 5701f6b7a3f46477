"""我的待办."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.store.queries.todo import notices
from luoshi.store.queries.todo import todo as query
from luoshi.web.address import address
from luoshi.web.desk import desk


def todo(request: HttpRequest) -> HttpResponse:
    """What waits for the reader."""
    groups, told = query(desk(request)), notices(desk(request))
    for notice in told:
        notice["href"] = address(*notice["target"])
    for group in groups:
        for line in group["lines"]:
            line["href"] = address(*line["target"])
    total = sum(group["total"] for group in groups)
    late = sum(1 for group in groups for line in group["lines"] if line["late"])
    summary = f"共{total}件" + (f"，其中{late}件已过期限" if late else "") if total else "没有待办"
    values = {"section": "todo", "title": "我的待办", "groups": groups, "notices": told, "summary": summary}
    return render(request, "luoshi/todo.html", values)
