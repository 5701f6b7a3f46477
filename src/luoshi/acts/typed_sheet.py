"""填写工作簿: a sheet whose columns are fields of a list, written with typed cells and read back, each bad cell named."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from luoshi.document.cells import ROW_LIMIT, CellBook
from luoshi.document.extract import UnreadableFile
from luoshi.lists.definition import Field
from luoshi.lists.entry import Value
from luoshi.lists.value import parse, show
from luoshi.terms.finding import Finding, Level
from luoshi.terms.refusal import FieldError

LAST = 2000
"""Rows up to which drop-downs reach."""
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


NumberedRow = tuple[int, Mapping[str, Value]]
"""The number of a row in its sheet, and its values by field."""


@dataclass(slots=True)
class SheetRows:
    """表内各行: what a sheet says, and everything that is wrong in it."""

    rows: list[NumberedRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def typed_workbook(
    title: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Value]], notes: Sequence[str]
) -> bytes:
    """A workbook of one sheet to be filled in, with a sheet of instructions.

    Args:
        title: the name of the sheet, at most 31 characters.
        rows: what is filled in already, by field; locked columns hold what tells the rows apart.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    for place, column in enumerate(columns, 1):
        _head_cell(sheet, place, column)
        _type_cells(book, sheet, place, column)
    for line, row in enumerate(rows, 2):
        for place, column in enumerate(columns, 1):
            _fill(sheet.cell(line, place), column, row.get(column.field.name))
    if any(column.is_locked for column in columns):
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.autoFilter = sheet.protection.sort = False
    sheet.freeze_panes = "A2"
    told = book.create_sheet("说明")
    told.column_dimensions["A"].width = 90
    for text in ("填表说明", *notes):
        told.append([text])
    told["A1"].font = Font(bold=True)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


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
    book.defined_names[name] = DefinedName(name, attr_text=f"'选项'!${letter}$2:${letter}${len(column.choices) + 1}")
    return name


def _fill(cell: Any, column: Column, value: Value) -> None:
    cell.value = _shown(column.field, value)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.protection = Protection(locked=column.is_locked)
    if column.is_locked:
        cell.fill = _LOCKED
    if isinstance(cell.value, str):
        cell.data_type = "s"  # typed text that begins with = is no formula
        cell.number_format = "@"
    elif column.field.type == "date":
        cell.number_format = DATE


def _shown(spec: Field, value: Value) -> object:
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
    for number, row in enumerate(cells, 2):
        if any(cell not in (None, "") for cell in row):
            found.rows.append((number, _row(found, (name, number), row, columns, places)))
    if sheet.cut:
        message = f"表格超过{ROW_LIMIT}行，其后的{sheet.cut}格没有读。"
        found.findings.append(Finding("acts.E205", Level.ERROR, name, message, "请分成几个表格导入。"))
    return found


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
        value = parse(column.field, tidy(typed))
        if isinstance(value, FieldError):
            message = f"第{number}行“{column.field.label}”填的是“{value.got}”：{value.message}"
            found.findings.append(Finding("acts.E203", Level.ERROR, where, message))
        elif value is None and column.is_required:
            message = f"第{number}行“{column.field.label}”没有填写。"
            found.findings.append(Finding("acts.E204", Level.ERROR, where, message))
        parsed[column.field.name] = None if isinstance(value, FieldError) else value
    return parsed


def tidy(cell: object) -> object:
    """A number that Excel made of a code is the code again: 330624.0 is 330624."""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value() and abs(cell) < 10**15:
        return str(int(cell))
    return cell
