"""识读复核: documents taken in, their proposals decided one by one or all at once, and adopted."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.annotation import annotation_archive
from luoshi.acts.keep_document import keep_for_year
from luoshi.acts.proposal import QUALITATIVE
from luoshi.acts.review_proposals import current_review
from luoshi.acts.set_document_aside import set_document_aside
from luoshi.people.role import Role
from luoshi.store.models import DocumentRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.editions import editions
from luoshi.store.queries.form_field import blank
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web import proposal_forms, proposals
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of, kept
from luoshi.web.paging import whole_number
from luoshi.web.posted import posted_only
from luoshi.web.review_decisions import decided
from luoshi.web.review_order import ReviewOrder, order_of
from luoshi.web.table_file import attachment

LARGEST = 50 * 1024 * 1024


def reader_of(request: HttpRequest) -> Desk:
    """The desk of who may look at documents.

    Raises:
        Refused: the reader is neither supervisor nor auditor.
    """
    reader = desk(request)
    if not (reader.is_supervisor or reader.actor.has(Role.AUDITOR)):
        raise Refused(Refusal("web.not_visible", "识读复核由督查室办理。", 403))
    return reader


def documents(request: HttpRequest) -> HttpResponse:
    """The documents of the plan, and taking in another one."""
    reader = reader_of(request)
    refusal = None
    if request.method == "POST":
        try:
            file = uploaded(request)
            row, findings = keep_for_year(context(request), _county(reader), _year(request, reader), *file)
            request.session["plan"] = row.plan
            request.session[f"findings:{row.sha256}"] = [f"{f.where}：{f.message}{f.hint}" for f in findings][:20]
            return redirect("document", row.sha256)
        except Refused as refused:
            refusal = refused.refusal
    rows = (
        DocumentRow.objects.filter(plan=reader.plan_id, set_aside_at=None).exclude(reading="").order_by("-uploaded_at")
    )
    values = {
        "section": "reading",
        "title": "识读复核",
        "document": None,
        "findings": [],
        "documents": [
            {
                "name": row.called,
                "href": address("document", row.sha256),
                "about": about(row),
                "set_aside": _set_aside(reader, row),
            }
            for row in rows.only("sha256", "name", "title", "uploaded_at")
        ],
        "editions": _editions(reader),
        "actions": {"upload": address("reading")},
        "upload_fields": kept(_upload_fields(reader), request.POST if refusal else None),
        "errors": errors_of(refusal),
        "refusal": refusal,
        "has_plan": bool(reader.plan_id),
    }
    return render(request, "luoshi/reading.html", values, status=refusal.status if refusal else 200)


def _set_aside(reader: Desk, row: DocumentRow) -> str:
    """Where the document is set aside; empty for who may not, and for the one the plan was adopted from."""
    is_adopted = reader.plan is not None and reader.plan["document"] == row.sha256
    return address("set_document_aside", row.sha256) if reader.is_supervisor and not is_adopted else ""


def _editions(reader: Desk) -> list[dict[str, Any]]:
    found = editions(reader) if reader.plan else []
    for group in (group for one in found for group in one["groups"]):
        for line in group["lines"]:
            line["href"] = entry_address(line["id"])
    return found


def _county(reader: Desk) -> str:
    return str(reader.plan["county"]) if reader.plan else str(settings.LUOSHI_COUNTY.get("name", ""))


def _upload_fields(reader: Desk) -> list[dict[str, Any]]:
    """The file, and the year whose plan it is for."""
    told = "本年度还没有计划的，上传第一份文件就建立计划。"
    return [
        {
            **blank("year", "计划年度", "integer"),
            "needed": True,
            "value": _usual_year(reader),
            "unit": "年",
            "help": told,
        },
        {**blank("file", "文件", "evidence"), "needed": True},
    ]


def _usual_year(reader: Desk) -> str:
    """The year of the plan on the desk; without one, the year the county was founded for, or this one."""
    founded = settings.LUOSHI_COUNTY.get("year") or reader.today.year
    return str(reader.plan["year"] if reader.plan else founded)


def _year(request: HttpRequest, reader: Desk) -> int:
    """The year that was typed.

    Raises:
        Refused: it is none.
    """
    written = request.POST.get("year", _usual_year(reader)).strip().removesuffix("度").removesuffix("年")
    year = whole_number(written)
    if year is None or not 2000 <= year <= 2100:
        error = FieldError("year", "请填写计划年度，如2023。", request.POST.get("year", ""))
        raise Refused(Refusal("web.no_year", error.message, 422, errors=(error,)))
    return year


def about(row: DocumentRow) -> str:
    """The name of its file and when it came, beside a document's title."""
    return f"文件名{row.name}，{wording.minute(row.uploaded_at)}上传"


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


def document_of(reader: Desk, digest: str) -> DocumentRow:
    """A document of the plan on the desk.

    Raises:
        Http404: it has none of this SHA-256.
    """
    row = DocumentRow.objects.filter(sha256=digest, plan=reader.plan_id, set_aside_at=None).defer("content").first()
    if row is None:
        raise Http404
    return row


