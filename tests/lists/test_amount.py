"""A figure typed with its unit is understood where it converts exactly, and refused by name where it does not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.amount import amount_in, split_amount
from luoshi.lists.definition import Field
from luoshi.lists.entry import Change
from luoshi.lists.move import Birth, apply, decide
from luoshi.lists.value import parse
from luoshi.terms.number import plain
from luoshi.terms.refusal import FieldError, Refusal
from luoshi.terms.unit import Quantity, unit

VALUE = Field("value", "decimal", "本月累计")


@pytest.mark.parametrize(
    ("typed", "symbol", "kept"),
    [
        ("3.1", "万平方米", "3.1"),
        ("3.1万平方米", "万平方米", "3.1"),
        ("31000平方米", "万平方米", "3.1"),  # 31000 ÷ 10000
        ("31,000 平方米", "万平方米", "3.1"),
        ("３１，０００平方米。", "万平方米", "3.1"),
        ("31000㎡", "万平方米", "3.1"),
        ("3.1万", "万平方米", "3.1"),
        ("3.1万", "平方米", "31000"),
        ("0.45亿", "万元", "4500"),
        ("４５．５", "亿元", "45.5"),
        (" 1 234.5 ", "亿元", "1234.5"),
        ("-0.3亿元", "万元", "-3000"),
        ("−0.3", "亿元", "-0.3"),
        ("7成", "%", "70"),
        ("52％", "%", "52"),
        ("2万", "千瓦", "20000"),
        ("3人", "名", "3"),
        ("12家", "家", "12"),
        ("1公顷", "亩", "15"),
        ("12", "", "12"),
    ],
)
def test_a_figure_is_kept_in_the_unit_of_its_field(typed, symbol, kept):
    found = amount_in(VALUE, typed, symbol)
    assert parse(VALUE, found) == Decimal(kept)


@pytest.mark.parametrize(
    ("typed", "symbol", "message"),
    [
        ("3.1亩", "家", "“本月累计”以“家”为单位，不能填“亩”，请按“家”填写，如“3.1家”。"),
        ("45家", "亿元", "“本月累计”以“亿元”为单位，不能填“家”，请按“亿元”填写，如“45亿元”。"),
        ("2个百分点", "%", "“本月累计”以“%”为单位，不能填“个百分点”，请按“%”填写，如“2%”。"),
        ("45左右", "亿元", "“本月累计”以“亿元”为单位，不能填“左右”，请按“亿元”填写，如“45亿元”。"),
        ("1亩", "公顷", "“本月累计”填的“亩”折合“公顷”除不尽，请直接按“公顷”填写。"),
        ("45%", "", "“本月累计”没有计量单位，不能填“%”，请只填数字。"),
    ],
)
def test_a_wrong_unit_is_named_with_the_right_one(typed, symbol, message):
    found = amount_in(VALUE, typed, symbol)
    assert isinstance(found, FieldError)
    assert (found.field, found.message, found.got) == ("value", message, typed)


@pytest.mark.parametrize("typed", ["约45", "45/50", "3-4", "无", "45亿5", ""])
def test_what_is_no_figure_is_left_to_the_parser(typed):
    assert split_amount(typed) is None
    assert amount_in(VALUE, typed, "亿元") == typed


@pytest.mark.parametrize("typed", ["1,5亿元", "9" * 30 + "亿元"])
def test_a_figure_no_parser_takes_is_refused_with_its_unit_too(typed):
    assert isinstance(amount_in(VALUE, typed, "亿元"), FieldError)


@given(
    st.integers(0, 10**9), st.sampled_from(["元", "万元", "百万元", "亿元"]), st.sampled_from(["元", "万元", "亿元"])
)
def test_money_is_the_same_money_in_any_unit(number, given_in, kept_in):
    found = amount_in(VALUE, f"{number}{given_in}", kept_in)
    assert Quantity.of(found, kept_in).to(unit("元")) == Quantity.of(number, given_in).to(unit("元"))


@given(st.decimals(-(10**6), 10**6, places=3), st.sampled_from(["家", "公里", "人次", "%", "万亩"]))
def test_writing_the_unit_of_the_field_changes_nothing(number, symbol):
    assert amount_in(VALUE, f"{plain(number)}{symbol}", symbol) == plain(number)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12个", Decimal(12)), ("１，２００ 个", Decimal(1200)), ("0.3万", Decimal(3000)), ("12", Decimal(12))],
)
def test_a_figure_may_be_typed_with_the_unit_of_its_entry(definitions, as_of, typed, value):
    target = _adopted(definitions["target"], as_of)
    change = decide(definitions["target"], target, "amend", {"value": typed}, as_of(("supervisor", "fb")), "笔误")
    assert isinstance(change, Change)
    assert apply(target, change)["value"] == value


def test_a_figure_in_another_unit_is_refused_by_name(definitions, as_of):
    target = _adopted(definitions["target"], as_of)
    found = decide(definitions["target"], target, "amend", {"value": "12亩"}, as_of(("supervisor", "fb")), "笔误")
    assert isinstance(found, Refusal)
    assert found.status == 422
    assert "以“个”为单位，不能填“亩”" in found.errors[0].message


def _adopted(definition, as_of):
    typed = {"number": "1.01", "indicator": "建成绿色工厂", "kind": "at_least", "value": "10", "unit": "个"}
    return apply(None, decide(definition, Birth("target:p1:0001", "p1"), "adopt", typed, as_of(("supervisor", "fb"))))
