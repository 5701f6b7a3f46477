"""任务: the index of the document's tasks, and one task."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.store.queries.make_up import make_up
from luoshi.store.queries.overview import task_map
from luoshi.store.queries.task import TABS, task_page
from luoshi.web.address import address, entry_address
from luoshi.web.desk import desk
from luoshi.web.views.overview import past_of, task_address


def tasks(request: HttpRequest) -> HttpResponse:
    """All tasks by area, with lead body and light."""
    reader = desk(request)
    found = task_map(reader)
    for area in found["areas"]:
        for cell in area["cells"]:
            cell["href"] = task_address(cell, reader)
    values: dict[str, Any] = {
        "section": "tasks",
        "title": "重点任务",
        "areas": found["areas"],
        "counted": found["counted"],
    }
    values["assigns"], values["make_up"] = reader.is_supervisor, make_up(reader).sentence
    return render(request, "luoshi/tasks.html", {**values, "month": reader.period.label if reader.period else ""})


def task(request: HttpRequest, key: str) -> HttpResponse:
    """One task: its words, its commitments, its history."""
    reader = desk(request)
    tab = request.GET.get("tab", "history")
    found = task_page(reader, key, tab if tab in dict(TABS) else "history")
    if found is None:
        raise Http404
    _address(found, past_of(reader))
    number = found["task"]["number"]
    title = f"第{number}项　{found['task']['name']}" if number else found["task"]["name"]
    return render(request, "luoshi/task.html", {**found, "section": "tasks", "title": title})


def _address(found: dict[str, Any], past: str) -> None:
    own = found["task"]
    here = address("task", own["number"] or own["id"])
    own["href"] = entry_address(own["id"]) if own["seen"] else ""
    for side in ("previous", "next"):
        own[side] = address("task", own[side]) + past if own[side] else ""
    for row in found["rows"]:
        row["href"] = entry_address(row["id"]) + past if row["seen"] else ""
        row["why"] = f"{row['href']}#why" if row["rated"] and row["seen"] else ""
    for tab in found["tabs"]:
        tab["href"] = f"{here}{past}{'&' if past else '?'}tab={tab['key']}#tabs"
    page = "evidence" if found["tab"] == "evidence" else "entry"
    for line in found["lines"]:
        if "id" in line:
            line["href"] = address(page, line["id"])
