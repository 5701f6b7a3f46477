"""条目: one entry, why its light, moves, and opening a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from luoshi.acts.change_body import dissolve_body, rename_body
from luoshi.acts.handle_reports import correct_report
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.lists.definition import Definition
from luoshi.lists.entry import Entry
from luoshi.store import definitions
from luoshi.store.queries import history, lights, listing, wording
from luoshi.store.queries.ballot_page import is_open
from luoshi.store.queries.corrected import explained
from luoshi.store.queries.delegations import is_keeper
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.entry_page import entry_named, entry_page
from luoshi.store.queries.entry_then import HELD, KNOWN, entry_then
from luoshi.store.queries.form_field import form_field
from luoshi.store.queries.sight import openable
from luoshi.terms.period import Period
from luoshi.terms.quotation import quoted
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk, turn_to
from luoshi.web.files import uploads
from luoshi.web.form import errors_of, kept, typed_of
from luoshi.web.paging import whole_number
from luoshi.web.posted import posted_only
from luoshi.web.views.overview import past_of


def entry(request: HttpRequest, identity: str) -> HttpResponse:
    """One entry with everything about it."""
    held = entry_named(desk(request), identity)
    return _entry_page(request, turn_to(request, held.plan), held)


def _found(request: HttpRequest, reader: Desk, held: Entry) -> dict[str, Any]:
    """The entry as it stands, or as it was on the day asked for (``?day=2023-06-30&view=known``)."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return entry_page(reader, held)
    return entry_then(reader, held, day, HELD if request.GET.get("view") == HELD else KNOWN)


def _entry_page(
    request: HttpRequest, reader: Desk, held: Entry, refusal: Refusal | None = None, failed: str = ""
) -> HttpResponse:
    found = _found(request, reader, held)
    past = past_of(reader)
    own = found["entry"]
    own["task_href"] = address("task", own["task_number"]) + past if own["task_number"] else ""
    for item in found["fields"]:
        item["links"] = [
            (link["label"], address(link["kind"], link["id"]) if link["kind"] else "") for link in item["links"]
        ]
    for item in found["moves"]:
        item["action"] = address("move", held.id, item["name"])
        if item["name"] == failed:
            item |= {"open": True, "errors": errors_of(refusal), "fields": kept(item["fields"], request.POST)}
    for month in found["months"]:
        month["href"] = address("why", held.id, month["period"])
    if found["why"]:
        _address_why(reader, found["why"], held.id, str(reader.period))
        found["why"]["corrected"] = explained(reader, held, reader.period) if reader.period else ""
    if found["forecast"]:
        _address_inputs(reader, found["forecast"])
    if reader.is_past:
        found["moves"] = []
    values = {
        "section": "lists",
        "refusal": refusal,
        "trail": [("清单", address("lists")), (own["list_label"], address("list", held.list)), (found["title"], None)],
        "links": [] if found.get("then") else _links(reader, held),
        "today_href": address("entry", held.id),
        "unkept": [] if failed in {item["name"] for item in found["moves"]} else _unkept(request, held, failed),
        "asked": {"day": request.GET.get("day", ""), "latest": reader.today.isoformat()},
    }
    return render(request, "luoshi/entry.html", {**found, **values}, status=refusal.status if refusal else 200)


def _unkept(request: HttpRequest, held: Entry, failed: str) -> list[tuple[str, str]]:
    """What was typed into the form of a move that is no longer there, for whoever typed it to copy."""
    definition = definitions.version(held.definition)
    wanted = definition.moves.get(failed)
    if wanted is None:
        return []
    asked = [(name, definition.fields[name].label) for name in wanted.sets] + [("reason", "理由")]
    return [(label, "、".join(request.POST.getlist(name))) for name, label in asked if request.POST.get(name)]


def _address_why(reader: Desk, why: dict[str, Any], identity: str, period: str) -> None:
    why["href"] = address("why", identity, period)
    _address_inputs(reader, why)


def _address_inputs(reader: Desk, told: dict[str, Any]) -> None:
    may_open = openable(reader, [item["entry"] for item in told["inputs"]])
    for item in told["inputs"]:
        item["href"] = entry_address(item["entry"]) if item["entry"] in may_open else ""


def _links(reader: Desk, held: Entry) -> list[tuple[str, str]]:
    links = []
    if held.list == "task" and held["kind"] == "task":
        links.append(("看这项任务", address("task", str(held["task_number"] or held.id))))
    if held.list in {"target", "task"} and reader.is_supervisor and held.state == "assigned" and not reader.is_past:
        links.append(("下发督办单", f"{address('supervision-new')}?entry={held.id}"))
    if is_open(definitions.version(held.definition), held) and not reader.is_past:
        links.append(("投票", address("ballot", held.id)))
    if held.list == "escalation" and openable(reader, [str(held["subject"])]):
        links.append((f"看{quoted(str(held['text']))}", entry_address(str(held["subject"]))))
    if held.list == "post" and held.state == "standing" and is_keeper(reader) and not reader.is_past:
        links.append(("办理交接", address("handover", held.id)))
    if held.list == "supervision":
        links.append(("下载督办通知单", address("slip", held.id)))
    return links


