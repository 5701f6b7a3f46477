"""The whole plan as a workbook: what was not changed stays, three changed cells are exactly three changes."""

from __future__ import annotations

import io
import subprocess

import pytest
from county import EDUCATION, HARBOUR, HIGH_TECH, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of
from openpyxl import load_workbook

from luoshi.acts.import_plan import import_plan, plan_entries, plan_workbook_of
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.store.entries import find, find_where
from luoshi.store.models import FactRow
from luoshi.terms.refusal import Refused


def office():
    return acting(SUPERVISOR, at(9, 20))


NODES = [
    {"id": "1", "name": "开工", "due_on": "2023-03-31", "weight": "0.3", "mark": "施工许可"},
    {"id": "2", "name": "竣工", "due_on": "2023-11-30", "weight": "0.7"},
]
CURVE = [{"month": number, "percent": min(100, number * 8.5 if number < 12 else 100)} for number in range(1, 13)]


@pytest.fixture
def scheduled(running):
    """The running county, one target on a curve, one project by nodes."""
    target = first("target")
    project = next(entry.id for entry in plan_entries(PLAN) if entry.list == "task" and entry["lead_body"])
    wanted = [
        Schedule(target, {"schedule": "curve", "curve": [{**row, "percent": str(row["percent"])} for row in CURVE]}),
        Schedule(project, {"schedule": "nodes", "nodes": NODES}),
    ]
    schedule_entries(office(), wanted)
    return running


def first(name):
    return next(entry.id for entry in plan_entries(PLAN) if entry.list == name and entry["lead_body"] == PLANNING)


class Filled:
    """The plan's workbook, being changed."""

    def __init__(self, content=None):
        self.book = load_workbook(io.BytesIO(content or plan_workbook_of(office(), PLAN)))

    def cell(self, title, entry, head, nth=0):
        sheet = self.book[title]
        heads = [str(cell.value).rstrip("*") for cell in sheet[1]]
        rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == entry]
        return sheet.cell(rows[nth], heads.index(head) + 1)

    def content(self):
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def taken(self, reason="", **more):
        return import_plan(office(), PLAN, self.content(), reason, **more)

    def refused(self, reason=""):
        with pytest.raises(Refused) as refused:
            self.taken(reason)
        return refused.value.refusal


def test_an_untouched_workbook_changes_nothing(scheduled):
    before = FactRow.objects.count()
    done = Filled().taken()
    assert (done.changes, done.crossed, done.notes) == ((), (), ())
    assert FactRow.objects.count() == before


def test_the_workbook_holds_every_task_commitment_curve_and_node(scheduled):
    book = Filled().book
    assert {"任务", "目标", "月度计划曲线", "节点", "说明"} <= set(book.sheetnames)
    entries = plan_entries(PLAN)
    assert book["目标"].max_row == 1 + sum(entry.list == "target" for entry in entries)
    assert book["任务"].max_row == 1 + sum(entry.list == "task" for entry in entries)
    assert book["月度计划曲线"].max_row == 13
    assert book["底稿"].sheet_state == "hidden"


def test_three_changed_cells_are_exactly_three_changes_shown_before_they_are_made(scheduled):
    target = first("target")
    project = next(entry.id for entry in plan_entries(PLAN) if entry["nodes"])
    filled = Filled()
    filled.cell("目标", target, "目标值").value = 65
    filled.cell("目标", target, "责任（配合）单位").value = "教育局、高新片区"
    filled.cell("节点", project, "节点", 1).value = "竣工验收"
    facts = FactRow.objects.count()
    seen = filled.taken(dry_run=True)
    assert FactRow.objects.count() == facts
    done = filled.taken("统计口径调整")
    assert done == seen
    assert sorted((one.commitment, one.cell) for one in done.changes) == sorted(
        [(target, "目标值"), (target, "责任（配合）单位"), (project, "节点")]
    )
    entry = find(target)
    assert str(entry["value"]) == "65"
    assert entry["cooperating_bodies"] == (EDUCATION, HIGH_TECH)
    assert [row["name"] for row in find(project)["nodes"]] == ["开工", "竣工验收"]
    assert any(one["body"] == HIGH_TECH for one in find_where(PLAN, "responsibility"))
    assert Filled().taken().changes == ()


