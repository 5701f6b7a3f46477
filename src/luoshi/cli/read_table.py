"""A reading as a table in the terminal; a Chinese character takes two columns, and nothing is ever cut off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

from luoshi.cli.read_row import rows_of, summary
from luoshi.reading.model import Reading

_WIDEST = (4, 6, 30, 24, 8, 44)
"""Columns of the terminal for each head; what is longer goes on in the next line."""
_HEADS = ("任务", "类别", "指标或名称", "目标", "性质", "原文")


def render_table(reading: Reading, *, explain: bool = False) -> str:
    """The table, then what was found in one sentence."""
    rows = rows_of(reading, explain=explain)
    cells = [(row.task, row.kind, row.name, row.goal, row.modality, row.quote) for row in rows]
    widths = [
        min(widest, max(columns(" ".join(line[place].split())) for line in [_HEADS, *cells]))
        for place, widest in enumerate(_WIDEST)
    ]
    lines = [*_lines(_HEADS, widths), "  ".join("─" * width for width in widths)]
    for row, line in zip(rows, cells, strict=True):
        lines += _lines(line, widths)
        if row.doubt:
            lines.append(f"{'':6}↳ 请核对：{row.doubt}")
        if explain:
            lines += [f"{'':6}· {rule}" for rule in row.rules]
    return "\n".join([*(lines if rows else []), summary(reading, rows)]) + "\n"


def coverage_of(reading: Reading) -> str:
    """What the text belongs to, one line each with its share, and what belongs to nothing."""
    from luoshi.reading.coverage import coverage
    from luoshi.terms.number import exact, fixed

    covered = coverage(reading)
    share = {name: fixed(exact(count) * 100 / max(covered.total, 1), 1) for name, count in covered.counts}
    held = fixed(exact(covered.held) * 100 / max(covered.total, 1), 1)
    lines = [f"全文{covered.total}字，{covered.held}字有归属（{held}%）："]
    lines += [f"  {name}{count}字（{share[name]}%）" for name, count in covered.counts if count]
    text = reading.document.text
    lines += [f"  无归属：[{start}, {end})“{text[start:end][:40]}”" for start, end in covered.left]
    return "\n".join(lines)


def explained(reading: Reading) -> str:
    """The rules of every row, for formats whose lines have no room for them."""
    return "\n".join(
        f"[{row.start}, {row.end}) {row.kind} {row.name} ← {'、'.join(row.rules)}"
        for row in rows_of(reading, explain=True)
    )


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The lines of one row: as many as its longest cell takes."""
    parted = [_parted(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return [
        "  ".join(part + " " * (width - columns(part)) for part, width in zip(parts, widths, strict=True)).rstrip()
        for parts in zip_longest(*parted, fillvalue="")
    ]


_PIECE = re.compile(r"[−-]?[0-9][0-9.,]*[%‰]?|.")


def _parted(text: str, width: int) -> list[str]:
    """The text in pieces of at most this many columns; a figure is never parted, were it wider than all."""
    parts = [""]
    for piece in _PIECE.findall(" ".join(text.split())):
        if parts[-1] and columns(parts[-1] + piece) > width:
            parts.append("")
        parts[-1] += piece
    return parts


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
