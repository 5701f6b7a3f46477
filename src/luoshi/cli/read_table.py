"""A reading as a table in the terminal; a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata

from luoshi.cli.read_row import rows_of, summary
from luoshi.reading.model import Reading

_WIDTHS = (4, 6, 30, 16, 8, 44)
_HEADS = ("任务", "类别", "指标或名称", "目标", "性质", "原文")


def render_table(reading: Reading, *, explain: bool = False) -> str:
    """The table, then what was found in one sentence."""
    rows = rows_of(reading, explain=explain)
    lines = [_line(_HEADS), "  ".join("─" * width for width in _WIDTHS)]
    for row in rows:
        lines.append(_line((row.task, row.kind, row.name, row.goal, row.modality, row.quote)))
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
