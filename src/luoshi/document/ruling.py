"""Tables drawn with lines on a page: rulings to cells, characters to their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.document.layout import DrawnTable, Glyph, lines_of
from luoshi.document.table import Block, arrange

RULING_LIMIT = 20_000
"""Rulings of one page that are looked at; a drawing has more, a table some hundred."""
WORK_LIMIT = 8_000_000
"""Crossings times rulings of one table; a full page of small cells has a quarter of that, a map far more."""

_NEAR = 3.0
"""Points within which two rulings are one; a border drawn as a thin box has two sides."""
_SHORTEST = 6.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """表格线: one straight line along a page's edges, in points; a level one has ``top`` equal to ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs across."""
        return self.bottom - self.top <= self.right - self.left


def take_tables(glyphs: Sequence[Glyph], rulings: Sequence[Ruling], page: int) -> tuple[list[DrawnTable], list[Glyph]]:
    """The tables of a page, and the characters outside them.

    Args:
        glyphs: the characters of the page.
        rulings: the straight lines of the page, level or upright.
        page: its number, from 1.
    """
    tables: list[DrawnTable] = []
    rest = list(glyphs)
    long = [one for one in rulings[:RULING_LIMIT] if max(one.right - one.left, one.bottom - one.top) >= _SHORTEST]
    for group in _connected(long):
        xs = _distinct([one.left for one in group if not one.level])
        ys = _distinct([one.top for one in group if one.level])
        is_box = len(xs) < 3 or len(ys) < 2
        if is_box or len(xs) * len(ys) * len(group) > WORK_LIMIT:
            continue
        inside = [one for one in rest if xs[0] < _x(one) < xs[-1] and ys[0] < _y(one) < ys[-1]]
        if not inside:
            continue
        known = set(map(id, inside))
        rest = [one for one in rest if id(one) not in known]
        tables.append(_table(group, (xs, ys), inside, page))
    return tables, rest


def _x(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


def _y(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _distinct(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _connected(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Rulings that overlap from top to bottom: tables stand below each other, never beside."""
    groups: list[list[Ruling]] = []
    reach = 0.0
    for one in sorted(rulings, key=lambda ruling: ruling.top):
        if not groups or one.top > reach + _NEAR:
            groups.append([])
            reach = one.bottom
        groups[-1].append(one)
        reach = max(reach, one.bottom)
    return groups


def _table(
    group: Sequence[Ruling], lines: tuple[list[float], list[float]], glyphs: Sequence[Glyph], page: int
) -> DrawnTable:
    xs, ys = lines
    upright = [one for one in group if not one.level]
    level = [one for one in group if one.level]
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):
            if (r, c) in owner:
                continue
            width = height = 1
            middle = (ys[r] + ys[r + 1]) / 2
            while c + width < len(xs) - 1 and not _parted(upright, xs[c + width], middle):
                width += 1
            centre = (xs[c] + xs[c + 1]) / 2
            while r + height < len(ys) - 1 and not _ruled(level, ys[r + height], centre):
                height += 1
            sizes[r, c] = (height, width)
            for below in range(height):
                for beside in range(width):
                    owner.setdefault((r + below, c + beside), (r, c))
    words: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        place = (_slot(ys, _y(glyph)), _slot(xs, _x(glyph)))
        words.setdefault(owner[place], []).append(glyph)
    rows: list[list[Block]] = [[] for _ in ys[1:]]
    boxes: list[tuple[int, int, int, int]] = []
    for (r, c), (height, width) in sizes.items():
        right, bottom = xs[min(c + width, len(xs) - 1)], ys[min(r + height, len(ys) - 1)]
        rows[r].append(Block(_cell(words.get((r, c), []), right, page), height, width))
        boxes.append((round(xs[c]), round(ys[r]), round(right), round(bottom)))
    return DrawnTable(arrange(rows), tuple(boxes), page, ys[0], ys[-1])


def _parted(upright: Sequence[Ruling], x: float, y: float) -> bool:
    return any(abs(one.left - x) <= _NEAR and one.top - _NEAR <= y <= one.bottom + _NEAR for one in upright)


def _ruled(level: Sequence[Ruling], y: float, x: float) -> bool:
    return any(abs(one.top - y) <= _NEAR and one.left - _NEAR <= x <= one.right + _NEAR for one in level)


def _slot(lines: Sequence[float], value: float) -> int:
    return max(0, min(len(lines) - 2, sum(line <= value for line in lines) - 1))


def _cell(glyphs: Sequence[Glyph], right: float, page: int) -> str:
    """The words of a cell; a line that does not reach the cell's end is the last of its paragraph."""
    words = ""
    for line in lines_of(glyphs, page):
        words += line.text.replace("\t", " ")
        words += "\n" if right - line.right > 2.6 * line.em else ""
    return words.strip()