def why(request: HttpRequest, identity: str, period: str) -> HttpResponse:
    """Why an entry shows its light: rule, inputs, arithmetic, people and times; for the meeting."""
    held = entry_named(desk(request), identity)
    reader = turn_to(request, held.plan)
    try:
        month = Period.parse(period)
    except ValueError:
        raise Http404 from None
    found = lights.why(reader, identity, month)
    if found is None:
        raise Http404
    _address_why(reader, found, identity, period)
    name = history.titles_of([identity]).get(identity, identity)
    values = {
        "section": "lists",
        "title": name,
        "why": found,
        "corrected": explained(reader, held, month),
        "quote": wording.sentence(held.values) if held["kind"] != "task" else [],
        "others": [found["override"]] if found["override"] else [],
        "history": history.of_entry(reader, identity),
        "trail": [(name, entry_address(identity)), (f"{month.label}为什么", None)],
    }
    return render(request, "luoshi/why.html", values)


_ACTS: dict[tuple[str, str], Callable[..., Entry]] = {
    ("report", "correct"): correct_report,
    ("body", "rename"): rename_body,
    ("body", "dissolve"): dissolve_body,
}
"""Moves with an act of their own that the plain form of the entry's page asks for."""


@posted_only
def move(request: HttpRequest, identity: str, move: str) -> HttpResponse:
    """Make a move on an entry; a refusal comes back in the form with everything typed."""
    held = entry_named(desk(request), identity)
    reader = turn_to(request, held.plan)
    definition = definitions.version(held.definition)
    wanted = definition.moves.get(move)
    if wanted is None:
        raise Http404
    try:
        typed = typed_of(request.POST, definition.fields, wanted.sets)
        typed |= _evidence(request, definition, wanted.sets, held)
        version = whole_number(request.POST.get("version", ""))
        reason = request.POST.get("reason", "")
        own = _ACTS.get((held.list, move))
        if own is not None:
            own(context(request), identity, typed, reason, version)
        else:
            move_entry(context(request), identity, move, typed, reason, version)
    except Refused as refused:
        return _entry_page(request, reader, held, refused.refusal, move)
    messages.success(request, f"已办理“{wanted.label}”。")
    return redirect("entry", identity)


def _evidence(
    request: HttpRequest, definition: Definition, names: tuple[str, ...], held: Entry | None
) -> dict[str, object]:
    """Uploaded files of evidence fields, beside those the entry has."""
    found: dict[str, object] = {}
    for name in names:
        if definition.fields[name].type == "evidence" and request.FILES.getlist(name):
            before = held[name] if held else ()
            found[name] = [*(before if isinstance(before, tuple) else ()), *uploads(request, name)]
    return found


def open_form(request: HttpRequest, name: str, move: str) -> HttpResponse:
    """The form that opens an entry of a list."""
    reader = desk(request)
    definition = listing.definition_named(name)
    opening = definition.moves.get(move)
    if opening is None or not listing.is_openable(name, opening):
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            names = asked_by(definition, move)
            typed = typed_of(request.POST, definition.fields, names) | _evidence(request, definition, names, None)
            opened = open_entry(context(request), name, reader.plan_id, typed, move)
            messages.success(request, f"已办理“{opening.label}”。")
            return redirect("entry", opened.id)
        except Refused as refused:
            refusal = refused.refusal
    given = request.POST if request.method == "POST" else request.GET
    return open_page(request, definition, move, refusal, given)


def asked_by(definition: Definition, move: str) -> tuple[str, ...]:
    """The fields that an opening move sets, in the order of the list: all when it names none."""
    named = definition.moves[move].sets
    return tuple(name for name in definition.fields if not named or name in named)


def open_page(
    request: HttpRequest, definition: Definition, move: str, refusal: Refusal | None, given: QueryDict,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of an opening form, with what was typed or suggested."""
    reader = desk(request)
    fields = [
        form_field(reader, definition.fields[name], given.get(name, ""), definition.fields[name].required)
        for name in asked_by(definition, move)
        if name not in UNASKED
    ]
    label = definition.moves[move].label
    values = {
        "section": "lists",
        "title": label,
        "action": label,
        "refusal": refusal,
        "errors": errors_of(refusal),
        "fields": kept(fields, request.POST if request.method == "POST" else None),
        "existing": [],
        "back": address("list", definition.name),
        "trail": [("清单", address("lists")), (definition.label, address("list", definition.name)), (label, None)],
        **(more or {}),
    }
    return render(request, "luoshi/open.html", values, status=refusal.status if refusal else 200)


UNASKED = {"number", "reply", "verification", "steps", "flags", "derivation", "start", "end"}
"""Fields that are numbered by the act or filled by a later move."""
