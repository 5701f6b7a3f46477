"""督办: issuing a slip from an entry, and the slip as a document."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from luoshi.acts.issue_slip import issue_slip
from luoshi.store import definitions
from luoshi.store.queries import lights
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.entry_page import entry_named, slips_of
from luoshi.store.queries.form_field import blank
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import typed_of
from luoshi.web.views.entries import UNASKED, open_page


def new(request: HttpRequest) -> HttpResponse:
    """The form of a slip, filled as far as the entry tells."""
    reader = desk(request)
    if not reader.is_supervisor:
        raise Refused(Refusal("web.not_supervisor", "督办单由督查室下发。", 403))
    definition = definitions.current("supervision")
    commitment = request.POST.get("commitment") or request.GET.get("entry", "")
    is_finished = bool(commitment) and _is_finished(reader, commitment)
    refusal = None
    if request.method == "POST":
        names = tuple(name for name in definition.fields if name not in UNASKED)
        try:
            typed = typed_of(request.POST, definition.fields, names)
            _require_meant(request, is_finished=is_finished)
            issued = issue_slip(
                context(request), reader.plan_id, typed, despite_open=bool(request.POST.get("despite_open"))
            )
            messages.success(request, f"督办单{issued['number']}已下发，等待签收。")
            return redirect("entry", issued.id)
        except Refused as refused:
            refusal = refused.refusal
    existing = slips_of(reader, commitment) if commitment else []
    for slip in existing:
        slip["href"] = entry_address(slip["id"])
    given = request.POST if request.method == "POST" else _suggested(reader, commitment)
    more = {"existing": existing, "title": "下发督办单", "again": bool(existing), "despite": blank("despite_open", "")}
    more["finished"] = is_finished
    return open_page(request, definition, "issue", refusal, given, more)


def _require_meant(request: HttpRequest, *, is_finished: bool) -> None:
    if is_finished and not request.POST.get("despite_finished"):
        message = "该事项已经完成。确需督办的，请勾选并写清楚要求。"
        raise Refused(Refusal("web.finished_matter", message, 409))


def _is_finished(reader: Desk, commitment: str) -> bool:
    """Whether the matter was confirmed as done, or its light says that it is."""
    entry = entry_named(reader, commitment)
    found = lights.why(reader, commitment, reader.period) if reader.period else None
    return entry.state == "achieved" or bool(found and found["reason"] in lights.rules_of(reader).finished_words)


def _suggested(reader: Desk, commitment: str) -> QueryDict:
    """What the entry already tells about the slip."""
    given = QueryDict(mutable=True)
    if not commitment:
        return given
    entry = entry_named(reader, commitment)
    name = str(entry["indicator"] or entry["name"] or "")
    given.update({"commitment": commitment, "matter": name, "origin": "report", "urgency": "normal"})
    given["lead_body"] = str(entry["lead_body"] or "")
    given["leader"] = str(entry["leader"] or "")
    found = lights.why(reader, commitment, reader.period) if reader.period else None
    if found and reader.period and not _is_finished(reader, commitment):
        given["demand"] = (
            f"截至{reader.period.label}，该事项亮{found['light']['word']}灯（{found['reason']}）。请查明原因，提出整改措施，按时反馈。"
        )
    return given


def slip(request: HttpRequest, identity: str) -> HttpResponse:
    """The slip as a Word file."""
    from luoshi.web.papers import slip_file

    reader = desk(request)
    return slip_file(entry_named(reader, identity))
