"""Tables of a document: rows of cells with their merged places filled, each cell at its words in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

ROW_LIMIT = 5_000
"""Rows of one table that are read; the longest responsibility tables known have some hundred."""
COLUMN_LIMIT = 200
"""Columns of one table that are read."""
CELL_LIMIT = 300_000
"""Places (rows times columns) of one table that are filled."""

_NUMBER = pattern(r"\d{1,3}\Z|[一二三四五六七八九十]{1,3}\Z")
_NUMBER_HEADER = pattern(r"序\s*号|编\s*号")
_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class TableCell:
    """单元格: one cell; ``row`` and ``column`` count from 0 and are those of its upper left corner."""

    span: Span
    row: int
    column: int
    height: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """表格: one table of a document.

    ``rows`` has a cell at every place; a merged cell stands at each place it covers, so that the column of
    a lead unit is filled in every row. ``name`` is the sheet's name in a workbook, else empty.
    """

    span: Span
    rows: tuple[tuple[TableCell, ...], ...]
    name: str = ""

    def cells(self) -> Iterator[TableCell]:
        """Each cell once, in the order of the text."""
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row):
                if (cell.row, cell.column) == (r, c):
                    yield cell


@dataclass(frozen=True, slots=True)
class Block:
    """单元格内容: a cell on its way into a table, with how many rows and columns it covers."""

    text: str
    height: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """网格: where the cells of a table lie; ``cut`` is the number of rows left out over the limit."""

    places: tuple[tuple[tuple[int, int, Block], ...], ...]
    columns: int
    cut: int = 0


def arrange(rows: Iterable[Sequence[Block]]) -> Grid:
    """Place the cells of rows in which a cell covered from above is not written, as in HTML.

    Args:
        rows: the cells of each row from left to right; spans are cut to the limits and to the table's rows.
    """
    taken = list(rows)
    cut = max(0, len(taken) - ROW_LIMIT)
    taken = taken[:ROW_LIMIT]
    covered: dict[int, set[int]] = {}
    places: list[tuple[tuple[int, int, Block], ...]] = []
    columns = filled = 0
    for r, row in enumerate(taken):
        here: list[tuple[int, int, Block]] = []
        busy = covered.pop(r, set())
        column = 0
        for block in row:
            while column in busy:
                column += 1
            width = max(1, min(block.width, COLUMN_LIMIT - column))
            height = max(1, min(block.height, len(taken) - r))
            filled += width * height
            if column >= COLUMN_LIMIT or filled > CELL_LIMIT:
                break
            here.append((r, column, Block(block.text, height, width)))
            for below in range(r + 1, r + height):
                covered.setdefault(below, set()).update(range(column, column + width))
            column += width
            columns = max(columns, column)
        places.append(tuple(here))
        if filled > CELL_LIMIT:
            cut += len(taken) - r - 1
            break
    return Grid(tuple(places), columns, cut)


def lay_out(grid: Grid, start: int, name: str = "") -> tuple[str, Table]:
    """The text of a table and the table with its places.

    Cells are set apart by tabs, rows by line ends, as when a table is copied out of an office program; a
    merged cell is written once, at its upper left corner.

    Args:
        grid: the arranged cells.
        start: where the text will begin in the document.
        name: the sheet's name.
    """
    parts: list[str] = []
    at = start
    cells: list[TableCell] = []
    for row in grid.places:
        for index, (r, column, block) in enumerate(row):
            if index:
                parts.append("\t")
                at += 1
            cells.append(TableCell(Span(at, at + len(block.text)), r, column, block.height, block.width))
            parts.append(block.text)
            at += len(block.text)
        parts.append("\n")
        at += 1
    return "".join(parts), Table(Span(start, at), _fill(cells, len(grid.places), grid.columns, start), name)


def _fill(cells: list[TableCell], rows: int, columns: int, start: int) -> tuple[tuple[TableCell, ...], ...]:
    filled: list[list[TableCell | None]] = [[None] * columns for _ in range(rows)]
    for cell in cells:
        for r in range(cell.row, min(rows, cell.row + cell.height)):
            for c in range(cell.column, min(columns, cell.column + cell.width)):
                filled[r][c] = filled[r][c] or cell
    at, complete = start, []
    for r, row in enumerate(filled):
        line = []
        for c, known in enumerate(row):
            line.append(known or TableCell(Span(at, at), r, c))
            at = line[-1].span.end
        complete.append(tuple(line))
    return tuple(complete)


def number_columns(table: Table, text: str) -> frozenset[int]:
    """The columns that number the rows: headed 序号, or counting 1, 2, 3 from the top."""
    found = set()
    columns = len(table.rows[0]) if table.rows else 0
    for column in range(columns):
        words = [row[column].span.quote(text).strip() for row in table.rows]
        if any(len(word) <= 8 and _NUMBER_HEADER.search(word) for word in words[:_HEADER_ROWS]):
            found.add(column)
            continue
        own = [row[column] for r, row in enumerate(table.rows) if row[column].row == r]
        numbers = [word for word in (cell.span.quote(text).strip() for cell in own) if word.isdecimal()]
        if len(numbers) >= 2 and [int(word) for word in numbers] == list(range(1, len(numbers) + 1)):
            found.add(column)
    return frozenset(found)


def shape_of(table: Table, text: str) -> Iterator[tuple[int, str]]:
    """Where the words of a table stand for lines: ``(place, character)`` that a reader of lines shall see.

    The end of a cell ends a line; after a cell that only numbers its row stands 、 so that the row is a numbered task.
    """
    numbering = number_columns(table, text)
    for cell in table.cells():
        end = cell.span.end
        if end >= table.span.end or text[end : end + 1] != "\t":
            continue
        word = cell.span.quote(text).strip()
        follows = text[end + 1 : end + 2] not in {"", "\t", "\n"}
        is_number = cell.column in numbering and _NUMBER.match(word) is not None and follows
        is_mark = word.endswith((".", "、", "．", "）", ")")) and len(word) <= 5 and follows
        yield end, "、" if is_number else "\t" if is_mark else "\n"
