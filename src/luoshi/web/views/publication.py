"""通报与总账: the month's bulletin as Word, the whole ledger as Excel."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.store.models import Rating
from luoshi.store.queries import lights, wording
from luoshi.store.queries.commitments import parts, whole_tasks
from luoshi.store.queries.desk import Desk
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address
from luoshi.web.desk import desk


def _reader(request: HttpRequest) -> Desk:
    reader = desk(request)
    if not reader.actor.reads_everything:
        raise Refused(Refusal("web.not_visible", "通报和总账由督查室、县领导和审计员查看。", 403))
    return reader


def publication(request: HttpRequest) -> HttpResponse:
    """The months with their lights, each with its bulletin."""
    reader = _reader(request)
    rows = (
        Rating.objects.filter(plan=reader.plan_id)
        .exclude(entry_id__in=whole_tasks(reader))
        .exclude(entry_id__in=parts(reader))
    )
    counted: dict[str, Counter[str]] = {}
    for period, colour in rows.values_list("period", "colour"):
        counted.setdefault(period, Counter())[colour] += 1
    colours = lights.rules_of(reader).colours
    closed = str((reader.plan and reader.plan["closed_period"]) or "")
    months = [
        {
            "label": wording.month(period),
            "is_draft": period > closed,
            "state": "未结账，数字还会变动，只能下载草稿" if period > closed else "已结账",
            "lights": [
                {"colour": c.tone, "word": f"{c.word}{counts[c.key]}"} for c in colours.values() if counts[c.key]
            ],
            "href": address("bulletin", period),
        }
        for period, counts in sorted(counted.items(), reverse=True)
    ]
    values = {"section": "publication", "title": "通报与总账", "months": months, "ledger": address("ledger")}
    return render(request, "luoshi/bulletin.html", values)


def bulletin(request: HttpRequest, period: str) -> HttpResponse:
    """The bulletin of a month as a Word file."""
    from luoshi.web.papers import bulletin_file

    reader = _reader(request)
    try:
        month = Period.parse(period)
    except ValueError:
        raise Http404 from None
    if not Rating.objects.filter(plan=reader.plan_id, period=str(month)).exists():
        raise Http404
    return bulletin_file(reader, month)


def ledger(request: HttpRequest) -> HttpResponse:
    """The whole ledger of the plan as a workbook."""
    from luoshi.web.papers import ledger_file

    reader = _reader(request)
    if reader.period is None:
        raise Refused(Refusal("web.no_month", "还没有开启过填报月份，没有可以导出的台账。", 409))
    return ledger_file(reader, reader.period)
