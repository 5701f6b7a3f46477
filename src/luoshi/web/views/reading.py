"""识读复核: documents taken in, their proposals decided one by one or all at once, and adopted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.adopt_plan import adopt_plan
from luoshi.acts.keep_document import keep_document
from luoshi.acts.review_proposals import ACCEPTED, OPEN, REJECTED, add_proposal, correct_proposal, decide_proposals
from luoshi.people.role import Role
from luoshi.store.models import DocumentRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web import proposals
from luoshi.web.address import address
from luoshi.web.desk import context, desk
from luoshi.web.form import blank, errors_of, kept
from luoshi.web.posted import posted_only

LARGEST = 50 * 1024 * 1024


def _reader(request: HttpRequest) -> Desk:
    reader = desk(request)
    if not (reader.is_supervisor or reader.actor.has(Role.AUDITOR)):
        raise Refused(Refusal("web.not_visible", "识读复核由督查室办理。", 403))
    return reader


def documents(request: HttpRequest) -> HttpResponse:
    """The documents of the plan, and taking in another one."""
    reader = _reader(request)
    refusal = None
    if request.method == "POST":
        try:
            row, findings = keep_document(context(request), reader.plan_id, *uploaded(request))
            request.session[f"findings:{row.sha256}"] = [f"{f.where}：{f.message}{f.hint}" for f in findings][:20]
            return redirect("document", row.sha256)
        except Refused as refused:
            refusal = refused.refusal
    rows = DocumentRow.objects.filter(plan=reader.plan_id).exclude(reading="").order_by("-uploaded_at")
    known = rows.values_list("sha256", "name", "uploaded_at", "uploaded_by")
    values = {
        "section": "reading",
        "title": "识读复核",
        "document": None,
        "findings": [],
        "documents": [
            {"name": name, "href": address("document", digest), "about": f"{wording.minute(at)}上传"}
            for digest, name, at, _ in known
        ],
        "actions": {"upload": address("reading")},
        "upload_fields": [{**blank("file", "文件", "evidence"), "needed": True}],
        "errors": errors_of(refusal),
        "refusal": refusal,
        "has_plan": bool(reader.plan_id),
    }
    return render(request, "luoshi/reading.html", values, status=refusal.status if refusal else 200)


def uploaded(request: HttpRequest) -> tuple[str, bytes]:
    """The name and bytes of the uploaded file.

    Raises:
        Refused: none was chosen, or it is too large.
    """
    file = request.FILES.get("file")
    if file is None:
        raise Refused(Refusal("web.no_file", "请选择文件。", 422, errors=(FieldError("file", "请选择文件。"),)))
    if file.size and file.size > LARGEST:
        message = f"文件“{file.name}”有{file.size / 1024 / 1024:.1f}兆，超过50兆。"
        raise Refused(Refusal("web.large_file", message, 422, errors=(FieldError("file", message),)))
    return file.name or "文件", file.read()


def _document(reader: Desk, digest: str) -> DocumentRow:
    row = DocumentRow.objects.filter(sha256=digest, plan=reader.plan_id).defer("content").first()
    if row is None:
        raise Http404
    return row


def document(request: HttpRequest, document: str) -> HttpResponse:
    """One document beside the card of one proposal."""
    reader = _reader(request)
    return _page(request, reader, _document(reader, document), request.GET)


def _page(
    request: HttpRequest,
    reader: Desk,
    row: DocumentRow,
    asked: Any,
    refusal: Refusal | None = None,
    adding: bool = False,
) -> HttpResponse:
    show = asked.get("show", "")
    found = proposals.page(reader, row, asked.get("at", "") or asked.get("proposal", ""), show)
    here = address("document", row.sha256)
    links = found["links"]
    for name in ("previous", "next"):
        links[name] = _at(here, links[name], show)
    for passage in found["passages"]:
        for piece in passage:
            piece["href"] = _at(here, piece["proposal"], show) if piece["proposal"] else ""
    card = found["card"]
    if card:
        posted = request.POST if refusal and not adding else None
        card |= {"action": address("decide", row.sha256), "errors": errors_of(refusal) if posted else {}, **links}
        card["fields"] = kept(card["fields"], posted)
    values = {
        "section": "reading",
        "title": "识读复核",
        "document": {"name": row.name},
        "findings": request.session.get(f"findings:{row.sha256}", []),
        "actions": {"decide": address("decide", row.sha256), "adopt": address("adopt", row.sha256)},
        "show": show,
        "show_href": f"{here}{'' if show else '?show=doubtful'}",
        "show_label": "看全部" if show else "只看存疑的",
        "can_undo": bool(request.session.get(f"undo:{row.sha256}")),
        "add_fields": kept(proposals.add_fields(), request.POST if adding else None),
        "add_errors": errors_of(refusal) if adding else {},
        "add_open": adding,
        "refusal": refusal,
        "writable": reader.is_supervisor,
    }
    return render(request, "luoshi/reading.html", {**found, **values}, status=refusal.status if refusal else 200)


def _at(here: str, proposal: str, show: str) -> str:
    asked = {name: text for name, text in (("at", proposal), ("show", show)) if text}
    return f"{here}?{urlencode(asked)}#here" if proposal else ""


@posted_only
def decide(request: HttpRequest, document: str) -> HttpResponse:
    """Accept, correct, reject, undo, add, or accept all that is left."""
    reader = _reader(request)
    row = _document(reader, document)
    what, chosen, show = request.POST.get("do", ""), request.POST.get("proposal", ""), request.POST.get("show", "")
    try:
        after = _decided(request, row, what, chosen, show)
    except Refused as refused:
        return _page(request, reader, row, request.POST, refused.refusal, what == "add")
    here = address("document", row.sha256)
    return redirect(_at(here, after, show) or f"{here}{'?show=' + show if show else ''}")


def _decided(request: HttpRequest, row: DocumentRow, what: str, chosen: str, show: str) -> str:
    """Carry out a decision; the proposal to be shown next."""
    who, key = context(request), f"undo:{row.sha256}"
    done: list[list[str]] = request.session.get(key, [])
    if what == "undo":
        last = done.pop() if done else []
        request.session[key] = done
        decide_proposals(who, row.sha256, last, OPEN)
        return last[0] if last else ""
    if what == "add":
        placed = proposals.placed(row, request.POST)
        add_proposal(who, row.sha256, placed.list, placed.start, placed.end, placed.fields)
        messages.success(request, "已补充一条。")
        return ""
    if what == "accept_all":
        ids = proposals.open_ids(row)
        decide_proposals(who, row.sha256, ids, ACCEPTED)
        messages.success(request, f"余下{len(ids)}条已全部采纳。")
    else:
        ids = [chosen]
        following = proposals.following(row, chosen, show)
        if what == "correct":
            correct_proposal(who, row.sha256, chosen, proposals.corrected(row, chosen, request.POST))
        else:
            decide_proposals(who, row.sha256, ids, REJECTED if what == "reject" else ACCEPTED)
    request.session[key] = [*done, ids][-20:]
    return "" if what == "accept_all" else following


@posted_only
def adopt(request: HttpRequest, document: str) -> HttpResponse:
    """Adopt what was accepted as the next edition of the plan."""
    reader = _reader(request)
    row = _document(reader, document)
    try:
        adoption = adopt_plan(context(request), reader.plan_id, row.sha256)
    except Refused as refused:
        return _page(request, reader, row, request.GET, refused.refusal)
    parts = [f"新设{len(adoption.opened)}条"]
    parts += [f"修改{len(adoption.amended)}条"] if adoption.amended else []
    parts += [f"撤销{len(adoption.withdrawn)}条"] if adoption.withdrawn else []
    parts += [f"保留{len(adoption.kept)}条"] if adoption.kept else []
    messages.success(request, f"已采纳为第{adoption.edition.number}版：{'，'.join(parts)}。")
    return redirect("assign")
