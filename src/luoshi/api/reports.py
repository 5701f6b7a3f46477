"""A unit's month: what it has to report, and reporting it."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.api.answer import Plain
from luoshi.api.door import Caller
from luoshi.store.queries import plain_entries, sheet
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused

CELLS = ("id", "name", "task", "target", "unit", "previous", "value", "base", "node", "text", "problem", "next_step")


def due(caller: Caller, body: str, period: str) -> Plain:
    """The rows of a unit's sheet with what was reported and what the last month said."""
    month, caller = _of_year(caller, period)
    if body not in {code for code, _ in sheet.bodies(caller.desk)}:
        raise Refused(Refusal("api.not_visible", "令牌的账号不能查看这一单位的填报表。", 403))
    found = sheet.sheet(caller.desk, body, month)
    rows = [
        {**{name: row[name] for name in CELLS}, "report": row["report"], "state": row["report_state"] or "due"}
        for row in found["rows"]
    ]
    return {"body": body, "period": str(month), "window": found["window"]["text"], "rows": rows}


def submit(caller: Caller, body: str, period: str) -> Plain:
    """Report rows; they then wait for the signature of the unit's head."""
    month, caller = _of_year(caller, period)
    sent = caller.sent.get("rows")
    if not isinstance(sent, list) or not all(isinstance(row, Mapping) and row.get("commitment") for row in sent):
        message = '“rows”应列出填报的各行：[{"commitment": …, "value": …, "text": …}]。'
        raise Refused(Refusal("api.no_rows", message, 422))
    rows = [
        ReportRow(str(row["commitment"]), {name: cell for name, cell in row.items() if name != "commitment"})
        for row in sent
    ]
    after = submit_reports(caller.context, caller.desk.plan_id, month, body, rows)
    return {"status": 201, "entries": [plain_entries.written(entry) for entry in after]}


def _of_year(caller: Caller, period: str) -> tuple[Period, Caller]:
    """The month, and the caller with the plan of its year on the desk."""
    try:
        month = Period.parse(period)
    except ValueError:
        raise Refused(Refusal("api.unknown_period", f"“{period}”不是月份，应如 2023-09。", 404)) from None
    return month, caller.turned_to(f"{caller.desk.county}-{month.start.year}")
