"""审核: the queue with days waited and differences; accept or return."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.handle_reports import accept_reports, return_reports
from luoshi.store.queries import approvals, arrivals
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.returned import RETURNED
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import as_seen, chosen_versions, require_choice
from luoshi.web.paging import page_of
from luoshi.web.views.lists import pages

UNVERIFIED = "结账时还没有采信的填报，不计入当月灯色和通报。补充核实后，点开逐项办理更正，从正在填报的月份起计入。"


def review(request: HttpRequest) -> HttpResponse:
    """The supervisor's queue; leaders and auditors read it."""
    reader = desk(request)
    if not reader.actor.reads_everything:
        raise Refused(Refusal("web.not_visible", "审核由督查室办理，县领导和审计员可以查看。", 403))
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _handled(request))
            return redirect(request.get_full_path())
        except Refused as refused:
            refusal = refused.refusal
    values = _queue(request, reader)
    chosen = chosen_versions(request.POST.getlist("report"))
    for row in values["rows"]:
        row["chosen"] = row["id"] in chosen
    typed = {"reason": request.POST.get("reason", ""), "return_code": request.POST.get("return_code", "")}
    return render(
        request,
        "luoshi/review.html",
        {**values, **typed, "refusal": refusal},
        status=refusal.status if refusal else 200,
    )


def _handled(request: HttpRequest) -> str:
    shown = chosen_versions(request.POST.getlist("report"))
    chosen = list(shown)
    require_choice(chosen)
    if request.POST.get("move") == "return":
        code, reason = request.POST.get("return_code", ""), request.POST.get("reason", "")
        return_reports(context(request), chosen, code, reason, as_seen(shown))
        return f"已退回{len(chosen)}项。"
    accept_reports(context(request), chosen, as_seen(shown))
    return f"已采信{len(chosen)}项，灯色已随之更新。"


def _by_unit(reader: Desk) -> str:
    """The same queue as 我的待办 counts it: by unit."""
    units = len({body for body, _ in arrivals.since(reader, "signed")})
    return f"（{units}个单位，“我的待办”按单位计）"


def _queue(request: HttpRequest, reader: Desk) -> dict[str, Any]:
    counts = approvals.counts(reader)
    state = request.GET.get("state", "signed")
    state = state if state in counts else "signed"
    count = max(1, -(-counts[state] // approvals.PAGE))
    page = page_of(request, count)
    rows, total = approvals.waiting(reader, state, page=page), counts[state]
    for row in rows:
        row["href"] = entry_address(row["id"] if state == "unverified" else row["commitment"])
        for file in row["files"]:
            file["href"] = address("evidence", file["id"])
    arrived = arrivals.by_body(reader, reader.period) if reader.period else []
    for item in arrived:
        item["href"] = address("report-sheet", item["code"], str(reader.period))
    here = address("review")
    is_waiting = state != "unverified"
    for row in rows:
        row["stuck"] = row["stuck"] and is_waiting
    longest = max((row["age"] for row in rows), default=0)
    label = dict(approvals.TABS)[state]
    return {
        "section": "review",
        "title": "审核",
        "tabs": [
            {"label": name, "count": counts[key], "href": f"{here}?state={key}", "current": key == state}
            for key, name in approvals.TABS
        ],
        "rows": rows,
        "page": pages(request, page, count, total),
        "sentence": f"{label}{total}项"
        + (_by_unit(reader) if state == "signed" and total else "")
        + (f"，最久的已等{longest}天" if rows and is_waiting else ""),
        "unverified_note": UNVERIFIED if state == "unverified" else "",
        "writable": reader.is_supervisor and state in {"signed", "submitted"},
        "codes": list(RETURNED.items()),
        "arrivals": arrived,
        "arrivals_period": reader.period.label if reader.period else "",
    }
