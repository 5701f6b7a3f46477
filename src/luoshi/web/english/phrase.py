"""A phrase of the interface and its English."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SLOT = "{}"
_HAN = re.compile("[\u3400-\u9fff]")
_PLACE = re.compile(r"\{(\d)(?:\|([^|{}]*)\|([^|{}]*))?\}")
_PLAIN = 3
"""Chinese characters from which on a phrase is told from a county's own words by itself."""

Said = Callable[[str], str | None]


def is_chinese(text: str) -> bool:
    """Whether anything in it needs English."""
    return _HAN.search(text) is not None


@dataclass(frozen=True, slots=True)
class Pattern:
    """句式: a phrase with places for what differs: ``还有{}项``, ``{1} more``.

    ``{1|item|items}`` chooses by the number in the first place. A phrase with few characters of its own could
    also be part of a county's own words; each of its places must then hold a number or what has English itself.
    """

    shape: re.Pattern[str]
    probe: str
    english: str
    weight: int

    @classmethod
    def of(cls, chinese: str, english: str) -> Pattern:
        """From a line of the catalogue."""
        parts = chinese.split(SLOT)
        return cls(
            re.compile("(.+?)".join(re.escape(part) for part in parts), re.DOTALL),
            max(parts, key=len),
            english,
            sum(len(_HAN.findall(part)) for part in parts),
        )

    def said(self, text: str, say: Said) -> str | None:
        """The text in English, when it has this shape."""
        if self.probe not in text or not (found := self.shape.fullmatch(text)):
            return None
        words: list[str] = []
        for place in found.groups():
            english = say(place)
            if english is None and self.weight < _PLAIN:
                return None
            words.append(place if english is None else english)
        return filled(self.english, words)


def filled(english: str, words: Sequence[str]) -> str:
    """The English with its places filled."""

    def place(found: re.Match[str]) -> str:
        word = words[int(found[1]) - 1]
        if found[2] is None:
            return word
        return found[2] if word.strip() == "1" else found[3]

    return _PLACE.sub(place, english)
