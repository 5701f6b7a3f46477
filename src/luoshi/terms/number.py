"""Exact numbers: read, compared and rounded without binary floats (domain.md §0.5)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
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
            value = Decimal(value.strip())
        except InvalidOperation:
            raise ValueError(value) from None
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(str(value))
    return Fraction(value)


def round_half_up(value: Exact, places: int = 2) -> Decimal:
    """The value rounded once, half away from zero, to ``places`` decimals (87.425 → 87.43).

    Args:
        value: an exact number of any size; no decimal context cuts its digits.
        places: how many decimals are kept, 0 or more.
    """
    scaled = abs(Fraction(value)) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return _decimal(whole if value >= 0 else -whole, places)


def plain(value: Exact) -> str:
    """The shortest exact decimal writing (``12.5``, ``-3``); repeating fractions get 12 decimals.

    Zero is ``0``, never ``-0`` or ``0.00``.
    """
    fraction = Fraction(value)
    places = _places(fraction)
    number = round_half_up(fraction, 12) if places is None else _decimal((fraction * 10**places).numerator, places)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(value: Exact, places: int) -> str:
    """The value rounded half-up and written with exactly ``places`` decimals, minus as −."""
    return format(round_half_up(value, places), "f").replace("-", "−")


def _places(value: Fraction) -> int | None:
    """How many decimals write the value exactly; None when it repeats for ever."""
    rest, needed = value.denominator, 0
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest //= prime
            times += 1
        needed = max(needed, times)
    return needed if rest == 1 else None


def _decimal(digits: int, places: int) -> Decimal:
    """``digits`` × 10^-places without passing through a decimal context, which would round."""
    return Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), -places))
