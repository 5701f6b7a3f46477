"""The month's workbook of all units: laid into each unit's draft, what units typed stays theirs, nothing is submitted."""

from __future__ import annotations

import io
import subprocess
from datetime import date

import orjson
import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of, month
from openpyxl import load_workbook

from luoshi.acts.import_month import import_month
from luoshi.acts.import_reports import Wish
from luoshi.acts.report_workbook import report_workbook
from luoshi.acts.save_draft import save_draft
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.store.entries import find_where
from luoshi.store.models import Account, Draft
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.month_sheet import month_sheet
from luoshi.store.queries.sheet import sheet
from luoshi.terms.refusal import Refused

MARCH = month(3)


@pytest.fixture
def open_month(running):
    """The county with March open."""
    running.open(3)
    return running


def desk(account=SUPERVISOR):
    return desk_for(Account.objects.get(username=account), date(2023, 3, 26))


def page():
    return month_sheet(desk(), MARCH)


class Filled:
    """The workbook of all units, being filled in."""

    def __init__(self):
        self.book = load_workbook(io.BytesIO(report_workbook(page())))
        self.sheet = self.book["填报表"]
        self.heads = [cell.value for cell in self.sheet[1]]
        self.lines = page()["rows"]

    def row(self, body, *, list_="target"):
        return next(
            at
            for at, line in enumerate(self.lines, 2)
            if line["body_code"] == body and line["numeric"] == (list_ == "target")
        )

    def cell(self, row, head):
        return self.sheet.cell(row, self.heads.index(head) + 1)

    def content(self):
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def laid(self, account=SUPERVISOR, **wish):
        return import_month(acting(account, at(3, 26)), PLAN, MARCH, page, self.content(), Wish(**wish))


def draft(body):
    found = Draft.objects.filter(body=body).first()
    return orjson.loads(found.content) if found else {}


def test_rows_stand_by_unit_and_an_untouched_workbook_changes_nothing(open_month):
    filled = Filled()
    bodies = [filled.cell(row, "填报单位").value for row in range(2, len(filled.lines) + 2)]
    assert bodies == sorted(bodies, key=bodies.index)
    assert set(bodies) == {"发改局", "教育局"}
    assert filled.laid().changed == 0
    assert not Draft.objects.exists()


def test_each_unit_gets_its_rows_as_a_draft_and_nothing_is_submitted(open_month):
    filled = Filled()
    for body, figure in ((PLANNING, 12.5), (EDUCATION, 1)):
        filled.cell(filled.row(body), "本月累计").value = figure
    assert filled.laid(dry_run=True).changed == 2
    assert not Draft.objects.exists()
    assert filled.laid().changed == 2
    assert not find_where(PLAN, "report")
    lines = {line["id"]: line for line in sheet(desk(desk_of(EDUCATION)), EDUCATION, MARCH)["rows"]}
    told = lines[filled.lines[filled.row(EDUCATION) - 2]["id"]]
    assert (told["value"], told["note"]) == ("1", "督查室用表格代填，请核对后提交。")


def test_another_import_updates_what_the_first_one_laid(open_month):
    filled = Filled()
    row = filled.row(PLANNING)
    filled.cell(row, "本月累计").value = 12.5
    filled.laid()
    again = Filled()
    assert again.cell(row, "本月累计").value == 12.5
    again.cell(row, "本月累计").value = 13
    assert again.laid().changed == 1
    assert draft(PLANNING)[filled.lines[row - 2]["id"]]["value"] == "13"


def test_what_a_unit_typed_itself_is_neither_overwritten_nor_shown(open_month):
    filled = Filled()
    row = filled.row(PLANNING)
    name = filled.lines[row - 2]["id"]
    save_draft(acting(desk_of(PLANNING), at(3, 26)), PLAN, MARCH, PLANNING, {name: {"value": "77"}})
    assert "77" not in str([line["value"] for line in page()["rows"]])
    filled.cell(row, "本月累计").value = 12.5
    filled.cell(row, "进展情况").value = "按计划推进。"
    result = filled.laid()
    assert any("自行填写" in note and "77" not in note for note in result.notes)
    assert draft(PLANNING)[name]["value"] == "77"
    assert draft(PLANNING)[name]["text"] == "按计划推进。"


def test_a_report_submitted_meanwhile_is_shown_with_both_values(open_month):
    filled = Filled()
    row = filled.row(PLANNING)
    name = filled.lines[row - 2]["id"]
    filled.cell(row, "本月累计").value = 12.5
    rows = [ReportRow(name, {"value": "11", "text": "按计划推进。"})]
    submit_reports(acting(desk_of(PLANNING), at(3, 26)), PLAN, MARCH, PLANNING, rows)
    (crossed,) = filled.laid().crossed
    assert (crossed.was, crossed.stands, crossed.filled) == ("", "11", "12.5")
    assert not Draft.objects.exists()


def test_300_wrong_cells_sums_dates_hidden_and_merged_rows_are_each_named(open_month):
    filled = Filled()
    rows = range(2, len(filled.lines) + 2)
    for row in rows:
        if filled.lines[row - 2]["numeric"]:
            filled.cell(row, "本月累计").value = "很多"
    filled.sheet.row_dimensions[2].hidden = True
    last = len(filled.lines) + 2
    filled.sheet.cell(last, 2, "合计")
    filled.sheet.cell(last, filled.heads.index("本月累计") + 1, 99)
    filled.sheet.cell(last + 1, 2, "以下是教育口")
    filled.sheet.merge_cells(start_row=last + 1, end_row=last + 1, start_column=2, end_column=6)
    result = filled.laid(take_good=True)
    wrong = [f"J{row}" for row in rows if filled.lines[row - 2]["numeric"]]
    assert [error.field for error in result.wrong] == wrong
    assert [note.partition("，")[0] for note in result.notes] == [
        "第2行是隐藏的",
        f"第{last}行是合计行",
        f"第{last + 1}行没有条目编号（如合并的标题行）",
    ]
    with pytest.raises(Refused):
        filled.laid()


@pytest.mark.office
def test_libreoffice_opens_it_and_what_it_saves_comes_in(open_month, libreoffice, tmp_path):
    filled = Filled()
    row = filled.row(EDUCATION)
    filled.cell(row, "本月累计").value = "=1+1"
    source, out = tmp_path / "全部.xlsx", tmp_path / "out"
    source.write_bytes(filled.content())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = (out / "全部.xlsx").read_bytes()
    result = import_month(acting(SUPERVISOR, at(3, 26)), PLAN, MARCH, page, saved, Wish())
    assert result.changed == 1
    assert draft(EDUCATION)[filled.lines[row - 2]["id"]]["value"] == "2"
    assert [note.partition("是")[0] for note in result.notes] == [f"J{row}"]
    assert load_workbook(io.BytesIO(saved))["填报表"].protection.sheet  # keys stay locked


def test_a_unit_changed_in_the_sheet_is_named_and_only_the_supervisor_imports(open_month):
    filled = Filled()
    row = filled.row(PLANNING)
    filled.cell(row, "填报单位").value = "教育局"
    with pytest.raises(Refused) as refused:
        filled.laid()
    assert [error.field for error in refused.value.refusal.errors] == [f"B{row}"]
    with pytest.raises(Refused) as refused:
        filled.laid(desk_of(PLANNING))
    assert refused.value.refusal.status == 403
