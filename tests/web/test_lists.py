"""Lists: filters told as sentences, order, pages, and files that hold what the page shows."""

from __future__ import annotations

import io

import openpyxl
from county import EDUCATION, PLANNING, SUPERVISOR, desk_of

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


def test_a_workbook_keeps_numbers_as_numbers_and_formulas_as_text():
    content = xlsx_file("表", ["名称", "数"], [["=1+1", "−3.5"], ["丙", "12"]]).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [["=1+1", -3.5], ["丙", 12]]
    assert sheet["A2"].data_type == "s"


def test_an_export_holds_the_rows_of_the_page(county, sign_in):
    browser = sign_in(SUPERVISOR)
    shown = _shown(browser.get(f"/lists/target/?lead_body={EDUCATION}"))
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/lists/target.xlsx?lead_body={EDUCATION}").content))
    assert book.active.max_row - 1 == shown


def test_an_unknown_list_is_not_found(county, sign_in):
    assert sign_in(SUPERVISOR).get("/lists/nothing/").status_code == 404
