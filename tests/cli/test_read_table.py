"""The table of a reading in the terminal: nothing is cut, least of all a figure."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from luoshi.cli.read_table import _WIDEST, _parted, columns, render_table
from luoshi.document.load import load
from luoshi.reading.reading import read

TEXT = (
    "一、工业方面\n1.做强工业。规模以上工业增加值较上年增长12.35%以上，"
    "完成高端装备和新材料产业固定资产投资1234567.89亿元以上，其中技术改造投资、民间投资和制造业投资分别占一半以上。\n"
)


def test_every_figure_of_the_document_stands_whole_in_the_table():
    shown = render_table(read(load(TEXT.encode(), "文件.txt")))
    for figure in ("12.35%", "1234567.89"):
        assert figure in shown
    assert "…" not in shown


def test_no_line_of_a_row_is_wider_than_the_rule_under_the_heads():
    lines = render_table(read(load(TEXT.encode(), "文件.txt"))).splitlines()
    rows = [line for line in lines[2:] if line and not line.startswith(("《", "      ↳"))]
    assert rows
    assert max(map(columns, rows)) <= columns(lines[1].replace("─", "-")) <= sum(_WIDEST) + 10


@given(st.text("增长投资亿元以上 0123456789.%", max_size=60), st.integers(4, 30))
def test_parting_loses_nothing_and_parts_no_figure(text, width):
    parts = _parted(text, width)
    whole = " ".join(text.split())
    assert "".join(parts) == whole
    figures = re.findall(r"[0-9][0-9.]*%?", whole)
    assert [figure for part in parts for figure in re.findall(r"[0-9][0-9.]*%?", part)] == figures
