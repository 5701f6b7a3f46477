"""检索."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.store.queries.search import SHORTEST, search
from luoshi.web.address import address, entry_address
from luoshi.web.desk import desk
from luoshi.web.environment import may_enter


def find(request: HttpRequest) -> HttpResponse:
    """What was found in everything the reader may see."""
    reader = desk(request)
    written, only = request.GET.get("q", "").strip(), request.GET.get("list", "")
    found = search(reader, written, only)
    for group in found["groups"]:
        group["href"] = f"{address('search')}?{urlencode({'q': written, 'list': group['name']})}"
        for row in group["rows"]:
            row["href"] = entry_address(row["id"])
    for row in found["documents"]:
        row["href"] = address("document", row["id"]) if may_enter(reader, "reading") else ""
    values = {
        "section": "search",
        "title": f"检索：{written}" if written else "检索",
        "q": written,
        "only": only,
        "shortest": SHORTEST,
        "back": f"{address('search')}?{urlencode({'q': written})}",
    }
    return render(request, "luoshi/search.html", {**found, **values})
