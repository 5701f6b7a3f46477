from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from luoshi.publication.wording import (
    chinese_ordinal,
    listed,
    one_line,
    percent,
    points_behind,
    printable,
    quantity,
    sentence,
    width,
    written,
)
from luoshi.terms.unit import Quantity


@given(st.text(st.characters()))
def test_printable_text_can_always_stand_in_xml(text):
    element = etree.Element("t")
    element.text = printable(text)
    assert etree.fromstring(etree.tostring(element)).text == (printable(text) or None)


def test_line_breaks_and_tabs_stay_and_control_characters_go():
    assert printable("甲\x00\x0b乙\x07\r\n丙\t丁\ud800\ufffe") == "甲乙\n丙\t丁"


def test_one_line_joins_chinese_without_a_gap():
    assert one_line("  完成投资 \n  80亿元\t以上 ") == "完成投资80亿元 以上"


@pytest.mark.parametrize(
    ("value", "text"),
    [("12.5", "12.5"), ("-3.2", "−3.2"), ("0", "0"), (Fraction(2, 3), "0.6667"), ("88.10", "88.1"), ("-0.00001", "0")],
)
def test_a_number_is_written_short_with_a_true_minus(value, text):
    assert written(Fraction(value)) == text


def test_percentages_and_quantities():
    assert percent(Fraction(162, 222)) == "72.97%"
    assert percent(Fraction(3, 4)) == "75%"
    assert quantity(Quantity.of("-3.2", "万吨")) == "−3.2万吨"
    assert quantity(None) == "—"
    assert quantity(Quantity.of("0.1234", "万吨")) == "0.1234万吨"
    assert quantity(Quantity.of("14.285714", "%")) == "14.29%"  # computed: 2 / 14


def test_points_are_taken_from_the_percentages_as_printed():
    assert points_behind(Fraction(3, 4), Fraction("0.626")) == Decimal("12.4")  # domain.md §1.4: 75 − 62.6
    assert points_behind(Fraction(2, 3), Fraction(1, 3)) == Decimal("33.34")  # 66.67 − 33.33, not 33.33
    assert points_behind(Fraction(1, 2), Fraction(3, 5)) == -10


@pytest.mark.parametrize(
    ("text", "said"), [("用地滞后", "用地滞后。"), ("已完成。", "已完成。"), ("好；", "好。"), (" \n", "")]
)
def test_a_sentence_ends_once(text, said):
    assert sentence(text) == said


def test_names_are_listed_and_counted():
    assert listed(("甲局", "乙局")) == "甲局、乙局"
    assert listed(["甲局", "乙局", "丙局"], at_most=2) == "甲局、乙局等3个"


@pytest.mark.parametrize(
    ("n", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_headings_are_counted_in_chinese(n, text):
    assert chinese_ordinal(n) == text


def test_full_width_characters_count_one_and_digits_half():
    assert width("2023年“通报”") == 2 + 1 + 4
