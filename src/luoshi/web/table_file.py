"""Tables as files that an office opens: Excel, and CSV with a byte-order mark."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from unicodedata import east_asian_width
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.publication.wording import printable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to be saved, with a Chinese name."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def csv_file(label: str, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> HttpResponse:
    """A CSV file that Excel reads as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return attachment(("\ufeff" + out.getvalue()).encode(), f"{label}.csv", "text/csv; charset=utf-8")


def xlsx_file(
    label: str,
    heads: Sequence[str],
    lines: Sequence[Sequence[str]],
    figures: Collection[int] = (),
    foot: Sequence[str] = (),
) -> HttpResponse:
    """A workbook of one sheet: frozen head, widths for its text, ready to be printed across a page.

    Args:
        figures: the columns, from 0, whose cells are numbers; all others stay text, 1.10 as 1.10.
        foot: the row of sums, outside of what the filter of the head sorts; none when empty.
    """
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook without a sheet")
    sheet.title = label[:31]
    sheet.append([printable(head) for head in heads])
    for line in [*lines, *([foot] if foot else [])]:
        sheet.append([_number(cell) if at in figures else printable(cell) for at, cell in enumerate(line)])
    widths = _widths(heads, [foot, *lines] if foot else lines, figures)
    for at, width in enumerate(widths, 1):
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width, column.hidden = width, not any(line[at - 1] for line in lines) and bool(lines)
    _dress(sheet, set(figures), widths, has_foot=bool(foot))
    _set_up_page(sheet, label)
    out = io.BytesIO()
    book.save(out)
    return attachment(out.getvalue(), f"{label}.xlsx", XLSX)


_MEASURED = 300
"""Lines whose text decides how wide a column is."""
_NARROWEST, _WIDEST, _HEAD = 6, 44, 10
"""Widths in half-width characters: of any column, of the longest text, of a head that may wrap."""
_MANY, _WIDEST_OF_MANY = 12, 24
"""A table of more columns than this keeps its long texts narrower, so that it still fits across a page."""
_LINE_HEIGHT, _TALLEST = 15, 240
"""Points."""


def _dress(sheet: Worksheet, figures: set[int], widths: Sequence[float], *, has_foot: bool) -> None:
    thin = Side(style="thin", color="999999")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for number, row in enumerate(sheet.iter_rows(), 1):
        for at, cell in enumerate(row):
            is_head = number == 1
            cell.border = border
            side = "center" if is_head else "right" if at in figures else "left"
            inset = 1 if side == "right" else 0
            cell.alignment = Alignment(
                wrap_text=True, vertical="center" if is_head else "top", horizontal=side, indent=inset
            )
            if is_head:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E8EDF2")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # typed text that begins with = is no formula
            elif isinstance(cell.value, Decimal):
                cell.number_format = "0." + "0" * -int(cell.value.as_tuple().exponent)
        texts = (str(cell.value or "") for cell in row)
        needed = max(_line_count(text, width) for text, width in zip(texts, widths, strict=True))
        sheet.row_dimensions[number].height = min(needed * _LINE_HEIGHT + 3, _TALLEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row - has_foot}"
    for cell in sheet[sheet.max_row] if has_foot else ():
        cell.font = Font(bold=True)


def _set_up_page(sheet: Worksheet, label: str) -> None:
    """Across a page, never cut to the right; the head on every page, which is numbered."""
    page = sheet.page_setup
    width = sum(column.width for column in sheet.column_dimensions.values() if not column.hidden)
    page.orientation = "landscape"
    page.paperSize = sheet.PAPERSIZE_A3 if width > _A4_WIDTH else sheet.PAPERSIZE_A4
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_title_rows = "1:1"
    for part, text in ((sheet.oddHeader, label), (sheet.oddFooter, "第&P页，共&N页")):
        if part is not None:
            part.center.text = text


_A4_WIDTH = 200
"""Half-width characters that still print legibly across A4."""


def _widths(heads: Sequence[str], lines: Sequence[Sequence[str]], figures: Collection[int]) -> list[float]:
    """Wide enough for nine cells in ten, of figures for all; longer text wraps."""
    widest = _WIDEST if len(heads) <= _MANY else _WIDEST_OF_MANY
    found: list[float] = []
    for at, head in enumerate(heads):
        texts = sorted(_text_width(line[at]) for line in lines[:_MEASURED] if line[at])
        usual = texts[-1 if at in figures else min(len(texts) - 1, len(texts) * 9 // 10)] if texts else 0
        found.append(min(max(usual, min(_text_width(head), _HEAD), _NARROWEST), widest) + 2)
    return found


def _text_width(text: str) -> int:
    """The longest line in half-width characters: a Chinese one takes two."""
    return max((_line_width(line) for line in text.split("\n")), default=0)


def _line_width(line: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line)


def _line_count(text: str, width: float) -> int:
    """How many lines the text takes in a column."""
    return sum(max(1, -(-_line_width(line) // max(1, int(width) - 1))) for line in text.split("\n"))


def _harmless(cell: str) -> str:
    """Typed text that a spreadsheet would run as a formula is kept as text."""
    cell = printable(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) and not _FIGURE.match(cell) else cell


def _number(cell: str) -> str | Decimal | int:
    """The figure of a column of figures; what is none, or is too long for a spreadsheet, stays text."""
    text = cell.replace("−", "-")
    if not _FIGURE.match(text) or len(text) > _DIGITS:
        return printable(cell)
    return Decimal(text) if "." in text else int(text)


_FIGURE = re.compile(r"[+\-−]?[0-9]+(?:\.[0-9]+)?\Z")
_DIGITS = 15
"""What a spreadsheet keeps of a number."""
