"""Reporting a month: all rows or none, every bad cell named, what was typed is kept."""

from __future__ import annotations

import orjson
import pytest
from county import EDUCATION, PLAN, PLANNING, acting, at, desk_of, month

from luoshi.acts import submit_reports as module
from luoshi.acts.move_entry import move_entry
from luoshi.acts.save_draft import save_draft
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.acts.submit_reports import ReportRow, sheet, submit_reports
from luoshi.store.entries import find
from luoshi.store.models import Draft, FactRow
from luoshi.terms.refusal import Refused


@pytest.fixture
def march(running):
    running.open(3)
    return running


def _draft(county, typed):
    return save_draft(acting(desk_of(PLANNING), at(3, 26)), sheet(PLAN, month(3)), PLANNING, typed)


def test_a_row_waits_for_the_units_head(march):
    target = march.target("完成固定资产投资")
    report = find(march.submit(3, ReportRow(target.id, {"value": "１５．５", "text": "推进有序。"}))[0])
    assert (report.state, str(report["value"]), report["body"], report["period"]) == (
        "submitted",
        "15.5",
        PLANNING,
        "2023-03",
    )


def test_every_bad_cell_is_named_nothing_is_recorded_and_the_draft_stands(march):
    invested, factories = march.target("完成固定资产投资"), march.target("建成绿色工厂")
    _draft(march, {invested.id: {"value": "15家"}})
    before = FactRow.objects.count()
    rows = [
        ReportRow(invested.id, {"value": "15家", "base": "多"}),
        ReportRow(factories.id, {}),
        ReportRow(march.target("技术交易额").id, {"value": "3"}),
    ]
    with pytest.raises(Refused) as refused:
        march.submit(3, *rows)
    errors = {error.field: error for error in refused.value.refusal.errors}
    assert set(errors) == {f"{invested.id}.value", f"{invested.id}.base", f"{factories.id}.value"}
    assert errors[f"{invested.id}.value"].got == "15家"
    assert "以“亿元”为单位，不能填“家”" in errors[f"{invested.id}.value"].message
    assert FactRow.objects.count() == before
    assert orjson.loads(Draft.objects.get().content) == {invested.id: {"value": "15家"}}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("15亿元", "15"), ("1,500,000 万元", "150"), ("１５．５亿", "15.5"), ("1500000000元", "15")],
)
def test_a_figure_typed_with_its_unit_is_kept_in_the_unit_of_the_target(march, typed, kept):
    target = march.target("完成固定资产投资")
    report = find(march.submit(3, ReportRow(target.id, {"value": typed}))[0])
    assert str(report["value"]) == kept


def test_a_word_for_a_figure_is_refused_with_an_example(march):
    target = march.target("完成固定资产投资")
    with pytest.raises(Refused) as refused:
        march.submit(3, ReportRow(target.id, {"value": "十五"}))
    assert refused.value.refusal.errors[0].message == "“本月累计”应填数字。单位是“亿元”，如“12.5”或“12.5亿元”。"


def test_only_the_submitted_rows_leave_the_draft(march):
    invested, factories = march.target("完成固定资产投资"), march.target("建成绿色工厂")
    _draft(march, {invested.id: {"value": "15"}, factories.id: {"value": "2"}})
    march.submit(3, ReportRow(invested.id, {"value": "15"}))
    assert orjson.loads(Draft.objects.get().content) == {factories.id: {"value": "2"}}
    march.submit(3, ReportRow(factories.id, {"value": "2"}))
    assert not Draft.objects.exists()


def test_a_falling_cumulative_value_is_flagged_not_refused(march):
    target = march.target("完成固定资产投资")
    march.report(3, target.id, value="15")
    march.close(3)
    march.open(4)
    report = find(march.submit(4, ReportRow(target.id, {"value": "12"}))[0])
    assert report["flags"] == "累计数低于上月（上月15）"


def test_a_month_that_is_not_open_is_refused(march):
    target = march.target("完成固定资产投资")
    for number in (2, 4):
        with pytest.raises(Refused) as refused:
            march.submit(number, ReportRow(target.id, {"value": "1"}))
        assert refused.value.refusal.id == "acts.window_closed"


def test_another_units_row_is_refused(march):
    target = march.target("完成固定资产投资")
    with pytest.raises(Refused) as refused:
        march.submit(3, ReportRow(target.id, {"value": "1"}), body=EDUCATION)
    assert refused.value.refusal.id == "acts.not_yours"
    with pytest.raises(Refused) as refused:
        submit_reports(
            acting(desk_of(EDUCATION), at(3, 26)), PLAN, month(3), PLANNING, [ReportRow(target.id, {"value": "1"})]
        )
    assert refused.value.refusal.status in {403, 422}
    assert find(f"report:{target.id}:2023-03") is None


def test_a_withdrawn_commitment_is_not_reported(march):
    target = march.target("建成绿色工厂")
    move_entry(march.supervisor(3, 25), target.id, "withdraw", {}, "不再实施")
    with pytest.raises(Refused) as refused:
        march.submit(3, ReportRow(target.id, {"value": "1"}))
    assert refused.value.refusal.id == "acts.not_reported"


def test_a_node_that_does_not_exist_is_named(march):
    target = march.target("建成高水平寄宿制学校")
    nodes = [{"id": "1", "name": "开工", "due_on": "2023-03-31"}]
    schedule_entries(march.supervisor(3, 25), [Schedule(target.id, {"schedule": "nodes", "nodes": nodes})])
    with pytest.raises(Refused) as refused:
        march.submit(3, ReportRow(target.id, {"value": "1", "node": "1、9"}), body=EDUCATION)
    error = refused.value.refusal.errors[0]
    assert (error.field, error.got) == (f"{target.id}.node", "9")


def test_a_row_submitted_again_before_signing_replaces_all_cells(march):
    target = march.target("完成固定资产投资")
    march.submit(3, ReportRow(target.id, {"value": "15", "problem": "慢"}))
    report = find(march.submit(3, ReportRow(target.id, {"value": "16"}))[0])
    assert (report["value"], report["problem"], report.version) == (16, None, 2)


def test_a_fault_in_the_middle_records_nothing_and_keeps_the_draft(march, monkeypatch):
    target = march.target("完成固定资产投资")
    _draft(march, {target.id: {"value": "15"}})
    usual = module.append

    def fails(changes, act_id):
        usual(changes, act_id)
        raise OSError("no space left")

    monkeypatch.setattr(module, "append", fails)
    with pytest.raises(OSError, match="no space"):
        march.submit(3, ReportRow(target.id, {"value": "15"}))
    assert find(f"report:{target.id}:2023-03") is None
    assert Draft.objects.count() == 1
