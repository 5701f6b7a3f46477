"""Characters placed on pages to lines and paragraphs: what PDF, OFD and scans have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from statistics import median

from luoshi.document.extract import Writer
from luoshi.document.model import Position
from luoshi.document.table import Block, Grid, arrange
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

FURNITURE = "页眉页脚"

_EDGE_LINES = 2
"""Lines at the head and at the foot of a page among which headers and footers are looked for."""
_EDGE_LIMIT = 60
_REPEATED = 0.4
"""Part of the pages on which a header stands at least; a chapter's header need not be on all."""
_GAP = 0.8
"""Gap between two characters, in character widths, that was meant as a blank; justified lines stay below."""
_COLUMN_GAP = 2.5
_COLUMN = 14
"""Least width of a column of text in characters; narrower lines are titles, cells or verses and are not joined."""
_SIZE_CHANGE = 0.22
_PAGE_NUMBER = pattern(r"[\s\-—–－―·.第]*\d{1,4}[\s\-—–－―·.页]*(?:[/共]\s*\d{1,4}\s*页?)?\Z")
_DIGITS = pattern(r"\d+")
_MARK = pattern(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}\s*[.．、]")
_ENDS = "。！？；：”"


@dataclass(frozen=True, slots=True)
class Glyph:
    """版面字符: characters drawn at one place; points from the page's upper left corner, downward."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """版面行: one printed line; ``em`` is the width of a Chinese character in it."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    em: float


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """版面表格: a table drawn on a page between ``top`` and ``bottom``, with the box of each cell in order."""

    grid: Grid
    boxes: tuple[tuple[int, int, int, int], ...]
    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float
    pitch: float
    indented: bool


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[PrintedLine]:
    """The lines of one page from top to bottom; what is drawn twice for boldness is taken once."""
    drawn = sorted((one for one in glyphs if one.text.strip()), key=lambda one: one.top + one.bottom)
    rows: list[list[Glyph]] = []
    centre = reach = 0.0
    for glyph in drawn:
        middle = (glyph.top + glyph.bottom) / 2
        if not rows or middle - centre > reach:
            rows.append([])
            centre, reach = middle, (glyph.bottom - glyph.top) * 0.5
        rows[-1].append(glyph)
    return [_line(sorted(row, key=lambda one: one.left), page) for row in rows]


def _line(row: Sequence[Glyph], page: int) -> PrintedLine:
    wide = [(one.right - one.left) / _widths(one.text) for one in row if one.text[0] >= "\u2e80"]
    em = max(0.1, median(wide or [(one.bottom - one.top) * 0.8 for one in row]))
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in row:
        if last is not None:
            if glyph.text == last.text and glyph.left - last.left < em * 0.25:
                continue
            parts.append(_blank(last, glyph, em))
        parts.append(glyph.text)
        last = glyph
    return PrintedLine(
        "".join(parts), page, row[0].left, min(one.top for one in row), max(one.right for one in row),
        max(one.bottom for one in row), em,
    )  # fmt: skip


def _widths(words: str) -> float:
    """How many Chinese characters wide words are; letters and digits take half the room."""
    return sum(0.5 if one.isascii() else 1.0 for one in words)


def _blank(before: Glyph, after: Glyph, em: float) -> str:
    gap = (after.left - before.right) / em
    if gap > _COLUMN_GAP:
        return "\t"
    both_latin = before.text[-1].isascii() and after.text[0].isascii()
    return " " if gap > (0.15 if both_latin else _GAP) else ""


def write_pages(writer: Writer, pages: Sequence[Sequence[PrintedLine]], tables: Sequence[DrawnTable] = ()) -> None:
    """Write the paragraphs of all pages; headers, footers and page numbers go aside as a named region.

    Args:
        writer: where the text goes.
        pages: the lines of each page, from top to bottom.
        tables: the tables of all pages in order, whose words are not among the lines.
    """
    furniture = _furniture(pages)
    body = [[line for index, line in enumerate(page) if (at, index) not in furniture] for at, page in enumerate(pages)]
    for at, page in enumerate(pages):
        writer.aside.extend((FURNITURE, line.text) for index, line in enumerate(page) if (at, index) in furniture)
    everything = [line for page in body for line in page]
    whole = _margins(everything)
    paragraph: list[PrintedLine] = []
    last: tuple[PrintedLine, _Margins] | None = None
    waiting = list(tables)
    for page in body:
        own = _margins(page) if len(page) >= 8 else whole
        for line in page:
            ready = _above(waiting, line)
            if ready:
                _write(writer, paragraph)
                paragraph, last = [], None
                _write_tables(writer, ready)
                del waiting[: len(ready)]
            if last and not _continues(last[0], line, last[1], own):
                _write(writer, paragraph)
                paragraph = []
            paragraph.append(line)
            last = (line, own)
    _write(writer, paragraph)
    _write_tables(writer, waiting)


def _above(tables: Sequence[DrawnTable], line: PrintedLine) -> list[DrawnTable]:
    return list(takewhile(lambda one: (one.page, one.top) < (line.page, line.top), tables))


