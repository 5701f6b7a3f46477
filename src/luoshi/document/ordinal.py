"""Chinese heading numbers, 一 to 九十九."""

from __future__ import annotations

_DIGITS = {word: value for value, word in enumerate("〇一二三四五六七八九")}


def ordinal(words: str) -> int:
    """The number of a heading: ``十二`` is 12; 0 for what is no such number."""
    if "十" in words:
        tens, _, ones = words.partition("十")
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return _DIGITS.get(words, 0)
