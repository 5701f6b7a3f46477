"""Exact numbers; the second opinion is the decimal module with room for all digits."""

import decimal
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.terms.number import exact, fixed, plain, round_half_up

WIDE = decimal.Context(prec=400, rounding=ROUND_HALF_UP)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40)
fractions = st.fractions(max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("87.425", 2, "87.43"),  # a float would hold 87.42499… and give 87.42
        ("-87.425", 2, "-87.43"),  # half goes away from zero on both sides
        ("1.74375", 4, "1.7438"),  # domain.md §0.5
        ("2.5", 0, "3"),  # half-even would give 2
        ("0.004", 2, "0.00"),
        ("-0.004", 2, "0.00"),  # never -0.00
        ("15", 1, "15.0"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value, places, expected):
    assert str(round_half_up(Decimal(value), places)) == expected


def test_a_third_is_rounded_from_its_exact_value_once():
    # 2/3 = 0.6666…; rounding first to 0.667 and then to 0.67 would be two roundings
    assert round_half_up(Fraction(2, 3), 2) == Decimal("0.67")
    # 0.44 and a repeating rest: rounded in two steps it would climb 0.4449 → 0.445 → 0.45
    assert round_half_up(Fraction(4449, 10000), 2) == Decimal("0.44")


def test_a_number_longer_than_the_decimal_context_keeps_all_its_digits():
    value = 10**40 + 1
    assert str(round_half_up(value, 2)) == f"{value}.00"
    assert fixed(value, 1) == f"{value}.0"


@given(decimals, st.integers(0, 12))
def test_rounding_agrees_with_the_decimal_module(value, places):
    expected = WIDE.quantize(value, Decimal(1).scaleb(-places))
    assert round_half_up(value, places) == expected


@given(fractions, st.integers(0, 8))
def test_rounding_moves_a_number_by_half_a_last_place_at_most(value, places):
    assert abs(Fraction(round_half_up(value, places)) - value) * 2 * 10**places <= 1


@given(fractions, st.integers(0, 8))
def test_rounding_is_symmetric_about_zero(value, places):
    opposite = round_half_up(value, places).copy_negate()  # unary minus would round to 28 digits
    assert round_half_up(-value, places) == opposite


@given(decimals)
def test_what_is_written_plainly_reads_back_as_the_same_number(value):
    assert exact(plain(value)) == Fraction(value)


@given(fractions)
def test_plain_writing_has_no_exponent_no_idle_zero_and_no_negative_zero(value):
    text = plain(value)
    assert "E" not in text
    assert text != "-0"
    assert "." not in text or text[-1] not in "0."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-3.0"), "-3"),
        (Decimal("-0.00"), "0"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(-1, 10**13 * 3), "0"),
        (Fraction(1, 2**40), format(Decimal(5**40).scaleb(-40, WIDE), "f")),  # 1/2^40 = 5^40 / 10^40
        (100, "100"),
    ],
)
def test_the_plain_writing_of_a_number(value, text):
    assert plain(value) == text


def test_a_fixed_writing_keeps_its_decimals_and_a_true_minus_sign():
    assert fixed(Decimal("-1.5"), 2) == "−1.50"
    assert fixed(Fraction(1, 3), 1) == "0.3"
    assert fixed(Decimal("-0.04"), 1) == "0.0"


@pytest.mark.parametrize("text", ["", "十五", "1,200", "NaN", "Infinity", "-inf", "1..2"])
def test_a_writing_that_is_no_finite_number_is_refused(text):
    with pytest.raises(ValueError):
        exact(text)


def test_a_decimal_that_is_no_finite_number_is_refused():
    with pytest.raises(ValueError, match="NaN"):
        exact(Decimal("NaN"))


def test_blanks_around_a_number_do_not_matter():
    assert exact(" 7.5 ") == Fraction(15, 2)
    assert exact(Decimal("7.5")) == exact(Fraction(15, 2)) == Fraction(15, 2)
