"""Exact numbers: read, compared and rounded without binary floats (domain.md §0.5)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

Exact = int | Decimal | Fraction


def exact(value: Exact | str) -> Fraction:
    """The value as a fraction.

    Args:
        value: an exact number, or its decimal writing; thousands commas are not accepted.

    Raises:
        ValueError: the writing is no finite decimal number.
    """
    if isinstance(value, str):
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            raise ValueError(value) from None
        if not number.is_finite():
            raise ValueError(value)
        return Fraction(number)
    return Fraction(value)


def round_half_up(value: Exact, places: int = 2) -> Decimal:
    """The value rounded once, half away from zero, to ``places`` decimals (87.425 → 87.43)."""
    scaled = abs(Fraction(value)) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def plain(value: Exact) -> str:
    """The shortest exact decimal writing (``12.5``, ``-3``); repeating fractions get 12 decimals.

    Raises:
        nothing; zero is ``0``, never ``-0`` or ``0.00``.
    """
    fraction = Fraction(value)
    if _terminates(fraction):
        number = Decimal(fraction.numerator) / Decimal(fraction.denominator)
        if Fraction(number) != fraction:  # more digits than the decimal context holds
            number = _long_division(fraction)
    else:
        number = round_half_up(fraction, 12)
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _terminates(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _long_division(value: Fraction) -> Decimal:
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = (value * 10**places).numerator
    sign = 1 if digits < 0 else 0
    return Decimal((sign, tuple(int(d) for d in str(abs(digits))), -places))


def fixed(value: Exact, places: int) -> str:
    """The value rounded half-up and written with exactly ``places`` decimals, minus as −."""
    return format(round_half_up(value, places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f").replace("-", "−")
