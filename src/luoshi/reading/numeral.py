"""The value of a number as written: Arabic with commas and full-width digits, Chinese, or a fraction."""

from __future__ import annotations

from decimal import Decimal

_FULL_WIDTH = {ord(f): a for f, a in zip("０１２３４５６７８９．％", "0123456789.%", strict=True)}
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_PLACES = Decimal("0.0001")


def arabic(written: str) -> Decimal:
    """The value of Arabic digits: ``1,200``, ``7.5``, ``３０``."""
    return Decimal(written.translate(_FULL_WIDTH).replace(",", "").replace("，", ""))


def chinese(written: str) -> Decimal:
    """The value of a Chinese numeral below 万: ``十`` is 10, ``两百五十`` 250, ``二十三`` 23.

    Raises:
        ValueError: a character that is no numeral.
    """
    total, digit = 0, 0
    for character in written:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        elif character in _DIGITS:
            digit = digit * 10 + _DIGITS[character] if digit and not total else _DIGITS[character]
        else:
            raise ValueError(f"not a Chinese numeral: {written!r}")
    return Decimal(total + digit)


def fraction(written: str) -> Decimal:
    """The value of ``三分之一`` to four places (0.3333), as the guide of annotation writes it."""
    below, _, above = written.partition("分之")
    return (chinese(above) / chinese(below)).quantize(_PLACES)
