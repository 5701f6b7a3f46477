"""Find every number with one compiled pattern and read outward to its unit and comparator.

Nothing is decided here about what a number means; ``role`` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from luoshi.reading.numeral import arabic, chinese, fraction
from luoshi.reading.words import either, guarded, mapping, words

_D = "[0-9０-９]"
_ARABIC = rf"{_D}+(?:[,，]{_D}{{3}}(?!{_D}))*(?:[.．]{_D}+)?"
_HAN = "[一二两三四五六七八九十百千]"
_TO = r"(?:[-－—–~～]{1,2}|至|到)"
_COUNTERS = either(words("units", "numeral_counter"))
_NUMBER = re.compile(
    rf"(?P<arabic>{_ARABIC})"
    rf"|(?P<fraction>{_HAN}{{1,6}}分之{_HAN}{{1,6}})"
    rf"|(?P<times>翻(?P<fold>[一两三])番)"
    rf"|(?P<han>{_HAN}{{1,6}})(?:余|多)?(?:{_COUNTERS}|成(?=以上|左右|以内|[，。；、]))"
    r"|(?P<bare>(?:[百千十]?亿|(?<=[^0-9０-９多余])万亿|[百千十]万|(?<=[^0-9０-９多余])万)(?=元以上|元以下|级|以上|元级|吨级|斤级))"
)
_BLANK = r"[ \u3000\xa0]?"
_SCALE = re.compile(rf"{_BLANK}(?:{either(words('units', 'scales'))})")
_MORE = re.compile("[多余来]")
_MEASURES = ("money", "percent", "times", "measure", "counter", "time")
_CATEGORY = {unit: name for name in _MEASURES for unit in words("units", name)}
for _name in ("counter", "time"):
    _CATEGORY.update(dict.fromkeys(words("units", _name), _name))
_CATEGORY.update(dict.fromkeys(words("units", "goal_time"), "counter"))
_NOT_BEFORE = mapping("units", "not_before")
_UNIT = re.compile(rf"{_BLANK}(?P<unit>{guarded(_CATEGORY, _NOT_BEFORE)})")
_OR_UNIT = re.compile("[（(][^（）()0-9含]{1,3}[)）](?=以上|以内|以下|左右|[，。；、])")
_RANGE = re.compile(rf"{_TO}(?P<arabic>{_ARABIC})")
_AT_LEAST, _AT_MOST, _ABOUT = (words("words", f"after_{name}") for name in ("at_least", "at_most", "about"))
_AFTER = re.compile(rf"(?:[（(]含[）)])?(?P<word>{either(_AT_LEAST + _AT_MOST + _ABOUT)})")
_COMPARE = dict.fromkeys(_AT_LEAST, ">=") | dict.fromkeys(_AT_MOST, "<=") | dict.fromkeys(_ABOUT, "~")
_LATIN_BEFORE = re.compile("[A-Za-z]+[-—.]?$")
_CODE = re.compile(rf"(?:[A-Za-z]+(?:级|类|景区)?|[+＋][0-9A-Za-z０-９]*)+|(?:[.:：∶/]{_D}+)+|-{_D}+-{_D}+")
_YEAR = re.compile(rf"年(?:度|{_D}{{1,2}}月(?:{_D}{{1,2}}日|底|份)?)?|月{_D}{{1,2}}日|[.-]{_D}{{1,2}}[.-]{_D}{{1,2}}")


class Number(NamedTuple):
    """One number with what belongs to it.

    ``core`` is where unit ends and the trailing comparator begins; ``category`` one of ``money percent times
    measure counter time none code date``; ``form`` how it is written: ``arabic han fraction bare``.
    """

    start: int
    end: int
    core: int
    value: Decimal
    unit: str
    category: str
    form: str
    value_max: Decimal | None = None
    after: str = ""

    @property
    def base_unit(self) -> str:
        """The unit without its scale (万亩 and 亩 are the same thing counted)."""
        return _base_unit(self.unit)


@lru_cache(4096)
def _base_unit(written: str) -> str:
    unit = written.partition("(")[0].partition("（")[0]
    for begin in range(len(unit)):
        if unit[begin:] in _CATEGORY:
            return unit[begin:]
    return written


def numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """Every number of ``text[start:end]`` in order; none overlaps another.

    >>> [n.unit for n in numbers("签约项目12个以上、总投资1.5亿元", 0, 17)]
    ['个', '亿元']
    """
    position = start
    while found := _NUMBER.search(text, position, end):
        number = _one(text, found, position, end)
        position = max(found.end("arabic") if found["arabic"] else found.end(), number.end if number else 0)
        if number:
            yield number


def _one(text: str, found: re.Match[str], start: int, end: int) -> Number | None:
    if found["arabic"]:
        return _arabic(text, found, start, end)
    if found["fraction"]:
        return _with_after(text, found, end, ("", "percent", "fraction", fraction(found["fraction"])))
    if found["times"]:
        return _with_after(text, found, end, ("番", "times", "han", chinese(found["fold"])))
    if found["bare"]:
        unit_at = _UNIT.match(text, found.end(), end)
        stop = unit_at.end() if unit_at else found.end()
        stop += text[stop : stop + 1] == "级"
        after = _AFTER.match(text, stop, end)
        unit = found["bare"] + (unit_at["unit"] if unit_at else "")
        return Number(found.start(), after.end() if after else stop, stop, Decimal(1), unit, "money", "bare")
    unit = found.group()[len(found["han"]) :].lstrip("余多")
    if found["han"] in {"一", "千", "百"} or set(found["han"]) & set("千") or unit == "番":
        return None
    return _with_after(text, found, end, (unit, _CATEGORY.get(unit, "counter"), "han", chinese(found["han"])))


def _with_after(text: str, found: re.Match[str], end: int, kind: tuple[str, str, str, Decimal]) -> Number:
    unit, category, form, value = kind
    after = _AFTER.match(text, found.end(), end)
    stop = after.end() if after else found.end()
    return Number(found.start(), stop, found.end(), value, unit, category, form, None, after["word"] if after else "")


def _arabic(text: str, found: re.Match[str], start: int, end: int) -> Number:
    first, stop = found.start(), found.end()
    value = arabic(found["arabic"])
    coded = _code(text, first, stop, start, end)
    if coded:
        return Number(coded[0], coded[1], coded[1], value, "", "code", "arabic")
    dated = _YEAR.match(text, stop, end)
    if dated and _is_date(found["arabic"], dated.group()):
        return Number(first, dated.end(), dated.end(), value, "年", "date", "arabic")
    unit, category, stop = _unit(text, stop, end)
    value_max = None
    ranged = _RANGE.match(text, stop, end)
    if ranged:
        value_max = arabic(ranged["arabic"])
        wider, category_of_range, stop = _unit(text, ranged.end(), end)
        unit, category = (wider, category_of_range) if wider else (unit, category)
        if value_max <= value or category == "none":
            value_max = None
    if category == "time" and unit in {"月", "日"} and value_max is None:
        category = "date"
    if category == "time" and unit == "年" and value > 1000:
        category = "date"
    after = _AFTER.match(text, stop, end) if unit else None
    return Number(
        first, after.end() if after else stop, stop, value, unit, category, "arabic", value_max,
        after["word"] if after else "",
    )  # fmt: skip


def _is_date(digits: str, rest: str) -> bool:
    if rest.startswith("年"):
        return len(digits) == 4 and digits[0] in "12１２" and "." not in digits
    if rest.startswith("月"):
        return len(digits) <= 2
    return len(digits) == 4


def _code(text: str, first: int, stop: int, start: int, end: int) -> tuple[int, int] | None:
    """The place of a code that letters or plus signs make of the digits: 5G+, G337, 39X, 4+1."""
    before = _LATIN_BEFORE.search(text, max(start, first - 8), first)
    after = _CODE.match(text, stop, end)
    if after and not before and _UNIT.match(text, stop, end):
        measured = _UNIT.match(text, stop, end)
        if measured and measured.end() >= after.end():
            return None
    if not before and not after:
        return None
    begin = before.start() if before else first
    close = after.end() if after else stop
    if before and not after:  # the digits behind letters may run on: G4012, PM2.5
        return begin, close
    more = _CODE.match(text, close, end)
    return begin, more.end() if more else close


def _unit(text: str, stop: int, end: int) -> tuple[str, str, int]:
    """Unit with scale, its category and where it ends."""
    more = _MORE.match(text, stop, end)
    begin = more.end() if more else stop
    scale = _SCALE.match(text, begin, end)
    after_scale = scale.end() if scale else begin
    written = scale.group().strip() if scale else ""
    again = _MORE.match(text, after_scale, end)
    unit_from = again.end() if again else after_scale
    found = _UNIT.match(text, unit_from, end)
    if found:
        other = _OR_UNIT.match(text, found.end(), end)
        unit = found["unit"] + (other.group() if other else "")
        return written + unit, _CATEGORY[found["unit"]], other.end() if other else found.end()
    if scale:
        return written, "counter", unit_from
    return "", "none", stop


def compare(after: str) -> str:
    """The comparator that a trailing word says: 以上 is ``>=``; nothing for no word."""
    return _COMPARE.get(after, "")
