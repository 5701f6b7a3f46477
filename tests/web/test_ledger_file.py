"""导入既有台账: columns with suggestions and samples, rows with reasons, then drafts; nothing is accepted."""

from __future__ import annotations

import html
import io
import re

from county import PLAN, PLANNING, SUPERVISOR, acting, at, desk_of, head_of
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from september import targets

from luoshi.acts.handle_reports import accept_reports, sign_reports
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.store.entries import find
from luoshi.store.models import Draft
from luoshi.terms.period import Period

PAGE = "/settings/workbooks/ledger/"


def ledger():
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "工作目标", "牵头单位", "截至9月底完成数", "完成情况"])
    sheet.append([1, "完成固定资产投资60亿元以上", "发改局", "35.5亿元", "进展顺利。"])
    sheet.append([9, "修建跨海大桥引桥工程", "教育局", 1, "开工。"])
    sheet.append([None, "合计", None, 36.5, None])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("某县台账.xlsx", out.getvalue())


def test_a_ledger_is_uploaded_mapped_checked_and_laid_into_drafts(county, sign_in):
    office = sign_in(SUPERVISOR)
    assert PAGE in office.get("/settings/workbooks/").content.decode()
    there = office.post(PAGE, {"file": ledger()})["Location"]
    page = office.get(there).content.decode()
    assert "35.5亿元" in page
    roles = re.findall(r'<select class="input" name="(role-\d+)"[^>]*>.*?<option value="(\w*)" selected>', page)
    assert [role for _, role in roles] == ["number", "task", "lead", "value", "text"]
    assert office.post(there, {**dict(roles), "sheet": "Sheet", "head": "1", "columns": "1"}).status_code == 302
    page = office.get(there).content.decode()
    assert "共有“" in page
    name = re.search(r'name="was-r2" value="([^"]+)"', page)[1]
    office.post(there, {"save": "1", "was-r2": name, "match-r2": ""})
    assert "没有对上的排在前面" in office.get(there).content.decode()
    assert "2行中0行已对上" in office.get(there).content.decode()
    office.post(there, {"save": "1", "was-r2": "", "match-r2": name})
    checked = office.post(there, {"check": "1", "month": "2023-09"}).content.decode()
    assert "现在还没有导入" in checked
    assert "第3行“修建跨海大桥引桥工程”" in checked
    assert not Draft.objects.filter(sheet__startswith="report:").exists()
    assert "已导入各单位草稿1项" in office.post(there, {"month": "2023-09"}).content.decode()
    assert "35.5" in Draft.objects.get(sheet__startswith="report:", body=PLANNING).content
    assert office.post(there, {"assign": "1"}).status_code == 302
    assert office.get(there.replace("workbooks/ledger", "tables")).status_code == 200


def test_an_accepted_report_is_corrected_by_choice_with_a_reason(county, sign_in):
    office = sign_in(SUPERVISOR)
    commitment, month = targets()[0], "2023-09"
    rows = [ReportRow(commitment, {"value": "35", "text": "进展顺利。"})]
    (report,) = submit_reports(acting(desk_of(PLANNING), at(9, 26)), PLAN, Period.parse(month), PLANNING, rows)
    sign_reports(acting(head_of(PLANNING), at(9, 27)), [report.id])
    accept_reports(acting(SUPERVISOR, at(9, 28)), [report.id])
    promise = find(commitment)
    book = Workbook()
    book.active.append(["工作目标", "牵头单位", "完成情况"])
    book.active.append([str(promise["indicator"] or promise["name"]), "发改局", "台账上的话。"])
    out = io.BytesIO()
    book.save(out)
    there = office.post(PAGE, {"file": SimpleUploadedFile("台账.xlsx", out.getvalue())})["Location"]
    roles = {"role-1": "task", "role-2": "lead", "role-3": "text", "sheet": "Sheet", "head": "1", "columns": "1"}
    office.post(there, roles)
    if f'value="{commitment}" selected' not in office.get(there).content.decode():
        office.post(there, {"save": "1", "was-r2": "", "match-r2": commitment})
    page = office.post(there, {"check": "1", "month": month}).content.decode()
    take = html.unescape(re.search(r'name="take" value="([^"]*)"', page)[1])
    assert office.post(there, {"correct": "1", "take": take}).status_code == 422
    assert find(report.id)["text"] != "台账上的话。"
    assert office.post(there, {"correct": "1", "take": take, "reason": "台账核实"}).status_code == 302
    assert find(report.id)["text"] == "台账上的话。"


def test_a_ledger_without_a_mapping_that_can_be_is_refused_on_the_page(county, sign_in):
    office = sign_in(SUPERVISOR)
    there = office.post(PAGE, {"file": ledger()})["Location"]
    answer = office.post(there, {"role-1": "number", "sheet": "Sheet", "head": "1", "columns": "1"})
    assert answer.status_code == 422
    assert "请选定哪一栏写的是事项" in answer.content.decode()
    assert office.get(f"{PAGE}{'0' * 64}/").status_code == 404
    assert office.post(PAGE, {"file": SimpleUploadedFile("a.xlsx", b"PK")}).status_code == 422


def test_units_do_not_take_ledgers_in(county, sign_in):
    assert sign_in(desk_of(PLANNING)).get(PAGE).status_code == 403
