"""Exact numbers: read, compared and rounded without binary floats (domain.md §0.5)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

Exact = int | Decimal | Fraction
_LONGEST = 12
"""Decimals of what repeats for ever."""


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
    whole = _rounded(value, places)
    return Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -places))


def plain(value: Exact) -> str:
    """The shortest exact decimal writing (``12.5``, ``-3``); repeating fractions get 12 decimals.

    Zero is ``0``, never ``-0`` or ``0.00``.
    """
    fraction = value if isinstance(value, Fraction) else Fraction(value)
    if fraction.denominator == 1:
        return str(fraction.numerator)
    places = _places(fraction.denominator)
    if places is None:
        text = _written(_rounded(fraction, _LONGEST), _LONGEST)
    else:
        text = _written(fraction.numerator * 10**places // fraction.denominator, places)
    return text.rstrip("0").rstrip(".")


def fixed(value: Exact, places: int) -> str:
    """The value rounded half-up and written with exactly ``places`` decimals, minus as −."""
    return _written(_rounded(value, places), places).replace("-", "−")


def _rounded(value: Exact, places: int) -> int:
    """The value × 10^places, half away from zero, in whole numbers: every light writes some twenty figures."""
    if isinstance(value, Decimal):
        value = Fraction(value)
    over, under = abs(value.numerator), value.denominator
    whole: int = (over * 10**places * 2 + under) // (under * 2)
    return whole if value >= 0 else -whole


def _written(digits: int, places: int) -> str:
    """``digits`` × 10^-places in plain decimal writing."""
    sign, text = "-" if digits < 0 else "", str(abs(digits)).rjust(places + 1, "0")
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else f"{sign}{text}"


def _places(denominator: int) -> int | None:
    """How many decimals write a fraction exactly; None when it repeats for ever."""
    rest, needed = denominator, 0
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest //= prime
            times += 1
        needed = max(needed, times)
    return needed if rest == 1 else None
