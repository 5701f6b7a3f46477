"""The month as a workbook: filled cells come into the draft, each bad one is named, nothing is submitted."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date
from decimal import Decimal

import orjson
import pytest
from county import PLAN, PLANNING, SUPERVISOR, acting, at, desk_of, month
from openpyxl import load_workbook

from luoshi.acts.import_reports import CrossedCell, SheetAsked, Wish, import_reports, take_filled
from luoshi.acts.report_workbook import report_workbook
from luoshi.acts.save_draft import save_draft
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.store.entries import find_where
from luoshi.store.fed import FedFigure
from luoshi.store.models import Account, Draft
from luoshi.store.queries import sheet as sheets
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.sheet import sheet
from luoshi.terms.refusal import Refused
from luoshi.terms.trace import Trace

MARCH = month(3)


@pytest.fixture
def open_month(running):
    """The county with March open."""
    running.open(3)
    return running


def page():
    return sheet(desk_for(Account.objects.get(username=desk_of(PLANNING)), date(2023, 3, 26)), PLANNING, MARCH)


ASKED = SheetAsked(PLAN, MARCH, PLANNING, page)


def clerk():
    return acting(desk_of(PLANNING), at(3, 26))


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

    def laid(self, **wish):
        return import_reports(clerk(), ASKED, self.content(), Wish(**wish))

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
        import_reports(clerk(), ASKED, content, Wish())
    assert refused.value.refusal.id == "acts.no_workbook"


def test_a_workbook_that_unpacks_beyond_the_limits_is_not_opened(open_month):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    with pytest.raises(Refused) as refused:
        import_reports(clerk(), ASKED, out.getvalue(), Wish())
    assert "压缩比异常" in refused.value.refusal.message


def test_a_cell_a_colleague_changed_meanwhile_is_shown_with_both_values_and_not_overwritten(open_month):
    row, name = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = 12.5
    filled.cell(row, "进展情况").value = "按计划推进。"
    save_draft(clerk(), PLAN, MARCH, PLANNING, {name: {"value": "13", "problem": "用地未批。"}})
    result = filled.laid()
    where = f"{filled.cell(1, '本月累计').column_letter}{row}"
    called = page()["rows"][row - 2]["name"]
    assert result.crossed == (CrossedCell(name, "value", where, called, "", "13", "12.5"),)
    assert draft()[name] == {"value": "13", "problem": "用地未批。", "text": "按计划推进。"}  # the untouched cell too
    assert take_filled(clerk(), ASKED, result.crossed) == ()
    assert draft()[name]["value"] == "12.5"


def test_a_crossed_cell_that_changed_once_more_is_shown_again(open_month):
    row, name = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = 12.5
    save_draft(clerk(), PLAN, MARCH, PLANNING, {name: {"value": "13"}})
    crossed = filled.laid().crossed
    save_draft(clerk(), PLAN, MARCH, PLANNING, {name: {"value": "14"}})
    (again,) = take_filled(clerk(), ASKED, crossed)
    assert (again.was, again.stands, again.filled) == ("13", "14", "12.5")
    assert draft()[name] == {"value": "14"}


def test_without_the_hidden_sheet_nothing_that_stands_is_overwritten(open_month):
    row, name = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = 12.5
    del filled.book["底稿"]
    save_draft(clerk(), PLAN, MARCH, PLANNING, {name: {"value": "13"}})
    assert [one.stands for one in filled.laid().crossed] == ["13"]
    assert draft()[name] == {"value": "13"}


def test_a_half_filled_row_becomes_a_draft_that_says_what_is_missing(open_month):
    row, name = numeric()
    filled = Filled()
    filled.cell(row, "进展情况").value = "数据待统计局核定。"
    result = filled.laid()
    assert draft()[name] == {"text": "数据待统计局核定。"}
    assert [text.partition("提交以前")[0] for text in result.missing] == [f"第{row}行"]
    assert "本月累计" in result.missing[0]


def test_good_cells_are_taken_without_the_bad_ones_when_that_is_wished(open_month):
    row, name = numeric()
    filled = Filled()
    filled.cell(row, "本月累计").value = "很多"
    filled.cell(row, "进展情况").value = "按计划推进。"
    filled.refused()
    result = filled.laid(take_good=True)
    assert draft()[name] == {"text": "按计划推进。"}
    assert [error.field for error in result.wrong] == [f"{filled.cell(1, '本月累计').column_letter}{row}"]


def test_a_figure_fed_by_another_list_is_not_overwritten(open_month, monkeypatch):
    row, name = numeric()
    figure = FedFigure(Decimal(7), "“项目清单”的“开工数”", Trace("measure"))
    monkeypatch.setattr(sheets, "fed_figures", lambda *_: {name: figure})
    filled = Filled()
    assert filled.cell(row, "本月累计").protection.locked
    filled.cell(row, "本月累计").value = 12.5
    filled.cell(row, "进展情况").value = "按计划推进。"
    result = filled.laid()
    assert draft()[name] == {"text": "按计划推进。"}
    assert any("系统取数" in note for note in result.notes)


def test_each_row_with_nodes_has_a_drop_down_of_them(open_month):
    project = next(line["id"] for line in page()["rows"] if not line["numeric"])
    nodes = [{"id": str(n), "name": f"第{n}步", "due_on": f"2023-0{n}-28"} for n in (1, 2, 3)]
    schedule_entries(acting(SUPERVISOR, at(3, 26)), [Schedule(project, {"schedule": "nodes", "nodes": nodes})])
    filled = Filled()
    row = next(at for at, line in enumerate(page()["rows"], 2) if line["id"] == project)
    (rule,) = filled.sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"1,1、2,1、2、3"', filled.cell(row, "已完成节点").coordinate)


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
    result = import_reports(clerk(), ASKED, (out / "填报表.xlsx").read_bytes(), Wish())
    assert draft() == {name: {"value": "12.5"}}
    assert any("公式" in note for note in result.notes)
