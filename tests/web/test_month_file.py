"""全部单位用表格填报: downloaded, checked and laid into the units' drafts; no one but the supervision office sees it."""

from __future__ import annotations

import io

from county import PLANNING, SUPERVISOR, desk_of
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from luoshi.store.models import Draft

PAGE = "/settings/workbooks/month/2023-09/"


def test_the_months_workbook_is_checked_and_laid_into_drafts(county, sign_in):
    office = sign_in(SUPERVISOR)
    assert PAGE in office.get("/settings/workbooks/").content.decode()
    book = load_workbook(io.BytesIO(office.get(f"{PAGE}xlsx/").content))
    sheet = book["填报表"]
    heads = [cell.value for cell in sheet[1]]
    states = [sheet.cell(row, heads.index("已报") + 1).value for row in range(2, sheet.max_row + 1)]
    sheet.cell(states.index("未报") + 2, heads.index("进展情况") + 1, "按计划推进。")
    out = io.BytesIO()
    book.save(out)

    def sent(**more):
        return office.post(PAGE, {"file": SimpleUploadedFile("全部.xlsx", out.getvalue()), **more}).content.decode()

    assert "现在还没有导入" in sent(check="1")
    assert not Draft.objects.exists()
    assert "已导入各单位草稿1项" in sent()
    assert Draft.objects.count() == 1


def test_units_do_not_get_the_workbook_of_all(county, sign_in):
    desk = sign_in(desk_of(PLANNING))
    for address in ("/settings/workbooks/", PAGE, f"{PAGE}xlsx/"):
        assert desk.get(address).status_code == 403
