"""Tables as files that an office opens: Excel, and CSV with a byte-order mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

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


def xlsx_file(label: str, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> HttpResponse:
    """A workbook of one sheet: frozen head, widths for its text, numbers as numbers."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook without a sheet")
    sheet.title = label[:31]
    sheet.append(list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for line in lines:
        sheet.append([_number(cell) for cell in line])
    for number, head in enumerate(heads, 1):
        longest = max([len(head), *(min(30, len(str(line[number - 1]))) for line in lines[:200])])
        sheet.column_dimensions[get_column_letter(number)].width = longest * 2 + 2
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return attachment(out.getvalue(), f"{label}.xlsx", XLSX)


def _harmless(cell: str) -> str:
    """Typed text that a spreadsheet would run as a formula is kept as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(".", "", 1).isdigit()


def _number(cell: str) -> str | float | int:
    text = cell.replace("−", "-")
    if not text.lstrip("-").replace(".", "", 1).isdigit() or len(text) > 15:
        return cell
    return float(text) if "." in text else int(text)
