"""全部单位填报表: what all units report on for a month, row by row, as the supervision office may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from luoshi.store.due import due
from luoshi.store.entries import cells, find_all
from luoshi.store.fed import fed_figures
from luoshi.store.models import Draft, EntryRow
from luoshi.store.queries import wording
from luoshi.store.queries.commitments import ROW
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.report_state import state_words
from luoshi.store.queries.sheet import CELLS, LOCKED, Plain, lay_fed, line_of
from luoshi.store.reports import last_values, report_id
from luoshi.terms.period import Period


def month_sheet(desk: Desk, period: Period) -> Plain:
    """All rows of a month, grouped by unit.

    What a unit has typed and not submitted stays its own (docs/adr/0008): ``own`` names such cells without saying
    what is in them. Cells the supervision office laid there itself are shown.
    """
    leads = due(desk.plan_id, period)
    rows = list(EntryRow.objects.filter(plan=desk.plan_id, id__in=list(leads)).values(*ROW))
    reports, lasts = _reports(desk, leads, period), _before(desk, leads, period)
    drafts = _drafts(desk, period)
    held = {row["id"]: wording.values(row["values"]) for row in rows}
    fed = fed_figures(desk.plan_id, held, period)
    is_open = desk.open_period == period
    lines = []
    for row in rows:
        body = leads[row["id"]]
        draft = drafts.get(body, {}).get(row["id"], {})
        laid = {name: text for name, text in draft.get("laid", {}).items() if draft.get(name) == text}
        line = line_of(row, reports.get(row["id"]), lasts.get(row["id"]), laid)
        lay_fed(line, fed.get(row["id"]), is_editable=is_open and line["report_state"] not in LOCKED)
        line |= {"body": desk.label(body), "body_code": body, "locked": line["locked"] or not is_open}
        line["laid"] = frozenset(laid)
        line["own"] = frozenset(name for name in CELLS if name in draft and name not in laid)
        line["state"] = state_words(line["report_state"], is_pending=line["pending"], is_closed=not is_open)
        del line["values"]
        lines.append(line)
    lines.sort(key=lambda line: (line["body_code"], line["order"]))
    return {"period": period.label, "body": "", "rows": lines, "editable": is_open}


def _reports(desk: Desk, leads: Mapping[str, str], period: Period) -> dict[str, Plain]:
    """The month's reports by commitment."""
    wanted = cells(desk.plan_id, "report", "period").filter(text=str(period)).values("entry_id")
    found: dict[str, Plain] = {}
    for identity, state, written in EntryRow.objects.filter(pk__in=wanted).values_list("id", "state", "values"):
        entry = wording.values(written)
        if entry["commitment"] in leads:
            found[entry["commitment"]] = {**entry, "_state": state, "_id": identity}
    return found


def _before(desk: Desk, names: Iterable[str], period: Period) -> dict[str, Plain]:
    """The newest accepted report before the month: last month's where there is one, else what is further back."""
    asked = {report_id(name, period.previous()): name for name in names}
    known = {
        asked[entry.id]: {"value": entry["value"]}
        for entry in find_all(list(asked)).values()
        if entry.state == "accepted"
    }
    others = last_values(desk.plan_id, [name for name in asked.values() if name not in known], period)
    return {**known, **{name: {"value": entry["value"]} for name, entry in others.items()}}


def _drafts(desk: Desk, period: Period) -> dict[str, dict[str, Any]]:
    rows = Draft.objects.filter(sheet=f"report:{desk.plan_id}:{period}").values_list("body", "content")
    return {body: orjson.loads(content) for body, content in rows}
