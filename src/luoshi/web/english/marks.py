"""Punctuation of Chinese and of English."""

from __future__ import annotations

import re

_MARKS = {
    "，": ", ", "。": ". ", "；": "; ", "：": ": ", "、": ", ", "？": "? ", "！": "! ", "“": "“", "”": "”",
    "（": " (", "）": ") ", "　": "  ", "《": "“", "》": "”", "【": "[", "】": "]", "～": "–", "·": " · ", "／": " / ",
    "→": " → ", "＝": " = ", "＋": " + ", "｜": " | ",
}  # fmt: skip
EDGE = re.compile(
    r"([\s，。；：、？！“”（）　《》【】～·／→＝＋]*)(.*?)([\s，。；：、？！“”（）　《》【】～·／→＝＋]*)", re.DOTALL
)
"""Marks before, words, marks after."""


def marked(text: str) -> str:
    """The punctuation of English."""
    return "".join(_MARKS.get(char, char) for char in text)


def kept(text: str) -> str:
    """A county's own words, the marks around them as English writes them."""
    found = EDGE.fullmatch(text)
    return f"{marked(found[1])}{found[2]}{marked(found[3])}" if found else text
