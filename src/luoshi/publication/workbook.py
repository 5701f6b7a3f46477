"""The whole ledger of a plan as .xlsx: the official table, its history, and what each column means."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time
from fractions import Fraction
from functools import partial

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.named_styles import NamedStyleList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.publication.archive import settled
from luoshi.publication.ledger_sheet import (
    LedgerColumn,
    PlanLedger,
    Shown,
    area_groups,
    ledger_columns,
    row_values,
    split_groups,
    task_groups,
)
from luoshi.publication.legend import ShownLight, light_of
from luoshi.publication.row_height import lines, page_starts, row_heights
from luoshi.publication.word_file import DEMO_MARK
from luoshi.publication.wording import one_line, printable
from luoshi.terms.number import plain, round_half_up
from luoshi.terms.period import chinese_date

_LINE = Side("thin", "FF808080")
_EDGES = Border(_LINE, _LINE, _LINE, _LINE)
_HEAD_FILL = PatternFill("solid", "FFEEF0F3")
_BODY = Font("宋体", 10)
_HEAD = Font("黑体", 10)
_MIDDLE = Alignment("center", "center", wrap_text=True)
_TEXT = Alignment("left", "center", wrap_text=True)
_FIGURE = Alignment("right", "center", shrink_to_fit=True)  # a figure too wide would be shown as ####
_DECIMALS = 4
_CENTRED = {"area", "number", "leader", "contact", "light", "lead", "indicator"}
_HEAD_ROW = 3
_A3 = (16.535, 11.693)  # inches
_EDGE = 0.75  # inches kept free above and below
_HEAD_HEIGHT, _TITLE_HEIGHT = 32, 56  # points
_PLAIN = 18.0  # the lowest row of a plain sheet, points
_LONGEST = 32_000  # a cell holds 32,767 characters


def ledger_workbook(ledger: PlanLedger) -> bytes:
    """The ledger as the bytes of an .xlsx without formulas; the same ledger gives the same bytes.

    Raises:
        KeyError: a row's light is not in the legend.
    """
    book = Workbook()
    styles: NamedStyleList = vars(book)["_named_styles"]
    styles["Normal"].font = Font("宋体", 11)  # column widths count in its digits
    book.properties.creator = book.properties.lastModifiedBy = one_line(ledger.issuer)
    book.properties.title = one_line(ledger.title)
    book.properties.created = book.properties.modified = datetime.combine(ledger.made_on, time())
    sheet = book.worksheets[0]
    sheet.title = "工作台账"
    _fill_ledger(sheet, ledger)
    _fill_history(book.create_sheet("变动记录"), ledger)
    _fill_meanings(book.create_sheet("栏目说明"), ledger)
    written = io.BytesIO()
    book.save(written)
    return settled(written.getvalue(), ledger.made_on)


def _fill_ledger(sheet: Worksheet, ledger: PlanLedger) -> None:
    columns = ledger_columns()
    _heading(sheet, ledger.title, _subtitle(ledger), columns)
    values = [row_values(row, ledger.legend) for row in ledger.rows]
    dressed: dict[str, Cell] = {}
    for index, (row, shown) in enumerate(zip(ledger.rows, values, strict=True)):
        for place, column in enumerate(columns, 1):
            cell = _put(sheet, _HEAD_ROW + 1 + index, place, shown[column.key])
            light = light_of(ledger.legend, row.light) if column.key == "light" else None
            form = _format(column, shown[column.key])
            kind = f"{column.key} {light.key if light else ''} {form}"
            _alike(cell, kind, dressed, partial(_dress, column=column, light=light, form=form))
    if not values:
        _put(sheet, _HEAD_ROW + 1, 1, "尚无列入台账的事项。")
    texts = [[_as_text(shown[column.key]) for column in columns] for shown in values]
    tasks, areas = task_groups(ledger.rows), area_groups(ledger.rows)
    heights = row_heights(texts, [column.width for column in columns], {0: areas, 1: tasks, 2: tasks})
    for index, height in enumerate(heights):
        sheet.row_dimensions[_HEAD_ROW + 1 + index].height = height
    _hide_empty(sheet, columns, values)
    _print_setup(sheet, ledger)
    starts = _break_pages(sheet, ledger, heights)
    _merge(sheet, columns, {"area": split_groups(areas, starts), "number": tasks, "task": tasks})
    sheet.freeze_panes = f"D{_HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(columns))}{_HEAD_ROW + max(len(values), 1)}"


def _subtitle(ledger: PlanLedger) -> str:
    mark = f"　【{DEMO_MARK}】" if ledger.is_demo else ""
    return f"{one_line(ledger.issuer)}　数据截至{chinese_date(ledger.period.last)}　{chinese_date(ledger.made_on)}生成{mark}"


def _heading(sheet: Worksheet, title: str, subtitle: str, columns: Sequence[LedgerColumn]) -> None:
    """Title, line of origin and head row, with the column widths."""
    last = len(columns)
    origin = 20 * lines(subtitle, int(sum(column.width for column in columns) * 0.9))
    for row, text, font, height in (
        (1, title, Font("方正小标宋简体", 20), 36),
        (2, subtitle, Font("楷体", 11), origin),
    ):
        cell = _put(sheet, row, 1, one_line(text))
        cell.font, cell.alignment = font, _MIDDLE
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        sheet.row_dimensions[row].height = height
    for place, column in enumerate(columns, 1):
        cell = _put(sheet, _HEAD_ROW, place, column.name)
        cell.font, cell.fill, cell.border, cell.alignment = _HEAD, _HEAD_FILL, _EDGES, _MIDDLE
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.row_dimensions[_HEAD_ROW].height = _HEAD_HEIGHT


def _put(sheet: Worksheet, row: int, place: int, value: Shown | date) -> Cell:
    """The value in its cell: numbers and days as such, text as text even where it begins with =."""
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)  # noqa: S101 — nothing is written into merged cells
    if isinstance(value, Fraction):
        cell.value = round_half_up(value, 8)
    elif isinstance(value, str):
        text = printable(value)
        cell.value = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（以下从略，全文见系统）"
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _alike(cell: Cell, kind: str, dressed: dict[str, Cell], dress: Callable[[Cell], None]) -> None:
    """Dress the first cell of a kind and copy its look to the others: openpyxl searches each font and border anew."""
    like = dressed.setdefault(kind, cell)
    if like is cell:
        dress(cell)
    else:
        cell._style = copy(like._style)  # type: ignore[attr-defined]  # noqa: SLF001 - the one way to share a look


def _format(column: LedgerColumn, value: Shown) -> str:
    """The column's number format with as many decimals as the figure has: #,##0.#### would print 44 as “44.”."""
    if not isinstance(value, Fraction) or "%" in column.format:
        return column.format
    decimals = len(plain(round_half_up(value, _DECIMALS)).partition(".")[2])
    return column.format.replace("0;", f"0.{'0' * decimals};") if decimals else column.format


