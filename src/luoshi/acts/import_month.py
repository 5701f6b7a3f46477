"""全部单位填报导入: a month's workbook of all units laid into their drafts by the supervision office; none is submitted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.import_reports import Comparison, DraftImport, Lines, Typed, Wish, refuse_wrong, require_same
from luoshi.acts.month_window import require_open, sheet_key
from luoshi.acts.report_workbook import FilledSheet, read_report_workbook
from luoshi.acts.save_draft import LAID, begun_draft
from luoshi.people.role import Role
from luoshi.store import entries
from luoshi.store.models import Draft
from luoshi.terms.period import Period


@act
def import_month(
    context: Context, plan: str, period: Period, read: Callable[[], Mapping[str, Any]], content: bytes, wish: Wish
) -> DraftImport:
    """Lay a filled workbook of all units over their drafts; each unit then checks, submits and signs as ever.

    What a unit has typed itself is never overwritten, nor shown; what was submitted or laid here by someone else since
    the workbook was made is shown with both values and left.

    Args:
        read: the rows of all units as they stand when asked, as ``store.queries.month_sheet`` gives them.

    Raises:
        Refused: the actor is no supervisor, the month is not open, another month's workbook; or bad cells, each
            named, unless the good ones are to be taken; then nothing is kept.
    """
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.no_month_sheet", "全部单位的填报表由督查室导入。", 403)
    require_open(context, plan, period)
    filled = read_report_workbook(content)
    list(Draft.objects.select_for_update().filter(sheet=sheet_key(plan, period)).order_by("body"))
    found = read()
    require_same(filled, {"period": str(found["period"])})
    lines = {line["id"]: line for line in found["rows"]}
    _require_bodies(filled, lines)
    return lay_month(context, plan, period, Comparison(filled, lines), wish)


def lay_month(context: Context, plan: str, period: Period, compared: Comparison, wish: Wish) -> DraftImport:
    """Compare, name what is wrong, and lay the rest into the drafts of the units, in the act that runs.

    Raises:
        Refused: bad cells, unless the good ones are to be taken.
    """
    filled, lines = compared.filled, compared.lines
    compared.run()
    _leave_own(compared)
    wrong = compared.drop_wrong(entries.find_all(list(compared.changes)))
    refuse_wrong(wrong, wish)
    if not wish.dry_run:
        for body, typed in _by_body(compared.changes, lines).items():
            _lay(context, plan, period, body, typed)
    changed = len(compared.changes)
    return DraftImport(changed, len(filled.rows) - changed, tuple(filled.notes), tuple(wrong), tuple(compared.crossed))


def _require_bodies(filled: FilledSheet, lines: Lines) -> None:
    """Name rows whose unit was changed in the sheet: another lead is assigned, not typed."""
    for number, cells in filled.rows:
        line = lines.get(cells["id"])
        if line and cells.get("body") and cells["body"] != line["body"]:
            filled.say(number, "body", cells["body"], f"这一项由{line['body']}填报；要改牵头单位的，请另行交办。")


def _leave_own(compared: Comparison) -> None:
    """Take out what the units typed themselves."""
    for name, cells in list(compared.changes.items()):
        for cell in [cell for cell in cells if cell in compared.lines[name]["own"]]:
            where = compared.filled.place(compared.rows[name], cell)
            compared.filled.notes.append(f"{where}　单位在草稿里已自行填写，没有动。")
            del cells[cell]
        if not cells:
            del compared.changes[name]


def _by_body(changed: Typed, lines: Lines) -> dict[str, Typed]:
    found: dict[str, Typed] = {}
    for name, cells in changed.items():
        found.setdefault(str(lines[name]["body_code"]), {})[name] = cells
    return dict(sorted(found.items()))


def _lay(context: Context, plan: str, period: Period, body: str, typed: Typed) -> None:
    draft = begun_draft(context, plan, period, body)
    content: dict[str, dict[str, Any]] = orjson.loads(draft.content)
    for name, cells in typed.items():
        row = content.setdefault(name, {})
        row |= cells
        row[LAID] = {**row.get(LAID, {}), **cells}
    draft.content = orjson.dumps(content).decode()
    draft.saved_by, draft.saved_at = context.actor.account, context.now
    draft.save()
