"""Values of numbers as written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.numeral import arabic, chinese, fraction


@pytest.mark.parametrize(
    ("written", "value"),
    [("15", "15"), ("7.5", "7.5"), ("1,200", "1200"), ("３０", "30"), ("０．５", "0.5"), ("１，２００", "1200")],
)
def test_arabic_digits_are_read_exactly(written, value):
    assert arabic(written) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("两百", 200),
        ("一百五十", 150),
        ("二百零三", 203),
        ("三千", 3000),
        ("两", 2),
    ],
)
def test_chinese_numerals_are_read(written, value):
    assert chinese(written) == value


def test_a_character_that_is_no_numeral_is_refused():
    with pytest.raises(ValueError, match="甲"):
        chinese("甲")


@pytest.mark.parametrize(("written", "value"), [("三分之一", "0.3333"), ("二分之一", "0.5000"), ("四分之三", "0.7500")])
def test_fractions_have_four_places(written, value):
    assert fraction(written) == Decimal(value)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_plain_decimal_is_read_as_itself(value):
    assert arabic(f"{value:f}") == value