def _dress(cell: Cell, column: LedgerColumn, light: ShownLight | None, form: str) -> None:
    cell.font, cell.border = _BODY, _EDGES
    cell.alignment = _FIGURE if column.format else _TEXT
    if column.key in _CENTRED:
        cell.alignment = _MIDDLE
    if form:
        cell.number_format = form
    if light:
        _colour(cell, light)


def _colour(cell: Cell | MergedCell, light: ShownLight) -> None:
    cell.fill, cell.font = PatternFill("solid", f"FF{light.tint}"), Font("黑体", 10, color=f"FF{light.ink}")


def _merge(sheet: Worksheet, columns: Sequence[LedgerColumn], merged: dict[str, list[tuple[int, int]]]) -> None:
    """One cell for each run of rows of a column; an area begins anew on each page."""
    for place, column in enumerate(columns, 1):
        for first, last in merged.get(column.key, ()):
            if last > first:
                top, foot = _HEAD_ROW + 1 + first, _HEAD_ROW + 1 + last
                sheet.merge_cells(start_row=top, end_row=foot, start_column=place, end_column=place)


def _hide_empty(sheet: Worksheet, columns: Sequence[LedgerColumn], values: Sequence[Mapping[str, Shown]]) -> None:
    """Columns nobody filled take no paper; they stay in the table and can be shown again."""
    for place, column in enumerate(columns, 1):
        if values and not any(shown[column.key] not in {"", None} for shown in values):
            sheet.column_dimensions[get_column_letter(place)].hidden = True


def _as_text(value: Shown) -> str:
    return value if isinstance(value, str) else ""


