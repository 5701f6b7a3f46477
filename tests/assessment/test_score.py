"""Scoring methods: the vectors of domain.md §2.5."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.league_rules import Dimension
from luoshi.assessment.score import Figure, score_dimension
from luoshi.terms.number import fixed
from luoshi.terms.unit import Quantity, UnitMismatch

Q = Quantity.of


def dimension(method, weight=10, **more):
    return Dimension("d", "投资", Fraction(weight), method, **more)


def figures(*values, plan=None):
    return {
        f"u{i}": None if v is None else Figure(Q(v, "亿元"), plan and Q(plan, "亿元")) for i, v in enumerate(values)
    }


def points(dim, figs):
    return [score.points for score in score_dimension(dim, figs).values()]


def test_efficacy_of_70_between_50_and_100_with_weight_10_is_7_60():
    # 60 % × 10 + 40 % × 10 × (70 − 50) ÷ (100 − 50) = 6 + 1.6
    scores = score_dimension(dimension("efficacy"), figures(70, 50, 100))
    assert [fixed(s.points, 2) for s in scores.values()] == ["7.60", "6.00", "10.00"]
    assert scores["u0"].trace.steps[0].text == "60% × 10 + 40% × 10 ×（70 − 50）÷（100 − 50）"


def test_efficacy_where_less_is_better_turns_the_ends():
    assert points(dimension("efficacy", is_lower_better=True), figures(70, 50, 100)) == [Fraction("8.4"), 10, 6]


def test_efficacy_of_equals_is_the_full_weight():
    assert points(dimension("efficacy"), figures(7, 7)) == [10, 10]


def test_proportional_is_capped_at_the_weight():
    # 得分 = 实际利用外资数 ÷ 年度任务数 × 20，最高20 (三明)
    dim = dimension("proportional", 20)
    assert points(dim, figures(3, 5, 8, plan=5)) == [12, 20, 20]
    assert points(dim, figures(-1, plan=5)) == [0]
    assert points(dimension("proportional", 20, cap=None), figures(8, plan=5)) == [32]


def test_placement_gives_the_better_rank_to_ties():
    # rank r of n → w·(n − r + 1)/n: 5 is first, the two 3 are second, 1 is fourth of 4
    assert points(dimension("placement", 20), figures(3, 5, 3, 1)) == [15, 20, 15, 5]
    assert points(dimension("placement", 20, is_lower_better=True), figures(3, 5)) == [20, 10]


def test_a_missing_figure_scores_nothing_and_moves_nobody():
    scores = score_dimension(dimension("efficacy"), figures(70, 50, 100, None))
    assert scores["u3"].points is None
    assert scores["u3"].trace.steps[0].text == "无数据，不得分"
    assert scores["u0"].points == Fraction("7.6")


@pytest.mark.parametrize("plan", [None, 0, -1])
def test_proportional_needs_a_positive_plan(plan):
    figure = Figure(Q(1, "亿元"), None if plan is None else Q(plan, "亿元"))
    with pytest.raises(ValueError):
        score_dimension(dimension("proportional"), {"u": figure})


def test_unlike_figures_are_never_compared():
    with pytest.raises(UnitMismatch):
        score_dimension(dimension("efficacy"), {"u": Figure(Q(1, "亿元")), "v": Figure(Q(1, "家"))})


values = st.lists(st.integers(1, 1000), min_size=2, max_size=6)
methods = st.sampled_from(["proportional", "efficacy", "placement"])


@given(methods, values)
def test_no_score_depends_on_row_order_or_on_the_unit_of_a_figure(method, numbers):
    dim = dimension(method)
    rows = figures(*numbers, plan=1000)
    again = dict(reversed(rows.items()))
    again["u0"] = Figure(Q(numbers[0] * 10**4, "万元"), Q(10**7, "万元"))
    one, other = score_dimension(dim, rows), score_dimension(dim, again)
    assert {k: s.points for k, s in one.items()} == {k: s.points for k, s in other.items()}


@given(methods, values)
def test_more_never_scores_less_and_nothing_scores_above_the_weight(method, numbers):
    scored = sorted(zip(numbers, points(dimension(method), figures(*numbers, plan=500)), strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(scored))
    assert all(0 <= p <= 10 for _, p in scored)
