"""How high a sheet's rows must be for wrapped Chinese text; Excel does not find it out where cells are merged."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from luoshi.publication.wording import width

_LINE = 14.0  # points for a line of 10 pt
_PADDING = 6.0
LOWEST, HIGHEST = 24.0, 409.0  # Excel refuses rows above 409 points


def lines(text: str, room: int) -> int:
    """How many lines of 10 pt the text takes in a column ``room`` digits of 11 pt wide (8 against 13⅓ pixels)."""
    full = max(1.0, (room - 1) * 0.6)
    return sum(max(1, math.ceil(float(width(line)) / full)) for line in text.split("\n"))


def row_heights(
    texts: Sequence[Sequence[str]],
    widths: Sequence[int],
    merged: Mapping[int, Sequence[tuple[int, int]]],
    lowest: float = LOWEST,
) -> list[float]:
    """The height of each row in points.

    Args:
        texts: rows of cell texts.
        widths: column widths in digits of 宋体 11 pt.
        merged: for a column by index, its runs of rows shown as one cell; the text of the first row counts.
        lowest: no row is lower.
    """
    heights = [
        max((_height(text, widths[at]) for at, text in enumerate(row) if at not in merged), default=lowest)
        for row in texts
    ]
    for at, groups in merged.items():
        for first, last in groups:
            short = _height(texts[first][at], widths[at]) - sum(heights[first : last + 1])
            if short > 0:
                for index in range(first, last + 1):
                    heights[index] += short / (last - first + 1)
    return [min(HIGHEST, max(lowest, round(height, 1))) for height in heights]


def page_starts(heights: Sequence[float], groups: Sequence[tuple[int, int]], first: float, room: float) -> list[int]:
    """The rows that begin a new page, so that no group is torn unless it is itself higher than a page.

    Args:
        groups: first and last index of the rows that stay together, in order.
        first: points left on the first page.
        room: points on each later page.
    """
    starts, left = [], first
    for begin, last in groups:
        need = sum(heights[begin : last + 1])
        if need > left and begin:
            starts.append(begin)
            left = room
        left -= need
        while left < 0:
            left += room
    return starts


def _height(text: str, room: int) -> float:
    return lines(text, room) * _LINE + _PADDING
