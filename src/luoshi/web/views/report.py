"""填报: the sheet of a unit and month; drafts as typed; evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from luoshi.acts.keep_evidence import evidence_path
from luoshi.acts.save_draft import save_draft
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.acts.submit_reports import sheet as sheet_key
from luoshi.people.role import Role
from luoshi.store.models import Evidence
from luoshi.store.queries import sheet as sheets
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.files import readable_file
from luoshi.store.queries.overview import months
from luoshi.store.queries.prospect import prospects
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.files import keep_each
from luoshi.web.form import refuse_if

Rows = dict[str, dict[str, str]]


def report(request: HttpRequest) -> HttpResponse:
    """Go to one's own sheet of the newest month, or the one chosen."""
    reader = desk(request)
    known = [code for code, _ in sheets.bodies(reader)]
    body = request.GET.get("body", "")
    if reader.period and known:
        return redirect("report-sheet", body if body in known else known[0], str(reader.period))
    values = {
        "section": "report",
        "title": "填报",
        "body": "",
        "period": "",
        "rows": [],
        "units": [],
        "editable": False,
    }
    note = "还没有开启过填报月份。" if not reader.period else "您没有需要填报的单位。"
    window = {
        "text": "",
        "note": note,
        "kind": "warn",
        "next": "督查室交办任务并开启月度窗口后，会出现在“我的待办”里。",
    }
    return render(request, "luoshi/report.html", {**values, "window": window, "refusal": None})


def _month(period: str) -> Period:
    try:
        return Period.parse(period)
    except ValueError:
        raise Http404 from None


def sheet(request: HttpRequest, body: str, period: str) -> HttpResponse:
    """The sheet; posted, it is submitted for the head's signature."""
    reader, month = desk(request), _month(period)
    if body not in {code for code, _ in sheets.bodies(reader)}:
        raise Refused(Refusal("web.not_visible", "您不能查看其他单位的填报表。", 403))
    found = sheets.sheet(reader, body, month)
    if request.method != "POST":
        return _page(request, reader, found)
    rows, files, wrong = _posted(request, body, found)
    errors = [FieldError(f"{name}.evidence", message) for name, said in wrong.items() for message in said]
    try:
        refuse_if(errors, f"有{len(errors)}个文件没有收下，已填内容均已保留。")
        changed = _changed(found, rows, files)
        submit_reports(context(request), reader.plan_id, month, body, changed)
    except Refused as refused:
        _lay_over(found, rows, files, refused.refusal)
        _keep_draft(request, reader, month, body, rows)
        return _page(request, reader, found, refused.refusal)
    messages.success(request, f"已提交{len(changed)}项，等待单位负责人签发。")
    return redirect("report-sheet", body, period)


def _typed(request: HttpRequest) -> tuple[Rows, dict[str, str]]:
    """The cells typed by commitment, and the number of each commitment's row on the page."""
    rows: Rows = {}
    numbers: dict[str, str] = {}
    for written in request.POST.getlist("row"):
        number, _, name = written.partition("|")
        numbers[name] = number
        rows[name] = {
            cell: request.POST[f"{number}-{cell}"].strip()
            for cell in sheets.CELLS
            if f"{number}-{cell}" in request.POST
        }
    return rows, numbers


def _posted(
    request: HttpRequest, body: str, found: dict[str, Any]
) -> tuple[Rows, dict[str, list[str]], dict[str, list[str]]]:
    """Cells, files kept (with those of the page before), and what is wrong with other files."""
    rows, numbers = _typed(request)
    files: dict[str, list[str]] = {}
    wrong: dict[str, list[str]] = {}
    held = {row["id"]: [file["id"] for file in row["files"]] for row in found["rows"]}
    known = set(
        Evidence.objects.filter(body=body, uploaded_by=request.user.get_username()).values_list("id", flat=True)
    )
    for name, number in numbers.items():
        again = [key for key in request.POST.getlist(f"{number}-kept") if key in known]
        new, bad = keep_each(request, body, f"{number}-evidence")
        files[name] = list(dict.fromkeys([*held.get(name, []), *again, *new]))
        if bad:
            wrong[name] = bad
    return rows, files, wrong


