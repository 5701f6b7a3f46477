"""Units convert exactly, and only into their own kind."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.terms.unit import Quantity, UnitMismatch, counts_whole, unit

amounts = st.fractions(max_denominator=10**6)
SAME_KIND = [
    ("公顷", "亩"),
    ("亿元", "万元"),
    ("平方公里", "亩"),
    ("万千瓦", "兆瓦"),
    ("吨", "斤"),
    ("万人", "名"),
    ("%", "个百分点"),
    ("小时", "分钟"),
]


@pytest.mark.parametrize(
    ("amount", "of", "to", "expected"),
    [
        (1, "公顷", "亩", 15),  # 10,000 平方米 ÷ (2,000/3) = 15, exactly
        (15, "亩", "公顷", 1),
        (3, "亩", "平方米", 2000),
        ("7.5", "万千瓦", "兆瓦", 75),  # 75,000 千瓦
        ("1.2", "亿元", "万元", 12000),
        (1, "平方公里", "亩", 1500),  # 1,000,000 ÷ (2,000/3)
        (1, "吨", "斤", 2000),
        ("12.5", "万人", "人", 125000),
        (2, "年", "个月", 24),
        (1, "万平方米", "平方米", 10000),
        (50, "%", "倍", Fraction(1, 2)),
        (2, "百分点", "个百分点", 2),
    ],
)
def test_a_quantity_in_another_unit_of_its_kind(amount, of, to, expected):
    converted = Quantity.of(amount, of).to(unit(to))
    assert converted.amount == expected
    assert converted.unit == unit(to)


@given(amounts, st.sampled_from(SAME_KIND))
def test_converting_there_and_back_loses_nothing(amount, pair):
    there, back = map(unit, pair)
    assert Quantity(amount, there).to(back).to(there) == Quantity(amount, there)


@pytest.mark.parametrize(
    ("of", "to"),
    [("亿元", "家"), ("家", "人"), ("人", "人次"), ("亩", "米"), ("万美元", "万元"), ("家次", "家"), ("天", "个月")],
)
def test_quantities_of_different_kinds_do_not_convert(of, to):
    with pytest.raises(UnitMismatch, match=f"{of} 与 {to} 不是同一类单位"):
        Quantity.of(1, of).to(unit(to))


@pytest.mark.parametrize(
    ("symbol", "dimension", "factor"),
    [
        ("家", "count:家", 1),
        ("万家", "count:家", 10_000),
        ("千万元", "money", 10_000_000),
        ("百万元", "money", 1_000_000),
        ("亿千瓦时", "energy", 10**8),
        ("千瓦", "power", 1),  # a measure of its own, not a thousand of something
        ("千伏安", "count:伏安", 1000),
        ("％", "ratio", Fraction(1, 100)),  # full-width percent sign
        ("㎡", "area", 1),
        (" 亩 ", "area", Fraction(2000, 3)),
        ("", "ratio", 1),
        ("万", "ratio", 10_000),  # a bare scale is a bare number
        ("万亿", "ratio", 10**12),
    ],
)
def test_how_a_unit_is_understood(symbol, dimension, factor):
    found = unit(symbol)
    assert (found.dimension, found.factor) == (dimension, factor)


def test_a_quantity_is_written_as_people_write_it():
    assert str(Quantity.of("7.50", "万千瓦")) == "7.5万千瓦"
    assert str(Quantity.of(Decimal("1E+2"), "家")) == "100家"
    assert str(unit("亿元")) == "亿元"


def test_no_measure_in_the_table_is_empty_or_negative():
    from luoshi.terms.unit import _table

    assert all(factor > 0 for _, factor in _table().values())
    assert len({dimension for dimension, _ in _table().values()}) > 10


@pytest.mark.parametrize("symbol", ["家", "个", "名", "场", "人次", "万人", "千个", "万人次"])
def test_pieces_and_people_come_whole(symbol):
    assert counts_whole(symbol)


@pytest.mark.parametrize("symbol", ["亿元", "亩", "%", "个百分点", "吨", "吨标准煤", "万", "公里", ""])
def test_measures_do_not_come_whole(symbol):
    assert not counts_whole(symbol)
