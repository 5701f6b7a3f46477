"""A phrase of the interface and its English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from luoshi.web.english.marks import kept

SLOT = "{}"
_HAN = re.compile("[\u3400-\u9fff]")
_PLACE = re.compile(r"\{(\d)(?:\|([^|{}]*)\|([^|{}]*))?\}")
_TOUCHING = re.compile(r"(?<=[0-9A-Za-z%])\0(?=[A-Za-z])|(?<=[A-Za-z])\0(?=[0-9A-Za-z])")
_NEVER_FIRST = tuple("，。；：、）")
_PLAIN = 3
"""Chinese characters from which on a phrase is told from a county's own words by itself."""

Say = Callable[[str], str | None]


def is_chinese(text: str) -> bool:
    """Whether anything in it needs English."""
    return _HAN.search(text) is not None


@dataclass(frozen=True, slots=True)
class Pattern:
    """句式: a phrase with places for what differs: ``还有{}项``, ``{1} more {1|item|items}``.

    ``{1|item|items}`` chooses by the number in the first place. Any words may stand in the places of a phrase with
    some characters of its own; one with few could itself be part of a county's own words, so that each of its places
    must hold a number or what has English, unless its English begins with ``!``.
    """

    shapes: tuple[re.Pattern[str], ...]
    probe: str
    english: str
    weight: int
    is_open: bool

    @classmethod
    def of(cls, chinese: str, english: str) -> Pattern:
        """From a line of the catalogue."""
        parts = chinese.split(SLOT)
        weight = sum(len(_HAN.findall(part)) for part in parts)
        return cls(
            tuple(_shapes([re.escape(part) for part in parts], "(.*?)" if weight >= _PLAIN else "(.+?)")),
            max(parts, key=len),
            english.removeprefix("!"),
            weight,
            weight >= _PLAIN or english.startswith("!"),
        )

    @property
    def places(self) -> int:
        """How many places it has; of two alike the one with fewer says more."""
        return self.shapes[-1].groups

    def said(self, text: str, say: Say, *, is_open: bool) -> str | None:
        """The text in English, when it has this shape.

        Args:
            say: gives the English of a place.
            is_open: whether places may hold words without English.
        """
        if self.probe not in text:
            return None
        found = next((found for shape in self.shapes if (found := shape.fullmatch(text))), None)
        if not found:
            return None
        words: list[str] = []
        for place in found.groups():
            if place[:1] in _NEVER_FIRST:
                return None  # the phrase ended before: what follows the mark is a part of its own
            word = say(place) if place else ""
            if word is None and not (is_open and self.is_open):
                return None
            words.append(kept(place) if word is None else word)
        return filled(self.english, words)


def _shapes(parts: Sequence[str], place: str) -> Iterator[re.Pattern[str]]:
    """The pattern of a phrase; where two places touch, a number ends the first or a date begins the second."""
    places = [place] * (len(parts) - 1)
    for number in range(1, len(places)):
        if not parts[number]:
            for first, second in ((r"([−+-]?[\d.,]+%?)", r"(\D+?)"), (r"(.*?\D)", r"(\d.*?)")):
                yield _joined(parts, [*places[: number - 1], first, second, *places[number + 1 :]])
    yield _joined(parts, places)


def _joined(parts: Sequence[str], places: Sequence[str]) -> re.Pattern[str]:
    return re.compile(parts[0] + "".join(map("".join, zip(places, parts[1:], strict=True))), re.DOTALL)


def filled(english: str, words: Sequence[str]) -> str:
    """The English with its places filled."""

    def place(found: re.Match[str]) -> str:
        word = words[int(found[1]) - 1]
        if found[2] is None:
            return word
        return found[2] if word.strip() == "1" else found[3]

    text = _PLACE.sub(place, english.replace("}{", "}\0{"))
    return _TOUCHING.sub(" ", text).replace("\0", "")