def _changed(found: dict[str, Any], rows: Rows, files: dict[str, list[str]]) -> list[ReportRow]:
    """The rows in which something stands that was not submitted before."""
    changed = []
    for line in found["rows"]:
        cells = rows.get(line["id"])
        if cells is None or line["locked"]:
            continue
        proofs = files.get(line["id"], [])
        typed = {name: text for name, text in cells.items() if text}
        before = {name: line["submitted"].get(name, "") for name in cells}
        is_same = cells == before and proofs == [file["id"] for file in line["files"]]
        if (typed or proofs) and not (is_same and line["report"] and not line["returned"]):
            changed.append(ReportRow(line["id"], {**typed, **({"evidence": proofs} if proofs else {})}))
    if not changed:
        raise Refused(Refusal("web.nothing_typed", "没有新填或改动的内容，没有提交。", 422))
    return changed


def _lay_over(found: dict[str, Any], rows: Rows, files: dict[str, list[str]], refusal: Refusal) -> None:
    """Put back what was typed, with the error beside each bad cell."""
    names = dict(Evidence.objects.filter(pk__in=[k for keys in files.values() for k in keys]).values_list("id", "name"))
    errors: dict[str, dict[str, str]] = {}
    for error in refusal.errors:
        name, _, cell = error.field.rpartition(".")
        errors.setdefault(name, {})[cell or "text"] = error.message
    for line in found["rows"]:
        if not line["locked"]:
            line.update(rows.get(line["id"], {}))
            line["files"] = [
                {"id": key, "name": names[key], "new": True} for key in files.get(line["id"], []) if key in names
            ]
        line["errors"] = errors.get(line["id"], {})


def _page(request: HttpRequest, reader: Desk, found: dict[str, Any], refusal: Refusal | None = None) -> HttpResponse:
    args = (found["body_code"], found["period_code"])
    numbers = {line["id"]: line["n"] for line in found["rows"]}
    for line in found["rows"]:
        line["href"] = entry_address(line["id"])
        for file in line["files"]:
            file["href"] = address("evidence", file["id"])
    if refusal:
        errors = tuple(_numbered(error, numbers) for error in refusal.errors)
        refusal = Refusal(refusal.id, refusal.message, refusal.status, refusal.basis, errors)
    values = {
        "section": "report",
        "title": f"{found['body']}{found['period']}填报",
        "lively": found["editable"],
        "action": address("report-sheet", *args),
        "draft_action": address("report-draft", *args),
        "units": sheets.bodies(reader),
        "periods": [(month["value"], month["label"]) for month in months(reader)],
        "refusal": refusal,
    }
    return render(request, "luoshi/report.html", {**found, **values}, status=refusal.status if refusal else 200)


def _numbered(error: FieldError, numbers: dict[str, int]) -> FieldError:
    name, _, cell = error.field.rpartition(".")
    return FieldError(f"{numbers.get(name, 1)}-{cell or 'text'}", error.message, error.got)


def _keep_draft(request: HttpRequest, reader: Desk, month: Period, body: str, rows: Rows) -> None:
    if body in reader.bodies_as(Role.DESK_OFFICER):
        save_draft(context(request), sheet_key(reader.plan_id, month), body, rows)


@require_POST
def draft(request: HttpRequest, body: str, period: str) -> HttpResponse:
    """Keep what was typed; answers with when, and the lights as they would become."""
    reader, month = desk(request), _month(period)
    rows, numbers = _typed(request)
    kept = save_draft(context(request), sheet_key(reader.plan_id, month), body, rows)
    if "page" in request.GET:
        messages.success(request, "草稿已存，尚未提交。")
        return redirect("report-sheet", body, period)
    lines = [{"n": numbers[name], "light": light} for name, light in prospects(reader, month, rows).items()]
    return render(request, "luoshi/saved.html", {"saved": sheets.saved_line(kept), "rows": lines})


def evidence(request: HttpRequest, identity: str) -> HttpResponse | FileResponse:
    """A file of evidence, to those who may see its body's entries."""
    file = readable_file(desk(request), identity)
    path = evidence_path(file.sha256)
    if not path.is_file():
        raise Http404
    is_shown = file.media_type in {"image/jpeg", "image/png", "application/pdf"}
    return FileResponse(path.open("rb"), content_type=file.media_type, filename=file.name, as_attachment=not is_shown)
