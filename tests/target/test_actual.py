from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.target.actual import mean
from luoshi.terms.number import fixed
from luoshi.terms.unit import Quantity, UnitMismatch


def test_the_mean_of_three_years_is_exact():
    # (10 + 8 + 9) ÷ 3 = 9 accidents (domain.md §11)
    assert mean([Quantity.of(n, "起") for n in (10, 8, 9)]) == Quantity.of(9, "起")
    assert mean([Quantity.of(n, "人") for n in (1, 1, 2)]).amount == Fraction(4, 3)


def test_years_written_in_different_units_are_brought_together():
    assert mean([Quantity.of(1, "亿元"), Quantity.of(30000, "万元")]) == Quantity.of(2, "亿元")


def test_nothing_has_no_mean():
    with pytest.raises(ValueError):
        mean([])


def test_unlike_things_have_no_mean():
    with pytest.raises(UnitMismatch):
        mean([Quantity.of(1, "亿元"), Quantity.of(1, "家")])


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6))
def test_the_mean_does_not_depend_on_order(numbers):
    quantities = [Quantity.of(n, "起") for n in numbers]
    assert mean(quantities) == mean(quantities[::-1])


def test_a_mean_that_does_not_end_is_exact_and_only_rounded_when_shown():
    # eleven months of 100 and one of 99.5: 1199.5 ÷ 12 = 99.958333…, where others threw (peers.md §1b)
    months = [Quantity.of(100, "分")] * 11 + [Quantity.of("99.5", "分")]
    assert mean(months).amount == Fraction(2399, 24)
    assert fixed(mean(months).amount, 2) == "99.96"


def test_a_mean_over_some_months_is_divided_by_those_months():
    # others still divided three months by 12 (peers.md §1b): (100 + 100 + 99.5) ÷ 3 = 99.8333…
    assert mean([Quantity.of(n, "分") for n in ("100", "100", "99.5")]).amount == Fraction(599, 6)
