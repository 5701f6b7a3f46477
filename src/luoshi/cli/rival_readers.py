"""Readers of amounts to compare ours with: one pattern, and libraries that are used where they happen to be installed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from luoshi.terms.unit import Quantity


@dataclass(frozen=True, slots=True)
class ReadAmount:
    """读数: an amount as a reader found it. ``value`` is in base units of ``unit`` (15亿元 is 1,500,000,000元).

    ``indicator``, ``comparator`` and ``basis`` are None from readers that give none.
    """

    start: int
    value: Fraction | None
    unit: str = ""
    indicator: str | None = None
    comparator: str | None = None
    basis: str | None = None


Reader = Callable[[str], list[ReadAmount]]

_SCALE = "万亿|千万|百万|[万亿千百]"
_PATTERN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>(?:" + _SCALE + r")?"
    r"(?:个百分点|平方公里|平方米|立方米|公里|千瓦|亿元|万元|元|亩|公顷|吨|[%％]|[个家所项场名人套户条座处件次种辆台]|))"
    r"(?P<after>以上|以内|左右)?"
)
_AFTER = {"以上": ">=", "以内": "<=", "左右": "~"}
_YUAN = {"Chinese yuan": "元", "$": "元", "CNY": "元"}
_LENGTH = {
    "kilometre": "公里",
    "Kilometer": "公里",
    "metre": "米",
    "Meter": "米",
    "Square meter": "平方米",
    "Percentage": "%",
}
_UNITS = {**_YUAN, **_LENGTH}


def base_value(value: str, unit: str) -> tuple[Fraction, str]:
    """An amount in base units, and the kind of thing it counts: 15 亿元 is 1,500,000,000 of money."""
    quantity = Quantity.of(value, unit)
    return quantity.amount * quantity.unit.factor, quantity.unit.dimension


def ours() -> Reader:
    """This house's reader."""
    from luoshi.document.load import load
    from luoshi.reading.reading import read

    def found(text: str) -> list[ReadAmount]:
        reading = read(load(text.encode(), "文件.txt"))
        return [
            ReadAmount(
                one.start, Fraction(one.value) if one.value is not None else None, one.unit, one.indicator,
                one.comparator, one.basis,
            )
            for one in reading.targets
        ]  # fmt: skip

    return found


def pattern() -> Reader:
    """One pattern for number and unit; the indicator is the text back to the last mark."""
    return lambda text: list(_by_pattern(text))


def _by_pattern(text: str) -> Iterator[ReadAmount]:
    for found in _PATTERN.finditer(text):
        if text[found.end() : found.end() + 1] in {"年", "月", "日"} or not found["unit"]:
            continue
        begin = max(text.rfind(mark, 0, found.start()) for mark in "，,。；;：:\n") + 1
        before = text[begin : found.start()]
        basis = "growth" if before.endswith("增长") else "reduction" if before.endswith("下降") else "absolute"
        yield ReadAmount(
            found.start(),
            Fraction(found["number"]),
            found["unit"],
            before,
            _AFTER.get(found["after"] or "", "="),
            basis,
        )


def recognizers() -> Reader:
    """recognizers-text: numbers, money and dimensions in Chinese."""
    from recognizers_number import recognize_number  # type: ignore[import-not-found, unused-ignore]
    from recognizers_number_with_unit import (  # type: ignore[import-not-found, unused-ignore]
        recognize_currency,
        recognize_dimension,
    )
    from recognizers_text import Culture  # type: ignore[import-not-found, unused-ignore]

    def found(text: str) -> list[ReadAmount]:
        by_start: dict[int, ReadAmount] = {}
        for recognize in (recognize_currency, recognize_dimension, recognize_number):
            for one in recognize(text, Culture.Chinese):
                value = _exact((one.resolution or {}).get("value"))
                unit = _UNITS.get((one.resolution or {}).get("unit", ""), "")
                by_start.setdefault(one.start, ReadAmount(one.start, value, unit))
        return list(by_start.values())

    return found


def duckling() -> Reader:
    """Duckling, through native bindings: money, quantities, distances and numbers in Chinese."""
    import duckling as native  # type: ignore[import-not-found, unused-ignore]

    moment = native.parse_ref_time(native.load_time_zones("/usr/share/zoneinfo"), "Asia/Shanghai", 1_700_000_000)
    language = native.default_locale_lang(native.parse_lang("ZH"))
    context = native.Context(moment, native.parse_locale("ZH_CN", language))
    wanted = native.parse_dimensions(["amount-of-money", "quantity", "distance", "volume", "number"])

    def found(text: str) -> list[ReadAmount]:
        by_start: dict[int, ReadAmount] = {}
        for one in native.parse(text, context, wanted, False):
            held: Any = one["value"]
            bound = held.get("from") or held.get("to") or held
            amount = ReadAmount(one["start"], _exact(bound.get("value")), _UNITS.get(bound.get("unit", ""), ""))
            if one["dim"] != "number" or one["start"] not in by_start:
                by_start[one["start"]] = amount
        return list(by_start.values())

    return found


def jieba() -> Reader:
    """jieba-fast-dat: tokens tagged as numerals and measures, joined here."""
    from jieba_fast_dat import posseg  # type: ignore[import-not-found, unused-ignore]

    def found(text: str) -> list[ReadAmount]:
        amounts, at, held, begin = [], 0, "", 0
        for token in posseg.cut(text):
            at = text.find(token.word, at)  # blanks are left out between tokens
            joins = token.flag in {"m", "q"} or token.word[0].isdigit() or (held and token.word in {"%", "％", "."})
            if joins and (held or token.word[0].isdigit()):
                begin, held = (begin, held + token.word) if held else (at, token.word)
            elif held:
                amounts.append(_joined(begin, held))
                held = ""
            at += len(token.word)
        return amounts + ([_joined(begin, held)] if held else [])

    return found


def _joined(start: int, words: str) -> ReadAmount:
    number = re.match(r"[0-9]+(?:\.[0-9]+)?", words)
    value = Fraction(number.group()) if number else None
    return ReadAmount(start, value, words[number.end() :] if number else "")


def _exact(value: Any) -> Fraction | None:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


READERS: dict[str, Callable[[], Reader]] = {
    "本系统": ours,
    "单一正则": pattern,
    "recognizers-text": recognizers,
    "duckling": duckling,
    "jieba-fast-dat": jieba,
}
"""By the name shown; making one fails with ImportError where its library is not installed."""
