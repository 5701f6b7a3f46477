"""Workbooks that were filled in: each cell with what it holds, within limits; formulas by their last results."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from luoshi.document.archive import Archive
from luoshi.document.extract import UnreadableFile
from luoshi.document.shown import day_of
from luoshi.document.table import COLUMN_LIMIT
from luoshi.document.xlsx import SHEET_LIMIT, Book, place_of, string_of
from luoshi.terms.number import plain
from luoshi.terms.pattern import pattern

ROW_LIMIT = 20_000
"""Rows of one sheet that are read."""
CELL_LIMIT = 600_000
"""Cells of one sheet that are read, and cells that merged places are spread over."""
ELEMENT_LIMIT = 3_000_000
"""Cells, rows and merged places of one sheet that are even looked at, empty ones too."""

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL, _ROW, _MERGED = f"{_M}c", f"{_M}row", f"{_M}mergeCell"
_VALUE, _FORMULA, _INLINE = f"{_M}v", f"{_M}f", f"{_M}is"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_EXACT = Context(prec=15)
"""What a spreadsheet keeps of a number: 8.5000000000000006E-2 is 0.085."""
_DAY = pattern(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?\Z")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """格: what one cell holds; a formula by its last result, None when it was never worked out."""

    value: str | Decimal | date | bool | None
    is_formula: bool = False
    is_percent: bool = False

    @property
    def text(self) -> str:
        """What one would have typed: 0.085 shown as a percentage is 8.5%."""
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        if isinstance(self.value, Decimal):
            return f"{plain(self.value * 100)}%" if self.is_percent else plain(self.value)
        return self.value.isoformat() if isinstance(self.value, date) else (self.value or "").strip()


EMPTY = SheetCell(None)


@dataclass(slots=True)
class CellSheet:
    """一张表的各格: the cells by row and column, from 1; hidden rows; merged places; rows beyond the limit."""

    title: str
    is_visible: bool = True
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    cut: int = 0

    def cell(self, row: int, column: int) -> SheetCell:
        """The cell itself, empty where nothing is."""
        return self.rows.get(row, {}).get(column, EMPTY)

    def spread(self, row: int, column: int) -> SheetCell:
        """The cell, or what the merged place it lies in holds."""
        return self.cell(*self.merged.get((row, column), (row, column)))

    def filled(self) -> Iterator[tuple[int, Mapping[int, SheetCell]]]:
        """The rows in which something stands, in order."""
        for number in sorted(self.rows):
            if any(cell.is_formula or cell.value not in (None, "") for cell in self.rows[number].values()):
                yield number, self.rows[number]

    def table(self) -> Iterator[tuple[Any, ...]]:
        """The values row by row from the first row on, blank rows too, as long as what stands in each.

        A figure shown as a percentage is given as it is shown, 8.5%, since 0.085 is not what was typed.
        """
        for number in range(1, max(self.rows, default=0) + 1):
            row = self.rows.get(number, {})
            cells = (row.get(place, EMPTY) for place in range(1, max(row, default=0) + 1))
            yield tuple(cell.text if cell.is_percent else cell.value for cell in cells)


class CellBook:
    """工作簿的各格: a workbook whose sheets are read one at a time, within the limits of every file that is opened."""

    def __init__(self, content: bytes) -> None:
        """Open ``content``.

        Raises:
            UnreadableFile: it is no xlsx, is damaged, or unpacks beyond the limits.
        """
        archive = Archive(content)
        if "xl/workbook.xml" not in archive:
            raise UnreadableFile("document.E004", "这不是xlsx工作簿。", "请另存为xlsx后再读。")
        self._book = Book(archive)
        self._sheets = {title: (path, seen) for title, path, seen in reversed(self._book.sheets()[:SHEET_LIMIT])}
        self._read: dict[str, CellSheet] = {}
        self.titles = tuple(reversed(self._sheets))
        if not self.titles:
            raise UnreadableFile("document.E001", "工作簿里没有工作表。", "请检查文件是否导出完整。")

    def is_visible(self, title: str) -> bool:
        """Whether the sheet is shown."""
        return self._sheets[title][1]

    def sheet(self, title: str) -> CellSheet:
        """The cells of a sheet.

        Raises:
            UnreadableFile: its part is damaged or too large.
        """
        if title not in self._read:
            path, is_visible = self._sheets[title]
            self._read[title] = _Pass(self._book, CellSheet(title, is_visible)).over(path)
        return self._read[title]


class _Pass:
    """One pass over the part of a sheet, keeping no more of it in memory than its cells."""

    def __init__(self, book: Book, sheet: CellSheet) -> None:
        self.book, self.sheet = book, sheet
        self.count = self.spread = self.seen = 0
        self.row = self.column = 0

    def over(self, path: str) -> CellSheet:
        """Read the part."""
        from lxml import etree

        data = self.book.archive.read(path).replace(_STRICT, _M.strip("{}").encode())
        try:
            steps = etree.iterparse(
                io.BytesIO(data), events=("end",), tag=(_CELL, _ROW, _MERGED), recover=True,
                huge_tree=False, resolve_entities=False, no_network=True,
            )  # fmt: skip
            for _, element in steps:
                self._take(element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except UnreadableFile:
            raise
        except (etree.LxmlError, ValueError) as error:
            raise UnreadableFile("document.E005", "工作表已损坏，打不开。", "请另存后再读。") from error
        return self.sheet

    def _take(self, element: Any) -> None:
        self.seen += 1
        if self.seen > ELEMENT_LIMIT:
            message = f"工作表{self.sheet.title}的格超过{ELEMENT_LIMIT // 10_000}万个，未读。"
            raise UnreadableFile("document.E007", message, "请删去空行空列，另存后再读。")
        if element.tag == _CELL:
            row, column = place_of(element.get("r")) or (self.row, self.column)
            self.row, self.column = row, column + 1
            self._keep(element, row + 1, column + 1)
        elif element.tag == _ROW:
            number = element.get("r", "")
            last = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 9 else self.row
            if element.get("hidden") in {"1", "true"}:
                self.sheet.hidden.add(last + 1)
            self.row, self.column = last + 1, 0
        else:
            self._merge(element.get("ref", ""))

    def _keep(self, element: Any, row: int, column: int) -> None:
        cell = self._cell(element)
        if cell is None or column > COLUMN_LIMIT:
            return
        if row > ROW_LIMIT or self.count >= CELL_LIMIT:
            self.sheet.cut += 1
            return
        self.count += 1
        self.sheet.rows.setdefault(row, {})[column] = cell

    def _cell(self, element: Any) -> SheetCell | None:
        """What the cell holds; None for one that is only formatted."""
        raw, is_formula, kind = "", False, element.get("t", "n")
        for part in element:
            if part.tag == _VALUE:
                raw = part.text or ""
            elif part.tag == _FORMULA:
                is_formula = True
            elif part.tag == _INLINE and kind == "inlineStr":
                raw = string_of(part)
        if kind == "s":
            at = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else -1
            raw = self.book.strings[at] if 0 <= at < len(self.book.strings) else ""
        if not raw.strip():
            return SheetCell(None, is_formula=True) if is_formula else None
        if kind == "b":
            return SheetCell(raw == "1", is_formula)
        return self._figure(element, raw, kind, is_formula=is_formula)

    def _figure(self, element: Any, raw: str, kind: str, *, is_formula: bool) -> SheetCell:
        if kind == "d" and (day := _DAY.match(raw)):
            return SheetCell(date(int(day[1]), int(day[2]), int(day[3])), is_formula)
        if kind != "n":
            return SheetCell(raw, is_formula)
        try:
            number = _EXACT.create_decimal(raw.strip())
        except InvalidOperation:
            return SheetCell(raw, is_formula)
        if not number.is_finite() or abs(number.adjusted()) > 40:
            return SheetCell(raw, is_formula)
        style = element.get("s", "0")
        at = int(style) if style.isascii() and style.isdigit() and len(style) < 9 else 0
        pattern = self.book.patterns[at] if at < len(self.book.patterns) else "General"
        day_shown = day_of(number, pattern, since_1904=self.book.since_1904)
        return SheetCell(day_shown or number, is_formula, "%" in pattern and day_shown is None)

    def _merge(self, reference: str) -> None:
        """Spread a merged place over the cells it covers, as far as the limits go."""
        first, _, last = reference.partition(":")
        begin, end = place_of(first), place_of(last)
        if begin is None or end is None:
            return
        (top, left), (bottom, right) = begin, end
        for row in range(top, min(bottom, max(self.sheet.rows, default=0)) + 1):
            for column in range(left, min(right, COLUMN_LIMIT - 1) + 1):
                self.spread += 1
                if self.spread > CELL_LIMIT:
                    return
                self.sheet.merged[row + 1, column + 1] = (top + 1, left + 1)
