"""The numbers that Word draws itself: 一、 1. （一） are no text in the file and are restored from its rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from luoshi.terms.pattern import pattern

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "japaneseDigitalTen", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographTraditional", "koreanDigital",
}  # fmt: skip
_SLOT = pattern(r"%([1-9])")
_NUMBER_LIMIT = 9_999


def in_chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零五 … 九千九百九十九; digits beyond."""
    if not 0 < number <= _NUMBER_LIMIT:
        return str(number)
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += _DIGITS[digit] + name
        elif words and number and not words.endswith("零"):
            words += "零"
    return words.removeprefix("一") if words.startswith("一十") else words


def written(number: int, style: str) -> str:
    """One number in a style of Word (``w:numFmt``); "" for bullets."""
    if style in {"bullet", "none"}:
        return ""
    if style in _CHINESE:
        return in_chinese(number)
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "decimalFullWidth":
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if style in {"lowerLetter", "upperLetter"} and 1 <= number <= 26:
        return chr((97 if style == "lowerLetter" else 65) + number - 1)
    return str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of an automatic numbering."""

    start: int
    style: str
    pattern: str


@dataclass(slots=True)
class Numbering:
    """自动编号: the rules of ``numbering.xml`` and how far each list has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def mark(self, identity: str, depth: int) -> str:
        """The mark of the next paragraph of list ``identity`` at ``depth`` (0 to 8); "" when it has none."""
        abstract, starts = self.lists.get(identity, ("", {}))
        levels = self.levels.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counted.setdefault(abstract, {})
        if identity not in self.begun:
            self.begun.add(identity)
            for own in starts:
                counts.pop(own, None)
        first = starts.get(depth, level.start)
        counts[depth] = counts[depth] + 1 if depth in counts else first
        for below in [one for one in counts if one > depth]:
            del counts[below]

        def number(slot: re.Match[str]) -> str:
            at = int(slot[1]) - 1
            other = levels.get(at)
            return written(counts.get(at, other.start), other.style) if other else ""

        return "" if level.style in {"bullet", "none"} else _SLOT.sub(number, level.pattern)


def read_numbering(root: Any) -> Numbering:
    """The rules in the root element of ``numbering.xml``; None gives rules without a list."""
    numbering = Numbering()
    if root is None:
        return numbering
    for abstract in root.iter(f"{W}abstractNum"):
        identity = abstract.get(f"{W}abstractNumId", "")
        numbering.levels[identity] = {
            _whole(level.get(f"{W}ilvl"), 0): _Level(
                _whole(_value(level, "start"), 1), _value(level, "numFmt") or "decimal", _value(level, "lvlText") or ""
            )
            for level in abstract.findall(f"{W}lvl")
        }
    for one in root.iter(f"{W}num"):
        starts = {
            _whole(change.get(f"{W}ilvl"), 0): _whole(_value(change, "startOverride"), 1)
            for change in one.findall(f"{W}lvlOverride")
            if _value(change, "startOverride") is not None
        }
        numbering.lists[one.get(f"{W}numId", "")] = (_value(one, "abstractNumId") or "", starts)
    return numbering


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    value: str | None = None if found is None else found.get(f"{W}val")
    return value


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) <= 6 else otherwise


def read_styles(root: Any) -> dict[str, tuple[str, str, int]]:
    """For each style of ``styles.xml``: the style it is based on, its list and its depth (-1: not said)."""
    found: dict[str, tuple[str, str, int]] = {}
    if root is None:
        return found
    for style in root.iter(f"{W}style"):
        list_, depth = numbered(style)
        found[style.get(f"{W}styleId", "")] = (_value(style, "basedOn") or "", list_, depth)
    return found


def numbered(element: Any) -> tuple[str, int]:
    """The list and depth that a paragraph or style names itself; ``("", -1)`` for what it leaves open."""
    found = element.find(f"{W}pPr/{W}numPr")
    if found is None:
        return "", -1
    depth = _value(found, "ilvl")
    return _value(found, "numId") or "", _whole(depth, 0) if depth is not None else -1


def list_of(paragraph: Any, styles: dict[str, tuple[str, str, int]]) -> tuple[str, int]:
    """The list and depth of a paragraph, its own or its style's; list "0" and "" mean none."""
    list_, depth = numbered(paragraph)
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    style = found.get(f"{W}val", "") if found is not None else ""
    for _ in range(12):  # styles are based on styles; a circle ends here
        if (list_ and depth >= 0) or style not in styles:
            break
        style, its_list, its_depth = styles[style]
        list_ = list_ or its_list
        depth = depth if depth >= 0 else its_depth
    return list_, max(depth, 0)
