"""What a text says has been done becomes proposals beside the commitments it can mean; nothing is accepted."""

from __future__ import annotations

from datetime import date

import pytest
from county import EDUCATION, PLAN, PLANNING

from luoshi.acts.assignment_proposal import standing
from luoshi.acts.progress_proposal import propose_progress, reportable
from luoshi.document.load import load
from luoshi.store.models import FactRow

TEXT = (
    "截至9月底，完成固定资产投资450000万元，占年度目标的75%。新增城镇就业约4200人。"
    "截至6月底，新建居家养老服务中心3家。地区生产总值同比增长6.1%。"
)


@pytest.fixture
def entries(running):
    return standing(PLAN)


def proposed(entries, text=TEXT, name="进展.txt", day=date(2023, 9, 30)):
    return propose_progress(load(text.encode(), name), reportable(entries.values()), 2023, day)


def test_a_sentence_gives_day_amount_and_share_and_its_commitment_first(entries):
    one = proposed(entries)[0]
    assert (one.as_of, one.value, one.unit, one.share) == ("2023-09-30", "450000", "万元", "75%")
    first = one.candidates[0]
    assert (entries[first.entry]["indicator"], first.value) == ("完成固定资产投资", "45")  # 450,000万元 = 45亿元
    assert "计量单位相合（万元、亿元）。" in first.reasons


def test_another_month_and_an_estimate_are_doubted(entries):
    _, jobs, homes, _ = proposed(entries)
    assert jobs.doubts == ("原文是约数或预计数，请填实际数。",)
    assert homes.doubts == ("原文说的是截至6月底，不是填报的月份。",)


def test_a_share_alone_fills_no_figure(entries):
    (one,) = proposed(entries, "截至9月底，固定资产投资完成年度目标的75%。")
    assert (one.value, one.share) == ("", "75%")
    assert {candidate.value for candidate in one.candidates} <= {""}
    assert one.doubts == ("只写了比重，没有写数值；比重由系统计算，不用填。",)


def test_a_share_that_agrees_with_amount_and_target_is_a_reason(entries):
    (one,) = proposed(entries, "截至9月底，已新增城镇就业4000人，占年度目标的80%。")
    assert "按目标值5000人计算，与原文所写的80%相合。" in one.candidates[0].reasons  # 4000 / 5000 = 80 %
    assert (one.candidates[0].misfit, one.doubts) == ("", ())


def test_a_share_that_does_not_agree_is_told(entries):
    (one,) = proposed(entries, "截至9月底，已新增城镇就业4000人，占年度目标的56%。")
    said = "按“新增城镇就业”的目标值5000人计算，占比是80.00%，原文写的是56%，对不上，请核对数值和对应的事项。"
    assert one.doubts == (said,)
    assert one.candidates[0].misfit == said


@pytest.mark.parametrize(("share", "agrees"), [("66.7%", True), ("66.6%", True), ("67%", True), ("66.5%", False)])
def test_a_share_may_be_rounded_or_cut(entries, share, agrees):
    (one,) = proposed(entries, f"截至9月底，新建居家养老服务中心4家，占年度任务的{share}。")  # 4 / 6 = 66.67 %
    assert (one.candidates[0].misfit == "") is agrees


def test_a_tally_of_states_fills_nothing(entries):
    found = proposed(entries, "截至9月底，40项重点任务已完成12项，达序时进度25项，欠进度3项。")
    assert found
    assert {one.candidates for one in found} == {()}
    assert {one.doubts for one in found} == {("这是各项任务所处状态的统计，不是某一项的完成数，没有可填的数值。",)}


def test_a_count_of_listed_names_is_doubted(entries):
    (one,) = proposed(entries, "截至9月底，已建成城东、城西、城南3所高水平寄宿制学校。")
    assert one.candidates[0].value == "3"
    assert one.doubts == ("“3所”数的是前面列出的名称，不一定是累计数，请核对。",)


def test_a_target_that_needs_a_base_gets_no_figure(entries):
    (one,) = proposed(entries, "截至9月底，规上工业增加值已达8亿元。")
    growing = [c for c in one.candidates if entries[c.entry]["kind"] == "growth"]
    assert all(candidate.value == "" for candidate in growing)


def test_only_assigned_commitments_of_the_body_are_meant(entries):
    own = reportable(entries.values(), EDUCATION)
    assert own
    assert {entry["lead_body"] for entry in own.values()} == {EDUCATION}
    assert "task" not in {entry["kind"] for entry in reportable(entries.values(), PLANNING).values()}


def test_the_rows_of_a_progress_table_speak_of_their_task(entries):
    table = "序号|工作任务|目前完成情况|完成进度(%)\n8|新建居家养老服务中心6家|截至9月底，已建成5家|83%\n"
    found = proposed(entries, table)
    assert [(one.value, one.share) for one in found] == [("5", ""), ("", "83%")]
    assert {entries[one.candidates[0].entry]["indicator"] for one in found} == {"新建居家养老服务中心"}


def test_reading_a_text_records_nothing(entries):
    before = FactRow.objects.count()
    proposed(entries)
    assert FactRow.objects.count() == before
