"""Each kind against figures at, beyond and short of the number; the cases that broke other systems (peers.md §1b)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.target.actual import Actual, Placing, Reached
from luoshi.target.judge import judge
from luoshi.target.kind import TargetKind
from luoshi.target.target import Target
from luoshi.terms.unit import Quantity


def judged(target, value):
    return judge(target, Actual(Quantity(Fraction(value), target.unit)), Fraction(value))


def at(kind, value, **more):
    more = {name: Fraction(v) if isinstance(v, int) and name != "is_falling" else v for name, v in more.items()}
    return replace(Target.of(kind, value, "个"), **more)


VECTORS = [
    # target, actual, done, ratio
    (at("at_least", 15), 15, True, Fraction(1)),
    (at("at_least", 15), 16, True, Fraction(16, 15)),
    (at("at_least", 15), 12, False, Fraction(4, 5)),
    (at("at_least", 15), 0, False, Fraction(0)),
    (at("at_least", 110, start=100), 90, False, Fraction(-1)),  # going backwards: −1, never "no figure"
    (at("at_least", 110, start=100), 105, False, Fraction(1, 2)),
    (at("at_least", 100, start=100), 100, True, Fraction(1)),  # base = target is a level held
    (at("at_least", 100, start=100), 99, False, None),
    (at("at_least", 0), 0, True, Fraction(1)),
    (at("at_most", 3), 3, True, Fraction(1)),  # 以内 includes the number
    (at("at_most", 3), 2, True, Fraction(1)),  # room below a ceiling is no overshoot
    (at("at_most", 3), 4, False, Fraction(3, 4)),
    (at("at_most", 0), 0, True, Fraction(1)),
    (at("at_most", 0), 1, False, Fraction(0)),
    (at("at_most", 30, start=50), 40, False, Fraction(1, 2)),  # descending: half of the way from 50 to 30
    (at("at_most", 30, start=50), 60, False, Fraction(-1, 2)),
    (at("exactly", 2), 2, True, Fraction(1)),
    (at("exactly", 2), 3, False, Fraction(3, 2)),
    (at("exactly", 2), 1, False, Fraction(1, 2)),
    (at("exactly", 0), 0, True, Fraction(1)),
    (at("exactly", 0), 1, False, None),
    (at("hold", 0, is_falling=True), 0, True, Fraction(1)),  # 零事故: start = target = current = 0 is done
    (at("hold", 0, is_falling=True), 1, False, Fraction(0)),
    (at("hold", 0), 0, True, Fraction(1)),
    (at("hold", 20), 19, False, Fraction(19, 20)),
    (at("range", 3, upper=5), 3, True, Fraction(1)),
    (at("range", 3, upper=5), 5, True, Fraction(1)),
    (at("range", 3, upper=5), 2, False, Fraction(2, 3)),
    (at("range", 3, upper=5), 10, False, Fraction(1, 2)),
    (at("range", 0, upper=0), -1, False, None),
    (at("range", 0), 1, False, None),
    (at("range", 100), 95, True, Fraction(1)),  # 左右: 95 … 105
    (at("range", 100), 106, False, Fraction(105, 106)),
    (at("growth", 15), 15, True, Fraction(1)),
    (at("growth", 15), -3, False, Fraction(-1, 5)),
    (at("reduction", 20), 20, True, Fraction(1)),
    (at("share", 99), 98, False, Fraction(98, 99)),
]


@pytest.mark.parametrize(("target", "value", "done", "ratio"), VECTORS)
def test_a_figure_is_held_against_its_kind(target, value, done, ratio):
    assert judged(target, value) == (done, ratio)


@pytest.mark.parametrize(
    ("wanted", "place", "of", "done", "ratio"),
    [
        (3, 3, 18, True, Fraction(1)),
        (3, 1, 18, True, Fraction(1)),
        (3, 5, 18, False, Fraction(13, 15)),  # (18 − 5) ÷ (18 − 3)
        (3, 18, 18, False, Fraction(0)),
        (1, 2, 0, False, None),  # of how many is not known
    ],
)
def test_a_place_is_held_against_the_wanted_one(wanted, place, of, done, ratio):
    target = Target.of("rank", wanted, "名")
    assert judge(target, Actual(Placing(place, of)), Fraction(place)) == (done, ratio)


def test_a_rate_held_where_lower_is_better_must_not_rise():
    held = Target.of("hold", 3, "%", indicator="城镇登记失业率")
    assert judged(held, Fraction(2)) == (True, 1)
    assert judged(held, Fraction(4)) == (False, Fraction(3, 4))


LADDER = ("未启动", "前期", "开工", "竣工", "投产")


@pytest.mark.parametrize(
    ("here", "done", "ratio"),
    [
        ("未启动", False, Fraction(0)),
        ("开工", False, Fraction(2, 3)),
        ("竣工", True, Fraction(1)),
        ("投产", True, Fraction(4, 3)),
    ],
)
def test_a_state_counts_its_steps_up_the_ladder(here, done, ratio):
    target = replace(Target.of("state_reached"), state="竣工", ladder=LADDER)
    assert judge(target, Actual(Reached(here)), Fraction(0)) == (done, ratio)


def test_the_first_state_of_a_ladder_is_always_reached():
    target = replace(Target.of("state_reached"), state="未启动", ladder=LADDER)
    assert judge(target, Actual(Reached("前期")), Fraction(0)) == (True, Fraction(1))


@pytest.mark.parametrize(("state", "done"), [("授予", True), ("落选", False)])
def test_an_honour_is_won_or_not(state, done):
    target = replace(Target.of("honour"), state="授予")
    assert judge(target, Actual(Reached(state)), Fraction(0)) == (done, Fraction(int(done)))


RISING = ["at_least", "growth", "reduction", "share"]
numbers = st.fractions(-1000, 1000, max_denominator=100)


@given(st.sampled_from(RISING), st.integers(1, 500), numbers, numbers)
def test_more_is_never_worse_where_more_is_wanted(kind, goal, one, other):
    less, more = sorted((one, other))
    (done_less, ratio_less), (done_more, ratio_more) = judged(at(kind, goal), less), judged(at(kind, goal), more)
    assert done_more >= done_less
    assert ratio_more >= ratio_less


@given(st.integers(0, 500), numbers, numbers)
def test_less_is_never_worse_below_a_ceiling(goal, one, other):
    less, more = sorted((one, other))
    (done_less, ratio_less), (done_more, ratio_more) = (
        judged(at("at_most", goal), less),
        judged(at("at_most", goal), more),
    )
    assert done_less >= done_more
    assert ratio_less >= ratio_more


@given(st.sampled_from(list(TargetKind)[:8]), st.integers(1, 100), numbers)
def test_done_is_reaching_the_ratio_one(kind, goal, value):
    target = replace(at(kind, goal), upper=Fraction(goal + 5))
    done, ratio = judged(target, value)
    if done:
        assert ratio >= 1
    elif kind is not TargetKind.EXACTLY and ratio is not None:
        assert ratio < 1
