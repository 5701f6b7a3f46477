"""Chinese text of the interface in English; a county's own words stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import yaml

from luoshi.web.english.dates import dated
from luoshi.web.english.phrase import SLOT, Pattern, is_chinese

_MARKS = {
    "，": ", ", "。": ". ", "；": "; ", "：": ": ", "、": ", ", "？": "? ", "！": "! ", "“": "“", "”": "”",
    "（": " (", "）": ") ", "　": "  ", "《": "“", "》": "”", "【": "[", "】": "]", "～": "–", "·": " · ", "／": " / ",
    "→": " → ",
}  # fmt: skip
_EDGE = re.compile(r"([\s，。；：、？！“”（）　《》【】～·／→]*)(.*?)([\s，。；：、？！“”（）　《》【】～·／→]*)", re.DOTALL)
_BRACKETS = re.compile(r"(.*?)（([^（）]*)）(.*)", re.DOTALL)
_CUTS = "。；，　、／·→ "
"""Where a text of several phrases is taken apart, the strongest mark first."""
_OPEN = "　：·"
"""After these a county's own words may stand beside a phrase: 责任单位：县发改局."""
_KEPT = 20_000


class Translator:
    """译者: says what the catalogue knows."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._whole = {key: value for key, value in phrases.items() if SLOT not in key}
        made = [Pattern.of(key, value) for key, value in phrases.items() if SLOT in key]
        self._patterns = sorted(made, key=lambda pattern: -pattern.weight)
        self.say = lru_cache(_KEPT)(self._say)

    def _say(self, text: str) -> str | None:
        """The text in English; None when any of it has none."""
        if not is_chinese(text):
            return marked(text)
        return self._known(text) or self._within_marks(text) or self._bracketed(text) or self._in_parts(text)

    def _known(self, text: str) -> str | None:
        if text in self._whole:
            return self._whole[text]
        if day := dated(text):
            return day
        return next((said for pattern in self._patterns if (said := pattern.said(text, self.say)) is not None), None)

    def _within_marks(self, text: str) -> str | None:
        found = _EDGE.fullmatch(text)
        if not found or not (found[1] or found[3]):
            return None
        said = self.say(found[2])
        return None if said is None else f"{marked(found[1])}{said}{marked(found[3])}"

    def _bracketed(self, text: str) -> str | None:
        found = _BRACKETS.fullmatch(text)
        if not found:
            return None
        before, inside, after = (self.say(part) if part else "" for part in found.groups())
        if before is None or after is None:
            return None
        aside = found[2] if inside is None else inside
        return f"{before}{' ' if before else ''}({aside}){_joined(after)}"

    def _in_parts(self, text: str) -> str | None:
        if "：" in text:
            label, _, rest = text.partition("：")
            if (said := self.say(label)) is not None:
                words = self.say(rest)
                return f"{said}: {rest if words is None else words}"
        mark = next((mark for mark in _CUTS if mark in text), "")
        if not mark:
            return None
        parts = text.split(mark)
        said_parts = [self.say(part) if part else "" for part in parts]
        if all(part is None or not is_chinese(own) for part, own in zip(said_parts, parts, strict=True)):
            return None
        if mark not in _OPEN and None in said_parts:
            return None
        return marked(mark).join(own if part is None else part for part, own in zip(said_parts, parts, strict=True))


def _joined(after: str) -> str:
    return f" {after}" if after[:1].isalnum() else after


def marked(text: str) -> str:
    """The punctuation of English."""
    return "".join(_MARKS.get(char, char) for char in text)


@cache
def translator() -> Translator:
    """The translator of this program's catalogue."""
    return Translator(catalogue())


def catalogue() -> dict[str, str]:
    """Every phrase with its English.

    Raises:
        ValueError: one phrase stands in two files with two meanings.
    """
    found: dict[str, str] = {}
    folder = resources.files(__package__).joinpath("phrases")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        for key, english in yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)).items():  # noqa: S506
            if found.setdefault(key, english) != english:
                raise ValueError(f"two meanings of {key!r}: {found[key]!r} and {english!r}")
    return found
