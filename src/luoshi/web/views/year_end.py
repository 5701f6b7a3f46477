"""年底交账: the table of results, the confirmation row by row, and the sealing of the plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.seal_plan import seal_plan
from luoshi.acts.settle_year import Settlement, labels, settle_year
from luoshi.plan.year_end import Ending
from luoshi.store.queries import settling
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import openable
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of, refuse_if, require_choice
from luoshi.web.paging import page_of, whole_number
from luoshi.web.table_file import xlsx_file
from luoshi.web.views.lists import pages
from luoshi.web.views.settings import tabs

PAGE = 50


def year_end(request: HttpRequest) -> HttpResponse:
    """The year's promises and what became of them; the supervision office confirms and seals."""
    reader = desk(request)
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _done(request, _supervisor(reader)))
            return redirect(request.get_full_path())
        except Refused as refused:
            refusal = refused.refusal
    chosen = {name: request.GET.get(name, "") for name in ("state", "lead_body")}
    rows = settling.chosen(reader, chosen)
    total = rows.count()
    count = max(1, -(-total // PAGE))
    page = page_of(request, count)
    found = settling.state_of(reader)
    may_settle = reader.is_supervisor and found["is_closed"] and not found["is_sealed"]
    lines = settling.lines(reader, rows[(page - 1) * PAGE : page * PAGE])
    _address(reader, lines)
    _keep(request, lines, refusal)
    values = {
        "section": "assign" if reader.is_supervisor else "publication",
        "title": "年底交账",
        "tabs": tabs("year-end") if reader.is_supervisor else [],
        "plan_year": str(reader.plan["year"]) if reader.plan else "",
        "found": found,
        "rows": lines,
        "page": pages(request, page, count, total),
        "filters": _filters(reader, chosen),
        "file": f"{address('year-end-file')}?{request.GET.urlencode()}",
        "fill": f"{address('year-end')}?{_with(request, fill='1')}",
        "outcomes": list(labels().items()),
        "may_settle": may_settle,
        "can_settle": may_settle and any(line["is_open"] for line in lines),
        "refusal": refusal,
        "errors": errors_of(refusal),
    }
    return render(request, "luoshi/year_end.html", values, status=refusal.status if refusal else 200)


def workbook(request: HttpRequest) -> HttpResponse:
    """The table as a workbook."""
    reader = desk(request)
    chosen = {name: request.GET.get(name, "") for name in ("state", "lead_body")}
    heads, lines = settling.sheet(reader, settling.chosen(reader, chosen))
    year = str(reader.plan["year"]) if reader.plan else ""
    return xlsx_file(f"{year}年交账表", heads, lines, [0, 6])


def _supervisor(reader: Desk) -> Desk:
    if not reader.is_supervisor:
        raise Refused(Refusal("web.not_supervisor", "计划设置由督查室办理。", 403))
    return reader


def _done(request: HttpRequest, reader: Desk) -> str:
    if request.POST.get("move") == "seal":
        reason = request.POST.get("reason", "").strip()
        refuse_if([] if reason else [FieldError("reason", "请写明封存的依据，如“县政府常务会议审议通过”。")])
        head = seal_plan(context(request), reader.plan_id, reason)
        return f"已封存：{head['settled']}。签名的检查点已保存。"
    wanted = [
        Settlement(
            name, Ending(outcome), request.POST.get(f"note:{name}", ""),
            whole_number(request.POST.get(f"version:{name}", "")),
        )
        for name in request.POST.getlist("entry")
        if (outcome := request.POST.get(f"outcome:{name}", "")) in labels()
    ]  # fmt: skip
    require_choice([one.entry for one in wanted], "事项的交账结果")
    opened = settle_year(context(request), reader.plan_id, wanted)
    carried = f"，其中{sum(one.outcome is Ending.CARRIED for one in wanted)}项已列入下一年度计划" if opened else ""
    return f"已确认{len(wanted)}项{carried}。"


def _address(reader: Desk, lines: list[dict[str, Any]]) -> None:
    may_open = openable(reader, [line["carried_to"] for line in lines if line["carried_to"]])
    for line in lines:
        line["href"] = entry_address(line["id"])
        line["next_href"] = entry_address(line["carried_to"]) if line["carried_to"] in may_open else ""


def _keep(request: HttpRequest, lines: list[dict[str, Any]], refusal: Refusal | None) -> None:
    """What was chosen and typed stays after a refusal; ``fill`` puts in what the figures propose."""
    is_filled = "fill" in request.GET
    for line in lines:
        name = line["id"]
        line["chosen"] = line["proposed"] if is_filled else ""
        line["typed"] = ""
        if refusal:
            line["chosen"] = request.POST.get(f"outcome:{name}", "")
            line["typed"] = request.POST.get(f"note:{name}", "")


def _filters(reader: Desk, chosen: dict[str, str]) -> list[dict[str, Any]]:
    bodies = [(body.code, body.label) for body in reader.roster.standing_on(reader.today)]
    return [
        {"name": "state", "label": "结果", "options": list(settling.STATES.items()), "value": chosen["state"]},
        {"name": "lead_body", "label": "牵头单位", "options": bodies, "value": chosen["lead_body"]},
    ]


def _with(request: HttpRequest, **more: str) -> str:
    asked = request.GET.copy()
    for name, value in more.items():
        asked[name] = value
    return asked.urlencode()
