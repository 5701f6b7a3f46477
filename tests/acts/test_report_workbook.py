"""The month as a workbook: filled cells come into the draft, each bad one is named, nothing is submitted."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date

import orjson
import pytest
from county import PLAN, PLANNING, acting, at, desk_of, month
from openpyxl import load_workbook

from luoshi.acts.report_workbook import import_reports, report_workbook
from luoshi.store.entries import find_where
from luoshi.store.models import Account, Draft
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.sheet import sheet
from luoshi.terms.refusal import Refused

MARCH = month(3)


@pytest.fixture
def open_month(running):
    """The county with March open."""
    running.open(3)
    return running


def page():
    return sheet(desk_for(Account.objects.get(username=desk_of(PLANNING)), date(2023, 3, 26)), PLANNING, MARCH)


class Filled:
    """The unit's workbook, being filled in."""

    def __init__(self):
        self.book = load_workbook(io.BytesIO(report_workbook(page())))
        self.sheet = self.book["填报表"]

    def cell(self, row, head):
        heads = [cell.value for cell in self.sheet[1]]
        return self.sheet.cell(row, heads.index(head) + 1)

    def content(self):
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def laid(self, *, dry_run=False):
        context = acting(desk_of(PLANNING), at(3, 26))
        return import_reports(context, PLAN, MARCH, page(), self.content(), dry_run=dry_run)

    def refused(self):
        with pytest.raises(Refused) as refused:
            self.laid()
        assert not Draft.objects.exists()
        return refused.value.refusal


def draft():
    return orjson.loads(Draft.objects.get().content)


def numeric():
    """The row of the first target in the workbook, and its id."""
    return next((row, line["id"]) for row, line in enumerate(page()["rows"], 2) if line["numeric"])


def test_what_is_filled_comes_into_the_draft_and_nothing_is_submitted(open_month):
    row, name = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = "１２．５"
    filled.cell(row, "进展情况").value = "按计划推进。"
    assert filled.laid().changed == 1
    assert draft()[name] == {"value": "１２．５", "text": "按计划推进。"}
    assert not find_where(PLAN, "report")
    assert filled.laid().changed == 0  # the same again changes nothing


def test_a_dry_run_counts_and_keeps_nothing(open_month):
    row, _ = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = 12.5
    assert filled.laid(dry_run=True).changed == 1
    assert not Draft.objects.exists()


def test_an_untouched_workbook_changes_nothing(open_month):
    result = Filled().laid()
    assert (result.changed, result.unchanged) == (0, len(page()["rows"]))


def test_every_bad_cell_is_named_and_nothing_is_kept(open_month):
    filled = Filled()
    rows = [row for row, line in enumerate(page()["rows"], 2) if line["numeric"]]
    for row in rows:
        filled.cell(row, "本月累计").value = "很多"
    refusal = filled.refused()
    column = filled.cell(1, "本月累计").column_letter
    assert [error.field for error in refusal.errors] == [f"{column}{row}" for row in rows]
    assert all("很多" in error.message for error in refusal.errors)


def test_hidden_rows_own_columns_and_a_total_are_told_or_passed_over(open_month):
    row, name = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = 12.5
    filled.sheet.row_dimensions[row].hidden = True
    filled.sheet.insert_cols(2)
    filled.sheet.cell(1, 2, "自己的备注")
    last = filled.sheet.max_row + 1
    filled.sheet.cell(last, filled.cell(1, "本月累计").column, 99)
    result = filled.laid()
    assert draft()[name] == {"value": "12.5"}
    assert [note[: note.index("行") + 1] for note in result.notes] == [f"第{row}行", f"第{last}行"]


def test_a_formula_without_a_result_is_named(open_month):
    row, _ = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = "=1+2"
    assert "公式" in filled.refused().errors[0].message


def test_another_months_or_units_workbook_is_refused_by_name(open_month):
    for head, other in (("月份", "2023年2月"), ("填报单位", "教育局")):
        filled = Filled()
        filled.cell(2, head).value = other
        refusal = filled.refused()
        assert refusal.id == "acts.other_sheet"
        assert other in refusal.message


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_workbook_is_refused(open_month, content):
    with pytest.raises(Refused) as refused:
        import_reports(acting(desk_of(PLANNING), at(3, 26)), PLAN, MARCH, page(), content)
    assert refused.value.refusal.id == "acts.no_workbook"


def test_a_workbook_that_unpacks_beyond_the_limits_is_not_opened(open_month):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    with pytest.raises(Refused) as refused:
        import_reports(acting(desk_of(PLANNING), at(3, 26)), PLAN, MARCH, page(), out.getvalue())
    assert "压缩比异常" in refused.value.refusal.message


@pytest.mark.office
def test_libreoffice_opens_it_and_what_it_saves_comes_in(open_month, libreoffice, tmp_path):
    row, name = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = "=12+0.5"
    source, out = tmp_path / "填报表.xlsx", tmp_path / "out"
    source.write_bytes(filled.content())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    context = acting(desk_of(PLANNING), at(3, 26))
    result = import_reports(context, PLAN, MARCH, page(), (out / "填报表.xlsx").read_bytes())
    assert draft() == {name: {"value": "12.5"}}
    assert any("公式" in note for note in result.notes)
