"""用表格填报: the unit's workbook is downloaded, checked and laid into the draft on its page."""

from __future__ import annotations

import html
import io
import re

from county import EDUCATION, PLANNING, desk_of
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from september import SHEET

from luoshi.store.models import Draft


def test_a_workbook_is_checked_and_then_laid_into_the_draft(county, sign_in):
    desk = sign_in(desk_of(PLANNING))
    assert f"{SHEET}file/" in desk.get(SHEET).content.decode()
    book = load_workbook(io.BytesIO(desk.get(f"{SHEET}xlsx/").content))
    sheet = book["填报表"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("本月累计") + 1, 45)
    out = io.BytesIO()
    book.save(out)

    def sent(**more):
        return desk.post(f"{SHEET}file/", {"file": SimpleUploadedFile("填报表.xlsx", out.getvalue()), **more})

    assert "现在还没有导入" in sent(check="1").content.decode()
    assert not Draft.objects.exists()
    assert "已导入草稿1项" in sent().content.decode()
    assert Draft.objects.count() == 1


def test_a_cell_changed_on_both_sides_is_chosen_on_the_page(county, sign_in):
    desk = sign_in(desk_of(PLANNING))
    book = load_workbook(io.BytesIO(desk.get(f"{SHEET}xlsx/").content))
    sheet = book["填报表"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("进展情况") + 1, "表格里的话。")
    name = sheet.cell(2, heads.index("条目编号") + 1).value
    out = io.BytesIO()
    book.save(out)
    desk.post(f"{SHEET}draft/", {"row": f"1|{name}", "1-text": "页面上的话。"})
    page = desk.post(f"{SHEET}file/", {"file": SimpleUploadedFile("填报表.xlsx", out.getvalue())}).content.decode()
    assert "表格里的话。" in page
    assert "页面上的话。" in page
    assert "页面上的话。" in Draft.objects.get().content
    take = html.unescape(re.search(r'name="take" value="([^"]*)"', page)[1])
    assert desk.post(f"{SHEET}file/", {"choose": "1", "take": take}).status_code == 200
    assert "表格里的话。" in Draft.objects.get().content
    assert desk.post(f"{SHEET}file/", {"choose": "1", "take": "["}).status_code == 422


def test_another_units_workbook_is_not_given(county, sign_in):
    assert sign_in(desk_of(EDUCATION)).get(f"{SHEET}xlsx/").status_code == 403
