"""Reporting a month: all rows or none, every bad cell named, what was typed is kept."""

from __future__ import annotations

import orjson
import pytest
from county import COUNTY, EDUCATION, PLAN, PLANNING, acting, at, desk_of, month

from luoshi.acts import submit_reports as module
from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.keep_evidence import keep_evidence
from luoshi.acts.move_entry import move_entry
from luoshi.acts.save_draft import save_draft
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.store.entries import find
from luoshi.store.models import Draft, EntryRow, FactRow
from luoshi.terms.refusal import Refused


@pytest.fixture
def march(running):
    running.open(3)
    return running


def _draft(county, typed):
    return save_draft(acting(desk_of(PLANNING), at(3, 26)), PLAN, month(3), PLANNING, typed)


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


def test_a_falling_total_is_taken_only_with_a_word_on_why_and_flagged_then(march):
    target = march.target("完成固定资产投资")
    march.report(3, target.id, value="15")
    march.close(3)
    march.open(4)
    with pytest.raises(Refused) as refused:
        march.submit(4, ReportRow(target.id, {"value": "12", "text": "推进有序。"}))
    error = refused.value.refusal.errors[0]
    assert (error.field, error.got) == (f"{target.id}.value", "12")
    assert error.message == ("本月累计低于上月的15亿元。填错了的请改正；确有核减的，请在“存在问题”中写明原因。")
    report = find(march.submit(4, ReportRow(target.id, {"value": "12", "problem": "统计核减3亿元"}))[0])
    assert report["flags"] == "累计数低于上月（上月15）"


def test_a_rate_that_falls_needs_no_explanation(march):
    rate = march.target("城镇调查失业率")
    march.report(3, rate.id, value="4.8")
    march.close(3)
    march.open(4)
    assert find(march.submit(4, ReportRow(rate.id, {"value": "4.6"}))[0])["flags"] is None


@pytest.mark.parametrize(
    ("indicator", "typed", "wrong"),
    [
        ("完成固定资产投资", {"value": "-1"}, {"value"}),
        ("完成固定资产投资", {"value": "−１亿元"}, {"value"}),
        ("城镇调查失业率", {"value": "-0.1"}, {"value"}),
        ("高新技术产业增加值占比", {"value": "3", "base": "-4"}, {"base"}),
        ("规上工业增加值", {"value": "-2.5"}, set()),
        ("单位GDP能耗", {"value": "-3"}, set()),
    ],
)
def test_an_amount_below_zero_is_refused_by_name_and_a_rate_of_change_is_not(march, indicator, typed, wrong):
    target = march.target(indicator)
    if not wrong:
        assert find(march.submit(3, ReportRow(target.id, typed))[0]).state == "submitted"
        return
    with pytest.raises(Refused) as refused:
        march.submit(3, ReportRow(target.id, typed))
    errors = refused.value.refusal.errors
    assert {error.field for error in errors} == {f"{target.id}.{name}" for name in wrong}
    assert all("不能小于零" in error.message for error in errors)
    assert find(f"report:{target.id}:2023-03") is None


def test_a_commitment_of_another_plan_is_refused(march):
    create_plan(march.supervisor(3, 25), NewPlan(COUNTY, "云岭县", 2024, "云岭县2024年重点任务"))
    with pytest.raises(Refused) as refused:
        submit_reports(
            acting(desk_of(PLANNING), at(3, 26)), f"{COUNTY}-2024", month(3), PLANNING,
            [ReportRow(march.target("完成固定资产投资").id, {"value": "1"})],
        )  # fmt: skip
    assert refused.value.refusal.id == "acts.window_closed"
    stranger = EntryRow.objects.get(pk=march.target("完成固定资产投资").id)
    stranger.plan = f"{COUNTY}-2022"
    stranger.save()
    with pytest.raises(Refused) as refused:
        march.submit(3, ReportRow(stranger.id, {"value": "1"}))
    assert refused.value.refusal.id == "acts.not_of_plan"


def test_a_file_of_another_unit_or_of_nobody_is_no_evidence(march, settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    target = march.target("完成固定资产投资")
    own = keep_evidence(acting(desk_of(PLANNING), at(3, 26)), PLANNING, "表.pdf", b"%PDF-1")
    other = keep_evidence(acting(desk_of(EDUCATION), at(3, 26)), EDUCATION, "表.pdf", b"%PDF-2")
    for bad in (other.id, "nobody"):
        with pytest.raises(Refused) as refused:
            march.submit(3, ReportRow(target.id, {"value": "1", "evidence": [own.id, bad]}))
        assert [error.field for error in refused.value.refusal.errors] == [f"{target.id}.evidence"]
    assert find(march.submit(3, ReportRow(target.id, {"value": "1", "evidence": [own.id]}))[0])["evidence"] == (own.id,)


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


def test_a_node_cannot_be_done_after_the_month_reported(march):
    target = march.target("建成高水平寄宿制学校")
    nodes = [{"id": "1", "name": "开工", "due_on": "2023-03-31"}]
    schedule_entries(march.supervisor(3, 25), [Schedule(target.id, {"schedule": "nodes", "nodes": nodes})])
    with pytest.raises(Refused) as refused:
        march.submit(3, ReportRow(target.id, {"value": "1", "node": "1（2023年4月1日）"}), body=EDUCATION)
    assert refused.value.refusal.errors[0].message == "第1个节点的完成日期晚于2023年3月31日，请在完成的月份填报。"


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
