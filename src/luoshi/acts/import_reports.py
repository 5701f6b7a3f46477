"""填报导入: a filled workbook laid over the drafts of a month; what changed on both sides is shown, never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.month_window import require_open
from luoshi.acts.report_workbook import CELLS, FIGURE, FilledSheet, read_report_workbook
from luoshi.acts.save_draft import begun_draft, save_draft
from luoshi.acts.submit_reports import ReportRow, checked_row, wrong_cells
from luoshi.lists.entry import Entry
from luoshi.lists.value import half_width, parse
from luoshi.store import entries
from luoshi.store.reports import last_values
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError, Refusal, Refused

Lines = Mapping[str, Mapping[str, Any]]
"""The rows of a page by commitment, as they stand now."""
Typed = dict[str, dict[str, str]]
"""What the workbook says otherwise than the page, by commitment and cell."""


@dataclass(frozen=True, slots=True)
class CrossedCell:
    """两头都改的格: a cell that was changed both in the workbook and on the page since the workbook was made."""

    commitment: str
    cell: str
    where: str
    called: str
    was: str
    stands: str
    filled: str


@dataclass(frozen=True, slots=True)
class Wish:
    """导入方式: ``dry_run``: all is checked and nothing kept; ``take_good``: bad cells are left out, not all refused."""

    dry_run: bool = False
    take_good: bool = False


@dataclass(frozen=True, slots=True)
class DraftImport:
    """草稿导入: what came into the draft and what did not, each cell by its name.

    ``changed`` and ``unchanged`` count rows; ``wrong`` are cells that cannot be so; ``crossed`` were left as they
    stand, for a person to choose; ``missing`` says what must still be added before the rows can be submitted.
    """

    changed: int
    unchanged: int
    notes: tuple[str, ...] = ()
    wrong: tuple[FieldError, ...] = ()
    crossed: tuple[CrossedCell, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """要填的表: a unit's sheet of a month; ``read`` gives its page as it stands when asked, for the one who imports."""

    plan: str
    period: Period
    body: str
    read: Callable[[], Mapping[str, Any]]


@dataclass(slots=True)
class Comparison:
    """对照: what a workbook changes, told from what the page says now and what it said when the workbook was made."""

    filled: FilledSheet
    lines: Lines
    changes: Typed = field(default_factory=dict)
    crossed: list[CrossedCell] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """Compare row by row; rows that are unknown, or twice in the sheet, are named."""
        for number, cells in self.filled.rows:
            name = cells["id"]
            if name not in self.lines:
                self.filled.say(number, "id", name, "不是本月在这里填报的事项，请勿改动条目编号。")
            elif name in self.rows:
                self.filled.say(number, "id", name, "在表中出现了两次。")
            else:
                self.rows[name] = number
                self._row(number, name, cells)

    def _row(self, number: int, name: str, cells: Mapping[str, str]) -> None:
        line, base = self.lines[name], self.filled.bases.get(name)
        for cell in (each.name for each in CELLS if each.name in cells):
            typed, stands = cells[cell], str(line[cell] or "")
            was = base.get(cell, "") if base is not None else None
            if same(typed, stands) or (was is not None and same(typed, was)):
                continue
            if line["locked"]:
                self.filled.notes.append(f"第{number}行{line['state']}，不能再改，没有动。")
                return
            if cell == "value" and line.get("fed"):
                where = self.filled.place(number, cell)
                self.filled.notes.append(f"{where}由系统取数，没有导入；要改填的，请在填报页改并写明理由。")
            elif same(stands, was) if was is not None else not stands:
                self.changes.setdefault(name, {})[cell] = typed
            else:
                where = self.filled.place(number, cell)
                called = str(line.get("name") or name)
                self.crossed.append(CrossedCell(name, cell, where, called, was or "", stands, typed))

    def drop_wrong(self, known: Mapping[str, Entry]) -> list[FieldError]:
        """Take the cells that cannot be so out of the changes, each named by its place."""
        for name, cells in list(self.changes.items()):
            whole = {each.name: cells.get(each.name, str(self.lines[name][each.name] or "")) for each in CELLS}
            for error in wrong_cells(known[name], whole):
                if error.field in cells:
                    self.filled.say(self.rows[name], error.field, cells.pop(error.field), error.message)
            if not cells:
                del self.changes[name]
        return self.filled.errors


def same(typed: str, stands: str) -> bool:
    """Whether two writings say the same: figures by their value, words without regard to blanks."""
    if typed == stands:
        return True
    figures = [parse(FIGURE, half_width(text)) for text in (typed, stands)]
    is_number = all(isinstance(figure, Decimal) for figure in figures)
    return figures[0] == figures[1] if is_number else typed.split() == stands.split()