def _print_setup(sheet: Worksheet, ledger: PlanLedger) -> None:
    """Turned A4 as wide as the page, the head on each page, pages counted."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = _EDGE
    margins.header = margins.footer = 0.35
    foot, head = sheet.HeaderFooter.oddFooter, sheet.HeaderFooter.oddHeader
    assert foot is not None and head is not None  # noqa: PT018, S101 — a new sheet has both
    foot.center.text = "第 &P 页，共 &N 页"
    foot.left.text = f"数据截至{chinese_date(ledger.period.last)}"
    if ledger.is_demo:
        head.right.text = DEMO_MARK


def _break_pages(sheet: Worksheet, ledger: PlanLedger, heights: list[float]) -> list[int]:
    """Turned A3 as wide as the page, new pages only between tasks; the rows that begin a page.

    The width is always made to fit, since a column on a second sheet would be worse than a torn task where a
    program then overlooks the breaks.
    """
    columns = ledger_columns()
    hidden = {letter for letter, size in sheet.column_dimensions.items() if size.hidden}
    shown = [column for place, column in enumerate(columns, 1) if get_column_letter(place) not in hidden]
    wide = sum(column.width * 8 + 5 for column in shown) / 96  # inches; a digit of 宋体 11 pt is 8 px
    scale = min(100, int(97 * (_A3[0] - 0.8) / wide))
    sheet.page_setup.paperSize = 8
    room = (_A3[1] - 2 * _EDGE) * 72 * 0.97 / (scale / 100) - _HEAD_HEIGHT
    starts = page_starts(heights, task_groups(ledger.rows), room - _TITLE_HEIGHT, room)
    for start in starts:
        sheet.row_breaks.append(Break(id=_HEAD_ROW + start))
    return starts


def _dress_plain(cell: Cell, value: Shown | date) -> None:
    cell.font, cell.border = _BODY, _EDGES
    cell.alignment = _TEXT if isinstance(value, str) else _MIDDLE
    if isinstance(value, date):
        cell.number_format = 'yyyy"年"m"月"d"日"'


_HISTORY = (
    LedgerColumn("serial", "序号", 7, ""),
    LedgerColumn("recorded_on", "记载日期", 15, ""),
    LedgerColumn("effective_on", "发生日期", 15, ""),
    LedgerColumn("subject", "事项", 28, ""),
    LedgerColumn("sentence", "内容", 56, ""),
    LedgerColumn("actor", "办理人", 14, ""),
    LedgerColumn("body", "单位", 18, ""),
)
_MEANINGS = (
    LedgerColumn("name", "栏目", 18, ""),
    LedgerColumn("meaning", "含义", 66, ""),
)


def _fill_history(sheet: Worksheet, ledger: PlanLedger) -> None:
    rows: list[tuple[Shown | date, ...]] = [
        (
            n,
            line.recorded_on,
            line.effective_on,
            one_line(line.subject),
            printable(line.sentence),
            line.actor,
            line.body,
        )
        for n, line in enumerate(ledger.history, 1)
    ]
    _fill_plain(sheet, ledger, _HISTORY, rows or [("", "", "", "", "尚无变动记录。", "", "")])


def _fill_meanings(sheet: Worksheet, ledger: PlanLedger) -> None:
    rows: list[tuple[Shown | date, ...]] = [(column.name, column.meaning) for column in ledger_columns()]
    rows += [(light.shown, one_line(light.meaning) or "见本计划采用的亮灯规则。") for light in ledger.legend]
    _fill_plain(sheet, ledger, _MEANINGS, rows)
    for row, light in enumerate(ledger.legend, _HEAD_ROW + 1 + len(ledger_columns())):
        _colour(sheet.cell(row, 1), light)
    sheet.page_setup.orientation = "portrait"


def _fill_plain(
    sheet: Worksheet, ledger: PlanLedger, columns: Sequence[LedgerColumn], rows: Sequence[Sequence[Shown | date]]
) -> None:
    """A sheet of plain rows under its own name, dates written as 2023年9月30日."""
    _heading(sheet, sheet.title, _subtitle(ledger), columns)
    dressed: dict[str, Cell] = {}
    for index, row in enumerate(rows):
        for place, value in enumerate(row, 1):
            cell = _put(sheet, _HEAD_ROW + 1 + index, place, value)
            _alike(cell, type(value).__name__, dressed, partial(_dress_plain, value=value))
    texts = [[value if isinstance(value, str) else "" for value in row] for row in rows]
    for index, height in enumerate(row_heights(texts, [column.width for column in columns], {}, _PLAIN)):
        sheet.row_dimensions[_HEAD_ROW + 1 + index].height = height
    _print_setup(sheet, ledger)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
