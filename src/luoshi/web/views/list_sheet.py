"""用表格办理: a move of a list made by a workbook that is downloaded, filled and sent back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.acts.import_entries import Imported, import_entries, import_template, is_importable
from luoshi.acts.keep_evidence import require_size
from luoshi.lists.definition import Definition, Move
from luoshi.people.actor import no_right
from luoshi.store.queries import listing
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import blank
from luoshi.store.queries.listing import Choice
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.address import address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of
from luoshi.web.table_file import XLSX, attachment

SHOWN = 300
"""How many bad cells one page names; the rest are counted."""


def sheets(reader: Desk, definition: Definition, query: str = "") -> list[dict[str, Any]]:
    """The moves of a list that the reader may make by a workbook."""
    if reader.is_past or not reader.plan_id:
        return []
    roles = {post.role for post in reader.actor.posts}
    return [
        {
            "move": move.name,
            "label": move.label,
            "href": address("list-sheet", definition.name, move.name)
            + (f"?{query}" if query and not move.opens else ""),
        }
        for move in definition.moves.values()
        if is_importable(definition, move) and roles & {grant.role for grant in move.by}
    ]


def _asked(request: HttpRequest, name: str, move: str) -> tuple[Definition, Move]:
    definition = listing.definition_named(name)
    wanted = definition.moves.get(move)
    if wanted is None or not is_importable(definition, wanted):
        raise Http404
    if move not in {item["move"] for item in sheets(desk(request), definition)}:
        raise Refused(no_right(wanted.label, wanted.by, f"《{definition.label}》"))
    return definition, wanted


def template(request: HttpRequest, name: str, move: str) -> HttpResponse:
    """The workbook: empty for opening entries, else with the entries that fit the filters and may be moved."""
    definition, wanted = _asked(request, name, move)
    filters = {key: text for key, text in request.GET.items() if key not in {"page", "sort", "show", "plan"}}
    shown = None if wanted.opens else listing.movable(desk(request), definition, wanted, Choice(filters))
    content = import_template(context(request), definition, wanted, shown)
    return attachment(content, f"{definition.label}·{wanted.label}.xlsx", XLSX)


def sheet(request: HttpRequest, name: str, move: str) -> HttpResponse:
    """What to do, and what came of it: counted when it fits, every bad cell named when it does not."""
    definition, wanted = _asked(request, name, move)
    refusal, done = None, None
    is_check = "check" in request.POST
    if request.method == "POST":
        try:
            content = uploaded(request)
            plan = desk(request).plan_id
            done = import_entries(context(request), name, plan, move, content, dry_run=is_check)
        except Refused as refused:
            refusal = refused.refusal
    query = request.GET.urlencode()
    file = {**blank("file", "填好的表格", "evidence"), "needed": True}
    errors = refusal.errors if refusal else ()
    values = {
        "section": "lists",
        "title": f"{definition.label}：用表格{wanted.label}",
        "refusal": Refusal(refusal.id, refusal.message, refusal.status, refusal.basis, errors[:SHOWN])
        if refusal
        else None,
        "more": max(0, len(errors) - SHOWN),
        "errors": errors_of(refusal),
        "fields": [file],
        "opens": wanted.opens,
        "label": wanted.label,
        "done": _said(wanted, done, is_check=is_check) if done else "",
        "template": address("list-sheet-file", name, move) + (f"?{query}" if query else ""),
        "back": address("list", name),
        "trail": [
            ("清单", address("lists")),
            (definition.label, address("list", name)),
            (f"用表格{wanted.label}", None),
        ],
    }
    return render(request, "luoshi/list_sheet.html", values, status=refusal.status if refusal else 200)


def uploaded(request: HttpRequest) -> bytes:
    """The content of the filled workbook that was sent.

    Raises:
        Refused: none was chosen, or it is too large.
    """
    file = request.FILES.get("file")
    if file is None:
        error = FieldError("file", "请选择填好的表格。")
        raise Refused(Refusal("web.no_file", error.message, 422, errors=(error,)))
    require_size(file.name or "", file.size or 0)
    return file.read()


def _said(move: Move, done: Imported, *, is_check: bool) -> str:
    same = (
        f"，另有{done.unchanged}行{'与已有的条目相同' if move.opens else '没有填“是”'}，不动" if done.unchanged else ""
    )
    if is_check:
        return f"检查通过：导入后将{move.label}{done.done}条{same}。现在还没有导入。"
    return f"已{move.label}{done.done}条{same}。"
