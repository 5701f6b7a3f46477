"""投票: the page on which a ballot of a sealed vote is marked and cast."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.sealed_vote import cast_ballot
from luoshi.store.queries.ballot_page import ballot_page
from luoshi.store.queries.entry_page import entry_named
from luoshi.terms.refusal import Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk, turn_to


def ballot(request: HttpRequest, identity: str) -> HttpResponse:
    """Show the ballot, or cast it; a refusal comes back with everything marked."""
    held = entry_named(desk(request), identity)
    reader = turn_to(request, held.plan)
    marked, refusal = request.POST.getlist("marks"), None
    if request.method == "POST":
        try:
            cast_ballot(context(request), identity, marked, is_meant=request.POST.get("meant") == "yes")
            messages.success(request, "表决票已投出。")
            return redirect("ballot", identity)
        except Refused as refused:
            refusal = refused.refusal
    found = ballot_page(reader, held)
    for choice in found["choices"]:
        choice |= {"marked": choice["name"] in marked, "href": entry_address(choice["entry"])}
    trail = [
        (found["list_label"], address("list", held.list)),
        (found["title"], entry_address(identity)),
        ("投票", None),
    ]
    values = {"section": "lists", "refusal": refusal, "trail": [("清单", address("lists")), *trail]}
    return render(request, "luoshi/ballot.html", {**found, **values}, status=refusal.status if refusal else 200)
