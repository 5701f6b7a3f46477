"""退回: why a report came back, in the words of whoever returned it."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from luoshi.store.models import FactRow

RETURNED = {"unclear": "事实不清", "unproven": "佐证不足", "unit": "单位口径有误", "wrong": "数值有误", "other": "其他"}
_BY = {"report.returned": "督查室退回", "report.held_back": "单位负责人退回"}


def why_returned(reports: Iterable[str]) -> dict[str, str]:
    """By report, who returned it last, the code and the words; one query, none for no reports."""
    names = list(reports)
    if not names:
        return {}
    facts = FactRow.objects.filter(stream__in=names, kind__in=_BY).order_by("stream", "version")
    lines = facts.values_list("stream", "kind", "payload")
    return {stream: _told(kind, payload) for stream, kind, payload in lines}


def _told(kind: str, payload: str) -> str:
    data = orjson.loads(payload)
    code = RETURNED.get(str(data["values"].get("return_code") or ""), "") if kind == "report.returned" else ""
    words = str(data.get("reason") or "")
    return _BY[kind] + (f"（{code}）" if code else "") + (f"：{words}" if words else "。")
