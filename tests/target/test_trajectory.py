"""序时 vectors of domain.md §1.4."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.target.trajectory import (
    Pace,
    Trajectory,
    check_curve,
    expected,
    gap_pp,
    pace_ratio,
    year_by_curve,
    year_by_days,
    year_by_months,
)
from luoshi.terms.number import fixed

CURVE = [5, 10, 15, 25, 35, 45, 52, 60, 75, 85, 95, 100]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2023, 9, 15), Fraction(8, 12)),  # September has not ended: 8 months, 66.67 %
        (date(2023, 9, 30), Fraction(9, 12)),  # 75.00 %
        (date(2023, 1, 30), Fraction(0)),
        (date(2023, 1, 31), Fraction(1, 12)),
        (date(2023, 2, 28), Fraction(2, 12)),
        (date(2023, 12, 31), Fraction(1)),
        (date(2024, 3, 1), Fraction(1)),
        (date(2022, 12, 31), Fraction(0)),
    ],
)
def test_months_count_once_they_have_ended(day, due):
    assert expected(year_by_months(2023), day) == due


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2023, 9, 30), Fraction(273, 365)),  # 74.79 %
        (date(2023, 5, 31), Fraction(151, 365)),  # 41.37 %
        (date(2023, 1, 1), Fraction(1, 365)),
        (date(2024, 2, 29), Fraction(60, 366)),
        (date(2024, 12, 31), Fraction(1)),
        (date(2025, 1, 1), Fraction(1)),
    ],
)
def test_days_count_with_the_day_itself(day, due):
    assert expected(year_by_days(day.year if day.year < 2025 else 2024), day) == due


def test_7000_new_jobs_mean_5250_by_the_end_of_september():
    assert 7000 * expected(year_by_months(2023), date(2023, 9, 30)) == 5250  # domain.md §11


def test_at_the_end_of_may_months_and_days_differ_as_printed():
    assert fixed(expected(year_by_months(2023), date(2023, 5, 31)) * 100, 2) == "41.67"
    assert fixed(expected(year_by_days(2023), date(2023, 5, 31)) * 100, 2) == "41.37"


def test_a_curve_holds_at_the_end_of_each_month_and_is_straight_within():
    # p8 = 60, p9 = 75, 15 September: 60 + 15 × 15 ÷ 30 = 67.5 (domain.md §1.4)
    curve = year_by_curve(2023, CURVE)
    assert expected(curve, date(2023, 8, 31)) == Fraction(60, 100)
    assert expected(curve, date(2023, 9, 15)) == Fraction(675, 1000)
    assert expected(curve, date(2023, 9, 30)) == Fraction(75, 100)


def test_a_curve_starts_from_nothing():
    # 10 January: 5 × 10 ÷ 31
    assert expected(year_by_curve(2023, CURVE), date(2023, 1, 10)) == Fraction(5, 100) * Fraction(10, 31)
    assert expected(year_by_curve(2023, CURVE), date(2022, 12, 31)) == 0


def test_a_task_with_its_own_dates_runs_from_nothing_to_all_between_them():
    own = Trajectory(Pace.MONTHS, date(2023, 3, 15), date(2023, 6, 20))
    # touched: March, April, May, June (cut to the 20th) = 4
    days = [
        date(2023, 3, 14),
        date(2023, 3, 30),
        date(2023, 3, 31),
        date(2023, 5, 31),
        date(2023, 6, 19),
        date(2023, 6, 20),
    ]
    assert [expected(own, day) for day in days] == [0, 0, Fraction(1, 4), Fraction(3, 4), Fraction(3, 4), 1]
    by_days = Trajectory(Pace.DAYS, date(2023, 3, 1), date(2023, 3, 10))
    assert expected(by_days, date(2023, 3, 4)) == Fraction(4, 10)


def test_a_curve_over_own_dates_is_straight_within_the_days_of_its_month():
    own = Trajectory(Pace.CURVE, date(2023, 3, 22), date(2023, 4, 30), (Fraction(1, 5), Fraction(1)))
    # 22 to 31 March are 10 days; on 26 March 5 of them: 20 % × 5 ÷ 10
    assert expected(own, date(2023, 3, 26)) == Fraction(1, 10)


@pytest.mark.parametrize(
    ("reached", "pp", "ratio"),
    [("62.6", "−12.4", "0.835"), ("92.73", "17.73", "1.236")],  # 平政督字〔2020〕18号: 低于序时进度12.4个百分点
)
def test_gap_in_points_and_ratio_are_two_figures(reached, pp, ratio):
    share, due = Fraction(reached) / 100, Fraction(75, 100)
    assert fixed(gap_pp(share, due), len(pp.split(".")[1])) == pp
    assert fixed(pace_ratio(share, due), 3) == ratio


def test_what_is_not_due_has_no_ratio():
    assert pace_ratio(Fraction(1, 2), Fraction(0)) is None


def test_a_trajectory_ends_after_it_starts_and_has_a_point_for_each_month():
    with pytest.raises(ValueError):
        Trajectory(Pace.DAYS, date(2023, 2, 1), date(2023, 1, 31))
    with pytest.raises(ValueError):
        year_by_curve(2023, CURVE[:11])


@pytest.mark.parametrize(
    ("percents", "message"),
    [
        (CURVE[:11], "计划曲线应有12个月的累计百分数，现有11个。"),
        ([*CURVE[:4], 20, *CURVE[5:]], "第5个月的累计百分数不能小于上月。"),
        ([*CURVE[:11], 99], "最后一个月的累计百分数应为100。"),
        (["五", *CURVE[1:]], "第1个月的累计百分数不是数字。"),
    ],
)
def test_a_faulty_curve_is_told_which_month(percents, message):
    assert [error.message for error in check_curve(percents)] == [message]


def test_a_good_curve_has_no_fault():
    assert check_curve(CURVE) == ()


def test_each_pace_has_its_chinese_word():
    assert len({t.label for t in (year_by_months(2023), year_by_days(2023), year_by_curve(2023, CURVE))}) == 3


trajectories = st.builds(
    lambda start, days, pace: Trajectory(Pace(pace), start, start + timedelta(days)),
    st.dates(date(2022, 1, 1), date(2024, 12, 31)),
    st.integers(0, 800),
    st.sampled_from(["months", "days"]),
)
curves = st.lists(st.integers(0, 100), min_size=12, max_size=12).map(
    lambda p: year_by_curve(2023, [*sorted(p)[:11], 100])
)


@given(trajectories | curves, st.dates(date(2021, 6, 1), date(2028, 1, 1)))
def test_what_is_due_never_falls_and_runs_from_nothing_to_all(trajectory, day):
    today, tomorrow = expected(trajectory, day), expected(trajectory, day + timedelta(1))
    assert 0 <= today <= tomorrow <= 1
    assert expected(trajectory, trajectory.end) == 1
    assert expected(trajectory, trajectory.start - timedelta(1)) == 0
