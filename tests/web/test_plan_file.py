"""整个计划用表格修改: the difference is seen on the page before anything is changed."""

from __future__ import annotations

import io

from county import PLANNING, SUPERVISOR, desk_of
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from luoshi.store.entries import find

PAGE = "/settings/workbooks/plan/"


def test_a_changed_cell_is_previewed_and_then_made(county, sign_in):
    office = sign_in(SUPERVISOR)
    assert PAGE in office.get("/settings/workbooks/").content.decode()
    book = load_workbook(io.BytesIO(office.get("/settings/workbooks/plan.xlsx").content))
    sheet = book["目标"]
    heads = [str(cell.value).rstrip("*") for cell in sheet[1]]
    name = sheet.cell(2, 1).value
    sheet.cell(2, heads.index("目标值") + 1, 65)
    out = io.BytesIO()
    book.save(out)

    def sent(**more):
        return office.post(PAGE, {"file": SimpleUploadedFile("计划.xlsx", out.getvalue()), **more})

    page = sent(check="1").content.decode()
    assert "将改动1处" in page
    assert "现在还没有导入" in page
    assert str(find(name)["value"]) != "65"
    assert sent().status_code == 422
    assert "已改动1处" in sent(reason="口径调整").content.decode()
    assert str(find(name)["value"]) == "65"


def test_units_do_not_change_the_plan_by_a_workbook(county, sign_in):
    desk = sign_in(desk_of(PLANNING))
    assert desk.get(PAGE).status_code == 403
    assert desk.get("/settings/workbooks/plan.xlsx").status_code == 403
