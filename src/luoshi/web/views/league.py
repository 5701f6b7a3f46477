"""晾晒."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.store.queries.league_page import league_page
from luoshi.store.queries.sight import openable
from luoshi.web.address import entry_address
from luoshi.web.desk import desk


def league(request: HttpRequest) -> HttpResponse:
    """The league table of the month."""
    reader = desk(request)
    found = league_page(reader, request.GET.get("league", ""))
    inputs = [item for row in found["rows"] for trace in row["traces"] for item in trace["inputs"]]
    may_open = openable(reader, [one["entry"] for one in (*found["rows"], *inputs)])
    for one in (*found["rows"], *inputs):
        one["href"] = entry_address(one["entry"]) if one["entry"] in may_open else ""
    for item in inputs:
        item["origin"] = item["origin"] or ("条目" if item["entry"] else "")
    return render(request, "luoshi/league.html", {**found, "section": "league"})
