"""从分解表指派: a table is taken in, reviewed row by row, and confirmed in one act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.assignment_proposal import standing
from luoshi.acts.confirm_assignments import confirm_assignments
from luoshi.acts.review_table import (
    decide_rows,
    keep_table,
    require_unsaved,
    reviewed_tables,
    saved_mark,
    table_review,
)
from luoshi.store.models import DocumentRow
from luoshi.store.queries.form_field import blank
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web import assigning
from luoshi.web.address import address
from luoshi.web.desk import context
from luoshi.web.form import errors_of, refuse_if
from luoshi.web.paging import page_of
from luoshi.web.views.lists import pages
from luoshi.web.views.reading import about, uploaded
from luoshi.web.views.settings import supervisor, tabs


def tables(request: HttpRequest) -> HttpResponse:
    """The documents whose responsibilities were taken in; taking in another, or the plan's own."""
    reader = supervisor(request)
    refusal = None
    if request.method == "POST":
        try:
            name, content = _taken(request, reader.plan_id)
            digest, findings = keep_table(context(request), reader.plan_id, name, content)
            request.session[f"table:{digest}"] = [f"{f.where}：{f.message}{f.hint}" for f in findings][:30]
            return redirect("table", digest)
        except Refused as refused:
            refusal = refused.refusal
    taken = reviewed_tables(reader.plan_id)
    rows = DocumentRow.objects.filter(plan=reader.plan_id, set_aside_at=None).order_by("-uploaded_at")
    known = list(rows.only("sha256", "name", "title", "uploaded_at"))
    values = {
        **_frame("tables"),
        "step": "upload",
        "tables": [
            {"name": row.called, "href": address("table", row.sha256), "about": about(row)}
            for row in known
            if row.sha256 in taken
        ],
        "documents": [{"sha256": row.sha256, "name": row.called} for row in known if row.sha256 not in taken],
        "upload_fields": [{**blank("file", "文件", "evidence"), "needed": True}],
        "action": address("tables"),
        "errors": errors_of(refusal),
        "refusal": refusal,
    }
    return render(request, "luoshi/assigning.html", values, status=refusal.status if refusal else 200)


def _frame(current: str) -> dict[str, Any]:
    return {"section": "assign", "title": "从分解表指派", "tabs": tabs(current)}


def _taken(request: HttpRequest, plan: str) -> tuple[str, bytes]:
    """The name and bytes of an uploaded file, or of a document kept before."""
    digest = request.POST.get("document", "")
    if not digest:
        return uploaded(request)
    row = DocumentRow.objects.filter(plan=plan, sha256=digest).first()
    if row is None:
        raise Http404
    return row.name, bytes(row.content)


def table(request: HttpRequest, document: str) -> HttpResponse:
    """The rows under review; posted, what was chosen on this page is kept."""
    reader = supervisor(request)
    review = table_review(reader.plan_id, document)
    if review is None:
        raise Http404
    entries = standing(reader.plan_id)
    rows = assigning.ordered(reader, review, entries)
    refusal = None
    if request.method == "POST":
        names, aliases = assigning.typed_names(request.POST)
        choices, errors = assigning.typed_rows(request.POST, review, rows, entries)
        try:
            if "seen" in request.POST:
                require_unsaved(context(request), reader.plan_id, document, request.POST["seen"])
            review = decide_rows(context(request), reader.plan_id, document, choices, names, aliases)
            refuse_if(errors, f"有{len(errors)}处没有收下，其余已保存。")
        except Refused as refused:
            refusal = refused.refusal
        else:
            if request.POST.get("do") == "confirm":
                return redirect("table-confirm", document)
            messages.success(request, "已保存，尚未交办。")
            return redirect(request.get_full_path())
        rows = assigning.ordered(reader, review, entries)
    count = max(1, -(-len(rows) // assigning.PAGE))
    number = page_of(request, count)
    values = {
        **_frame("tables"),
        **assigning.page(reader, review, rows, entries, number),
        "step": "review",
        "name": _name(document),
        "findings": request.session.get(f"table:{document}", []),
        "page": pages(request, number, count, len(rows)),
        "seen": saved_mark(reader.plan_id, document),
        "action": request.get_full_path(),
        "back": address("tables"),
        "errors": errors_of(refusal),
        "refusal": refusal,
    }
    assigning.lay_over(values["rows"], refusal.errors if refusal else ())
    return render(request, "luoshi/assigning.html", values, status=refusal.status if refusal else 200)


def _name(document: str) -> str:
    row = DocumentRow.objects.filter(sha256=document).only("name", "title").first()
    return row.called if row else "分解表"


def confirm(request: HttpRequest, document: str) -> HttpResponse:
    """What confirming would change; posted, everything that is ready is assigned in one act."""
    reader = supervisor(request)
    review = table_review(reader.plan_id, document)
    if review is None:
        raise Http404
    refusal: Refusal | None = None
    entries = standing(reader.plan_id)
    rows = assigning.ordered(reader, review, entries)
    if request.method == "POST":
        try:
            wanted = assigning.confirmed(reader, review, rows, request.POST.get("seen", ""))
            assigning.require_shown(wanted, entries, request.POST.get("shown", ""))
            done = confirm_assignments(context(request), wanted)
            messages.success(request, _told(len(done), wanted.aliases))
            return redirect("table", document)
        except Refused as refused:
            refusal = refused.refusal
    values = {
        **_frame("tables"),
        **assigning.summary(rows, entries),
        "step": "confirm",
        "shown": assigning.shown_mark(assigning.confirmed(reader, review, rows, "")),
        "name": _name(document),
        "action": address("table-confirm", document),
        "back": address("table", document),
        "refusal": refusal,
    }
    return render(request, "luoshi/assigning.html", values, status=refusal.status if refusal else 200)


def _told(entries: int, aliases: Mapping[str, tuple[str, ...]]) -> str:
    kept = sum(map(len, aliases.values()))
    return f"已一次交办{entries}项" + (f"，记下别名{kept}个。" if kept else "。")
