from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from luoshi.publication import bulletin as said
from luoshi.publication.bulletin import BulletinCorrection
from luoshi.publication.legend import ProgressClass
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity


def test_the_overall_figures_count_and_add_up_to_100(bulletin, item):
    made = bulletin(item("blue"), item("green"), item("green"), item("red"), item("yellow"), item("grey"))
    first, lights = said.overall(made)
    # of 6: 1 is 16.67, 2 is 33.33; the first largest class takes 100 − 33.33 − 2 × 16.67 = 33.33
    assert first == (
        "截至2023年9月30日，政府工作报告重点任务列入督查的事项共6项。其中，已完成1项，占16.67%；"
        "达到序时进度2项，占33.33%；落后序时进度2项，占33.33%；当月未报1项，占16.67%。"
    )
    assert lights.startswith("按灯色分，蓝灯1项，占16.67%；绿灯2项，占33.32%；黄灯1项，占16.67%；")
    assert lights.endswith("；无橙灯。")  # 33.32 = 100 − 4 × 16.67


def test_a_zero_count_is_said_in_words(bulletin, item):
    first = said.overall(bulletin(item("green"), item("grey")))[0]
    assert first.endswith("共2项。其中，达到序时进度1项，占50%；当月未报1项，占50%；无落后序时进度事项。")
    behind = said.overall(bulletin(item("red"), item("grey")))[0]
    assert behind.endswith("共2项。其中，落后序时进度1项，占50%；当月未报1项，占50%；尚无事项达到序时进度。")
    done = said.overall(bulletin(item("red"), item("blue")))[0]
    assert done.endswith("共2项。其中，已完成1项，占50%；落后序时进度1项，占50%。")


@pytest.mark.parametrize(
    ("light", "standing"),
    [("green", "均达到序时进度"), ("blue", "均已完成"), ("red", "均落后于序时进度"), ("grey", "当月均未报送进展")],
)
def test_where_all_items_stand_alike_nothing_is_counted_twice(bulletin, item, light, standing):
    first, lights = said.overall(bulletin(item(light), item(light)))
    assert first == f"截至2023年9月30日，政府工作报告重点任务列入督查的事项共2项，{standing}。"
    assert lights.startswith("按灯色分，均为")
    assert "没有" not in first + lights
    assert "0项" not in first + lights


def test_a_month_without_items_says_so(bulletin):
    made = bulletin()
    assert said.overall(made) == ("截至2023年9月30日，政府工作报告重点任务尚无列入督查的事项。",)
    assert said.problems_lead(made) == "本月没有需要通报的问题。"
    assert len(said.requirements(made)) == 1


@pytest.mark.parametrize(
    ("previous", "sentence"),
    [
        ({"green": 1, "red": 1}, "与2023年8月相比，各灯色数量没有变化。"),
        ({"green": 2}, "与2023年8月相比，绿灯减少1项，红灯增加1项，其余持平。"),
        ({"green": 2, "red": 3}, "与2023年8月相比，事项总数由5项变为2项，绿灯减少1项，红灯减少2项，其余持平。"),
    ],
)
def test_the_month_is_compared_with_the_one_before(bulletin, item, previous, sentence):
    assert sentence in said.overall(bulletin(item("green"), item("red"), previous=previous))


def test_the_first_month_compares_with_nothing(bulletin, item):
    assert "相比" not in "".join(said.overall(bulletin(item("green"))))


def test_falling_behind_and_making_up_are_told_with_the_bodies(bulletin, item):
    fell = item("red", lead="县交通局", previous_standing=ProgressClass.ON_PACE)
    rose = item("green", lead="县经信局", previous_standing=ProgressClass.BEHIND)
    still = item("red", lead="县建设局", previous_standing=ProgressClass.BEHIND)
    told = said.overall(bulletin(fell, rose, still))[-1]
    assert told == "本月新落后1项，涉及县交通局；上月落后、本月已赶上1项，涉及县经信局。"


def test_the_lagging_are_named_worst_light_first_then_longest_list(bulletin, item):
    made = bulletin(item("yellow", lead="甲局"), item("red", lead="乙局"), item("green", lead="丙局"),
                    item("yellow", lead="丁局"), item("orange", lead="丁局"), item("red", lead=""))  # fmt: skip
    groups = said.lagging(made)
    assert list(groups) == ["乙局", "未明确牵头单位", "丁局", "甲局"]
    assert [i.light for i in groups["丁局"]] == ["orange", "yellow"]
    assert said.problems_lead(made) == "本月落后序时进度的事项共5项，涉及4个单位，具体如下。"


