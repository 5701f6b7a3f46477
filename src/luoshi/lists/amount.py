"""Figures as people type them: 3.1万平方米, ３．１, 31,000 平方米; understood in the unit the field is kept in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from luoshi.lists.definition import Field
from luoshi.lists.entry import Entry
from luoshi.lists.value import half_width, parse
from luoshi.terms.number import plain
from luoshi.terms.refusal import FieldError
from luoshi.terms.unit import Quantity, UnitMismatch, unit

_WRITTEN = re.compile(r"([+\-−]?[0-9][0-9,]*(?:\.[0-9]+)?)([^0-9]*)\Z")
_SPACE = re.compile(r"\s+")
_SCALES = ("万亿", "千亿", "百亿", "亿", "千万", "百万", "万")
"""What people write for the whole unit: 3.1万 where the field is in 万平方米, or in 平方米."""
_POINTS = frozenset({"个百分点", "百分点"})
"""A difference of rates, not a rate: never converted into one."""


def split_amount(text: str) -> tuple[str, str] | None:
    """The figure and the unit written after it (empty for none); None when it is no figure."""
    found = _WRITTEN.match(_SPACE.sub("", half_width(text)))
    return (found[1], found[2].rstrip("。;；")) if found else None


def amount_in(field: Field, typed: str, symbol: str) -> str | FieldError:
    """What was typed, as a plain figure in the unit of the field.

    Args:
        field: a field of type decimal or integer.
        typed: with a unit or without; without one the figure is taken to be in ``symbol``.
        symbol: the unit the field is kept in; empty for a bare number.

    Returns:
        The figure, or what was typed when it is no figure (``lists.value.parse`` says so); an error naming both
        units when one does not convert into the other exactly.
    """
    found = split_amount(typed)
    if found is None or not found[1]:
        return found[0] if found else typed
    number = parse(field, found[0])
    if not isinstance(number, Decimal):
        return number if isinstance(number, FieldError) else typed
    return _converted(field, Fraction(number), found[1], symbol, typed)


def in_own_unit(field: Field, content: object, typed: Mapping[str, object], entry: Entry | None) -> object:
    """A figure typed with its unit (10个, 3.1万平方米) as the plain figure of the field; all else as typed."""
    if field.type not in {"decimal", "integer"} or not isinstance(content, str):
        return content
    named = field.adds.unit if field.adds else ""
    beside = typed.get(named) or (entry.values.get(named) if entry else "") if named else ""
    symbol = field.unit or str(beside or "")
    return amount_in(field, content, symbol) if symbol else content


def _converted(field: Field, number: Fraction, written: str, symbol: str, typed: str) -> str | FieldError:
    if not symbol:
        return FieldError(field.name, f"“{field.label}”没有计量单位，不能填“{written}”，请只填数字。", typed)
    amount = _in(number, written + _unscaled(symbol) if written in _SCALES else written, symbol)
    if amount is None:
        message = (
            f"“{field.label}”以“{symbol}”为单位，不能填“{written}”，请按“{symbol}”填写，如“{plain(number)}{symbol}”。"
        )
        return FieldError(field.name, message, typed)
    if Fraction(plain(amount)) != amount:
        message = f"“{field.label}”填的“{written}”折合“{symbol}”除不尽，请直接按“{symbol}”填写。"
        return FieldError(field.name, message, typed)
    return plain(amount)


def _in(number: Fraction, written: str, symbol: str) -> Fraction | None:
    """The figure in the other unit; None when the two do not measure the same."""
    given, wanted = unit(written), unit(symbol)
    if (given.symbol in _POINTS) != (wanted.symbol in _POINTS):
        return None
    try:
        return Quantity(number, given).to(wanted).amount
    except UnitMismatch:
        return None


def _unscaled(symbol: str) -> str:
    """平方米 of 万平方米; a unit of its own such as 千瓦 stays whole."""
    for scale in _SCALES:
        if symbol.startswith(scale):
            return symbol[len(scale) :]
    return symbol
