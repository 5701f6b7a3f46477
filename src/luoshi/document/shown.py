"""A cell's value as Excel shows it: 0.56 in the format 0% is 56%."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from luoshi.terms.pattern import pattern

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "yyyy-m-d",
    16: "m-d", 17: "yyyy-m", 22: "yyyy-m-d", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "yyyy-m-d", 31: "yyyy年m月d日",
    36: "yyyy年m月", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 44: "#,##0.00", 49: "@",
    50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
"""Formats that a workbook names by number only."""

_LITERAL = pattern(r'"([^"]*)"|\\(.)')
_LAYOUT = pattern(r"\[[^\]]*\]|_.|\*.")
_FIGURE = pattern(r"[#0?,]*[0#?](?:\.([0#?]*))?")
_DATE = pattern(r"[yd年月日]|m(?!m?s)", re.IGNORECASE)
_SHOWN_DIGITS = Context(prec=11, rounding=ROUND_HALF_UP)
_LARGEST = Decimal(10) ** 30
_LAST_DAY = 2_950_000
"""Days counted, of the year 9976; Excel counts to 9999."""


def shown(value: str, pattern: str, *, since_1904: bool = False) -> str:
    """The words of a number cell.

    Args:
        value: the number as the file writes it.
        pattern: the number format, ``0.0%`` or ``#,##0"家"``; of several sections the first is used.
        since_1904: whether the workbook counts its days from 1904.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number) >= _LARGEST:
        return value
    section = pattern.split(";", maxsplit=1)[0]
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found[1] if found[1] is not None else found[2])
        return chr(0xE000 + len(literals) - 1)

    bare = _LAYOUT.sub("", _LITERAL.sub(keep, section)).strip()
    if _is_date(bare, literals):
        return _day(number, bare + "".join(literals), since_1904=since_1904)
    figure = _FIGURE.search(bare)
    if figure is None or "E+" in bare.upper() or bare.lower() == "general":
        return _plain(_SHOWN_DIGITS.plus(number))
    places = figure[1] or ""
    scaled = number * 100 if "%" in bare else number
    words = _rounded(scaled, len(places), places.count("#") + places.count("?"), "," in figure[0])
    around = bare[: figure.start()] + "\0" + bare[figure.end() :]
    for index, literal in enumerate(literals):
        around = around.replace(chr(0xE000 + index), literal)
    return around.replace("\0", words)


def day_of(value: Decimal, pattern: str, *, since_1904: bool = False) -> date | None:
    """The day a number cell stands for; None where its format shows no year, month and day, or no such day is.

    Args:
        value: the serial number of the day; a time of day after the point is left off.
        pattern: the number format; a month alone is no day.
    """
    literals = [found[1] if found[1] is not None else found[2] for found in _LITERAL.finditer(pattern)]
    bare = _LAYOUT.sub("", _LITERAL.sub("", pattern.split(";", maxsplit=1)[0])).strip()
    written = (bare + "".join(literals)).lower()
    if not _is_date(bare, literals) or not ("d" in written or "日" in written) or not 0 < value < _LAST_DAY:
        return None
    begin = date(1904, 1, 1) if since_1904 else date(1899, 12, 31) if value < 60 else date(1899, 12, 30)
    return begin + timedelta(days=int(value))


def _is_date(bare: str, literals: list[str]) -> bool:
    return (
        not any(sign in bare for sign in "0#%@")
        and bare.lower() != "general"
        and bool(_DATE.search(bare + "".join(literals)))
    )


def _rounded(number: Decimal, places: int, optional: int, grouped: bool) -> str:
    exact = number.quantize(Decimal(1).scaleb(-min(places, 12)), ROUND_HALF_UP, Context(prec=60))
    words = f"{exact:,f}" if grouped else f"{exact:f}"
    for _ in range(optional):
        words = words[:-1] if words.endswith("0") and "." in words else words
    return words.rstrip(".") if "." in words else words


def _plain(number: Decimal) -> str:
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _day(number: Decimal, pattern: str, *, since_1904: bool) -> str:
    """The day of a serial number, with the parts the format shows; Excel takes 1900 for a leap year."""
    days = int(number)
    if not 0 < days < 2_958_466:
        return _plain(number)
    begin = date(1904, 1, 1) if since_1904 else date(1899, 12, 31) if days < 60 else date(1899, 12, 30)
    found = begin + timedelta(days=days)
    lower = pattern.lower()
    parts = [
        (sign, unit, value)
        for sign, unit, value in (("y", "年", found.year), ("m", "月", found.month), ("d", "日", found.day))
        if sign in lower
    ]
    if "年" in pattern or "月" in pattern:
        return "".join(f"{value}{unit}" for _, unit, value in parts)
    return "-".join(f"{value:02d}" for _, _, value in parts)
