"""填报: the sheet of a unit and month; drafts as typed; evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.keep_evidence import evidence_path
from luoshi.acts.save_draft import DraftFiles, save_draft
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.people.role import Role
from luoshi.store.models import Evidence
from luoshi.store.queries import sheet as sheets
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.files import readable_file
from luoshi.store.queries.overview import months
from luoshi.terms.period import Period
from luoshi.terms.quotation import quoted
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk, turn_to
from luoshi.web.files import keep_each
from luoshi.web.form import refuse_if
from luoshi.web.posted import posted_only
from luoshi.web.typed_cells import shown_cells, typed_cells

LABELS = {
    "value": "本月累计",
    "base": "同期基数",
    "node": "已完成节点",
    "text": "进展情况",
    "problem": "存在问题",
    "next_step": "下步举措",
    "evidence": "佐证材料",
    "override_reason": "改填理由",
}
"""The cells of a row, as errors name them."""


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


def month_of(period: str) -> Period:
    """The month of an address."""
    try:
        return Period.parse(period)
    except ValueError:
        raise Http404 from None


def _of_year(request: HttpRequest, month: Period) -> Desk:
    """The reader's desk with the plan of the month's year on it."""
    return turn_to(request, f"{desk(request).county}-{month.start.year}")


def sheet(request: HttpRequest, body: str, period: str) -> HttpResponse:
    """The sheet; posted, it is submitted for the head's signature."""
    month = month_of(period)
    reader = _of_year(request, month)
    if body not in {code for code, _ in sheets.bodies(reader)}:
        raise Refused(Refusal("web.not_visible", "您不能查看其他单位的填报表。", 403))
    found = sheets.sheet(reader, body, month)
    if request.method != "POST":
        return _page(request, reader, found)
    try:
        errors, _ = _receive(request, reader, found)
        found = sheets.sheet(reader, body, month)
        posted = {name for name, _ in _numbers(request)}
        if errors:
            errors += _wrong(request, reader, found, posted)
        refuse_if(errors, f"有{len(errors)}处需要您看过再提交，能保存的都已存为草稿。")
        changed = _changed(found, posted)
        submit_reports(context(request), reader.plan_id, month, body, changed)
    except Refused as refused:
        return _page(request, reader, found, refused.refusal)
    messages.success(request, f"已提交{len(changed)}项，等待单位负责人签发。")
    return redirect("report-sheet", body, period)


@posted_only
def draft(request: HttpRequest, body: str, period: str) -> HttpResponse:
    """Keep what was typed; answers with when, and each row's state and light as they would become."""
    month = month_of(period)
    reader = _of_year(request, month)
    numbers = dict(_numbers(request))
    known = sheets.ground(reader, body, month)
    errors, changed = _receive(request, reader, sheets.sheet(reader, body, month, known, judged=()))
    if "page" not in request.GET:  # saved while typing: every answer tells of what was typed since the last one
        found = sheets.sheet(reader, body, month, known, judged=changed)
        rows = [
            {**line, "n": numbers[line["id"]], "shown": shown_cells(line)}
            for line in found["rows"]
            if line["id"] in changed
        ]
        return render(request, "luoshi/saved.html", {"saved": found["saved"], "rows": rows})
    found = sheets.sheet(reader, body, month)
    if errors:
        message = f"草稿已存，有{len(errors)}处需要您看一下。"
        return _page(request, reader, found, Refusal("web.bad_values", message, 422, errors=tuple(errors)))
    messages.success(request, "草稿已存，尚未提交。")
    return redirect("report-sheet", body, period)


