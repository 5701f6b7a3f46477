from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from luoshi.assessment.measure import MEASURES, measure
from luoshi.assessment.read_rules import read_rule_set, shipped_rule_set
from luoshi.assessment.standing import Given, Standing
from luoshi.target.actual import Actual, Placing
from luoshi.target.node import Node
from luoshi.target.target import Target
from luoshi.target.trajectory import year_by_months
from luoshi.terms.unit import Quantity

RULES = shipped_rule_set()
SNAIL = shipped_rule_set("xinchang-2019-snail")
JUNE, YEAR_END = date(2023, 6, 30), date(2023, 12, 31)


def standing(target=None, measured=None, **more):
    target = target or Target.of("at_least", 100, "个")
    actual = None if measured is None else Actual(measured, JUNE)
    return Standing(target, YEAR_END, actual, year_by_months(2023), **more)


def test_every_built_in_measure_is_measured():
    assert set(measure(standing(), RULES, JUNE).worths) == set(MEASURES)


def test_an_amount_is_measured_against_its_pace():
    worths = measure(standing(measured=Quantity.of(40, "个")), RULES, JUNE).worths
    assert (worths["ratio"], worths["gap_pp"]) == (Fraction(4, 5), -10)
    assert (worths["reached_share"], worths["expected_share"]) == (Fraction(2, 5), Fraction(1, 2))
    assert (worths["days_to_final"], worths["place"]) == (184, None)


def test_nodes_and_time_never_judge_together():
    nodes = (Node("一", date(2023, 3, 1), Fraction(1), date(2023, 3, 1)), Node("二", date(2023, 6, 29), Fraction(3)))
    worths = measure(standing(measured=Quantity.of(90, "个"), nodes=nodes), RULES, JUNE).worths
    assert (worths["ratio"], worths["node_days_late"], worths["has_nodes"]) == (Fraction(1, 4), 1, True)


def test_a_rank_has_its_place():
    worths = measure(standing(Target.of("rank", 3, "名"), Placing(5, 18)), RULES, JUNE).worths
    assert (worths["place"], worths["ratio"], worths["gap_pp"]) == (5, Fraction(13, 15), None)


def test_without_a_figure_there_is_no_ratio_even_when_it_is_due():
    worths = measure(standing(), RULES, JUNE).worths
    assert (worths["ratio"], worths["gap_pp"], worths["nothing_due"]) == (None, None, False)


def test_given_values_are_read_by_their_kind_and_shown_with_their_origin():
    given = {
        "stage": Given("preliminary", JUNE, "填报2023-06"),
        "is_behind_plan": Given("true"),
        "named_on": Given(("2023-03-31", "2023-05-31")),
        "planned_start_on": Given("2023-03-01"),
    }
    measured = measure(standing(given=given), SNAIL, JUNE)
    assert measured.worths["stage"] == "preliminary"
    assert measured.worths["is_behind_plan"] is True
    assert measured.worths["times_named"] == 2
    assert measured.worths["is_criticised"] is None
    shown = {i.name: (i.value, i.on, i.origin) for i in measured.inputs}
    assert shown["项目阶段"] == ("前期", JUNE, "填报2023-06")
    assert shown["前期落后于计划"][0] == "是"
    assert shown["月度通报点名日期"][0] == "2023年3月31日、2023年5月31日"
    assert shown["计划开工日期"][0] == "2023年3月1日"


def test_one_date_may_stand_for_a_list_of_dates():
    assert measure(standing(given={"named_on": Given("2023-03-31")}), SNAIL, JUNE).worths["times_named"] == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("stage", "late"), ("is_behind_plan", "是"), ("planned_start_on", "3月"), ("planned_start_on", ("2023-03-01",))],
)
def test_a_given_value_of_another_kind_is_refused(name, value):
    with pytest.raises(ValueError):
        measure(standing(given={name: Given(value)}), SNAIL, JUNE)


def test_given_numbers_are_exact():
    xinhuang = shipped_rule_set("xinhuang-2015")
    given = {"month_done": Given("0.1"), "month_quota": Given("0.3")}
    assert measure(standing(given=given), xinhuang, JUNE).worths["month_ratio"] == Fraction(1, 3)


def test_a_target_that_starts_from_a_value_shows_the_way_gone():
    text = "完成比例 ÷ 应完成比例 = 40.00% ÷ 50.00%"
    target = Target(
        Target.of("at_least", 110, "家").kind, Fraction(110), Target.of("at_least", 1, "家").unit, start=Fraction(100)
    )
    steps = measure(standing(target, Quantity.of(104, "家")), RULES, JUNE).steps
    assert text in [step.text for step in steps]


def test_a_long_repeating_amount_is_shown_short():
    target = Target.of("at_least", 10, "亿元")
    steps = measure(standing(target, Quantity.of(1, "亿元")), RULES, date(2023, 4, 30)).steps
    assert "实际 ÷ 应达 = 1 ÷ 3.33" in [step.text for step in steps]


def test_the_origin_of_a_missing_rule_set_input_is_simply_absent():
    rules, _ = read_rule_set(
        "rule_set: t\nlabel: t\nsource: {adr: t}\njudges: pool\ngiven: {n: {label: 数, kind: number}}\n"
        "legend: {green: {word: 绿, meaning: 好}}\nrules: []\notherwise: {light: green, says: 好}\n",
        "t.yaml",
    )
    measured = measure(standing(), rules, JUNE)
    assert measured.worths["n"] is None
    assert "数" not in [i.name for i in measured.inputs]