def _write_tables(writer: Writer, tables: Sequence[DrawnTable]) -> None:
    """Write tables that nothing stands between; one that goes on over the page is one table, its head told once."""
    index = 0
    while index < len(tables):
        parts = [tables[index]]
        while index + len(parts) < len(tables):
            following = tables[index + len(parts)]
            if following.grid.columns != parts[0].grid.columns or following.page != parts[-1].page + 1:
                break
            parts.append(following)
        index += len(parts)
        _write_table(writer, parts)


def _is_rest(row: Sequence[Block], line: Sequence[Block]) -> bool:
    """Whether a row is what the page's end cut off the numbered row before it."""
    return len(row) == len(line) and row[0].text.isdecimal() and not line[0].text


def _write_table(writer: Writer, parts: Sequence[DrawnTable]) -> None:
    rows: list[list[Block]] = []
    boxes: list[tuple[int, tuple[int, int, int, int]]] = []
    head = [block for _, _, block in parts[0].grid.places[0]]
    for number, part in enumerate(parts):
        places = iter(part.boxes)
        first = 0
        for r, row in enumerate(part.grid.places):
            line = [block for _, _, block in row]
            own = [(part.page, box) for box in islice(places, len(row))]
            if number and r == 0 and line == head:
                first = 1
                continue
            if number and r == first and rows and _is_rest(rows[-1], line):
                rows[-1] = [Block(a.text + b.text, a.height, a.width) for a, b in zip(rows[-1], line, strict=True)]
                continue
            rows.append(line)
            boxes += own
    count = len(writer.tables)
    writer.table(arrange(rows))
    for table in writer.tables[count:]:
        for cell, (page, box) in zip(table.cells(), boxes, strict=False):
            if len(cell.span):
                writer.positions.append(Position(cell.span, page, box))


def _write(writer: Writer, lines: list[PrintedLine]) -> None:
    if not lines or writer.full:
        return
    words = ""
    begins: list[int] = []
    for line in lines:
        if words and words[-1].isascii() and line.text[0].isascii() and words[-1].isalpha() and line.text[0].isalpha():
            words += " "
        begins.append(len(words))
        words += line.text
    span = writer.line(words)
    for begin, line in zip(begins, lines, strict=True):
        start = min(span.start + begin, span.end)
        end = min(start + len(line.text), span.end)
        box = (round(line.left), round(line.top), round(line.right), round(line.bottom))
        writer.positions.append(Position(Span(start, end), line.page, box))


def _margins(lines: Sequence[PrintedLine]) -> _Margins:
    if not lines:
        return _Margins(0, 0, 0, indented=False)
    em = median(line.em for line in lines)
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    left = lefts[len(lefts) // 20]
    pitches = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    indented = sum(1.2 * em < line.left - left < 3.2 * em for line in lines) * 20 >= len(lines)
    return _Margins(left, rights[-1 - len(rights) // 20], min(median(pitches or [2 * em]), 3 * em), indented)


def _continues(before: PrintedLine, line: PrintedLine, margins: _Margins, own: _Margins) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if abs(before.em - line.em) > _SIZE_CHANGE * max(before.em, line.em):
        return False
    # Words that may not be parted leave a gap at the end of a line; within a sentence it may be wide.
    short = 2.2 if before.text[-1] in _ENDS else 6
    is_full = before.right >= max(margins.right - short * before.em, (margins.left + margins.right) / 2)
    is_indented = line.left > own.left + 0.7 * line.em
    is_far = before.page == line.page and line.top - before.top > 1.7 * margins.pitch
    is_column = margins.right - margins.left >= _COLUMN * before.em
    if not is_column or not is_full or is_indented or is_far or "\t" in before.text or "\t" in line.text:
        return False
    # A full line that ends a sentence is ten times likelier to go on than to end its paragraph, unless a number follows.
    return margins.indented or before.text[-1] not in _ENDS or not _MARK.match(line.text)


def _furniture(pages: Sequence[Sequence[PrintedLine]]) -> set[tuple[int, int]]:
    """(page, line) of headers, footers and page numbers."""
    found: set[tuple[int, int]] = set()
    edges: dict[tuple[int, int], tuple[str, str]] = {}
    for at, page in enumerate(pages):
        count = len(page)
        for index, line in enumerate(page):
            zone = "head" if index < _EDGE_LINES else "foot" if index >= count - _EDGE_LINES else ""
            if not zone or len(line.text) > _EDGE_LIMIT:
                continue
            edges[at, index] = (zone, _DIGITS.sub("0", "".join(line.text.split())))
            if index in {0, count - 1} and _PAGE_NUMBER.match(line.text) and count > 1:
                found.add((at, index))
    seen = Counter(key for _, key in {(at, key) for (at, _), key in edges.items()})
    enough = max(2, _REPEATED * len(pages))
    found.update(place for place, key in edges.items() if seen[key] >= enough)
    return found
