"""晾晒."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.store.queries.league_page import league_page
from luoshi.web.address import entry_address
from luoshi.web.desk import desk


def league(request: HttpRequest) -> HttpResponse:
    """The league table of the month."""
    found = league_page(desk(request), request.GET.get("league", ""))
    for row in found["rows"]:
        row["href"] = entry_address(row["entry"])
        for trace in row["traces"]:
            for item in trace["inputs"]:
                item["href"] = entry_address(item["entry"])
                item["origin"] = item["origin"] or ("条目" if item["entry"] else "")
    return render(request, "luoshi/league.html", {**found, "section": "league"})
