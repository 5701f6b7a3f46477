"""填写工作簿: a sheet whose columns are fields of a list, written with typed cells and read back, each bad cell named."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from luoshi.document.cells import ROW_LIMIT, CellBook, CellSheet
from luoshi.document.extract import UnreadableFile
from luoshi.lists.definition import Field
from luoshi.lists.entry import Value
from luoshi.lists.value import parse, printable, show
from luoshi.terms.finding import Finding, Level
from luoshi.terms.refusal import FieldError

LAST = 6000
"""Rows up to which drop-downs reach."""
_MOST_RULES = 500
"""Drop-downs of single rows in one sheet; further rows are typed in."""
DATE = "yyyy/m/d"
"""How Chinese Excel shows a day that was typed: 2023/9/30."""
_HEAD = PatternFill("solid", fgColor="E8EDF4")
_LOCKED = PatternFill("solid", fgColor="F2F2F2")
_WIDE = {"long_text": 40, "text": 24}


@dataclass(frozen=True, slots=True)
class Column:
    """栏: a field as a column; ``choices`` are what its drop-down offers, a ``locked`` one is not typed in."""

    field: Field
    is_required: bool = False
    is_locked: bool = False
    choices: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The head of the column, with its unit, starred when it must be filled."""
        unit = f"（{self.field.unit}）" if self.field.unit else ""
        return f"{self.field.label}{unit}{'*' if self.is_required else ''}"


@dataclass(frozen=True, slots=True)
class RowHints:
    """逐行提示: what differs from row to row, and what the workbook keeps out of sight.

    ``locked`` are single cells that are not typed in, by row from 0 and field; ``choices`` what a field's drop-down
    offers in each row, other typing being taken too; ``kept`` hidden sheets, by name, with their rows.
    """

    locked: frozenset[tuple[int, str]] = frozenset()
    choices: Mapping[str, Sequence[tuple[str, ...]]] = field(default_factory=dict)
    kept: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)


NumberedRow = tuple[int, Mapping[str, Value]]
"""The number of a row in its sheet, and its values by field."""


