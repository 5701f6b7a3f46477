"""Excel workbooks to tables: cells as they are shown, merged places filled, sheets in order."""

from __future__ import annotations

import io
import posixpath
from dataclasses import dataclass, field
from typing import Any

from luoshi.document.archive import Archive, parse_xml
from luoshi.document.extract import Extract, UnreadableFile, Writer
from luoshi.document.shown import BUILT_IN, shown
from luoshi.document.table import CELL_LIMIT, COLUMN_LIMIT, ROW_LIMIT, Block, Grid, arrange
from luoshi.terms.finding import Finding, Level
from luoshi.terms.pattern import pattern

SHEET_LIMIT = 60
"""Sheets that are read."""

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = pattern(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPED = pattern(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class _Sheet:
    """What one pass over a sheet found."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)
    last_row: int = 0


def read_xlsx(archive: Archive, name: str) -> Extract:
    """The tables of a workbook; hidden sheets are left out with a finding.

    Args:
        archive: the opened package.
        name: how the file is called in findings.

    Raises:
        UnreadableFile: a part is missing, broken or too large, or the format is the binary one.
    """
    if "xl/workbook.xml" not in archive:
        raise UnreadableFile("document.E004", "这是二进制的Excel文件。", "请另存为xlsx后再读。")
    book = Book(archive)
    writer = Writer("xlsx", name)
    hidden: list[str] = []
    for title, path, is_visible in book.sheets()[:SHEET_LIMIT]:
        if not is_visible:
            hidden.append(title)
            continue
        sheet = book.sheet(path)
        grid = _grid(sheet)
        writer.table(grid, title)
        if sheet.uncounted:
            writer.findings.append(_uncounted(name, title, sheet.uncounted))
    if hidden:
        message = f"隐藏的工作表没有读：{'、'.join(hidden)}。"
        writer.findings.append(Finding("document.N002", Level.NOTE, name, message, "需要时请取消隐藏后再读。"))
    if not writer.at:
        raise UnreadableFile("document.E001", "表格里没有文字。", "请检查文件是否导出完整。")
    return writer.finish()


def _uncounted(name: str, title: str, cells: list[str]) -> Finding:
    listed = "、".join(cells[:10]) + ("等" if len(cells) > 10 else "")
    message = f"工作表{title}有{len(cells)}个公式没有计算结果：{listed}。"
    return Finding("document.W009", Level.WARNING, name, message, "请用Excel或WPS打开，保存一次后再读。")


class Book:
    """工作簿部件: the parts of a workbook that its sheets refer to."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.root = self._xml("xl/workbook.xml")
        properties = self.root.find(f"{_M}workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        self.strings = self._strings()
        self.patterns = self._patterns()

    def _xml(self, path: str) -> Any:
        data = self.archive.read(path).replace(_STRICT, _M.strip("{}").encode())
        root = parse_xml(data)
        if root is None:
            raise UnreadableFile("document.E005", "文件已损坏，打不开。", "请重新导出或重新下载后再读。")
        return root

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.archive:
            return []
        return [string_of(one) for one in self._xml("xl/sharedStrings.xml").iter(f"{_M}si")]

    def _patterns(self) -> list[str]:
        """The number format of each cell style."""
        if "xl/styles.xml" not in self.archive:
            return []
        root = self._xml("xl/styles.xml")
        own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(f"{_M}numFmt")}
        formats = root.find(f"{_M}cellXfs")
        ids = [one.get("numFmtId", "0") for one in formats] if formats is not None else []
        return [own.get(one) or BUILT_IN.get(_whole(one) or 0, "General") for one in ids]

    def sheets(self) -> list[tuple[str, str, bool]]:
        """Title, part and visibility of each sheet, in the order of the tabs."""
        targets: dict[str, str] = {}
        if "xl/_rels/workbook.xml.rels" in self.archive:
            for relation in self.archive.xml("xl/_rels/workbook.xml.rels"):
                target = relation.get("Target", "") if isinstance(relation.tag, str) else ""
                path = target if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
                targets[relation.get("Id", "")] = path.lstrip("/")
        found = []
        for number, one in enumerate(self.root.iter(f"{_M}sheet"), 1):
            reference = one.get(_R) or next((v for k, v in one.attrib.items() if k.endswith("}id")), "")
            path = targets.get(reference, f"xl/worksheets/sheet{number}.xml")
            if path in self.archive and "worksheets" in path:
                found.append((one.get("name", f"{number}"), path, one.get("state", "visible") == "visible"))
        return found

    def sheet(self, path: str) -> _Sheet:
        """One pass over a sheet's part, in little memory."""
        from lxml import etree

        data = self.archive.read(path).replace(_STRICT, _M.strip("{}").encode())
        found = _Sheet()
        row = column = 0
        try:
            steps = etree.iterparse(
                io.BytesIO(data), events=("end",), tag=(f"{_M}c", f"{_M}row", f"{_M}mergeCell"), recover=True,
                huge_tree=False, resolve_entities=False, no_network=True,
            )  # fmt: skip
            for _, element in steps:
                if element.tag == f"{_M}row":
                    element.clear()
                    row, column = row + 1, 0
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                elif element.tag == f"{_M}c":
                    row, column = place_of(element.get("r")) or (row, column)
                    self._take(found, element, row, column)
                    column += 1
                else:
                    ends = [place_of(end) for end in element.get("ref", "").split(":")]
                    if len(ends) == 2 and ends[0] and ends[1]:
                        found.merged.append((*ends[0], *ends[1]))
        except (etree.LxmlError, ValueError) as error:
            raise UnreadableFile("document.E005", "工作表已损坏，打不开。", "请另存后再读。") from error
        return found

    def _take(self, sheet: _Sheet, cell: Any, row: int, column: int) -> None:
        if column >= COLUMN_LIMIT:
            return
        value = cell.find(f"{_M}v")
        raw = (value.text or "") if value is not None else ""
        if not raw and cell.find(f"{_M}f") is not None and cell.get("t") != "str":
            sheet.uncounted.append(cell.get("r", ""))
            return
        words = self._value(cell, raw)
        if words.strip():
            sheet.last_row = max(sheet.last_row, row + 1)
            if row < ROW_LIMIT:
                sheet.cells[row, column] = words.strip().replace("\t", " ")

    def _value(self, cell: Any, raw: str) -> str:
        kind = cell.get("t", "n")
        if kind == "s":
            at = _whole(raw)
            return self.strings[at] if at is not None and at < len(self.strings) else ""
        if kind == "inlineStr":
            inline = cell.find(f"{_M}is")
            return string_of(inline) if inline is not None else ""
        if kind == "b":
            return "是" if raw == "1" else "否"
        if kind != "n" or not raw:
            return raw
        style = _whole(cell.get("s", "0")) or 0
        pattern = self.patterns[style] if style < len(self.patterns) else "General"
        return shown(raw, pattern, since_1904=self.since_1904)


def string_of(element: Any) -> str:
    """The runs of a string, without its phonetic guide; characters Excel writes as _x000D_ are put back."""
    runs = [one.text or "" for one in element.iter(f"{_M}t") if one.getparent().tag != f"{_M}rPh"]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(runs)).replace("\r\n", "\n").replace("\r", "\n")


def _grid(sheet: _Sheet) -> Grid:
    """The used rows of a sheet with its merged cells; rows and columns without words are left out."""
    if not sheet.cells:
        return Grid((), 0)
    corners = {
        (top, left): (bottom, right) for top, left, bottom, right in sheet.merged if bottom >= top and right >= left
    }
    columns = sorted({column for _, column in sheet.cells})
    used = sorted({row for row, _ in sheet.cells})
    rows = used[: CELL_LIMIT // len(columns)]
    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {column: index for index, column in enumerate(columns)}
    lines: list[list[Block]] = [[] for _ in rows]
    covered: set[tuple[int, int]] = set()
    for row in rows:
        for column in columns:
            at = (row_at[row], column_at[column])
            if at in covered:
                continue
            bottom, right = corners.get((row, column), (row, column))
            height = sum(row <= one <= bottom for one in rows) if bottom > row else 1
            width = sum(column <= one <= right for one in columns) if right > column else 1
            covered.update((at[0] + r, at[1] + c) for r in range(height) for c in range(width) if r or c)
            lines[at[0]].append(Block(sheet.cells.get((row, column), ""), height, width))
    grid = arrange(lines)
    return Grid(grid.places, grid.columns, grid.cut + len(used) - len(rows) + max(0, sheet.last_row - ROW_LIMIT))


def place_of(reference: str | None) -> tuple[int, int] | None:
    """Row and column of a cell's name, from 0: C5 is (4, 2)."""
    found = _REFERENCE.fullmatch(reference or "")
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return max(0, int(found[2]) - 1), column - 1


def _whole(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else None