def document(request: HttpRequest, document: str) -> HttpResponse:
    """One document beside the card of one proposal."""
    reader = reader_of(request)
    return _page(request, reader, document_of(reader, document), request.GET.dict())


def _page(
    request: HttpRequest,
    reader: Desk,
    row: DocumentRow,
    asked: dict[str, str],
    refusal: Refusal | None = None,
    said: str = "",
) -> HttpResponse:
    """The page, or only its two panes when a script asked for them."""
    order, review = order_of(request.GET), current_review(row)
    asked = {**asked, "at": asked.get("at") or asked.get("proposal", "")}
    found = proposals.page(reader, row, review, order, asked)
    posted = request.POST if refusal else None
    doing = posted.get("do", "") if posted else ""
    links = _links(row, order, found)
    values = {
        **found,
        **links,
        "section": "reading",
        "title": "识读复核",
        "document": {"name": row.called, "about": about(row)},
        "findings": request.session.get(f"findings:{row.sha256}", []),
        "asked": asked,
        "order": order,
        "errors": errors_of(refusal),
        "doing": doing,
        "add_fields": kept(proposal_forms.add_fields(), posted if doing == "add" else None),
        "no_rule": proposals.no_rule(asked.get("why", "")),
        "typed": posted or {},
        "refusal": refusal,
        "said": said,
        "writable": reader.is_supervisor,
        "lively": True,
        "everything": proposals.everything(review, order) if asked.get("paper") else [],
        "all_vague": proposals.vague_lines(review) if asked.get("paper") and not order.is_narrowed else [],
    }
    if posted and found["card"]:
        _keep_typed(values, posted)
    template = "luoshi/parts/review_desk.html" if _is_part(request) else "luoshi/reading.html"
    return render(request, template, values, status=refusal.status if refusal else 200)


def _keep_typed(values: dict[str, Any], posted: Any) -> None:
    card = values["card"]
    if posted.get("do") in {"accept", "correct", "reject"}:
        card["fields"] = kept(card["fields"], posted)
    if posted.get("do") == "split":
        card["parts"] = proposal_forms.kept_parts(card["parts"], posted)
    if posted.get("do") == "merge":
        card["merged_name"] = posted.get("merged_name", "")


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Target") == "desk"


def _links(row: DocumentRow, order: ReviewOrder, found: dict[str, Any]) -> dict[str, Any]:
    here = address("document", row.sha256)
    card = found["card"]
    for passage in found["passages"]:
        for piece in passage["pieces"]:
            piece["href"] = _at(here, order, piece["mark"]["proposal"]) if piece["mark"] else ""
    for line in [*found["rows"], *found["vague"]["here"]]:
        line["href"] = _at(here, order, line["id"])
    why = f"{here}?{order.query(at=card['id'])}&why=" if card else ""
    return {
        "links": {
            **{name: _at(here, order, identity) for name, identity in found["beside"].items()},
            "here": here,
            "why": why,
            "close_why": _at(here, order, card["id"]) if card else "",
            "decide": f"{address('decide', row.sha256)}?{order.query()}",
            "adopt": address("adopt", row.sha256),
            "export": address("annotations", row.sha256),
            "paper": f"{here}?{order.query(paper='1')}",
            "vague": f"{here}?{ReviewOrder(order='text', kind=QUALITATIVE).query()}",
        }
    }


def _at(here: str, order: ReviewOrder, proposal: str) -> str:
    return f"{here}?{order.query(at=proposal)}#here" if proposal else ""


@posted_only
def decide(request: HttpRequest, document: str) -> HttpResponse:
    """Accept, correct, reject, split, merge, undo, add, or accept many."""
    reader = reader_of(request)
    row = document_of(reader, document)
    order = order_of(request.GET)
    try:
        after, said = decided(context(request), row, order, request.POST)
    except Refused as refused:
        row.refresh_from_db(fields=["review"])
        return _page(request, reader, row, request.POST.dict(), refused.refusal)
    here = address("document", row.sha256)
    following = _at(here, order, after) or f"{here}?{order.query()}"
    if not _is_part(request):
        if said:
            messages.success(request, said)
        return redirect(following)
    row.refresh_from_db(fields=["review"])
    answer = _page(request, reader, row, {"at": after}, said=said)
    answer.headers["HX-Replace-Url"] = following.partition("#")[0]
    return answer


@posted_only
def set_aside(request: HttpRequest, document: str) -> HttpResponse:
    """Take a document uploaded by mistake out of the lists."""
    row = set_document_aside(context(request), document_of(reader_of(request), document).sha256)
    messages.success(request, f"“{row.called}”已移除；仍要用的，重新上传即可，复核过的内容还在。")
    return redirect("reading")


def annotated(request: HttpRequest, document: str) -> HttpResponse:
    """What was accepted as annotation lines, with the text they point into."""
    row = document_of(reader_of(request), document)
    return attachment(annotation_archive(row), f"{PurePath(row.name).stem}标注.zip", "application/zip")


def review_page(request: HttpRequest, reader: Desk, row: DocumentRow, refusal: Refusal) -> HttpResponse:
    """The review of a document with what stands in the way of adopting it."""
    return _page(request, reader, row, {}, refusal)