@act
def import_reports(context: Context, asked: SheetAsked, content: bytes, wish: Wish) -> DraftImport:
    """Lay a filled workbook over the draft of a unit's sheet; nothing is submitted.

    Cells changed on the page since the workbook was made stay as they are and are named, whatever is wished.

    Raises:
        Refused: as ``save_draft``; another unit's or month's workbook; or bad cells, each named, unless the good
            ones are to be taken; then nothing is kept.
    """
    require_open(context, asked.plan, asked.period)
    filled = read_report_workbook(content)
    begun = begun_draft(context, asked.plan, asked.period, asked.body)  # held: nobody saves between look and leap
    found = asked.read()
    require_same(filled, {"body": str(found["body"]), "period": str(found["period"])})
    lines = {line["id"]: line for line in found["rows"]}
    compared = Comparison(filled, lines)
    compared.run()
    known = entries.find_all(list(compared.changes))
    wrong = compared.drop_wrong(known)
    refuse_wrong(wrong, wish)
    changed = compared.changes
    if not wish.dry_run and changed:
        save_draft(context, asked.plan, asked.period, asked.body, _kept(changed, lines))
    elif begun.content == "{}":
        begun.delete()
    missing = _missing(asked, compared, known)
    same_rows = len(filled.rows) - len(changed)
    return DraftImport(
        len(changed), same_rows, tuple(filled.notes), tuple(wrong), tuple(compared.crossed), tuple(missing)
    )


def refuse_wrong(wrong: Sequence[FieldError], wish: Wish) -> None:
    """Refuse when something is wrong and only a faultless workbook is to be taken.

    Raises:
        Refused: naming every bad cell.
    """
    if wrong and not wish.take_good:
        message = f"表中有{len(wrong)}处需要修改，一格也没有导入。"
        raise Refused(Refusal("acts.bad_report_sheet", message, 422, errors=tuple(wrong)))


def require_same(filled: FilledSheet, expected: Mapping[str, str]) -> None:
    """Refuse a workbook of another unit or month.

    Raises:
        Refused: naming both (409).
    """
    labels = {"body": "单位", "period": "月份"}
    for number, cells in filled.rows:
        for name, wanted in expected.items():
            if cells.get(name) and cells[name] != wanted:
                message = f"这是{cells[name]}的填报表（第{number}行），这里是{wanted}，{labels[name]}不同，没有导入。"
                raise refuse("acts.other_sheet", message, 409)


def _missing(asked: SheetAsked, compared: Comparison, known: Mapping[str, Entry]) -> Iterable[str]:
    """What submitting would still ask for in the rows that change, by row."""
    before = last_values(asked.plan, list(compared.changes), asked.period)
    for name, cells in compared.changes.items():
        whole = {each.name: cells.get(each.name, str(compared.lines[name][each.name] or "")) for each in CELLS}
        if compared.lines[name].get("fed"):
            whole["value"] = str(compared.lines[name]["value"])
        _, errors = checked_row(known[name], ReportRow(name, whole), before.get(name))
        yield from (f"第{compared.rows[name]}行提交以前：{error.message}" for error in errors)


def _kept(changed: Typed, lines: Lines) -> dict[str, dict[str, str | None]]:
    """The changed cells as the draft keeps them: None where one is again as it was submitted."""
    return {
        name: {cell: None if text == lines[name]["submitted"][cell] else text for cell, text in cells.items()}
        for name, cells in changed.items()
    }


@act
def take_filled(context: Context, asked: SheetAsked, chosen: Sequence[CrossedCell]) -> tuple[CrossedCell, ...]:
    """Put what a workbook says into cells that were changed on both sides, as a person chose.

    Returns:
        Cells that were changed once more since they were shown; they stay as they stand now.

    Raises:
        Refused: as ``save_draft``; or what was chosen cannot be so, or is no cell of the sheet.
    """
    require_open(context, asked.plan, asked.period)
    begun = begun_draft(context, asked.plan, asked.period, asked.body)
    lines = {line["id"]: line for line in asked.read()["rows"]}
    changed: Typed = {}
    again: list[CrossedCell] = []
    names = {each.name for each in CELLS}
    for one in chosen:
        line = lines.get(one.commitment)
        if line is None or one.cell not in names or line["locked"] or (one.cell == "value" and line.get("fed")):
            raise refuse("acts.not_to_fill", f"{one.where}现在不能填写，请刷新填报页后再看。", 409)
        stands = str(line[one.cell] or "")
        if same(stands, one.stands):
            changed.setdefault(one.commitment, {})[one.cell] = one.filled
        elif not same(stands, one.filled):
            again.append(CrossedCell(one.commitment, one.cell, one.where, one.called, one.stands, stands, one.filled))
    known = entries.find_all(list(changed))
    errors = [error for name, cells in changed.items() for error in wrong_cells(known[name], cells)]
    refuse_wrong(errors, Wish())
    if changed:
        save_draft(context, asked.plan, asked.period, asked.body, _kept(changed, lines))
    elif begun.content == "{}":
        begun.delete()
    return tuple(again)
