"""How figures and text are written on official paper (domain.md §14.1): clean, full-width, −3.2, 72.97%."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from luoshi.terms.number import Exact, plain, round_half_up
from luoshi.terms.unit import Quantity

# What XML 1.0 cannot hold: control characters but tab and line breaks, lone surrogates, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SENTENCE_END = "。！？；"


def printable(text: str) -> str:
    """The text without characters that would break an office file; line breaks become plain ones."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text as one clean line: runs of white space that hold a line break vanish, others stay."""
    return re.sub(r"[^\S\n]*\n\s*", "", printable(text).strip()).replace("\t", " ")


def written(value: Exact, places: int = 4) -> str:
    """The number as officials write it: 12.5, −3.2; exact up to ``places`` decimals, else rounded half-up."""
    text = plain(round_half_up(value, places))
    return text.replace("-", "−")


def percent(share: Exact, places: int = 2) -> str:
    """A share (0.7297) as a percentage without trailing zeros: 72.97%."""
    return f"{written(Fraction(share) * 100, places)}%"


def quantity(amount: Quantity | None, missing: str = "—") -> str:
    """The amount with its unit, −3.2万吨; ``missing`` where there is none.

    A figure of more than four decimals was computed (14.285714…) and is shown with two.
    """
    if amount is None:
        return missing
    places = 4 if Fraction(round_half_up(amount.amount, 4)) == Fraction(amount.amount) else 2
    return f"{written(amount.amount, places)}{amount.unit.symbol}"


def points_behind(expected: Exact, reached: Exact) -> Decimal:
    """By how many percentage points the share reached stays below the expected one; negative when ahead.

    Taken from the two percentages as printed, so that a reader who subtracts finds the same.
    """
    return round_half_up(Fraction(expected) * 100, 2) - round_half_up(Fraction(reached) * 100, 2)


def sentence(text: str) -> str:
    """The text on one line, closed by 。 unless it already ends as a sentence; empty stays empty."""
    line = one_line(text).rstrip("，、,;；.。 ")
    if not line:
        return ""
    return line if line[-1] in _SENTENCE_END else f"{line}。"


def listed(names: tuple[str, ...] | list[str], at_most: int = 0) -> str:
    """Names joined by 、; beyond ``at_most`` (0: no limit) the rest is counted: 甲、乙等5个单位 needs its own noun."""
    clean = [one_line(name) for name in names]
    if at_most and len(clean) > at_most:
        return "、".join(clean[:at_most]) + f"等{len(clean)}个"
    return "、".join(clean)


_DIGITS = "零一二三四五六七八九"


def chinese_ordinal(number: int) -> str:
    """The number in the characters of headings, 1 to 99: 三, 十, 二十一; beyond that Arabic digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def width(text: str) -> Fraction:
    """How many full-width characters the text takes: ASCII and half-width signs count half."""
    return Fraction(sum(1 if ord(sign) < 0x2000 and sign not in "—“”‘’…×·" else 2 for sign in text), 2)
