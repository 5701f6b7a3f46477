"""既有台账导入: the ledger kept so far is taken in; its columns are mapped once, its rows matched, its figures laid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.import_ledger import (
    LedgerImport,
    LedgerReview,
    correct_by_ledger,
    decide_matches,
    hand_over_assignments,
    import_ledger,
    keep_ledger,
    kept_ledgers,
    map_columns,
    review_ledger,
)
from luoshi.acts.import_reports import Wish
from luoshi.acts.ledger_workbook import LEFT_OUT, roles
from luoshi.reading.matching import MatchCandidate
from luoshi.store.models import DocumentRow
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import blank
from luoshi.store.queries.month_sheet import month_sheet
from luoshi.store.queries.overview import months
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.address import address
from luoshi.web.desk import context
from luoshi.web.form import errors_of
from luoshi.web.views.list_sheet import SHOWN
from luoshi.web.views.reading import about, uploaded
from luoshi.web.views.report import LABELS, month_of
from luoshi.web.views.report_file import chosen_cells, outcome, said_cells
from luoshi.web.views.settings import supervisor

_TRAIL = [("计划设置", "assign"), ("用表格办理", "workbooks")]


def ledgers(request: HttpRequest) -> HttpResponse:
    """The ledgers that were taken in; taking in another."""
    reader = supervisor(request)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return redirect("ledger-file", keep_ledger(context(request), reader.plan_id, *uploaded(request)))
        except Refused as refused:
            refusal = refused.refusal
    known = DocumentRow.objects.filter(sha256__in=kept_ledgers(reader.plan_id)).only("sha256", "name", "uploaded_at")
    values = {
        "section": "assign",
        "title": "导入既有台账",
        "step": "upload",
        "refusal": refusal,
        "errors": errors_of(refusal),
        "fields": [{**blank("file", "台账（xlsx）", "evidence"), "needed": True}],
        "ledgers": [
            {"name": row.name, "about": about(row), "href": address("ledger-file", row.sha256)} for row in known
        ],
        "trail": [*((label, address(name)) for label, name in _TRAIL), ("既有台账", None)],
    }
    return render(request, "luoshi/ledger.html", values, status=refusal.status if refusal else 200)


def ledger(request: HttpRequest, digest: str) -> HttpResponse:
    """One ledger: which column is what; then which row is which commitment, and what would come of it."""
    reader = supervisor(request)
    refusal: Refusal | None = None
    done: LedgerImport | None = None
    period = _month(request, reader)
    wish = Wish(dry_run="check" in request.POST, take_good="take_good" in request.POST)
    try:
        if request.method == "POST":
            done = _posted(request, reader, digest, period, wish)
            if done is None:
                return redirect("ledger-file", digest)
    except Refused as refused:
        refusal = refused.refusal
    review = done.review if done else review_ledger(context(request), reader.plan_id, digest, _place(request))
    values = {
        "section": "assign",
        "title": _name(digest),
        "step": "rows" if review.is_mapped else "columns",
        "errors": errors_of(refusal),
        "table": {"titles": review.table.titles, "title": review.table.title, "head": review.table.head},
        "columns": _columns(review),
        "roles": [(LEFT_OUT, "不导入"), *((role, each["label"]) for role, each in roles().items())],
        "table_notes": review.table.notes[:SHOWN],
        "rows": _rows(review)[:SHOWN],
        "rows_more": max(0, len(review.words) - SHOWN),
        "matched": sum(bool(match.entry) for match in review.matches.values()),
        "count": len(review.matches),
        "months": months(reader),
        "period": str(period or ""),
        "done": _said(done, wish) if done else "",
        "corrections": _cells(done.corrections) if done and "check" in request.POST else [],
        "unmatched": done.unmatched[:SHOWN] if done else (),
        "tables_href": address("table", digest),
        "back": address("ledgers"),
        "trail": [
            *((label, address(name)) for label, name in _TRAIL),
            ("既有台账", address("ledgers")),
            ("核对", None),
        ],
    }
    values |= outcome(refusal, done.done if done else None, done.done.crossed if done else ())
    return render(request, "luoshi/ledger.html", values, status=refusal.status if refusal else 200)


def _posted(request: HttpRequest, reader: Desk, digest: str, period: Period | None, wish: Wish) -> LedgerImport | None:
    """Do what was asked for; None when the page is simply to be shown again."""
    plan = reader.plan_id
    if "columns" in request.POST:
        chosen = {int(name[5:]): role for name, role in request.POST.items() if _is_column(name)}
        map_columns(context(request), plan, digest, chosen, _place(request) or ("", 0))
        messages.success(request, "各栏用途已保存，下次导入同样表头的台账会直接沿用。")
        return None
    if "assign" in request.POST:
        hand_over_assignments(context(request), plan, digest)
        messages.success(request, "台账里的分工已送到“从分解表指派”，请逐行核对后再交办。")
        return None
    if "correct" in request.POST:
        reason = request.POST.get("reason", "")
        if not reason.strip():
            error = FieldError("reason", "请写明更正的理由。")
            raise Refused(Refusal("web.no_reason", error.message, 422, errors=(error,)))
        count = correct_by_ledger(context(request), plan, chosen_cells(request), reason)
        messages.success(request, f"已更正{count}份填报。")
        return None
    decided = {name[6:]: entry for name, entry in request.POST.items() if name.startswith("match-")}
    changed = {key: entry for key, entry in decided.items() if request.POST.get(f"was-{key}", "") != entry}
    decide_matches(context(request), plan, digest, changed)
    if "save" in request.POST:
        messages.success(request, "配对已保存。")
        return None
    if period is None:
        raise Refused(Refusal("web.no_month", "还没有开启过填报月份，不能导入进展。", 409))
    month = period
    return import_ledger(context(request), plan, digest, month, lambda: month_sheet(reader, month), wish)


def _is_column(name: str) -> bool:
    return name.startswith("role-") and name[5:].isdecimal() and len(name) < 10


def _place(request: HttpRequest) -> tuple[str, int] | None:
    """The sheet and the row of heads asked for; None for those kept."""
    asked = request.POST if "columns" in request.POST else request.GET
    head = asked.get("head", "")
    if "sheet" not in asked and not head:
        return None
    return asked.get("sheet", ""), int(head) if head.isdecimal() and len(head) < 6 else 0


def _month(request: HttpRequest, reader: Desk) -> Period | None:
    written = request.POST.get("month", "")
    return month_of(written) if written else reader.open_period or reader.newest


def _name(digest: str) -> str:
    return str(DocumentRow.objects.filter(sha256=digest).values_list("name", flat=True).first() or "台账")


def _columns(review: LedgerReview) -> list[dict[str, Any]]:
    return [
        {**asdict(column), "chosen": review.chosen.get(column.index, LEFT_OUT), "samples": "；".join(column.samples)}
        for column in review.table.columns
    ]


def _rows(review: LedgerReview) -> list[dict[str, Any]]:
    """The rows, those that belong to nothing first, with what they can mean and why."""
    rows = []
    for key, match in review.matches.items():
        is_left = key in review.decided and not review.decided[key]
        best = next((one for one in match.candidates if one.adopted.id == match.entry), None)
        rows.append({
            "key": key,
            "number": key[1:],
            "words": review.words[key],
            "cells": [{"label": LABELS[name], "text": text} for name, text in review.cells.get(key, {}).items()],
            "entry": match.entry,
            "is_left": is_left,
            "options": [(one.adopted.id, _called(one)) for one in match.candidates],
            "why": match.reason or "".join(best.reasons if best else ()) or ("" if is_left else _near(match.candidates)),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (bool(row["entry"]) or row["is_left"], int(row["number"])))


def _called(one: MatchCandidate) -> str:
    return f"第{one.adopted.task}项　{one.adopted.name}" if one.adopted.task else one.adopted.name


def _near(candidates: Sequence[MatchCandidate]) -> str:
    if not candidates:
        return "没有相像的事项，请核对是否已采纳、交办。"
    return f"没有把握，最像“{candidates[0].adopted.name}”：{''.join(candidates[0].reasons)}"


def _cells(found: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {**asdict(one), "label": LABELS[one.cell], "value": json.dumps(asdict(one), ensure_ascii=False)}
        for one in found[:SHOWN]
    ]


def _said(done: LedgerImport, wish: Wish) -> str:
    left = f"有{len(done.unmatched)}行没有对应的事项，列在下面。" if done.unmatched else ""
    differ = f"有{len(done.corrections)}格与已采信的填报不同，没有改动。" if done.corrections else ""
    return said_cells(done.done, wish, "各单位草稿") + left + differ
