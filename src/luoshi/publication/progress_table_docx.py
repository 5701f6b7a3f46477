"""进展情况表 as a Word file: 序号, 内容与要求, 完成情况, 责任单位."""

from __future__ import annotations

from luoshi.publication.paper import TYPE_AREA_TURNED, Cell, paragraph, section_break, table, title, title_lines
from luoshi.publication.progress_table import ProgressTable
from luoshi.publication.word_file import FileMark, section, word_file
from luoshi.publication.wording import one_line, printable
from luoshi.terms.period import chinese_date

_HEADS = ("序号", "内容与要求", "完成情况", "责任单位")
_MILLIMETRES = (12, 80, 95, 38)


def progress_table_docx(progress: ProgressTable) -> bytes:
    """The table as the bytes of a .docx, on turned A4, its head repeated on each page."""
    columns = [round(wide * TYPE_AREA_TURNED / sum(_MILLIMETRES)) for wide in _MILLIMETRES]
    rows = [[Cell(name, "CellHead") for name in _HEADS]]
    rows += [
        [
            Cell(str(number), "CellCentre"),
            Cell(printable(row.content).strip()),
            Cell(printable(row.done).strip() or "未报"),
            Cell("\n".join(map(one_line, row.units))),
        ]
        for number, row in enumerate(progress.rows, 1)
    ]
    if not progress.rows:
        rows.append([Cell("尚无事项。", "CellCentre", span=len(_HEADS))])
    body = [
        title(title_lines((progress.title,), 28)),
        paragraph(f"（截至{chinese_date(progress.as_of)}）", "CellCentre"),
        paragraph("", "Cell"),
        table(rows, columns),
        section_break(""),
        section(landscape=True),
    ]
    return word_file("".join(body), FileMark(progress.title, progress.issuer, progress.as_of, progress.is_demo))
