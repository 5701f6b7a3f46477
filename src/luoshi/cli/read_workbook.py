"""A reading as an Excel workbook, ready to be marked by a person and given back to ``adopt --review``."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from luoshi.cli.read_row import rows_of, summary
from luoshi.reading.model import Reading

_COLUMNS = (
    ("任务", 6), ("分块", 22), ("类别", 8), ("指标或名称", 34), ("目标", 18), ("性质", 10), ("原文", 48),
    ("请核对", 24), ("起", 8), ("止", 8),
)  # fmt: skip


def render_workbook(reading: Reading, *, explain: bool = False) -> bytes:
    """One sheet with a row per promise, and one with the findings."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "识读结果"
    columns = [*_COLUMNS, *([("识读依据", 60)] if explain else [])]
    rows = rows_of(reading, explain=explain)
    sheet.append([summary(reading, rows)])
    sheet.append([name for name, _ in columns])
    for row in rows:
        task: int | str = int(row.task) if row.task else ""
        cells: list[int | str] = [
            task, row.area, row.kind, row.name, row.goal, row.modality, row.quote, row.doubt, row.start, row.end,
        ]  # fmt: skip
        sheet.append([_harmless(cell) for cell in [*cells, *(["\n".join(row.rules)] if explain else [])]])
    for place, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        head = sheet.cell(2, place)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF4")
        for line in range(3, sheet.max_row + 1):
            sheet.cell(line, place).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(columns))}{max(2, sheet.max_row)}"
    _findings(book, reading)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _findings(book: Workbook, reading: Reading) -> None:
    sheet = book.create_sheet("提醒")
    sheet.append(["编号", "程度", "位置", "内容", "怎么办"])
    levels = {"note": "说明", "warning": "提醒", "error": "错误"}
    for one in reading.findings:
        sheet.append([one.id, levels[one.level.value], one.where, _harmless(one.message), _harmless(one.hint)])


def _harmless(cell: int | str) -> int | str:
    """Text that Excel cannot take for a formula, without signs its files cannot hold."""
    if not isinstance(cell, str):
        return cell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{text}" if text.startswith(("=", "+", "@")) else text
