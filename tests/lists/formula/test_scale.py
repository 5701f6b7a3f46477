from __future__ import annotations

from fractions import Fraction

import pytest

from luoshi.lists.formula.scale import scale


def test_a_quotient_of_units_is_a_unit():
    assert scale("万元").times(scale("亩"), -1).fits(scale("万元/亩"))
    assert not scale("万元/亩").fits(scale("万元/人"))


def test_like_units_cancel_to_a_ratio():
    assert scale("家").times(scale("家"), -1).is_ratio
    assert scale("公顷").times(scale("亩"), -1).factor == 15  # 1 公顷 = 15 亩


@pytest.mark.parametrize(("symbol", "factor"), [("%", Fraction(1, 100)), ("‰", Fraction(1, 1000)), ("", 1), ("分", 1)])
def test_shares_and_points_are_plain_numbers(symbol, factor):
    assert scale(symbol).is_ratio
    assert scale(symbol).factor == factor


def test_a_unit_known_as_a_whole_is_not_taken_apart():
    assert str(scale("微克/立方米")) == "浓度"


def test_scales_are_said_in_words():
    assert str(scale("万元/亩")) == "金额/面积"
    assert str(scale("家")) == "家"
    assert str(scale("")) == "比率"
    assert str(scale("1/人")) == "1/人数"


def test_entries_are_counted_in_things_people_or_their_coming():
    assert [scale(symbol).is_count for symbol in ("家", "件", "人", "人次", "万人", "万元", "亩", "家/人")] == [
        True, True, True, True, True, False, False, False,
    ]  # fmt: skip
