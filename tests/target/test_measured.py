"""Figures and rates: the vectors of domain.md §11, computed from their two numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.target.actual import Actual, Placing, RateOfChange, Reached, Share, mean
from luoshi.target.measured import read_measured
from luoshi.target.target import Target
from luoshi.terms.number import fixed
from luoshi.terms.unit import Quantity, UnitMismatch

Q = Quantity.of


def test_an_amount_in_another_unit_is_converted_and_says_so():
    reading = read_measured(Target.of("at_least", 15, "亿元"), Actual(Q(120000, "万元")))
    assert reading.value == 12
    assert [(step.text, step.result) for step in reading.steps] == [("120000万元 换算", "12亿元")]


def test_unlike_units_are_never_compared():
    with pytest.raises(UnitMismatch):
        read_measured(Target.of("at_least", 15, "亿元"), Actual(Q(15, "家")))


SHARES = [
    # numerator, denominator, unit, value
    (Q(1890, "人"), Q(90000, "人"), "%", Fraction("2.1")),  # 失业率: 1 890 ÷ (88 110 + 1 890)
    (Q(52, "个"), Q(253, "个"), "%", Fraction(5200, 253)),  # 占比村 20.55 %
    (Q("1885.5", "个"), Q(419000, "人"), "‰", Fraction("4.5")),  # 托位: 4.5 ‰ needs 1 885.5, so 1 886
    (Q(1340800, "平方米"), Q(419000, "人"), "平方米", Fraction("3.2")),  # 人均体育场地面积
    (Q("41.9", "万人"), Q(419000, "人"), "倍", Fraction(1)),
]


@pytest.mark.parametrize(("numerator", "denominator", "symbol", "value"), SHARES)
def test_a_rate_is_computed_from_part_and_whole(numerator, denominator, symbol, value):
    assert read_measured(Target.of("share", 1, symbol), Actual(Share(numerator, denominator))).value == value


def test_4_5_per_thousand_needs_1886_places():
    target = Target.of("share", "4.5", "‰")
    enough = read_measured(target, Actual(Share(Q(1886, "个"), Q(419000, "人")))).value
    short = read_measured(target, Actual(Share(Q(1885, "个"), Q(419000, "人")))).value
    assert short < Fraction("4.5") <= enough


CHANGES = [
    # current, three years before, unit, reduction in %
    (7, (10, 8, 9), "起", Fraction(200, 9)),  # mean 9: −22.2 %
    (4, (6, 5, 4), "人", Fraction(20)),  # mean 5: −20.0 %, the boundary counts
    (12, (10, 10, 10), "起", Fraction(-20)),  # it rose
]


@pytest.mark.parametrize(("current", "years", "symbol", "rate"), CHANGES)
def test_a_reduction_is_computed_against_its_baseline(current, years, symbol, rate):
    change = RateOfChange(Q(current, symbol), mean([Q(year, symbol) for year in years]))
    assert read_measured(Target.of("reduction", 20, "%"), Actual(change)).value == rate


def test_growth_is_computed_even_when_the_base_is_negative():
    # from −10 to −5: (−5 − −10) ÷ |−10| = 50 %
    change = RateOfChange(Q(-5, "亿元"), Q(-10, "亿元"))
    assert read_measured(Target.of("growth", 15, "%"), Actual(change)).value == 50


def test_rates_may_be_promised_in_other_units_of_ratio():
    change = RateOfChange(Q(2, "亿元"), Q(10000, "万元"))
    assert read_measured(Target.of("growth", 1, "倍"), Actual(change)).value == 1


def test_a_growth_cannot_be_promised_in_money():
    with pytest.raises(UnitMismatch):
        read_measured(Target.of("growth", 1, "亿元"), Actual(RateOfChange(Q(2, "亿元"), Q(1, "亿元"))))


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        (RateOfChange(Q(3, "起"), Q(0, "起")), "基数为零，不计算增减率"),
        (Share(Q(3, "个"), Q(0, "个")), "分母为零，不计算比率"),
    ],
)
def test_a_base_of_zero_has_no_rate_and_the_counts_are_shown(measured, said):
    reading = read_measured(Target.of("growth", 20, "%"), Actual(measured))
    assert reading.value is None
    assert reading.steps[0].text == said
    assert reading.inputs[0].value[0] == "3"


@pytest.mark.parametrize(
    ("current", "published", "differs"),
    [("115.04", "15.0", False), ("115.04", "15.1", True), ("115.04", "15.04", False), ("84.96", "-15.0", False)],
)
def test_a_published_rate_is_compared_at_its_own_places_and_never_used(current, published, differs):
    change = RateOfChange(Q(current, "亿元"), Q(100, "亿元"), Q(published, "%"))
    reading = read_measured(Target.of("growth", 15, "%"), Actual(change))
    assert reading.published_differs is differs
    assert reading.value == Fraction(current) - 100


def test_a_published_reduction_may_be_written_with_or_without_its_minus():
    for written in ("20", "-20"):
        change = RateOfChange(Q(4, "人"), Q(5, "人"), Q(written, "%"))
        assert not read_measured(Target.of("reduction", 20, "%"), Actual(change)).published_differs


def test_a_place_tells_of_how_many_and_by_whom():
    reading = read_measured(Target.of("rank", 3, "名"), Actual(Placing(5, 18, "省生态环境厅")))
    assert reading.inputs[0].value == "第5名（共18个），省生态环境厅公布"
    assert read_measured(Target.of("rank", 3, "名"), Actual(Placing(2))).inputs[0].value == "第2名"


@pytest.mark.parametrize(
    ("kind", "measured"),
    [("at_least", Placing(1)), ("rank", Q(1, "名")), ("honour", Q(1, "项")), ("at_least", Reached("开工"))],
)
def test_a_figure_of_the_wrong_nature_is_refused(kind, measured):
    with pytest.raises(ValueError):
        read_measured(Target.of(kind, 1, "名"), Actual(measured))


def test_a_state_off_the_ladder_is_refused():
    target = Target(
        Target.of("state_reached").kind, None, Target.of("nodes").unit, state="竣工", ladder=("开工", "竣工")
    )
    with pytest.raises(ValueError):
        read_measured(target, Actual(Reached("冬眠")))


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_the_unit_a_value_is_written_in_changes_nothing(numerator, denominator):
    target = Target.of("share", 1, "%")
    plain = read_measured(target, Actual(Share(Q(numerator, "元"), Q(denominator, "元"))))
    scaled = read_measured(
        target, Actual(Share(Q(Fraction(numerator, 10000), "万元"), Q(Fraction(denominator, 10**8), "亿元")))
    )
    assert plain.value == scaled.value


def test_a_rate_is_shown_with_two_decimals_and_kept_exact():
    reading = read_measured(Target.of("share", 20, "%"), Actual(Share(Q(52, "个"), Q(253, "个"))))
    assert reading.written == fixed(Fraction(5200, 253), 2) == "20.55"
