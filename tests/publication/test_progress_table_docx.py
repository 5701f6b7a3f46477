from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from luoshi.publication.progress_table import ProgressRow, ProgressTable
from luoshi.publication.progress_table_docx import progress_table_docx


def _table(*rows):
    return ProgressTable("2023年重点任务进展情况表", date(2023, 9, 30), "督查室", rows)


def _cells(table):
    opened = docx.Document(io.BytesIO(progress_table_docx(table)))
    return [[cell.text for cell in row.cells] for row in opened.tables[0].rows]


def test_nodes_and_replies_keep_their_lines():
    rows = _cells(
        _table(
            ProgressRow("①3月底前设计\n②9月底前开工", "①已完成\n②未开工", ("甲局", "乙局")),
            ProgressRow("修路", " ", ("丙局",)),
        )
    )
    assert rows[0] == ["序号", "内容与要求", "完成情况", "责任单位"]
    assert rows[1] == ["1", "①3月底前设计\n②9月底前开工", "①已完成\n②未开工", "甲局\n乙局"]
    assert rows[2][2] == "未报"


def test_a_table_without_items_says_so():
    assert set(_cells(_table())[1]) == {"尚无事项。"}


@pytest.mark.office
def test_the_head_repeats_on_each_turned_page(as_pdf, pdf_text, page_sizes):
    rows = [ProgressRow(f"任务{n}" * 20, "进展" * 40, ("甲局",)) for n in range(40)]
    pdf = as_pdf(progress_table_docx(_table(*rows)), "progress.docx")
    assert set(page_sizes(pdf)) == {(297, 210)}
    pages = pdf_text(pdf)
    assert len(pages) > 2
    assert all("内容与要求" in page for page in pages)
