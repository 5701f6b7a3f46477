"""总览, 挂图."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.store.queries.desk import Desk
from luoshi.store.queries.make_up import make_up
from luoshi.store.queries.overview import overview as query
from luoshi.store.queries.remembered import remembered
from luoshi.terms.period import Period
from luoshi.web.address import address, entry_address
from luoshi.web.desk import desk
from luoshi.web.environment import may_enter


def past_of(reader: Desk) -> str:
    """The part of an address that keeps to a past month."""
    return f"?period={reader.period}" if reader.is_past else ""


def task_address(task: dict[str, Any], reader: Desk) -> str:
    """The page of a task, at the month the reader looks at."""
    return address("task", task["number"] or task["id"]) + past_of(reader)


def overview(request: HttpRequest) -> HttpResponse:
    """The first page: where the plan stands this month."""
    reader = desk(request)
    found = _addressed(reader, remembered(reader, "overview", query))
    title = f"总览：{reader.period.label}" if reader.period else "总览"
    found["reading_href"] = address("reading") if may_enter(reader, "reading") else ""
    found["make_up"] = make_up(reader).sentence
    found["unfinished"] = _unfinished(reader, found["lights"])
    return render(
        request,
        "luoshi/overview.html",
        {**found, "section": "overview", "title": title, "period_query": past_of(reader)},
    )


def _unfinished(reader: Desk, lights: list[dict[str, Any]]) -> dict[str, str] | None:
    """While most of an open month is grey: why, and where the last closed one is."""
    period = reader.period
    grey = sum(light["count"] for light in lights if light["colour"] == "grey")
    if period is None or reader.open_period != period or grey * 2 <= sum(light["count"] for light in lights):
        return None
    closed = reader.plan["closed_period"] if reader.plan else None
    return {
        "text": f"{period.label}正在填报和审核，{grey}项还没有采信的数据，先亮灰灯。",
        "href": f"?period={closed}" if closed else "",
        "label": f"看{Period.parse(str(closed)).label}已结账的情况" if closed else "",
    }


def wall(request: HttpRequest) -> HttpResponse:
    """The wall chart: the same map, on A3."""
    reader = desk(request)
    found = _addressed(reader, remembered(reader, "overview", query))
    title = f"{reader.plan['title']}挂图作战" if reader.plan else "挂图作战"
    period = f"截至{reader.period.label}" if reader.period else ""
    return render(
        request, "luoshi/wall.html", {**found, "section": "tasks", "title": title, "period": period, "wall": True}
    )


def _addressed(reader: Desk, found: dict[str, Any]) -> dict[str, Any]:
    month = {"period": str(reader.period)} if reader.is_past else {}
    everything = address("commitments")
    for light in found["lights"]:
        light["href"] = f"{everything}?{urlencode({**month, 'light': light['key']})}"
    better = ",".join(light["key"] for light in found["lights"] if light["colour"] in {"blue", "green"})
    for area in found["areas"]:
        area["href"] = f"{everything}?{urlencode({**month, 'area': area['name']})}"
        area["on_href"] = f"{everything}?{urlencode({**month, 'area': area['name'], 'light': better})}"
        for cell in area["cells"]:
            cell["href"] = task_address(cell, reader)
    for item in found["look"]:
        item["href"] = entry_address(item["entry"]) + past_of(reader) if item["entry"] else address("review")
    more, own = found["more"], {"own": "1"} if found["more"]["own"] else {}
    more["href"] = f"{everything}?{urlencode({**month, **own, 'light': ','.join(more['colours'])})}"
    more["stuck_href"] = address("review")
    if found["arrival"]:
        found["arrival"]["href"] = address("review") if may_enter(reader, "review") else ""
    if not found["areas"]:
        found["lights"] = []
    return found
