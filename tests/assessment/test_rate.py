"""Lights of the default set: precedence, and the vectors of domain.md §0.4 and §1.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.measure import measure
from luoshi.assessment.plain_trace import render_trace
from luoshi.assessment.rate import label_all, rate, rate_measured
from luoshi.assessment.read_rules import shipped_rule_set
from luoshi.assessment.standing import Standing
from luoshi.target.actual import Actual, Placing, Quality, RateOfChange, Reached
from luoshi.target.kind import Strength
from luoshi.target.node import Node
from luoshi.target.target import Target
from luoshi.target.trajectory import year_by_curve, year_by_months
from luoshi.terms.unit import Quantity, UnitMismatch

RULES = shipped_rule_set()
YEAR_END = date(2023, 12, 31)
JUNE = date(2023, 6, 30)  # half of the year: expected 50 %
Q = Quantity.of
HUNDRED = Target.of("at_least", 100, "个")


def at(done, as_of=JUNE, target=HUNDRED, **more):
    """An item with a plan of 100 over the year, of which ``done`` is there."""
    actual = None if done is None else Actual(Q(done, "个"), as_of, "填报")
    return Standing(target, YEAR_END, actual, year_by_months(2023), **more)


def judged(target, measured, as_of=JUNE, **more):
    return Standing(target, YEAR_END, Actual(measured, as_of), year_by_months(2023), **more)


def node(due, accepted=None, weight=1):
    return Node(f"{due}节点", due, Fraction(weight), accepted)


def by_nodes(*nodes, **more):
    return Standing(Target.of("nodes"), YEAR_END, nodes=nodes, **more)


def colour(standing, as_of=JUNE):
    return rate(standing, RULES, as_of).colour


@pytest.mark.parametrize(
    ("done", "expected"),
    # ratio = done ÷ 50 (domain.md §1.5, column default five)
    [(56, "blue"), (50, "green"), (45, "yellow"), (40, "orange"), (35, "red"), (20, "red"), (19, "red"), (25, "red")],
)
def test_the_vector_table(done, expected):
    assert colour(at(done)) == expected


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("55", "blue"),
        ("54.9999", "green"),
        ("49.9999", "yellow"),
        ("44.9999", "orange"),
        ("37.5", "orange"),
        ("37.4999", "red"),
        ("-5", "red"),
    ],
)
def test_bands_are_compared_unrounded(done, expected):
    assert colour(at(done)) == expected


def test_step_1_done_is_blue_whatever_else():
    light = rate(at(100, date(2024, 1, 31), done_on=date(2024, 1, 20), has_report=False), RULES, date(2024, 1, 31))
    assert (light.colour, light.rule, light.is_late) == ("blue", "done", True)  # a late finish keeps 迟
    assert not rate(at(100, done_on=JUNE), RULES, JUNE).is_late


def test_step_2_past_the_final_date_is_red_even_unreported():
    light = rate(at(99, date(2024, 1, 31), has_report=False), RULES, date(2024, 1, 31))
    assert (light.rule, light.colour, light.is_late) == ("final_date_passed", "red", True)


def test_on_the_final_date_itself_it_has_not_passed():
    assert rate(at(99, YEAR_END), RULES, YEAR_END).rule == "slightly_behind"


def test_step_3_an_unreported_month_is_grey_never_green():
    light = rate(at(90, has_report=False), RULES, JUNE)
    assert (light.colour, light.says, light.shape, light.word) == ("grey", "未报", "○", "灰")


def test_step_4_what_is_not_due_is_grey():
    light = rate(at(None, date(2023, 1, 30), is_started=False), RULES, date(2023, 1, 30))
    assert (light.colour, light.says) == ("grey", "未到期")
    assert colour(at(3, date(2023, 1, 30)), date(2023, 1, 30)) == "grey"  # expected 0: a ratio has no meaning


def test_due_but_not_started_is_red():
    assert colour(at(0, is_started=False)) == "red"


@pytest.mark.parametrize(("days", "expected"), [(0, "green"), (1, "orange"), (30, "orange"), (31, "red")])
def test_steps_5_and_7_a_late_node_is_orange_to_30_days_and_red_beyond(days, expected):
    # weight of the open node 0, so that the ratio stays 1 and only lateness decides
    due = date.fromordinal(JUNE.toordinal() - days)
    assert colour(by_nodes(node(date(2023, 2, 1), date(2023, 2, 1), 1), node(due, None, 0))) == expected


def test_half_of_the_weight_due_is_red():
    # 10/20/30/40 %, first two accepted, third due today: 30 ÷ 60 = 0.50 (domain.md §2.2)
    nodes = [
        node(date(2023, 2, 1), date(2023, 2, 1), 10),
        node(date(2023, 4, 1), date(2023, 4, 1), 20),
        node(JUNE, None, 30),
        node(date(2023, 10, 1), None, 40),
    ]
    light = rate(by_nodes(*nodes), RULES, JUNE)
    assert (light.colour, light.rule) == ("red", "far_behind")
    assert "节点完成权重 ÷ 节点应完成权重 = 30.00% ÷ 60.00% = 0.50" in render_trace(light.trace)


def test_nodes_replace_the_straight_line():
    # 5 of 100 would be red by time; the nodes are all in order
    standing = at(5, nodes=(node(date(2023, 5, 1), date(2023, 4, 1)), node(date(2023, 11, 1))))
    assert colour(standing) == "green"


def test_all_nodes_accepted_is_done():
    assert colour(by_nodes(node(date(2023, 5, 1), date(2023, 4, 1)), done_on=date(2023, 4, 1))) == "blue"


def test_no_node_due_yet_is_grey():
    assert colour(by_nodes(node(date(2023, 11, 1)))) == "grey"


@pytest.mark.parametrize(
    ("previous", "expected"),
    [
        (("orange",), "red"),
        (("green", "orange"), "red"),
        (("orange", "green"), "orange"),
        ((), "orange"),
        (("orange", "grey"), "red"),  # an unreported month does not break the run
        (("red", "yellow"), "orange"),
    ],
)
def test_step_6_orange_in_this_and_the_previous_reported_period_is_red(previous, expected):
    light = rate(at(40, previous=previous), RULES, JUNE)
    assert (light.colour, light.base) == (expected, "orange")  # base = before this step


def test_a_third_orange_is_red_again():
    first = rate(at(40), RULES, JUNE)
    second = rate(at(40, previous=(first.base,)), RULES, JUNE)
    third = rate(at(40, previous=(first.base, second.base)), RULES, JUNE)
    assert [first.colour, second.colour, third.colour] == ["orange", "red", "red"]


def test_an_earlier_step_beats_a_run():
    assert colour(at(40, previous=("orange",), has_report=False)) == "grey"
    assert rate(at(20, previous=("orange",)), RULES, JUNE).rule == "far_behind"


def test_a_missed_aspiration_is_never_red():
    # 力争规上工业总产值突破750亿元, actual 738 = 98.4 %: 争先项, not a failed commitment (domain.md §0.4)
    target = Target.of("at_least", 750, "亿元", strength=Strength.ASPIRED)
    light = rate(Standing(target, YEAR_END, Actual(Q(738, "亿元"), YEAR_END)), RULES, date(2024, 1, 31))
    assert (light.colour, light.is_aspired) == ("yellow", True)
    assert light.says == "已过最终时限未完成（争先项，不作未完成论）"
    assert colour(replace(at(5), target=replace(HUNDRED, strength=Strength.ASPIRED))) == "yellow"


def test_an_aspiration_with_late_nodes_still_lights_for_its_nodes():
    standing = replace(by_nodes(node(date(2023, 3, 1))), target=Target.of("nodes", strength=Strength.ASPIRED))
    assert rate(standing, RULES, JUNE).rule == "node_long_overdue"


@pytest.mark.parametrize(
    ("target", "measured", "expected"),
    [
        (Target.of("at_most", 3, "%"), Q("2.1", "%"), "green"),  # kept; never blue by the room below
        (Target.of("at_most", 3, "%"), Q(3, "%"), "green"),
        (Target.of("at_most", 3, "%"), Q("3.2", "%"), "yellow"),  # 3 ÷ 3.2 = 0.94
        (Target.of("at_most", 3, "%"), Q(5, "%"), "red"),
        (Target.of("share", 99, "%"), Q("99.2", "%"), "green"),
        (Target.of("share", 99, "%"), Q(98, "%"), "yellow"),
        (Target.of("growth", 15, "%"), RateOfChange(Q(112, "亿元"), Q(100, "亿元")), "orange"),  # 12 ÷ 15 = 0.8
        (Target.of("growth", 15, "%"), RateOfChange(Q(99, "亿元"), Q(100, "亿元")), "red"),
        (Target.of("reduction", 20, "%"), RateOfChange(Q(4, "人"), Q(5, "人")), "green"),
        (Target.of("rank", 3, "名"), Placing(3, 18), "green"),
        (Target.of("rank", 3, "名"), Placing(5, 18), "orange"),  # 13 ÷ 15 = 0.87
    ],
)
def test_levels_and_ceilings_are_judged_directly_without_a_pace(target, measured, expected):
    assert colour(judged(target, measured)) == expected


def test_a_kept_level_is_blue_only_when_the_year_is_over():
    assert colour(judged(Target.of("at_most", 3, "%"), Q("2.1", "%"), YEAR_END), YEAR_END) == "blue"


def test_a_reduction_of_19_96_percent_misses_20_at_the_end():
    change = RateOfChange(Q("80.04", "起"), Q(100, "起"))
    light = rate(judged(Target.of("reduction", 20, "%"), change), RULES, date(2024, 1, 31))
    assert light.colour == "red"


def test_a_rate_that_is_not_published_yet_is_not_due():
    assert rate(judged(Target.of("share", 99, "%"), Q(99, "%")), RULES, JUNE).colour == "green"
    assert rate(Standing(Target.of("share", 99, "%"), YEAR_END), RULES, JUNE).says == "未到期"


def test_a_level_may_be_given_a_curve_on_purpose():
    curve = year_by_curve(2023, [0, 0, 0, 0, 0, 50, 60, 70, 80, 90, 95, 100])
    standing = replace(judged(Target.of("share", 70, "%"), Q(35, "%")), trajectory=curve)
    assert colour(standing) == "green"  # 35 ÷ (70 × 50 %)


def test_a_yearly_ceiling_that_is_broken_is_red_at_once():
    light = rate(judged(Target.of("at_most", 5, "起"), Q(6, "起")), RULES, JUNE)
    assert (light.colour, light.rule) == ("red", "lost")


def test_an_honour_is_grey_until_due_and_blue_once_won():
    honour = replace(Target.of("honour", indicator="科技创新鼎"), state="授予", ladder=("申报", "授予"))
    assert colour(judged(honour, Reached("申报"))) == "grey"
    assert colour(judged(honour, Reached("授予"))) == "blue"
    assert colour(judged(honour, Reached("申报"), YEAR_END), YEAR_END) == "red"


def test_an_amount_without_any_plan_is_not_due():
    assert colour(Standing(HUNDRED, YEAR_END, Actual(Q(1, "个"), JUNE))) == "grey"


def test_a_base_of_zero_cannot_be_judged():
    light = rate(judged(Target.of("reduction", 20, "%"), RateOfChange(Q(1, "起"), Q(0, "起"))), RULES, JUNE)
    assert (light.colour, light.rule) == ("grey", "otherwise")


def test_a_figure_of_another_dimension_is_never_rated():
    with pytest.raises(UnitMismatch):
        rate(judged(HUNDRED, Q(1, "亿元")), RULES, JUNE)


def test_the_reason_is_told_line_by_line():
    # 15 亿元 × 9/12 = 11.25; 12 ÷ 11.25 = 1.0666…; 80 % − 75 % = +5
    september = date(2023, 9, 30)
    target = Target.of("at_least", 15, "亿元")
    standing = Standing(target, YEAR_END, Actual(Q(12, "亿元"), september, "填报2023-09"), year_by_months(2023))
    light = rate(standing, RULES, september)
    assert render_trace(light.trace) == (
        "规则：五色图（默认）·on_pace",
        f"来源：{RULES.source}",
        "目标：不少于15亿元",
        "实际：12亿元（2023年9月30日），取自填报2023-09",
        "最终时限：2023年12月31日",
        "本期填报：已审核通过",
        "12亿元不符合“不少于15亿元”",
        "实际 ÷ 目标 = 12 ÷ 15 = 80.00%",
        "按月序时应完成 = 75.00%",
        "应达 = 目标 × 序时 = 15 × 75.00% = 11.25亿元",
        "实际 ÷ 应达 = 12 ÷ 11.25 = 1.07",
        "完成比例 − 序时进度 = 80.00% − 75.00% = +5.00个百分点",
        "达到应达进度：实际÷应达 ≥ 1 且 < 1.1 → 绿",
    )


def test_a_figure_just_short_of_a_bound_is_told_unrounded():
    light = rate(at("44.98"), RULES, JUNE)  # 44.98 ÷ 50 = 0.8996
    assert light.trace.steps[-1].text.endswith("，未舍入值0.899600")


def test_what_the_house_added_is_said():
    light = rate(judged(Target.of("at_most", 5, "起"), Q(6, "起")), RULES, JUNE)
    assert "（原文未规定，本系统补充）" in light.trace.steps[-1].text


def test_every_measure_and_colour_has_its_word():
    labels = label_all(RULES)
    assert labels["ratio"] == "实际÷应达"
    assert labels["blue"] == "蓝"


ORDER = ["red", "orange", "yellow", "green", "blue"]
amounts = st.fractions(0, 150, max_denominator=1000)


@given(amounts, amounts, st.sampled_from([(), ("orange",), ("green",)]))
def test_more_done_is_never_a_worse_light(one, other, previous):
    less, more = sorted((one, other))
    before, after = (ORDER.index(colour(at(n, previous=previous))) for n in (less, more))
    assert after >= before


@given(amounts)
def test_the_unit_a_value_is_written_in_changes_no_light(amount):
    target = Target.of("at_least", 100, "亿元")
    lights = {
        colour(judged(target, Quantity.of(amount * n, u))) for n, u in [(1, "亿元"), (10**4, "万元"), (10**8, "元")]
    }
    assert len(lights) == 1


@given(st.permutations([node(date(2023, m, 1), None if m > 4 else date(2023, m, 1), m) for m in range(1, 8)]))
def test_the_order_of_nodes_changes_nothing(nodes):
    assert rate(by_nodes(*nodes), RULES, JUNE) == rate(by_nodes(*sorted(nodes, key=lambda n: n.due_on)), RULES, JUNE)


@given(amounts, st.booleans())
def test_an_unreported_month_is_never_favourable(amount, is_started):
    assert colour(at(min(amount, Fraction(99)), has_report=False, is_started=is_started)) == "grey"


def test_a_standing_measured_before_gets_the_same_light():
    standing = at(45)
    assert rate_measured(standing, measure(standing, RULES, JUNE), RULES, JUNE) == rate(standing, RULES, JUNE)


@pytest.mark.parametrize(
    ("target", "measured", "says", "line"),
    [
        (Target.of("at_most", 3, "%"), Q("2.1", "%"), "目前达到目标", "已符合目标，余量不计，达标程度 = 1"),
        (Target.of("at_most", 3, "%"), Q("3.2", "%"), "略未达到目标", "按与界限之比计的达标程度 = 0.94"),
        (Target.of("share", 50, "%"), Q(40, "%"), "与目标有差距", "实际 ÷ 目标 = 40 ÷ 50 = 0.80"),
        (Target.of("share", 50, "%"), Q(20, "%"), "与目标差距很大", "实际 ÷ 目标 = 20 ÷ 50 = 0.40"),
        (Target.of("share", 50, "%"), Q(60, "%"), "目前明显好于目标", "实际 ÷ 目标 = 60 ÷ 50 = 1.20"),
        (Target.of("rank", 3, "名"), Placing(5, 18), "与目标有差距", "接近程度（末位为0，达到位次为1） = 0.87"),
    ],
)
def test_what_has_no_pace_is_never_said_to_be_behind_it(target, measured, says, line):
    light = rate(judged(target, measured), RULES, JUNE)
    assert light.says == says
    assert line in render_trace(light.trace)
    assert "应达" not in "".join(render_trace(light.trace)).replace("应达到", "")


def test_the_days_a_node_is_late_are_told():
    light = rate(by_nodes(node(date(2023, 2, 1), date(2023, 2, 1)), node(date(2023, 6, 1), None, 0)), RULES, JUNE)
    assert "节点逾期天数 = 29" in render_trace(light.trace)


def test_a_provisional_figure_is_told_to_be_one():
    actual = Actual(Q(50, "个"), JUNE, quality=Quality.PROVISIONAL)
    light = rate(Standing(HUNDRED, YEAR_END, actual, year_by_months(2023)), RULES, JUNE)
    assert "说明：初步数，可能修订" in render_trace(light.trace)
