from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.forecast import Observation, back_test, forecast
from luoshi.target.target import Target
from luoshi.target.trajectory import year_by_curve, year_by_months
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity

TARGET = Target.of("at_least", 15, "亿元")
YEAR = year_by_months(2023)
Q = Quantity.of


def month_end(month):
    return Period.month(2023, month).last


def observed(*values, first=1):
    return [Observation(month_end(first + i), Q(value, "亿元")) for i, value in enumerate(values)]


def test_the_pace_so_far_goes_on_along_the_trajectory():
    # end of September 12 of 75 % due: 12 ÷ 0.75 = 16; July 8 ÷ 7/12 = 13.71…, August 10 ÷ 8/12 = 15
    made = forecast(TARGET, YEAR, observed(8, 10, 12, first=7), month_end(9))
    assert made.value == Q(16, "亿元")
    assert (made.low, made.high) == (Quantity(Fraction(96, 7), TARGET.unit), Q(16, "亿元"))
    assert made.trace.rule == "按现有进度沿序时外推（按月序时）"
    assert [(s.text, s.result) for s in made.trace.steps] == [
        ("实际 ÷ 应完成比例 = 12 ÷ 75.00%", "16.00亿元"),
        ("近3期同法外推的范围", "13.71—16.00亿元"),
    ]


def test_a_season_is_respected():
    # 30 % due by June on the curve: 6 ÷ 0.30 = 20
    curve = year_by_curve(2023, [0, 0, 10, 15, 20, 30, 50, 70, 80, 90, 95, 100])
    assert forecast(TARGET, curve, observed(6, first=6), month_end(6)).value == Q(20, "亿元")


def test_what_comes_later_is_not_known_yet():
    assert forecast(TARGET, YEAR, observed(1, 2, 9), month_end(2)).value == Q(12, "亿元")


def test_one_observation_gives_no_interval():
    made = forecast(TARGET, YEAR, observed(1), month_end(1))
    assert (made.low, made.high, made.reaches(TARGET)) == (None, None, None)


@pytest.mark.parametrize(("values", "reaches"), [((8, 10, 12), None), ((10, 11, 13), True), ((5, 6, 7), False)])
def test_whether_the_target_is_reached_is_said_only_when_the_interval_agrees(values, reaches):
    assert forecast(TARGET, YEAR, observed(*values, first=7), month_end(9)).reaches(TARGET) is reaches


def test_what_is_already_done_is_never_forecast_away():
    made = forecast(
        TARGET, YEAR, [Observation(date(2024, 2, 1), Q(14, "亿元")), *observed(3, first=12)], date(2024, 2, 1)
    )
    assert made.value == Q(14, "亿元")
    assert made.low == Q(14, "亿元")


@pytest.mark.parametrize(
    "target", [Target.of("share", 99, "%"), Target.of("at_most", 3, "%"), Target.of("rank", 1, "名")]
)
def test_what_has_no_pace_has_no_forecast(target):
    assert forecast(target, YEAR, [], month_end(6)) is None


def test_before_anything_was_due_or_observed_there_is_no_forecast():
    assert forecast(TARGET, YEAR, [], month_end(6)) is None
    assert forecast(TARGET, YEAR, [Observation(date(2023, 1, 15), Q(1, "亿元"))], month_end(1)) is None


def test_a_finished_year_shows_how_far_off_the_method_was():
    # January 1 → 12 (−20 %), February 3 → 18 (+20 %), March 3.75 → 15 (0)
    tested = back_test(TARGET, YEAR, observed(1, 3, "3.75"), Q(15, "亿元"))
    assert [row.error_ratio for row in tested.rows] == [Fraction(-1, 5), Fraction(1, 5), 0]
    assert tested.mean_error_ratio == Fraction(2, 15)
    assert [row.is_inside for row in tested.rows] == [None, True, True]
    assert tested.inside_ratio == 1
    assert tested.render()[0] == "2023年1月31日预测12.00亿元，偏差−20.00%"


def test_a_year_that_could_not_be_forecast_has_no_error():
    tested = back_test(TARGET, YEAR, [], Q(15, "亿元"))
    assert (tested.rows, tested.mean_error_ratio, tested.inside_ratio) == ((), None, None)


def test_an_error_cannot_be_a_share_of_nothing():
    with pytest.raises(ValueError):
        back_test(TARGET, YEAR, observed(1), Q(0, "亿元"))


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12), st.randoms())
def test_a_forecast_never_depends_on_row_order_nor_lies_outside_its_interval(values, random):
    rows = observed(*sorted(values))
    shuffled = random.sample(rows, len(rows))
    made = forecast(TARGET, YEAR, shuffled, month_end(12))
    assert made == forecast(TARGET, YEAR, rows, month_end(12))
    if made.low is not None:
        assert made.low.amount <= made.value.amount <= made.high.amount


@given(st.integers(1, 100), st.integers(1, 12))
def test_an_even_year_is_forecast_exactly(monthly, months):
    rows = observed(*(monthly * m for m in range(1, months + 1)))
    assert forecast(TARGET, YEAR, rows, month_end(months)).value.amount == 12 * monthly


def test_what_was_observed_before_anything_was_due_is_left_out_of_the_back_test():
    early = Observation(date(2023, 1, 15), Q(1, "亿元"))
    tested = back_test(TARGET, YEAR, [early, *observed(1, 3)], Q(15, "亿元"))
    assert [row.on for row in tested.rows] == [month_end(1), month_end(2)]


ends = st.lists(st.integers(1, 400), min_size=2, max_size=6)


@given(ends, st.integers(1, 100))
def test_more_done_is_never_a_lower_forecast(values, more):
    observed = [Observation(Period.month(2023, n).last, Q(v, "亿元")) for n, v in enumerate(values, 1)]
    raised = [*observed[:-1], Observation(observed[-1].on, Q(values[-1] + more, "亿元"))]
    before, after = (forecast(TARGET, year_by_months(2023), some, date(2023, 12, 31)) for some in (observed, raised))
    assert after.value.amount > before.value.amount
    assert after.low.amount >= before.low.amount
    assert after.high.amount >= before.high.amount


@given(ends)
def test_the_unit_a_figure_is_written_in_changes_no_forecast(values):
    days = [Period.month(2023, n).last for n in range(1, len(values) + 1)]
    made = [
        forecast(TARGET, year_by_months(2023), [Observation(d, Q(v * n, u)) for d, v in zip(days, values, strict=True)],
                 date(2023, 12, 31))
        for n, u in ((1, "亿元"), (10**4, "万元"))
    ]  # fmt: skip
    assert [(f.value, f.low, f.high) for f in made[:1]] == [(f.value, f.low, f.high) for f in made[1:]]
