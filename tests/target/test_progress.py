"""Done or not, settled or not, and what zero, missing, not yet due, provisional and revised mean."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.target.actual import Actual, Placing, Quality, RateOfChange, Reached, Share
from luoshi.target.kind import Strength, TargetKind, kind_of
from luoshi.target.node import Node
from luoshi.target.progress import Meaning, Outcome, outcome, progress
from luoshi.target.target import Target
from luoshi.terms.trace import Step
from luoshi.terms.unit import Quantity

Q = Quantity.of
SEPTEMBER, YEAR_END = date(2023, 9, 30), date(2023, 12, 31)


def of(target, measured, as_of=SEPTEMBER, **more):
    return progress(target, Actual(measured, as_of, "填报", **more), as_of=as_of, due_on=YEAR_END)


def test_an_amount_promised_is_done_once_it_is_there_and_nothing_undoes_it():
    reached = of(Target.of("at_least", 15, "亿元"), Q(16, "亿元"))
    assert (reached.is_done, reached.is_settled, reached.shown) == (True, True, "106.67%")
    assert reached.meanings == (Meaning.OVERSHOOT,)


def test_an_unemployment_rate_of_2_1_keeps_the_ceiling_of_3():
    # domain.md §0.4: 控制在3%以内, actual 2.1 → done; before the year ends it may still rise
    target = Target.of("at_most", 3, "%")
    in_september, in_december = of(target, Q("2.1", "%")), of(target, Q("2.1", "%"), YEAR_END)
    assert (in_september.is_done, in_september.is_settled) == (True, False)
    assert Meaning.NOT_YET_DUE in in_september.meanings
    assert (in_december.is_done, in_december.is_settled, in_december.meanings) == (True, True, ())


def test_an_aspiration_of_750_missed_with_738_is_no_failed_commitment():
    # domain.md §0.4: 738 ÷ 750 = 98.4 %
    target = Target.of("at_least", 750, "亿元", strength=Strength.ASPIRED)
    reached = of(target, Q(738, "亿元"), YEAR_END)
    assert reached.shown == "98.40%"
    assert outcome(target, reached, is_final=True) is Outcome.ASPIRATION_MISSED


@pytest.mark.parametrize(
    ("fallen", "result"), [("19.9", Outcome.MISSED), ("19.96", Outcome.MISSED), ("20", Outcome.REACHED)]
)
def test_a_reduction_is_compared_unrounded(fallen, result):
    # 确保…下降20%: −19.96 % misses although it prints −20.0 (domain.md §0.5)
    target = Target.of("reduction", 20, "%")
    reached = of(target, RateOfChange(Q(Fraction(100) - Fraction(fallen), "起"), Q(100, "起")), YEAR_END)
    assert outcome(target, reached, is_final=True) is result


def test_before_the_end_a_promise_is_open_unless_it_is_lost():
    target = Target.of("at_most", 5, "起")
    kept, broken = of(target, Q(5, "起")), of(target, Q(6, "起"))
    assert outcome(target, kept, is_final=False) is Outcome.OPEN
    assert broken.is_lost
    assert outcome(target, broken, is_final=False) is Outcome.MISSED


def test_more_than_an_exact_number_is_lost_and_a_level_never_is():
    assert of(Target.of("exactly", 2, "所"), Q(3, "所")).is_lost
    assert not of(Target.of("at_most", 3, "%"), Q(4, "%")).is_lost
    assert not of(Target.of("at_least", 3, "家"), Q(4, "家")).is_lost


def test_a_figure_that_is_missing_is_not_zero():
    target = Target.of("at_least", 15, "亿元")
    missing = progress(target, None, as_of=SEPTEMBER, due_on=YEAR_END)
    zero = of(target, Q(0, "亿元"))
    assert (missing.ratio, missing.shown, missing.percent) == (None, "不适用", None)
    assert missing.meanings == (Meaning.MISSING, Meaning.NOT_YET_DUE)
    assert (zero.ratio, zero.shown) == (Fraction(0), "0.00%")
    assert Meaning.ZERO in zero.meanings


def test_a_figure_missing_at_the_end_is_due():
    assert progress(Target.of("at_least", 1, "个"), None, as_of=YEAR_END, due_on=YEAR_END).meanings == (
        Meaning.MISSING,
    )


@pytest.mark.parametrize(("quality", "meaning"), [("provisional", Meaning.PROVISIONAL), ("revised", Meaning.REVISED)])
def test_provisional_and_revised_figures_say_so(quality, meaning):
    assert meaning in of(Target.of("at_least", 1, "个"), Q(1, "个"), quality=Quality(quality)).meanings


def test_a_revised_figure_keeps_what_it_was():
    reached = of(Target.of("at_least", 1, "个"), Q(2, "个"), quality=Quality.REVISED, revised_from=Q(3, "个"))
    assert [i.value for i in reached.trace.inputs if i.name == "修订前"] == ["3个"]


def test_going_backwards_is_negative_and_never_vanishes():
    # base 100, goal 110, now 90: (90 − 100) ÷ (110 − 100) = −1 (peers.md §1b)
    target = replace(Target.of("at_least", 110, "家"), start=Fraction(100))
    reached = of(target, Q(90, "家"))
    assert (reached.ratio, reached.shown) == (-1, "−100.00%")
    assert Meaning.NEGATIVE in reached.meanings
    assert reached.trace.steps[-1] == Step("实际 ÷ 目标 = （90 − 100）÷（110 − 100）", "−100.00%")


def test_a_ceiling_reached_from_above_goes_backwards_when_it_rises():
    target = replace(Target.of("at_most", 30, "件"), start=Fraction(50))
    assert Meaning.NEGATIVE in of(target, Q(60, "件")).meanings
    assert Meaning.NEGATIVE not in of(target, Q(40, "件")).meanings


def test_zero_accidents_held_at_zero_is_done():
    # start = target = current = 0: others show 0 % (peers.md §1b)
    reached = of(replace(Target.of("hold", 0, "起"), is_falling=True), Q(0, "起"), YEAR_END)
    assert (reached.is_settled, reached.ratio) == (True, 1)


def test_a_rate_without_a_base_is_undefined_and_neither_done_nor_lost():
    reached = of(Target.of("reduction", 20, "%"), RateOfChange(Q(0, "起"), Q(0, "起")))
    assert (reached.is_done, reached.is_lost, reached.ratio) == (False, False, None)
    assert Meaning.UNDEFINED in reached.meanings
    assert all(meaning.label for meaning in Meaning)


def test_a_published_rate_that_differs_is_named():
    change = RateOfChange(Q(110, "亿元"), Q(100, "亿元"), Q("11.0", "%"))
    reached = of(Target.of("growth", 10, "%"), change)
    assert reached.is_done
    assert Meaning.PUBLISHED_DIFFERS in reached.meanings


def test_an_honour_won_and_a_place_are_told_in_words():
    honour = replace(Target.of("honour", indicator="科技创新鼎"), state="授予")
    won = of(honour, Reached("授予"))
    assert (won.is_settled, won.meanings) == (True, ())
    placed = of(Target.of("rank", 1, "名"), Placing(2, 6))
    assert placed.trace.steps == (Step("第2名不符合“前1名”"),)
    assert (placed.is_done, placed.meanings) == (False, (Meaning.NOT_YET_DUE,))


def test_a_target_of_nodes_is_done_when_all_are_accepted():
    nodes = [Node("一", date(2023, 3, 1), Fraction(1), date(2023, 3, 1)), Node("二", date(2023, 6, 1), Fraction(1))]
    half = progress(Target.of("nodes"), None, as_of=SEPTEMBER, nodes=nodes)
    assert (half.is_done, half.ratio, half.meanings) == (False, Fraction(1, 2), ())
    full = progress(Target.of("nodes"), None, as_of=SEPTEMBER, nodes=nodes[:1])
    assert full.is_settled
    none = progress(Target.of("nodes"), None, as_of=SEPTEMBER, nodes=nodes[1:])
    assert none.meanings == (Meaning.ZERO,)


def test_a_target_of_nodes_without_nodes_is_missing_them():
    reached = progress(Target.of("nodes"), None, as_of=SEPTEMBER)
    assert (reached.is_done, reached.meanings) == (False, (Meaning.MISSING,))


def test_without_a_last_day_a_figure_is_judged_at_once():
    reached = progress(Target.of("share", 99, "%"), Actual(Share(Q(99, "人"), Q(100, "人"))), as_of=SEPTEMBER)
    assert (reached.is_settled, reached.meanings) == (True, ())


def test_the_trace_holds_promise_figure_day_origin_and_arithmetic():
    trace = of(Target.of("at_least", 15, "亿元"), Q(12, "亿元")).trace
    assert [(i.name, i.value, i.on, i.origin) for i in trace.inputs] == [
        ("目标", "不少于15亿元", None, ""),
        ("实际", "12亿元", SEPTEMBER, "填报"),
    ]
    assert trace.steps == (Step("12亿元不符合“不少于15亿元”"), Step("实际 ÷ 目标 = 12 ÷ 15", "80.00%"))


def test_a_range_overshot_says_so():
    target = replace(Target.of("range", 3, "个"), upper=Fraction(5))
    assert Meaning.OVERSHOOT in of(target, Q(6, "个")).meanings
    assert Meaning.OVERSHOOT not in of(target, Q(5, "个")).meanings


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_unit_a_value_is_written_in_changes_nothing(goal, value):
    in_units = of(Target.of("at_least", goal, "元"), Q(value, "元"))
    in_ten_thousands = of(Target.of("at_least", Fraction(goal, 10**4), "万元"), Q(Fraction(value, 10**8), "亿元"))
    assert in_units.ratio == in_ten_thousands.ratio
    assert in_units.meanings == in_ten_thousands.meanings


GOLD = Path(__file__).parents[3] / "shared" / "gold" / "xinchang-2023.gold.jsonl"


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated document is not beside this checkout")
def test_every_number_promised_in_the_example_is_done_when_exactly_reached():
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    promised = [line for line in lines if line["role"] == "target"]
    for line in promised:
        kind = kind_of(line["comparator"], line["basis"], line["indicator"])
        target = Target.of(kind, str(line["value"]), line["unit"], indicator=line["indicator"])
        exactly = of(target, Quantity(target.value, target.unit), YEAR_END)
        assert (exactly.is_settled, exactly.ratio) == (True, 1), line["quote"]
        beyond = target.value + (1 if kind is TargetKind.AT_MOST else -Fraction(1, 1000))
        assert not of(target, Quantity(beyond, target.unit), YEAR_END).is_done, line["quote"]
    assert len(promised) > 90
