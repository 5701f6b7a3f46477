from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.condition import (
    Band,
    Choice,
    Every,
    Facts,
    Flag,
    Run,
    Some,
    has_run,
    holds,
    measures_in,
    render_condition,
    render_worth,
)

LABELS = {"ratio": "实际÷应达", "done": "已完成", "stage": "阶段", "early": "前期", "orange": "橙", "late": "逾期"}
LOW, HIGH = Fraction(3, 4), Fraction(9, 10)


def facts(*bases, **worths):
    return Facts(worths, bases)


@pytest.mark.parametrize(
    ("band", "inside", "outside"),
    [
        (Band("ratio", at_least=LOW), ["0.75", "2"], ["0.7499"]),
        (Band("ratio", above=LOW), ["0.7501"], ["0.75"]),
        (Band("ratio", at_most=HIGH), ["0.9", "-1"], ["0.9001"]),
        (Band("ratio", below=HIGH), ["0.8999"], ["0.9"]),
        (Band("ratio", at_least=LOW, below=HIGH), ["0.75", "0.8999"], ["0.7499", "0.9"]),
    ],
)
def test_a_bound_is_in_or_out_as_it_says(band, inside, outside):
    assert all(holds(band, facts(ratio=Fraction(value))) for value in inside)
    assert not any(holds(band, facts(ratio=Fraction(value))) for value in outside)


@pytest.mark.parametrize("worth", [None, True, "绿", date(2023, 1, 1)])
def test_what_is_no_number_lies_in_no_band(worth):
    assert not holds(Band("ratio", at_most=Fraction(10)), facts(ratio=worth))


@pytest.mark.parametrize("condition", [Flag("done", wanted=True), Flag("done", wanted=False), Choice("done", ("x",))])
def test_what_is_not_known_meets_nothing(condition):
    assert not holds(condition, facts())
    assert not holds(condition, facts(done=None))


def test_flags_and_choices_are_met_by_their_words():
    assert holds(Flag("done", wanted=False), facts(done=False))
    assert holds(Choice("stage", ("early", "late")), facts(stage="late"))
    assert not holds(Choice("stage", ("early",)), facts(stage="late"))


def test_every_some_and_none():
    yes, no = Flag("done", wanted=True), Flag("late", wanted=True)
    known = facts(done=True, late=False)
    assert not holds(Every((yes, no)), known)
    assert holds(Some((yes, no)), known)
    assert not holds(Some((yes, no), is_none=True), known)
    assert holds(Some((no,), is_none=True), known)
    assert holds(Every(()), known)


@pytest.mark.parametrize(
    ("bases", "is_met"),
    [
        (("orange", "orange"), True),
        (("green", "orange", "orange"), True),
        (("orange", "green", "orange"), False),
        (("orange",), False),
        ((), False),
        (("orange", "orange", "green"), False),
    ],
)
def test_a_run_ends_in_this_period(bases, is_met):
    assert holds(Run("orange", 2), facts(*bases)) is is_met


def test_a_run_is_found_however_deep():
    deep = Every((Flag("done", wanted=True), Some((Run("orange", 2),))))
    assert has_run(deep)
    assert not has_run(Every((Flag("done", wanted=True),)))
    assert measures_in(deep) == ("done",)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Band("ratio", at_least=Fraction(1), below=Fraction(11, 10)), "实际÷应达 ≥ 1 且 < 1.1"),
        (Band("ratio", above=Fraction(-10), at_most=Fraction(0)), "实际÷应达 > −10 且 ≤ 0"),
        (Flag("done", wanted=True), "已完成"),
        (Flag("done", wanted=False), "并非“已完成”"),
        (Choice("stage", ("early",)), "阶段为前期"),
        (Run("orange", 2), "连续2期为橙"),
        (Some((Flag("done", wanted=True), Flag("late", wanted=True)), is_none=True), "并非（已完成或逾期）"),
        (
            Every((Flag("done", wanted=True), Some((Flag("late", wanted=True), Run("orange", 2))))),
            "已完成且（逾期或连续2期为橙）",
        ),
    ],
)
def test_a_condition_reads_aloud(condition, words):
    assert render_condition(condition, LABELS) == words


@pytest.mark.parametrize(
    ("worth", "bounds", "shown"),
    [
        (None, (), "无"),
        (True, (), "是"),
        (False, (), "否"),
        (date(2023, 9, 30), (), "2023年9月30日"),
        ((date(2023, 3, 1), date(2023, 5, 1)), (), "2023年3月1日、2023年5月1日"),
        ((), (), "无"),
        ("前期", (), "前期"),
        (Fraction(16, 15), (), "1.07"),
        (Fraction(-31), (), "−31"),
        (Fraction("0.8996"), (Fraction("0.9"),), "0.899600"),  # 0.90 would seem to touch the bound
        (Fraction("0.9"), (Fraction("0.9"),), "0.90"),
    ],
)
def test_a_worth_is_shown_so_that_it_never_contradicts_the_rule(worth, bounds, shown):
    assert render_worth(worth, bounds) == shown


@given(st.fractions(), st.fractions(), st.fractions())
def test_neighbouring_bands_leave_no_gap_and_no_overlap(one, other, value):
    low, high = sorted((one, other))
    known = facts(ratio=value)
    bands = (Band("ratio", below=low), Band("ratio", at_least=low, below=high), Band("ratio", at_least=high))
    assert sum(holds(band, known) for band in bands) == 1
