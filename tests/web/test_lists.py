"""Lists: filters told as sentences, order, pages, and files that hold what the page shows."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import openpyxl
from county import EDUCATION, HARBOUR, HIGH_TECH, PLANNING, SUPERVISOR, desk_of

from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.store.models import EntryRow
from luoshi.web.table_file import csv_file, xlsx_file


def _shown(page):
    return page.content.decode().split("<tbody>")[1].split("</tbody>")[0].count("<tr>")


def test_a_filter_is_told_as_a_sentence_and_narrows_the_list(county, sign_in):
    browser = sign_in(SUPERVISOR)
    everything = _shown(browser.get("/lists/target/"))
    some = browser.get(f"/lists/target/?lead_body={EDUCATION}")
    assert "牵头单位是教育局：共" in some.content.decode()
    assert 0 < _shown(some) < everything


def test_a_list_without_a_match_offers_to_clear_the_filter(county, sign_in):
    html = sign_in(SUPERVISOR).get("/lists/target/?q=没有这几个字").content.decode()
    assert "没有符合条件的条目" in html
    assert "清除条件" in html


def test_a_list_is_sorted_by_number_not_by_writing(county, sign_in):
    html = sign_in(SUPERVISOR).get("/lists/target/?sort=-task_number").content.decode()
    numbers = [int(cell.split("<")[0]) for cell in html.split('data-label="第几项" class="num">')[1:]]
    assert numbers == sorted(numbers, reverse=True)


def test_a_desk_officer_sees_only_the_entries_of_his_body(county, sign_in):
    mine = EntryRow.objects.filter(list="target", values__contains=f'"{EDUCATION}"').count()
    assert _shown(sign_in(desk_of(EDUCATION)).get("/lists/target/")) == mine
    other = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').first()
    assert sign_in(desk_of(EDUCATION)).get(f"/entries/{other.id}/").status_code == 403


def test_a_csv_begins_with_a_byte_order_mark_and_runs_no_formula():
    content = csv_file("表", ["名称", "数"], [["=1+1", "-3"], ["@x", "−2"]]).content
    assert content.startswith("\ufeff".encode())
    assert "'=1+1,-3" in content.decode("utf-8-sig")
    assert "'@x" in content.decode("utf-8-sig")


def _workbook(*arguments):
    return openpyxl.load_workbook(io.BytesIO(xlsx_file(*arguments).content)).active


def test_a_workbook_keeps_figures_as_numbers_and_everything_else_as_text():
    sheet = _workbook(
        "表", ["名称", "数", "编号"], [["=1+1", "−3.5", "1.10"], ["12", "12", "007"], ["丙", "无", ""]], [1]
    )
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [["=1+1", -3.5, "1.10"], ["12", 12, "007"], ["丙", "无", None]]
    assert sheet["A2"].data_type == "s"


def test_a_figure_longer_than_a_spreadsheet_keeps_stays_text():
    assert _workbook("表", ["数"], [["1234567890123456"]], [0])["A2"].value == "1234567890123456"


def test_control_characters_break_neither_workbook_nor_text_table():
    lines = [["表\x07格\x0b", "1\x00"], ["甲\r\n乙", "2"]]
    assert [[c.value for c in row] for row in _workbook("表", ["名\x1f称", "数"], lines, [1]).iter_rows()] == [
        ["名称", "数"],
        ["表格", "1"],
        ["甲\n乙", 2],
    ]
    assert "表格,1" in csv_file("表", ["名称", "数"], lines).content.decode("utf-8-sig")


def test_a_workbook_prints_across_a_page_with_its_head_on_every_page():
    sheet = _workbook("目标清单", ["名称", "说明"], [["短", "很长的说明文字" * 40]] * 200)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["B2"].alignment.wrap_text
    widths = [sheet.column_dimensions[name].width for name in "AB"]
    assert widths == [8, 46]


def test_an_export_holds_the_rows_of_the_page(county, sign_in):
    browser = sign_in(SUPERVISOR)
    shown = _shown(browser.get(f"/lists/target/?lead_body={EDUCATION}"))
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/lists/target.xlsx?lead_body={EDUCATION}").content))
    assert book.active.max_row - 1 == shown


def _parts(county):
    whole = county.target("完成固定资产投资")
    amounts = [Part(HIGH_TECH, Decimal("40.5"), "高新片区投资"), Part(HARBOUR, Decimal(20), "临港片区投资")]
    allocate_target(county.supervisor(9, 20), whole.id, amounts)
    return f"/lists/target/?parent={whole.id}", f"/lists/target.xlsx?parent={whole.id}"


def _foot(page):
    found = page.content.decode().split("<tfoot><tr>")[1].split("</tr>")[0]
    return [cell for cell in re.sub("<[^>]+>", "\n", found).split("\n") if cell]


def test_the_foot_of_a_list_adds_the_parts_of_a_target_in_their_unit(county, sign_in):
    page, file = _parts(county)
    browser = sign_in(SUPERVISOR)
    assert _foot(browser.get(page)) == ["合计2条", "60.5", "亿元"]
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get(file).content)).active
    heads = [cell.value for cell in sheet[1]]
    last = dict(zip(heads, (cell.value for cell in sheet[sheet.max_row]), strict=True))
    assert (last["编号"], last["目标值"], last["单位"]) == ("合计", 60.5, "亿元")
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row - 1))


def test_the_foot_of_all_targets_only_counts_them(county, sign_in):
    _parts(county)
    assert len(_foot(sign_in(SUPERVISOR).get("/lists/target/"))) == 1


def test_an_unknown_list_is_not_found(county, sign_in):
    assert sign_in(SUPERVISOR).get("/lists/nothing/").status_code == 404


def test_an_export_holds_numbers_only_where_the_field_is_one(county, sign_in):
    book = openpyxl.load_workbook(io.BytesIO(sign_in(SUPERVISOR).get("/lists/target.xlsx").content)).active
    heads = [cell.value for cell in book[1]]
    line = dict(zip(heads, (cell.value for cell in book[2]), strict=True))
    assert isinstance(line["目标值"], int | float)
    assert isinstance(line["第几项"], int)
    assert isinstance(line["编号"], str | None)


def test_a_column_without_a_value_is_there_but_folded_away():
    sheet = _workbook("表", ["名称", "备注"], [["甲", ""], ["乙", ""]])
    assert [sheet.column_dimensions[name].hidden for name in "AB"] == [False, True]
    assert not _workbook("表", ["名称"], []).column_dimensions["A"].hidden


def test_a_row_is_as_high_as_its_longest_text_and_decimals_stay_as_they_are_shown():
    sheet = _workbook("表", ["名称", "完成率"], [["短", "68.40"], ["字" * 66, "75"]], [1])
    assert sheet["B2"].number_format == "0.00"
    # 66 characters take 132 half-width ones; 45 fit a line of the widest column: three lines of 15 points, and 3
    assert [sheet.row_dimensions[number].height for number in (2, 3)] == [18, 48]
