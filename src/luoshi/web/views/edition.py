"""版次: adopting what was reviewed; from the second edition on, what it changes is shown and confirmed first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.adopt_plan import Adoption, Confirmed, adopt_plan
from luoshi.acts.preview_edition import DifferenceLine, EditionPreview, preview_edition
from luoshi.store.models import DocumentRow
from luoshi.store.queries.desk import Desk
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context
from luoshi.web.paging import whole_number
from luoshi.web.posted import posted_only
from luoshi.web.views.reading import document_of, reader_of, review_page

OTHER = "acts.other_difference"


@posted_only
def adopt(request: HttpRequest, document: str) -> HttpResponse:
    """Adopt what was accepted as the next edition of the plan."""
    reader = reader_of(request)
    row = document_of(reader, document)
    seen, apart = whole_number(request.POST.get("seen", "")), frozenset(request.POST.getlist("apart"))
    confirmed = Confirmed(request.POST.get("difference", ""), apart)
    try:
        if reader.is_supervisor and reader.plan and reader.plan["edition"] and not confirmed.digest:
            return _shown(request, reader, row, apart)
        adoption = adopt_plan(context(request), reader.plan_id, row.sha256, seen, confirmed)
    except Refused as refused:
        if refused.refusal.id != OTHER:
            return review_page(request, reader, row, refused.refusal)
        return _shown(request, reader, row, apart, refused.refusal)
    messages.success(request, _told(adoption))
    return redirect("assign")


def _told(adoption: Adoption) -> str:
    parts = [f"新设{len(adoption.opened)}条"]
    parts += [f"修改{len(adoption.amended)}条"] if adoption.amended else []
    parts += [f"撤销{len(adoption.withdrawn)}条"] if adoption.withdrawn else []
    parts += [f"保留{len(adoption.kept)}条"] if adoption.kept else []
    return f"已采纳为第{adoption.edition.number}版：{'，'.join(parts)}。"


def _shown(
    request: HttpRequest, reader: Desk, row: DocumentRow, apart: frozenset[str], refusal: Refusal | None = None
) -> HttpResponse:
    """The difference to be confirmed; one that is no longer what was confirmed is shown anew."""
    seen = whole_number(request.POST.get("seen", ""))
    found = preview_edition(context(request), reader.plan_id, row.sha256, apart, seen)
    values = {
        "section": "reading",
        "title": f"第{found.number}版的改动",
        "trail": [("识读复核", address("reading")), (row.called, address("document", row.sha256)), ("改动", None)],
        "found": found,
        "groups": _groups(reader, found),
        "apart": sorted(apart),
        "seen": request.POST.get("seen", ""),
        "action": address("adopt", row.sha256),
        "back": address("document", row.sha256),
        "warning": refusal.message if refusal else "",
    }
    return render(request, "luoshi/edition.html", values, status=refusal.status if refusal else 200)


def _groups(reader: Desk, found: EditionPreview) -> list[dict[str, Any]]:
    groups = (
        ("dropped", "撤销", "新文件里没有，采纳后撤销，牵头单位不再填报", found.dropped),
        ("changed", "修改", "条目不变，交办、进度和填报都保留", found.changed),
        ("added", "新设", "采纳后等待交办", found.added),
    )
    return [
        {"key": key, "label": label, "note": note, "lines": [_line(reader, one, key) for one in lines]}
        for key, label, note, lines in groups
        if lines
    ]


def _line(reader: Desk, one: DifferenceLine, key: str) -> dict[str, Any]:
    return {
        "id": one.entry,
        "title": one.title,
        "href": entry_address(one.entry) if key != "added" else "",
        "kind": "目标" if one.list == "target" else "任务、项目等",
        "body": reader.label(one.body),
        "reports": one.reports,
        "changes": [
            {"label": label, "before": before or "（空）", "after": after or "（空）"}
            for label, before, after in one.changes
        ],
        "is_renamed": one.is_renamed,
    }