def test_a_lagging_item_is_told_with_its_own_words_figures_light_and_reason(bulletin, item):
    behind = item("red", reason="完成率为序时的44.44%，低于75%", problem="用地未落实", next_step="10月底前供地。")
    # 75 − 33.33 = 41.67
    assert said.lagging_sentence(behind, bulletin().legend) == (
        "第4项“完成老旧小区改造12个”，年度目标为12个，累计完成4个，完成率33.33%，序时进度为75%，"
        "相差41.67个百分点，评定为红灯。亮灯依据：完成率为序时的44.44%，低于75%。存在问题：用地未落实。下步举措：10月底前供地。"
    )


def test_items_without_shares_or_numbers_are_told_without_them(bulletin, item):
    node = item("red", number=None, target="", actual=None, completion=None, expected=None, actual_text="尚未开工")
    assert said.lagging_sentence(node, bulletin().legend) == "“完成老旧小区改造12个”，目前尚未开工，评定为红灯。"
    silent = item("red", actual=None, completion=None)
    assert "尚无累计数据，序时进度为75%，评定为红灯。" in said.lagging_sentence(silent, bulletin().legend)
    negative = item("red", actual=Quantity.of("-3.2", "%"), completion=Fraction(-1, 10))
    assert "累计完成−3.2%，完成率−10%，序时进度为75%，相差85个百分点" in said.lagging_sentence(
        negative, bulletin().legend
    )


def test_nobody_lagging_is_said(bulletin, item):
    assert said.problems_lead(bulletin(item("green"))) == "本月各项推进正常，均未落后序时进度。"
    some = bulletin(item("green"), item("grey"))
    assert said.problems_lead(some) == "本月已报送进展的事项均未落后序时进度。"
    none = bulletin(item("grey"), item("grey"))
    assert said.problems_lead(none) == "本月各项均无经核实的进展，未能评定是否达到序时进度。"
    assert said.unreported_sentence(none).startswith("全部2项当月未报，")
    assert said.unreported_sentence(bulletin(item("green"))) == ""


def test_who_did_not_report_is_named_once(bulletin, item):
    made = bulletin(item("green"), item("grey", lead="甲局"), item("grey", lead="甲局"), item("grey", lead="乙局"))
    assert said.unreported_sentence(made) == "另有3项当月未报，不作达到序时处理，涉及甲局、乙局。"
    assert "未报事项及时补报。甲局、乙局要" in said.requirements(made)[0]


def test_who_reported_and_was_not_verified_is_told_apart_from_who_did_not_report(bulletin, item):
    late = item("grey", lead="乙局", is_unverified=True, standing=ProgressClass.NOT_VERIFIED)
    made = bulletin(item("green"), item("grey", lead="甲局"), late)
    assert said.unreported_sentence(made) == (
        "另有1项当月未报，不作达到序时处理，涉及甲局；另有1项已填报而结账时未核实，不计入本月，涉及乙局。"
    )
    assert "当月未报1项" in said.overall(made)[0]
    assert "已报未核实1项" in said.overall(made)[0]
    assert "甲局要在下次填报时" in said.requirements(made)[0]


def test_what_the_supervisor_wrote_stands_before_what_is_computed(bulletin, item):
    assert said.requirements(bulletin(item("red"), requirements=("抓紧整改", " "))) == ("抓紧整改。",)
    asked = said.requirements(bulletin(item("red"), reply_due=date(2023, 10, 20)))
    assert "于2023年10月20日前将整改情况书面报××县人民政府督查室。" in asked[0]
    uncounted = said.requirements(bulletin(item("red"), reply_within=10))
    assert "责任人，自本通报印发之日起10个工作日内将整改情况书面报" in uncounted[0]
    assert "责任人，并将整改情况书面报" in said.requirements(bulletin(item("red")))[0]


def test_quotation_marks_in_the_words_of_an_item_turn_to_inner_ones(bulletin, item):
    behind = item("red", words="县城“大三江时代”总体城市设计")
    assert said.lagging_sentence(behind, bulletin().legend).startswith("第4项“县城‘大三江时代’总体城市设计”，")


def test_corrections_of_earlier_months_are_named():
    correction = BulletinCorrection(Period.month(2023, 8), 2, "新增规上企业45家。", "33家", "31家", "重复统计。")
    assert said.correction_sentence(correction) == (
        "2023年8月通报中第2项“新增规上企业45家”由33家更正为31家，更正原因：重复统计。"
    )


def test_a_light_outside_the_legend_is_refused(bulletin, item):
    with pytest.raises(KeyError, match="purple"):
        said.light_counts(bulletin(item("purple")))
