"""A reading as a table in the terminal; a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata

from luoshi.cli.read_row import rows_of, summary
from luoshi.reading.model import Reading

_WIDTHS = (4, 6, 30, 16, 8, 44)
_HEADS = ("任务", "类别", "指标或名称", "目标", "性质", "原文")


def render_table(reading: Reading, *, explain: bool = False) -> str:
    """The table, then what was found in one sentence."""
    rows = rows_of(reading)
    lines = [_line(_HEADS), "  ".join("─" * width for width in _WIDTHS)]
    for row in rows:
        lines.append(_line((row.task, row.kind, row.name, row.goal, row.modality, row.quote)))
        if row.doubt:
            lines.append(f"{'':6}↳ 请核对：{row.doubt}")
        if explain:
            lines += [f"{'':6}· {rule}" for rule in row.rules]
    return "\n".join([*(lines if rows else []), summary(reading, rows)]) + "\n"


def explained(reading: Reading) -> str:
    """The rules of every row, for formats whose lines have no room for them."""
    return "\n".join(
        f"[{row.start}, {row.end}) {row.kind} {row.name} ← {'、'.join(row.rules)}" for row in rows_of(reading)
    )


def _line(cells: tuple[str, ...]) -> str:
    return "  ".join(_fitted(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _fitted(text: str, width: int) -> str:
    shown, taken = "", 0
    text = " ".join(text.split())
    for place, sign in enumerate(text):
        wide = columns(sign)
        rest = place < len(text) - 1
        if taken + wide > width - (1 if rest and columns(text[place:]) + taken > width else 0):
            return shown + "…" + " " * (width - taken - 1)
        shown, taken = shown + sign, taken + wide
    return shown + " " * (width - taken)


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