@dataclass(slots=True)
class SheetRows:
    """表内各行: what a sheet says, and everything that is wrong in it."""

    rows: list[NumberedRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """填写表: one sheet to be filled in: its name of at most 31 characters, its columns, and what stands in them.

    Locked columns hold what tells the rows apart.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Value]]
    hints: RowHints = field(default_factory=RowHints)


def typed_workbook(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Value]],
    notes: Sequence[str],
    hints: RowHints | None = None,
) -> bytes:
    """A workbook of one sheet to be filled in, with a sheet of instructions."""
    return typed_book([TypedSheet(title, columns, rows, hints or RowHints())], notes)


def typed_book(sheets: Sequence[TypedSheet], notes: Sequence[str]) -> bytes:
    """A workbook of several sheets to be filled in, with a sheet of instructions."""
    book = Workbook()
    book.remove(book.worksheets[0])
    styles = _Styles(book)
    for each in sheets:
        _lay_sheet(book, each, styles)
    told = book.create_sheet("说明")
    told.column_dimensions["A"].width = 90
    for text in ("填表说明", *notes):
        told.append([text])
    told["A1"].font = Font(bold=True)
    for each in sheets:
        for name, kept in each.hints.kept.items():
            _keep(book.create_sheet(name), kept)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _lay_sheet(book: Any, laid: TypedSheet, styles: _Styles) -> None:
    sheet = book.create_sheet(laid.title[:31])
    for place, column in enumerate(laid.columns, 1):
        _head_cell(sheet, place, column)
        _type_cells(book, sheet, place, column)
        _offer(sheet, place, laid.hints.choices.get(column.field.name, ()))
    for at, row in enumerate(laid.rows):
        for place, column in enumerate(laid.columns, 1):
            is_locked = column.is_locked or (at, column.field.name) in laid.hints.locked
            _fill(sheet.cell(at + 2, place), column, row.get(column.field.name), styles, is_locked=is_locked)
    if any(column.is_locked for column in laid.columns):
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.autoFilter = sheet.protection.sort = False
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(laid.columns))}{max(2, len(laid.rows) + 1)}"
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _keep(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    """A hidden sheet of plain text."""
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
    for line, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            if text:
                sheet.cell(line, place, printable(text)).data_type = "s"


def _offer(sheet: Any, place: int, choices: Sequence[tuple[str, ...]]) -> None:
    """A drop-down of its own for each kind of row; one rule holds no more than 255 characters."""
    rules: dict[str, Any] = {}
    for line, offered in enumerate(choices, 2):
        listed = ",".join(offered)
        if listed and len(listed) <= 255 and len(rules) < _MOST_RULES:
            rule = rules.setdefault(listed, DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True))
            rule.add(f"{get_column_letter(place)}{line}")
    for rule in rules.values():
        rule.showErrorMessage = False
        sheet.add_data_validation(rule)


def _head_cell(sheet: Any, place: int, column: Column) -> None:
    head = sheet.cell(1, place, column.head)
    head.font, head.fill = Font(bold=True), _HEAD
    head.alignment = Alignment(wrap_text=True, vertical="center")
    wide = _WIDE.get(column.field.type, 16)
    sheet.column_dimensions[get_column_letter(place)].width = wide
    if column.field.help:
        head.comment = Comment(column.field.help, "Luoshi")


def _type_cells(book: Any, sheet: Any, place: int, column: Column) -> None:
    """What Excel lets be typed in the column, and how it shows it."""
    letter = get_column_letter(place)
    style = sheet.column_dimensions[letter]
    style.protection = Protection(locked=column.is_locked)
    if column.choices:
        rule = DataValidation(type="list", formula1=_listed(book, column), allow_blank=True, showErrorMessage=True)
        rule.error, rule.errorTitle = "请从下拉项中选择。", column.field.label
    elif column.field.type == "date":
        rule = DataValidation(
            type="date", operator="greaterThan", formula1="1", allow_blank=True, showErrorMessage=True
        )
        rule.error, rule.errorTitle = "请填日期，如2023/9/30。", column.field.label
        style.number_format = DATE
    elif column.field.type in {"integer", "decimal"}:
        return
    else:  # codes and accounts keep their leading zeros
        style.number_format = "@"
        return
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{LAST}")


def _listed(book: Any, column: Column) -> str:
    """The name of the cells that hold the choices: Excel takes no more than 255 characters in a rule itself."""
    sheet = book["选项"] if "选项" in book.sheetnames else book.create_sheet("选项")
    sheet.sheet_state = "hidden"
    place = sheet.max_column + 1 if sheet["A1"].value else 1
    letter = get_column_letter(place)
    sheet.cell(1, place, column.field.label)
    for line, text in enumerate(column.choices, 2):
        sheet.cell(line, place, text)
    name = f"choices_{column.field.name}"
    name = f"{name}_{place}" if name in book.defined_names else name
    book.defined_names[name] = DefinedName(name, attr_text=f"'选项'!${letter}$2:${letter}${len(column.choices) + 1}")
    return name


class _Styles:
    """How cells look, made once for each kind of cell: making it for each cell takes most of the time."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: set[str] = set()

    def named(self, *, is_locked: bool, pattern: str) -> str:
        """The name of a style in the workbook."""
        name = f"{'锁定' if is_locked else '填写'}{_KINDS[pattern]}"
        if name not in self.made:
            self.made.add(name)
            style = NamedStyle(name, number_format=pattern, alignment=Alignment(vertical="top", wrap_text=True))
            style.protection = Protection(locked=is_locked)
            if is_locked:
                style.fill = _LOCKED
            self.book.add_named_style(style)
        return name


_KINDS = {"@": "文字", "General": "数字", DATE: "日期"}


def _fill(cell: Any, column: Column, value: Value, styles: _Styles, *, is_locked: bool) -> None:
    shown = shown_in(column.field, value)
    shown = printable(shown) if isinstance(shown, str) else shown  # what an office file cannot hold
    cell.value = shown
    if isinstance(shown, str):
        cell.data_type = "s"  # typed text that begins with = is no formula
        pattern = "@"
    else:
        pattern = DATE if column.field.type == "date" else "General"
    cell.style = styles.named(is_locked=is_locked, pattern=pattern)


def shown_in(spec: Field, value: Value) -> object:
    """What a cell of the field holds for a value: figures and days as such, all else as people read it."""
    if value is None or isinstance(value, date | Decimal):
        return value
    return show(spec, value)


def read_sheet(content: bytes, title: str, columns: Sequence[Column]) -> SheetRows:
    """What a filled workbook says; whatever is wrong becomes a finding that names sheet, row, column and value."""
    found = SheetRows()
    try:
        book = CellBook(content)
        name = title[:31] if title[:31] in book.titles else book.titles[0]
        sheet = book.sheet(name)
    except UnreadableFile as error:
        message = f"这不是可以读取的xlsx工作簿：{error}"
        found.findings.append(Finding("acts.E201", Level.ERROR, title, message, "请用下载的模板填写。"))
        return found
    cells = sheet.table()
    places = _places(next(cells, ()), columns)
    missing = [column.field.label for column in columns if column.field.name not in places]
    if missing:
        message = f"第1行缺少栏目{'、'.join(missing)}。"
        found.findings.append(Finding("acts.E202", Level.ERROR, name, message, "请不要改动模板的表头。"))
        return found
    found.findings += _uncounted(sheet, {place + 1 for place in places.values()})
    for number, row in enumerate(cells, 2):
        if any(cell not in (None, "") for cell in row):
            found.rows.append((number, _row(found, (name, number), row, columns, places)))
    if sheet.cut:
        message = f"表格超过{ROW_LIMIT}行，其后的{sheet.cut}格没有读。"
        found.findings.append(Finding("acts.E205", Level.ERROR, name, message, "请分成几个表格导入。"))
    return found


def _uncounted(sheet: CellSheet, columns: Collection[int]) -> Iterator[Finding]:
    """Formulas that were never worked out, in the columns that are read: they would pass for empty cells."""
    for number, row in sheet.filled():
        for place, cell in row.items():
            if place in columns and cell.is_formula and cell.value is None:
                where = f"{sheet.title}!{get_column_letter(place)}{number}"
                message = f"第{number}行的公式没有算出的结果。"
                yield Finding(
                    "acts.E206", Level.ERROR, where, message, "请在电子表格里打开、保存后再上传，或改填数值。"
                )


def _places(heads: Sequence[Any], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands; they may have been moved, and columns of one's own added."""
    written = [str(cell or "").strip().rstrip("*") for cell in heads]
    wanted = {column.head.rstrip("*"): column.field.name for column in columns}
    return {wanted[head]: place for place, head in reversed(list(enumerate(written))) if head in wanted}


def _row(
    found: SheetRows, place: tuple[str, int], cells: Sequence[Any], columns: Sequence[Column], places: Mapping[str, int]
) -> dict[str, Value]:
    sheet, number = place
    parsed: dict[str, Value] = {}
    for column in columns:
        at = places[column.field.name]
        typed = cells[at] if at < len(cells) else None
        where = f"{sheet}!{get_column_letter(at + 1)}{number}"
        value = parse(column.field, tidy(_bare(column.field, typed)))
        if isinstance(value, FieldError):
            message = f"第{number}行“{column.field.label}”填的是“{value.got}”：{value.message}"
            found.findings.append(Finding("acts.E203", Level.ERROR, where, message))
        elif value is None and column.is_required:
            message = f"第{number}行“{column.field.label}”没有填写。"
            found.findings.append(Finding("acts.E204", Level.ERROR, where, message))
        parsed[column.field.name] = None if isinstance(value, FieldError) else value
    return parsed


def _bare(spec: Field, typed: object) -> object:
    """A percentage typed in a field that is kept in percent is the bare figure."""
    return typed.removesuffix("%") if isinstance(typed, str) and spec.unit == "%" else typed


def tidy(cell: object) -> object:
    """A number that Excel made of a code is the code again: 330624.0 is 330624."""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value() and abs(cell) < 10**15:
        return str(int(cell))
    return cell
