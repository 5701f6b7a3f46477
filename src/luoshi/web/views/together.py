"""一起办理: one move on the entries chosen in a list, shown once more before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.move_entries import Chosen, move_entries
from luoshi.people.actor import no_right
from luoshi.store.own_acts import can_be_made_together
from luoshi.store.queries import listing
from luoshi.store.queries.entry_page import COMPUTED
from luoshi.store.queries.form_field import blank, form_field
from luoshi.terms.refusal import Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of, kept, require_choice, typed_of
from luoshi.web.paging import whole_number


def move_many(request: HttpRequest, name: str, move: str) -> HttpResponse:
    """The form of a move on the chosen entries; posted, it is made on all of them or on none."""
    definition = listing.definition_named(name)
    wanted = definition.moves.get(move)
    if wanted is None or not can_be_made_together(definition, wanted):
        raise Http404
    reader = desk(request)
    if move not in {item["move"] for item in listing.together(reader, definition)}:
        raise Refused(no_right(wanted.label, wanted.by, f"《{definition.label}》"))
    named = (request.POST if request.method == "POST" else request.GET).getlist("entry")
    chosen = [_chosen(text) for text in named]
    require_choice([item.entry for item in chosen], "条目")
    refusal = None
    if request.method == "POST":
        try:
            given = typed_of(request.POST, definition.fields, wanted.sets)
            typed = {
                field: value for field, value in given.items() if value not in ("", [])
            }  # empty ones stay as they are
            after = move_entries(context(request), name, move, chosen, typed, request.POST.get("reason", ""))
            messages.success(request, f"已把{len(after)}条办理“{wanted.label}”。")
            return redirect("list", name)
        except Refused as refused:
            refusal = refused.refusal
    fields = [
        form_field(reader, definition.fields[field], "", field in wanted.needs)
        for field in wanted.sets
        if field not in COMPUTED
    ]
    if wanted.reason:
        fields.append({**blank("reason", "理由", "long_text"), "needed": True})
    errors = errors_of(refusal)
    rows = _rows(listing.named(reader, definition, [item.entry for item in chosen]), chosen, errors)
    values = {
        "section": "lists",
        "title": f"{wanted.label}：{len(rows)}条",
        "action": f"把这{len(rows)}条{wanted.label}",
        "refusal": refusal,
        "errors": errors,
        "fields": kept(fields, request.POST if request.method == "POST" else None),
        "rows": rows,
        "back": address("list", name),
        "trail": [("清单", address("lists")), (definition.label, address("list", name)), (wanted.label, None)],
    }
    return render(request, "luoshi/together.html", values, status=refusal.status if refusal else 200)


def _chosen(text: str) -> Chosen:
    """``problem:330624-2023:0007|3``: an entry at the version it was seen at."""
    entry, _, version = text.rpartition("|")
    return Chosen(entry, whole_number(version)) if entry else Chosen(text)


def _rows(
    known: Mapping[str, Mapping[str, Any]], chosen: list[Chosen], errors: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The chosen entries that the reader may see, with what hinders each."""
    return [
        {
            **known[item.entry],
            "value": f"{item.entry}|{known[item.entry]['version']}",
            "href": entry_address(item.entry),
            "error": errors.get(item.entry, ""),
        }
        for item in chosen
        if item.entry in known
    ]