def test_what_a_colleague_changed_meanwhile_is_shown_and_left(scheduled):
    target = first("target")
    filled, other = Filled(), Filled()
    other.cell("目标", target, "责任领导").value = "副县长甲"
    other.cell("目标", target, "目标值").value = 66
    other.taken("核定")
    filled.cell("目标", target, "目标值").value = 65
    done = filled.taken()
    assert done.changes == ()
    assert [(one.was, one.stands, one.filled) for one in done.crossed] == [("60", "66", "65")]
    assert find(target)["leader"] == "副县长甲"


def test_bad_cells_of_all_sheets_are_named_and_nothing_is_kept(scheduled):
    target = first("target")
    project = next(entry.id for entry in plan_entries(PLAN) if entry["nodes"])
    filled = Filled()
    filled.cell("目标", target, "目标值").value = "六十多"
    filled.cell("目标", target, "牵头单位").value = "没有的局"
    filled.cell("节点", project, "时限").value = "月底"
    facts = FactRow.objects.count()
    refusal = filled.refused("更正")
    assert {error.field.partition("!")[0] for error in refusal.errors} == {"目标", "节点"}
    assert len(refusal.errors) == 3
    assert FactRow.objects.count() == facts


def test_a_percentage_is_a_figure_only_where_the_promise_is_in_percent(scheduled):
    entries = plan_entries(PLAN)
    percent = next(entry for entry in entries if entry.list == "target" and entry["unit"] == "%")
    other = next(entry for entry in entries if entry.list == "target" and entry["unit"] == "亿元")
    filled = Filled()
    for name in (percent.id, other.id):
        cell = filled.cell("目标", name, "目标值")
        cell.value, cell.number_format = 0.095, "0.0%"
    (error,) = filled.refused("更正").errors
    assert "9.5%" in error.message
    filled.cell("目标", other.id, "目标值").value = str(other["value"])
    assert [one.filled for one in filled.taken("更正").changes] == ["9.5"]


def test_days_typed_as_text_are_days(scheduled):
    target = next(entry.id for entry in plan_entries(PLAN) if entry["schedule"] == "months")
    filled = Filled()
    filled.cell("目标", target, "完成时限").value = "2023年11月30日"
    assert [one.filled for one in filled.taken().changes] == ["2023-11-30"]


def test_an_amendment_needs_a_reason_and_a_curve_must_be_possible(scheduled):
    target = first("target")
    filled = Filled()
    filled.cell("目标", target, "目标值").value = 65
    assert filled.refused().errors[0].field == "reason"
    filled = Filled()
    filled.cell("月度计划曲线", target, "累计百分比", 11).value = 90
    assert "100" in filled.refused().errors[0].message


def test_the_day_of_acceptance_does_not_come_from_a_workbook(scheduled):
    project = next(entry.id for entry in plan_entries(PLAN) if entry["nodes"])
    filled = Filled()
    filled.cell("节点", project, "验收日期").value = "2023/3/30"
    assert filled.taken().changes == ()


def test_new_and_missing_rows_are_told_and_other_plans_are_refused(scheduled):
    filled = Filled()
    sheet = filled.book["目标"]
    sheet.delete_rows(2)
    sheet.cell(sheet.max_row + 1, 4, "新指标")
    notes = filled.taken().notes
    assert any("没有条目编号" in note for note in notes)
    assert "表里没有的1个条目没有动。" in notes
    filled = Filled()
    for title in ("目标", "任务", "月度计划曲线", "节点"):
        for row in range(2, filled.book[title].max_row + 1):
            filled.book[title].cell(row, 1).value = f"target:999902-2023:{row}"
    assert filled.refused().id == "acts.other_plan"


def test_only_the_supervision_office_imports_a_plan(scheduled):
    with pytest.raises(Refused) as refused:
        import_plan(acting(desk_of(PLANNING), at(9, 20)), PLAN, Filled().content())
    assert refused.value.refusal.status == 403


@pytest.mark.office
def test_libreoffice_saves_it_without_changing_anything(scheduled, libreoffice, tmp_path):
    source, out = tmp_path / "计划.xlsx", tmp_path / "out"
    source.write_bytes(Filled().content())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = (out / "计划.xlsx").read_bytes()
    again = load_workbook(io.BytesIO(saved))["目标"]
    assert again.protection.sheet  # keys stay locked
    assert again.data_validations.dataValidation  # drop-downs stay
    assert import_plan(office(), PLAN, saved).changes == ()
    filled = Filled(saved)
    filled.cell("目标", first("target"), "牵头单位").value = "临港片区"
    done = filled.taken()
    assert [one.cell for one in done.changes] == ["牵头单位"]
    assert find(done.changes[0].commitment)["lead_body"] == HARBOUR
