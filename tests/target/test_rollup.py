"""Sums where the kind adds, findings where the parts do not cover the whole."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.target.rollup import Part, RollUp, check_checkpoint, roll_up, weighted_progress
from luoshi.target.target import Target
from luoshi.terms.finding import Finding
from luoshi.terms.unit import Quantity, UnitMismatch

Q = Quantity.of
WHOLE = Target.of("at_least", 22, "亿元", indicator="片区投资")


def test_the_sum_of_parts_is_the_whole():
    # 8 + 0.7 + (not reported) = 8.7 亿元 of 22
    parts = [
        Part("甲", Q(12, "亿元"), Q(8, "亿元")),
        Part("乙", Q(7, "亿元"), Q(7000, "万元")),
        Part("丙", Q(3, "亿元")),
    ]
    total = roll_up(WHOLE, parts)
    assert (total.target, total.actual, total.missing) == (Q(22, "亿元"), Q("8.7", "亿元"), ("丙",))
    assert total.trace.steps[0].result == "8.7亿元"


def test_rates_never_add():
    said = roll_up(Target.of("share", 99, "%", indicator="参保率"), [Part("甲", Q(99, "%"), Q(98, "%"))])
    assert isinstance(said, Finding)
    assert said.message == "“参保率”是比率、位次或时点数，分项不能相加。"


def test_unlike_parts_are_refused():
    with pytest.raises(UnitMismatch):
        roll_up(WHOLE, [Part("甲", Q(1, "家"))])


@pytest.mark.parametrize(
    ("ratios", "mean"),
    [
        ([(2, Fraction(1, 2)), (3, Fraction(1, 2))], Fraction(1, 2)),  # others: 250 (peers.md §1b)
        ([(1, Fraction(4)), (1, Fraction(0))], Fraction(1, 2)),  # others: 200 %
        ([(1, Fraction(-1)), (1, Fraction(1))], Fraction(1, 2)),
        ([(1, None), (3, Fraction(1))], Fraction(1)),
        ([(1, None)], None),
        ([], None),
    ],
)
def test_progress_of_several_items_is_their_mean_by_weight(ratios, mean):
    assert weighted_progress([(Fraction(w), r) for w, r in ratios]) == mean


def test_reports_are_held_against_the_published_statistic():
    (finding,) = check_checkpoint(WHOLE, Q("22.5", "亿元"), Q(20, "亿元"), "2023年")
    assert finding.message == "填报合计22.5亿元，统计公布20亿元，相差2.5亿元（12.50%）。"
    assert check_checkpoint(WHOLE, Q(200000, "万元"), Q(20, "亿元"), "2023年") == ()
    assert "（" not in check_checkpoint(WHOLE, Q(1, "亿元"), Q(0, "亿元"), "2023年")[0].message


parts = st.lists(
    st.tuples(st.text("甲乙丙", min_size=1), st.integers(0, 10**6), st.none() | st.integers(0, 10**6)), max_size=8
).map(lambda rows: [Part(n, Q(t, "万元"), None if a is None else Q(a, "万元")) for n, t, a in rows])


@given(parts)
def test_the_sum_never_depends_on_row_order(some):
    total = roll_up(WHOLE, some)
    assert isinstance(total, RollUp)
    assert total.actual == Q(sum((p.actual.amount for p in some if p.actual), Fraction(0)) / 10000, "亿元")
    assert (total.target, total.actual) == (roll_up(WHOLE, some[::-1]).target, roll_up(WHOLE, some[::-1]).actual)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.data())
def test_the_whole_is_the_sum_of_its_groups_in_whatever_unit_a_part_is_written(values, data):
    cut = data.draw(st.integers(0, len(values)))
    own = [Part(f"p{i}", Q(v, "万元"), Q(v, "万元")) for i, v in enumerate(values)]
    larger = [Part(f"p{i}", Q(Fraction(v, 10**4), "亿元"), Q(Fraction(v, 10**4), "亿元")) for i, v in enumerate(values)]
    total = roll_up(WHOLE, own).actual.amount
    assert roll_up(WHOLE, larger).actual.amount == total
    assert sum(roll_up(WHOLE, some).actual.amount for some in (own[:cut], own[cut:])) == total
