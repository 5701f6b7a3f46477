"""计划表格: the whole plan as a workbook, changed in Excel, seen as a difference, and taken in."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.acts.import_plan import PlanImport, import_plan, plan_workbook_of
from luoshi.store.queries.form_field import blank
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address
from luoshi.web.desk import context
from luoshi.web.form import errors_of
from luoshi.web.table_file import XLSX, attachment
from luoshi.web.views.list_sheet import SHOWN, uploaded
from luoshi.web.views.settings import supervisor

_STEPS = (
    "下载整个计划的表格：任务、目标各一张表，月度计划曲线和节点各一张表。只改白底各栏。",
    "改好后上传，先看将改动的各处，再导入；没有改的不动，表里删去的不会撤销，新增的行不会登记。",
    "牵头单位、配合单位、责任领导的改动是重新交办；进度口径、时限、曲线、节点是重新定进度；其余是更正，要写理由。",
)


def template(request: HttpRequest) -> HttpResponse:
    """The workbook of the plan."""
    reader = supervisor(request)
    return attachment(plan_workbook_of(context(request), reader.plan_id), f"{reader.plan_id}计划.xlsx", XLSX)


def page(request: HttpRequest) -> HttpResponse:
    """What to do; posted, what would change or has changed, cell by cell."""
    reader = supervisor(request)
    refusal: Refusal | None = None
    done: PlanImport | None = None
    is_check = "check" in request.POST
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "")
            done = import_plan(context(request), reader.plan_id, uploaded(request), reason, dry_run=is_check)
        except Refused as refused:
            refusal = refused.refusal
    errors = refusal.errors if refusal else ()
    reason_field = {**blank("reason", "更正的理由", "long_text"), "value": request.POST.get("reason", "")}
    values = {
        "section": "assign",
        "title": "整个计划：用表格修改",
        "refusal": Refusal(refusal.id, refusal.message, refusal.status, refusal.basis, errors[:SHOWN])
        if refusal
        else None,
        "more": max(0, len(errors) - SHOWN),
        "errors": errors_of(refusal),
        "fields": [{**blank("file", "改好的表格", "evidence"), "needed": True}, reason_field],
        "done": _said(done, is_check=is_check) if done else "",
        "notes": done.notes[:SHOWN] if done else (),
        "crossed": [{**asdict(one), "label": one.cell} for one in done.crossed[:SHOWN]] if done else [],
        "changes": [{**asdict(one), "label": one.cell} for one in done.changes[:SHOWN]] if done else [],
        "changes_title": "将改动的各处" if is_check else "改动的各处",
        "changes_more": max(0, len(done.changes) - SHOWN) if done else 0,
        "template": address("plan-xlsx"),
        "steps": _STEPS,
        "back": address("workbooks"),
        "back_label": "回用表格办理",
        "trail": [("计划设置", address("assign")), ("用表格办理", address("workbooks")), ("整个计划", None)],
    }
    return render(request, "luoshi/workbook.html", values, status=refusal.status if refusal else 200)


def _said(done: PlanImport, *, is_check: bool) -> str:
    crossed = f"；有{len(done.crossed)}处两边都改过，没有动，见下表" if done.crossed else ""
    if not done.changes:
        return f"表格与现在的计划相比没有改动{crossed}。"
    if is_check:
        return f"检查完毕：将改动{len(done.changes)}处{crossed}。现在还没有导入。"
    return f"已改动{len(done.changes)}处{crossed}。"
