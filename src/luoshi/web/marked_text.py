"""A document's own words cut into paragraphs of pieces, so that a page can mark places in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Plain = dict[str, Any]
Span = tuple[int, int]


def passages(text: str, marks: Sequence[Plain], fired: Sequence[Span]) -> list[Plain]:
    """Paragraphs with the place (``at``) they begin at; each has pieces, a marked one with what its mark holds.

    Args:
        text: the document.
        marks: with ``start``, ``end`` and what the page wants to know; of overlapping ones the first given stays.
        fired: code points to be shown within pieces, as parts.
    """
    bounds = _apart(marks)
    lines: list[Plain] = []
    place = 0
    for line in text.split("\n"):
        end = place + len(line)
        if line.strip():
            first = max(0, bisect_right(bounds, place, key=lambda m: m["end"]))
            last = bisect_left(bounds, end, key=lambda m: m["start"])
            lines.append({"at": place, "pieces": _pieces(text, (place, end), bounds[first:last], fired)})
        place = end + 1
    return lines


def _apart(marks: Sequence[Plain]) -> list[Plain]:
    kept: list[Plain] = []
    for mark in marks:
        at = bisect_left(kept, mark["start"], key=lambda m: m["start"])
        is_free = (at == 0 or kept[at - 1]["end"] <= mark["start"]) and (
            at == len(kept) or kept[at]["start"] >= mark["end"]
        )
        if is_free and mark["start"] < mark["end"]:
            kept.insert(at, mark)
    return kept


def _pieces(text: str, line: Span, marks: Sequence[Plain], fired: Sequence[Span]) -> list[Plain]:
    pieces: list[Plain] = []
    place = line[0]
    for mark in marks:
        start, end = max(mark["start"], place), min(mark["end"], line[1])
        if place < start:
            pieces.append({"mark": None, "parts": parts(text, (place, start), fired)})
        pieces.append({"mark": mark, "parts": parts(text, (start, end), fired)})
        place = end
    if place < line[1]:
        pieces.append({"mark": None, "parts": parts(text, (place, line[1]), fired)})
    return pieces


def parts(text: str, span: Span, fired: Sequence[Span]) -> list[Plain]:
    """The text of a span in parts, each with whether a rule fired on it."""
    edges = {span[0], span[1]}
    for start, end in fired:
        edges |= {edge for edge in (start, end) if span[0] < edge < span[1]}
    ordered = sorted(edges)
    return [
        {"text": text[start:end], "fired": any(first <= start and end <= last for first, last in fired)}
        for start, end in pairwise(ordered)
    ]
