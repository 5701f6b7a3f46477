"""Forced to 100, as the bulletins of domain.md §0.2.7 print it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.percentage import forced_to_100, rounded_shares

JINZHAI = {"欠进度": 17, "超进度": 10, "已完成": 24, "其它": 9, "达进度": 162}  # 222 in all


def test_the_residual_goes_to_the_largest_class_as_printed():
    # 162 ÷ 222 = 72.97 → 73.0, but 7.7 + 4.5 + 10.8 + 4.1 = 27.1, so 72.9
    printed = {"欠进度": "7.7", "超进度": "4.5", "已完成": "10.8", "其它": "4.1", "达进度": "72.9"}
    assert forced_to_100(JINZHAI) == {name: Decimal(share) for name, share in printed.items()}


def test_54_of_93_prints_58_07():
    # 39 ÷ 93 = 41.935 → 41.94 rounds up; the printed pair is 41.93 and 58.07 when the rest is split 39 = 30 + 9
    assert rounded_shares({"办结": 54, "其余": 39}, 2)["办结"] == Decimal("58.06")
    assert sum(forced_to_100({"办结": 54, "甲": 30, "乙": 9}, 2).values()) == 100


def test_of_equal_classes_the_first_by_name_takes_the_residual():
    assert forced_to_100({"c": 1, "b": 1, "a": 1}) == {"c": Decimal("33.3"), "b": Decimal("33.3"), "a": Decimal("33.4")}


def test_nothing_to_share_is_nothing():
    assert forced_to_100({"a": 0, "b": 0}) == {"a": Decimal("0.0"), "b": Decimal("0.0")}
    assert rounded_shares({"a": 0}) == {"a": Decimal("0.0")}
    assert forced_to_100({}) == {}


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError):
        forced_to_100({"a": -1, "b": 2})


counts = st.dictionaries(st.text("甲乙丙丁戊", min_size=1, max_size=3), st.integers(0, 500), min_size=1, max_size=6)


@given(counts.filter(lambda c: sum(c.values())), st.integers(0, 3))
def test_the_shares_always_add_up_to_100_whatever_the_row_order(some, places):
    forced = forced_to_100(some, places)
    assert sum(forced.values()) == 100
    assert forced == forced_to_100(dict(reversed(some.items())), places)
    assert list(forced) == list(some)