def _numbers(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """The commitments of the posted rows, with the numbers their cells are named by."""
    for written in request.POST.getlist("row"):
        number, _, name = written.partition("|")
        yield name, number


def _receive(request: HttpRequest, reader: Desk, found: dict[str, Any]) -> tuple[list[FieldError], set[str]]:
    """Keep what was changed on the page in the unit's draft, files too.

    Returns:
        What could not be taken or was crossed, and the commitments whose rows were changed.

    Raises:
        Refused: the reader is no desk officer of the unit, or the month is not open.
    """
    body, lines = found["body_code"], {line["id"]: line for line in found["rows"]}
    if body not in reader.bodies_as(Role.DESK_OFFICER):
        raise Refused(Refusal("web.not_desk_officer", "只有本单位经办人可以填报。", 403))
    typed: dict[str, dict[str, str | None]] = {}
    files: dict[str, DraftFiles] = {}
    errors: list[FieldError] = []
    for name, number in _numbers(request):
        line = lines.get(name)
        if line is None:
            continue
        cells = typed_cells(request.POST, number, line)
        if line["report_state"] in sheets.LOCKED:
            errors += [FieldError(f"{name}.{cell.name}", cell.too_late(line["state"]), cell.typed) for cell in cells]
            continue
        errors += [FieldError(f"{name}.{cell.name}", cell.elsewhere, cell.typed) for cell in cells if cell.is_crossed]
        if cells:
            typed[name] = {cell.name: cell.kept for cell in cells}
        change, wrong = _files(request, body, number, line["files"])
        errors += [FieldError(f"{name}.evidence", message) for message in wrong]
        if change.added or change.removed:
            files[name] = change
    save_draft(context(request), reader.plan_id, month_of(found["period_code"]), body, typed, files)
    return errors, {*typed, *files}


def _files(
    request: HttpRequest, body: str, number: str, attached: list[dict[str, Any]]
) -> tuple[DraftFiles, list[str]]:
    """The files that come to a row and go from it; a new one replaces the draft's one of the same name."""
    added, wrong = keep_each(request, body, f"{number}-evidence")
    names = set(Evidence.objects.filter(pk__in=added).values_list("name", flat=True)) if added else set()
    dropped = set(request.POST.getlist(f"{number}-drop"))
    removed = [file["id"] for file in attached if file["id"] in dropped or (file["new"] and file["name"] in names)]
    return DraftFiles(tuple(added), tuple(removed)), wrong


def _wrong(request: HttpRequest, reader: Desk, found: dict[str, Any], posted: set[str]) -> tuple[FieldError, ...]:
    """What submitting would refuse, told together with what could not even be kept."""
    try:
        month = month_of(found["period_code"])
        rows = _changed(found, posted)
        submit_reports(context(request), reader.plan_id, month, found["body_code"], rows, dry_run=True)
    except Refused as refused:
        return refused.refusal.errors
    return ()


def _changed(found: dict[str, Any], posted: set[str]) -> list[ReportRow]:
    """The rows in which something stands that was not submitted before, and returned ones as they stand."""
    changed = []
    for line in found["rows"]:
        typed = {name: line[name] for name in sheets.CELLS if line[name]}
        proofs = [file["id"] for file in line["files"]]
        is_due = line["pending"] or (line["returned"] and line["id"] in posted)
        if is_due and not line["locked"] and (typed or proofs):
            changed.append(ReportRow(line["id"], {**typed, **({"evidence": proofs} if proofs else {})}))
    if not changed and found["window"]["note"] and not found["editable"]:
        raise Refused(Refusal("web.window_closed", f"{found['window']['note']}没有提交。", 409))
    if not changed:
        raise Refused(Refusal("web.nothing_typed", "没有新填或改动的内容，没有提交。", 422))
    return changed


def _page(request: HttpRequest, reader: Desk, found: dict[str, Any], refusal: Refusal | None = None) -> HttpResponse:
    args = (found["body_code"], found["period_code"])
    for line in found["rows"]:
        line["href"] = entry_address(line["id"])
        line["shown"] = shown_cells(line)
        for file in line["files"]:
            file["href"] = address("evidence", file["id"])
    values = {
        "section": "report",
        "title": f"{found['body']}{found['period']}填报",
        "lively": found["editable"],
        "action": address("report-sheet", *args),
        "draft_action": address("report-draft", *args),
        "text_href": address("report-text", *args),
        "file_href": address("report-file", *args),
        "units": sheets.bodies(reader),
        "periods": [(month["value"], month["label"]) for month in months(reader)],
        "refusal": _placed(found["rows"], refusal) if refusal else None,
        "unkept": _unkept(request, found["rows"]) if refusal else [],
    }
    return render(request, "luoshi/report.html", {**found, **values}, status=refusal.status if refusal else 200)


def _unkept(request: HttpRequest, lines: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What was typed on a page that can no longer be taken, for whoever typed it to copy."""
    numbers = dict(_numbers(request))
    return [
        {"name": line["name"], "label": LABELS[cell.name], "text": cell.typed}
        for line in lines
        if line["id"] in numbers and line["locked"]
        for cell in typed_cells(request.POST, numbers[line["id"]], line)
        if cell.typed
    ]


def _placed(lines: list[dict[str, Any]], refusal: Refusal) -> Refusal:
    """The refusal with each error beside its cell, and naming task, commitment and field in the summary."""
    known = {line["id"]: line for line in lines}
    errors = []
    for error in refusal.errors:
        name, _, cell = error.field.rpartition(".")
        line = known.get(name)
        if line is None:
            errors.append(error)
            continue
        cell = cell if cell in LABELS else "text"
        line["errors"][cell] = line["errors"].get(cell, "") + error.message
        place = (f"第{line['task']}项" if line["task"] else "") + quoted(line["name"])
        field = "" if LABELS[cell] in error.message else LABELS[cell]
        message = f"{place}{f'的{field}' if field else ''}：{error.message}"
        errors.append(FieldError(f"{line['n']}-{cell}", message, error.got))
    return Refusal(refusal.id, refusal.message, refusal.status, refusal.basis, tuple(errors))


def evidence(request: HttpRequest, identity: str) -> HttpResponse | FileResponse:
    """A file of evidence, to those who may see its body's entries."""
    file = readable_file(desk(request), identity)
    path = evidence_path(file.sha256)
    if not path.is_file():
        raise Http404
    is_shown = file.media_type in {"image/jpeg", "image/png", "application/pdf"}
    return FileResponse(path.open("rb"), content_type=file.media_type, filename=file.name, as_attachment=not is_shown)
