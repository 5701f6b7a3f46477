"""Figures add where their definition says so, exactly, and nowhere else."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.definition import Adding, Field
from luoshi.lists.total import may_add, totals
from luoshi.terms.number import plain

MONEY = Field("money", "decimal", "总投资", unit="万元", adds=Adding())


def _target(definitions, **changed):
    row = {
        "indicator": "新增规上企业", "kind": "at_least", "value": "5", "unit": "家", "basis": "absolute",
        "accumulation": "cumulative", "parent": "target:1", "state": "assigned",
    }  # fmt: skip
    return row | changed


def _sum(definitions, *rows):
    found = totals([definitions["target"].fields["value"]], rows)
    return (found["value"].amount, found["value"].symbol) if found else None


def test_parts_of_one_target_add_in_their_unit_whatever_they_are_called(definitions):
    # 5 + 2.5 + 0.1 = 7.6
    rows = [_target(definitions, value=value, indicator=f"片区{value}") for value in ("5", "2.5", "0.1")]
    assert _sum(definitions, *rows) == (Fraction("7.6"), "家")


def test_targets_that_are_no_parts_add_only_as_the_same_indicator(definitions):
    whole = {"parent": ""}
    assert _sum(definitions, _target(definitions, **whole), _target(definitions, **whole)) == (10, "家")
    assert _sum(definitions, _target(definitions, **whole), _target(definitions, indicator="别的", **whole)) is None


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "户"},
        {"parent": "target:2"},
        {"parent": ""},  # the whole beside its part would count twice
        {"kind": "growth", "unit": "%"},
        {"kind": "rank", "unit": "位"},
        {"basis": "share", "unit": "%"},
        {"accumulation": "level"},
        {"state": "withdrawn"},
    ],
)
def test_what_is_not_alike_or_never_adds_gives_no_sum(definitions, other):
    assert _sum(definitions, _target(definitions), _target(definitions, **other)) is None


def test_rates_that_are_all_alike_still_do_not_add(definitions):
    rates = {"unit": "%", "indicator": "参保率"}
    assert _sum(definitions, _target(definitions, **rates), _target(definitions, **rates)) is None
    assert [may_add(symbol) for symbol in ("%", "‰", "个百分点", "倍", "亿元", "家", "")] == [False] * 4 + [True] * 3


def test_one_row_has_no_total_and_no_rows_neither():
    assert totals([MONEY], [{"money": "3"}]) == {}
    assert totals([MONEY], []) == {}


def test_rows_without_a_figure_are_counted_and_a_column_without_any_has_no_sum():
    found = totals([MONEY], [{"money": "3"}, {"money": ""}, {}, {"money": "-1"}])["money"]
    assert (found.amount, found.missing, found.symbol) == (2, 2, "万元")
    assert totals([MONEY], [{}, {}]) == {}


def test_a_column_that_does_not_say_it_adds_is_left_alone_and_no_row_is_read():
    def unread():
        raise AssertionError
        yield {}

    assert totals([Field("tax", "decimal", "税收", unit="万元")], unread()) == {}


@given(st.lists(st.decimals(-(10**12), 10**12, places=4), min_size=2, max_size=30))
def test_the_sum_is_exact_and_does_not_depend_on_the_order(figures):
    rows = [{"money": plain(figure)} for figure in figures]
    found = totals([MONEY], rows)["money"].amount
    assert found == sum(map(Fraction, map(Decimal, figures)), Fraction(0))
    assert totals([MONEY], rows[::-1])["money"].amount == found
