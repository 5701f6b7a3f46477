"""What becomes of promises when their year is over: proposed by figures, decided by people."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.year_end import Ending, of_whole, proposed, remainder, summed_up

ACHIEVED, MISSED, CARRIED = Ending.ACHIEVED, Ending.MISSED, Ending.CARRIED
outcomes = st.sampled_from(list(Ending))


@pytest.mark.parametrize(
    ("is_finished", "is_work", "outcome"),
    [(True, True, ACHIEVED), (True, False, ACHIEVED), (False, True, CARRIED), (False, False, MISSED)],
)
def test_unfinished_work_goes_on_and_a_figure_not_reached_is_missed(is_finished, is_work, outcome):
    assert proposed(is_finished=is_finished, is_work=is_work) is outcome


@pytest.mark.parametrize(
    ("goal", "actual", "left"),
    [(30, 28, 2), (30, 0, 30), (30, None, 30), (30, 31, 30), (Fraction("0.3"), Fraction("0.1"), Fraction("0.2"))],
)
def test_what_is_left_of_an_amount_is_exact(goal, actual, left):
    assert remainder(Fraction(goal), None if actual is None else Fraction(actual)) == left


@given(st.fractions(1, 100), st.one_of(st.none(), st.fractions(-5, 120)))
def test_what_is_left_is_never_nothing_and_never_more_than_the_goal(goal, actual):
    assert 0 < remainder(goal, actual) <= goal


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        ([(ACHIEVED, True), (ACHIEVED, False)], ACHIEVED),
        ([(ACHIEVED, True), (MISSED, False)], ACHIEVED),  # a missed 争先项 is no failure
        ([(ACHIEVED, True), (MISSED, True)], MISSED),
        ([(MISSED, True), (CARRIED, True)], CARRIED),
    ],
)
def test_a_task_follows_its_promises(parts, outcome):
    assert of_whole(parts) is outcome


@given(st.lists(st.tuples(outcomes, st.booleans()), min_size=1), st.randoms())
def test_a_task_does_not_depend_on_the_order_of_its_promises(parts, chance):
    other = parts[:]
    chance.shuffle(other)
    assert of_whole(parts) is of_whole(other)


def test_the_sum_names_only_what_there_is():
    assert summed_up([CARRIED, ACHIEVED, ACHIEVED]) == "已完成2项、跨年结转1项"
    assert summed_up([]) == ""
