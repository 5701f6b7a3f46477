"""计划设置: assigning, scheduling, and the month's window."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.run_month import close_month, open_month
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.lists.value import parse
from luoshi.store import definitions
from luoshi.store.open_work import OpenWork
from luoshi.store.queries import commitments as promised
from luoshi.store.queries import history, settings_page
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import form_field
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of, kept, refuse_if, require_choice, typed_of
from luoshi.web.paging import page_of
from luoshi.web.views.lists import pages

PAGE = 50
OPEN_WORK = tuple(field.name for field in dataclasses.fields(OpenWork))
TABS = (
    ("assign", "交办"),
    ("tables", "从分解表指派"),
    ("schedule", "进度"),
    ("month", "月度窗口"),
    ("workbooks", "用表格办理"),
    ("year-end", "年底交账"),
    ("accounts", "账号"),
)


def supervisor(request: HttpRequest) -> Desk:
    """The desk of a supervisor.

    Raises:
        Refused: the reader is none.
    """
    reader = desk(request)
    if not reader.is_supervisor:
        raise Refused(Refusal("web.not_supervisor", "计划设置由督查室办理。", 403))
    return reader


def tabs(current: str) -> list[dict[str, Any]]:
    """The parts of 计划设置."""
    return [{"label": label, "href": address(key), "current": key == current, "count": 0} for key, label in TABS]


def assign(request: HttpRequest) -> HttpResponse:
    """Give chosen entries a lead body, cooperating bodies and a leader."""
    return _table(request, "assign", ("lead_body", "cooperating_bodies", "leader", "due_on"))


def schedule(request: HttpRequest) -> HttpResponse:
    """Give chosen entries a pace or nodes."""
    return _table(request, "schedule", ("schedule", "starts_on", "due_on", "curve", "nodes"))


def _table(request: HttpRequest, tab: str, names: tuple[str, ...]) -> HttpResponse:
    reader = supervisor(request)
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _assigned(request) if tab == "assign" else _scheduled(request, names))
            return redirect(request.get_full_path())
        except Refused as refused:
            refusal = refused.refusal
    fields = definitions.current("target").fields
    chosen = {name: request.GET.get(name, "") for name in ("area", "state", "lead_body", "kind")}
    rows = settings_page.assignable(reader, chosen)
    total = rows.count()
    count = max(1, -(-total // PAGE))
    page = page_of(request, count)
    lines = promised.table(reader, rows[(page - 1) * PAGE : page * PAGE].values(*promised.ROW))
    for line in lines:
        line |= {"href": entry_address(line["id"]), "chosen": line["id"] in request.POST.getlist("entry")}
    form = [form_field(reader, fields[name], "", name in {"lead_body", "schedule"}) for name in names]
    values = {
        "section": "assign",
        "title": "计划设置",
        "tab": tab,
        "tabs": tabs(tab),
        "rows": lines,
        "page": pages(request, page, count, total),
        "fields": kept(form, request.POST if request.method == "POST" else None),
        "errors": errors_of(refusal),
        "filters": settings_page.filters(reader, chosen),
        "sentence": f"共{total}项",
        "refusal": refusal,
    }
    return render(request, "luoshi/settings.html", values, status=refusal.status if refusal else 200)


def _chosen(request: HttpRequest) -> list[str]:
    chosen = request.POST.getlist("entry")
    require_choice(chosen, "事项")
    return chosen


def _assigned(request: HttpRequest) -> str:
    chosen = _chosen(request)
    due = parse(definitions.current("target").fields["due_on"], request.POST.get("due_on", ""))
    wrong = [due] if isinstance(due, FieldError) else []
    if not request.POST.get("lead_body"):
        wrong.append(FieldError("lead_body", "请选择牵头单位。"))
    refuse_if(wrong)
    lead, others = request.POST["lead_body"], tuple(request.POST.getlist("cooperating_bodies"))
    leader = request.POST.get("leader", "").strip()
    when = due if isinstance(due, date) else None
    wanted = [
        Assignment(name, lead, tuple(code for code in others if code and code != lead), leader, when) for name in chosen
    ]
    assign_entries(context(request), wanted)
    return f"已交办{len(wanted)}项。"


def _scheduled(request: HttpRequest, names: tuple[str, ...]) -> str:
    chosen = _chosen(request)
    typed = typed_of(request.POST, definitions.current("target").fields, names)
    filled = {name: value for name, value in typed.items() if value not in ("", [])}
    schedule_entries(context(request), [Schedule(name, filled) for name in chosen])
    return f"已为{len(chosen)}项定进度。"


def month(request: HttpRequest) -> HttpResponse:
    """Open and close the month's window."""
    reader = supervisor(request)
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _windowed(request, reader))
            return redirect("month")
        except Refused as refused:
            refusal = refused.refusal
    is_closing = "close" in request.GET or bool(refusal and refusal.id == "acts.open_work")
    found = settings_page.window(reader, is_closing)
    for form in found["forms"]:
        form |= {"action": address("month"), "fields": kept(form["fields"], request.POST if refusal else None)}
    values = {
        "section": "assign",
        "title": "计划设置",
        "sentence": "",
        "tab": "month",
        "tabs": tabs("month"),
        "refusal": refusal,
        "errors": errors_of(refusal),
        "close_href": f"{address('month')}?close=1#close",
        "month_href": address("month"),
        "history": history.of_streams(reader, [f"plan:{reader.plan_id}"], {}, 30),
    }
    return render(request, "luoshi/settings.html", {**values, **found}, status=refusal.status if refusal else 200)


def _seen(request: HttpRequest) -> OpenWork | None:
    """The open work the confirmation showed; None when it did not come from there."""
    counts = {name: request.POST.get(name, "") for name in OPEN_WORK}
    if not all(text.isdecimal() and len(text) < 10 for text in counts.values()):
        return None
    return OpenWork(**{name: int(text) for name, text in counts.items()})


def _windowed(request: HttpRequest, reader: Desk) -> str:
    if request.POST.get("move") == "close_month":
        close_month(context(request), reader.plan_id, _seen(request))
        return "已结账，快照已保存。"
    errors = []
    plan = definitions.current("plan").fields
    period = parse(plan["open_period"], request.POST.get("period", ""))
    closes = parse(plan["window_closes_on"], request.POST.get("closes_on", ""))
    for name, value, kind in (("period", period, str), ("closes_on", closes, date)):
        if not isinstance(value, kind):
            message = value.message if isinstance(value, FieldError) else "请填写。"
            errors.append(FieldError(name, message))
    refuse_if(errors)
    opened = Period.parse(str(period))
    open_month(context(request), reader.plan_id, opened, closes if isinstance(closes, date) else reader.today)
    return f"{opened.label}的填报窗口已开启。"
