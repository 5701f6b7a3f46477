from __future__ import annotations

import io
import re
from datetime import date, datetime, time
from fractions import Fraction

import openpyxl
import pytest

from luoshi.publication.word_file import DEMO_MARK
from luoshi.publication.workbook import ledger_workbook


def _open(made):
    return openpyxl.load_workbook(io.BytesIO(ledger_workbook(made)))


def _day(month, day):
    return datetime.combine(date(2023, month, day), time())


def _column(sheet, name):
    return next(cell.column for cell in sheet[3] if cell.value == name)


def test_the_head_row_has_the_official_columns(ledger, row):
    sheet = _open(ledger(row()))["工作台账"]
    assert [cell.value for cell in sheet[3]] == [
        "分块",
        "序号",
        "主要工作",
        "年度目标",
        "量化指标（单位）",
        "节点",
        "牵头领导",
        "牵头单位",
        "责任/配合单位",
        "联系人",
        "本月进展",
        "累计完成",
        "完成率",
        "序时",
        "亮灯",
        "存在问题",
        "下步举措",
        "佐证材料",
        "备注",
    ]


def test_numbers_are_numbers_with_formats(ledger, row):
    sheet = _open(ledger(row(actual=Fraction("-3.2"), completion=Fraction(1, 3), expected=Fraction(3, 4))))["工作台账"]
    actual, completion = (sheet.cell(4, _column(sheet, name)) for name in ("累计完成", "完成率"))
    assert (actual.value, actual.data_type) == (-3.2, "n")
    assert actual.number_format.split(";")[1].startswith("−")
    assert completion.value == pytest.approx(0.33333333)
    assert completion.number_format.startswith("0.00%")
    assert _open(ledger(row(actual=None)))["工作台账"].cell(4, _column(sheet, "累计完成")).value is None


@pytest.mark.parametrize(
    ("figure", "form"),
    [
        ("44", "#,##0;−#,##0;0"),
        ("11.5", "#,##0.0;−#,##0.0;0"),
        ("1/3", "#,##0.0000;−#,##0.0000;0"),
        ("0", "#,##0;−#,##0;0"),
    ],
)
def test_a_figure_shows_the_decimals_it_has_and_no_bare_point(ledger, row, figure, form):
    sheet = _open(ledger(row(actual=Fraction(figure))))["工作台账"]
    cell = sheet.cell(4, _column(sheet, "累计完成"))
    assert cell.number_format == form
    assert cell.alignment.shrink_to_fit


def test_columns_nobody_filled_take_no_paper(ledger, row):
    sheet = _open(ledger(row(), row(problem="用地未落实")))["工作台账"]
    hidden = {cell.value for cell in sheet[3] if sheet.column_dimensions[cell.column_letter].hidden}
    assert {"联系人", "佐证材料"} <= hidden
    assert not hidden & {"存在问题", "累计完成", "亮灯"}
    assert not any(size.hidden for size in _open(ledger())["工作台账"].column_dimensions.values())


def test_text_that_looks_like_a_formula_stays_text(ledger, row):
    cells = [
        c for r in _open(ledger(row(note="=HYPERLINK(1)", progress="=1+1\x00")))["工作台账"].iter_rows() for c in r
    ]
    assert {"=HYPERLINK(1)", "=1+1"} <= {cell.value for cell in cells}
    assert not any(cell.data_type == "f" for cell in cells)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(ledger, row):
    sheet = _open(ledger(row(progress="长" * 40_000)))["工作台账"]
    assert sheet.cell(4, _column(sheet, "本月进展")).value.endswith("全文见系统）")


def test_the_light_has_shape_word_and_fill(ledger, row):
    sheet = _open(ledger(row()))["工作台账"]
    cell = sheet.cell(4, _column(sheet, "亮灯"))
    assert cell.value == "✖ 红灯"
    assert (cell.fill.fgColor.rgb, cell.font.color.rgb) == ("FFFDE7E8", "FFA3141F")


def test_rows_of_a_task_share_one_cell(ledger, row):
    sheet = _open(ledger(row(1), row(1), row(2)))["工作台账"]
    assert {str(merged) for merged in sheet.merged_cells.ranges} >= {"A4:A6", "B4:B5", "C4:C5"}


def test_the_sheet_is_set_for_a3_with_its_head_on_each_page(ledger, row):
    sheet = _open(ledger(row(), is_demo=True))["工作台账"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "D4"
    assert DEMO_MARK in sheet["A2"].value
    assert sheet.oddHeader.right.text == DEMO_MARK


def test_history_and_meanings_have_their_sheets(ledger, row):
    book = _open(ledger(row()))
    assert book.sheetnames == ["工作台账", "变动记录", "栏目说明"]
    assert [cell.value for cell in book["变动记录"][4]] == [
        1, _day(10, 3), _day(9, 30), "第4项", "填报9月累计完成4个。", "王某", "县建设局",
    ]  # fmt: skip
    told = [cell.value for cell in book["栏目说明"]["A"]]
    assert {"序时", "✖ 红灯"} <= set(told)


def test_the_line_of_origin_has_room_on_the_narrow_sheet(ledger, row):
    book = _open(ledger(row(), is_demo=True))
    assert book["工作台账"].row_dimensions[2].height == 20
    assert book["栏目说明"].row_dimensions[2].height == 40


def test_an_empty_ledger_says_so(ledger):
    book = _open(ledger(history=()))
    assert book["工作台账"]["A4"].value == "尚无列入台账的事项。"
    assert book["变动记录"]["E4"].value == "尚无变动记录。"


def test_the_same_ledger_gives_the_same_bytes_dated_by_the_paper(ledger, row):
    assert ledger_workbook(ledger(row())) == ledger_workbook(ledger(row()))
    assert _open(ledger(row())).properties.modified == _day(10, 8)


@pytest.mark.office
def test_it_prints_on_a3_one_page_wide_with_no_task_torn(ledger, row, as_pdf, pdf_text, page_sizes):
    rows = [
        row(n, f"目标{n}之{k}", task=f"任务{n}开始{'推进' * 30}任务{n}结束", note="按计划")
        for n in range(1, 41)
        for k in range(1 + n % 3)
    ]
    pdf = as_pdf(ledger_workbook(ledger(*rows)), "ledger.xlsx")
    sizes, pages = page_sizes(pdf), pdf_text(pdf)
    ledger_pages = [re.sub(r"\s", "", page) for page, size in zip(pages, sizes, strict=True) if size == (420, 297)]
    assert all("主要工作" in page and "备注" in page for page in ledger_pages)
    assert len(ledger_pages) < len(rows) / 5
    for n in range(1, 41):
        where = {i for i, page in enumerate(ledger_pages) for k in range(1 + n % 3) if f"目标{n}之{k}" in page}
        assert len(where) == 1, f"task {n}"
