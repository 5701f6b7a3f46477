"""Chinese text of the interface in English; a county's own words stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import yaml

from luoshi.web.english.dates import dated
from luoshi.web.english.marks import EDGE, kept, marked
from luoshi.web.english.phrase import SLOT, Pattern, Say, is_chinese

_COUNTED = re.compile(r"(.*[\u3400-\u9fff])([−-]?[\d.,]+%?)", re.DOTALL)
"""A label and its figure: 蓝213."""
_NUMBERED = re.compile(r"([一二三四五六七八九])、(.+)", re.DOTALL)
_BRACKETS = re.compile(r"(.*?)（([^（）]*)）(.*)", re.DOTALL)
_CUTS = "·　。；＝＋：｜，、／→ "
"""Where a text of several phrases is taken apart, the strongest mark first."""
_OPEN = "·　："
"""Marks on whose one side a county's own words may stand."""
_KEPT = 20_000


class Translator:
    """译者: says what the catalogue knows.

    ``whole`` says a text of which every word has English; ``say`` also one in which a county's own words stand in
    the places of a phrase, or beside a label.
    """

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._exact = {key: value.removeprefix("!") for key, value in phrases.items() if SLOT not in key}
        made = [Pattern.of(key, value) for key, value in phrases.items() if SLOT in key]
        self._patterns = sorted(made, key=lambda pattern: (-pattern.weight, pattern.places))
        self.whole = lru_cache(_KEPT)(self._whole)
        self.say = lru_cache(_KEPT)(self._say)

    def _whole(self, text: str) -> str | None:
        """The text in English; None when any of it has none."""
        if not is_chinese(text):
            return marked(text)
        if (known := self._exact.get(text) or dated(text)) is not None:
            return known
        return self._shaped(text, self.whole, is_open=False) or self._parted(text, self.whole)

    def _say(self, text: str) -> str | None:
        """The text in English, a county's own words within it as they are; None when nothing of it has English."""
        return (
            self.whole(text)
            or self._shaped(text, self.say, is_open=True)
            or self._parted(text, self.say)
            or self._beside(text)
        )

    def _shaped(self, text: str, say: Say, *, is_open: bool) -> str | None:
        found = (pattern.said(text, say, is_open=is_open) for pattern in self._patterns)
        return next((said for said in found if said is not None), None)

    def _parted(self, text: str, say: Say) -> str | None:
        """The text taken apart at its punctuation, each part said."""
        if found := _BRACKETS.fullmatch(text):
            parts = [say(part) if part else "" for part in found.groups()]
            if None not in parts:
                before, inside, after = parts
                return f"{before}{' ' if before else ''}({inside}){_joined(str(after))}"
        found = EDGE.fullmatch(text)
        if found and (found[1] or found[3]):
            said = say(found[2]) if found[2] else ""
            return None if said is None else f"{marked(found[1])}{said}{marked(found[3])}"
        if found := _NUMBERED.fullmatch(text):
            said = say(found[2])
            return None if said is None else f"{'一二三四五六七八九'.index(found[1]) + 1}. {said}"
        if (found := _COUNTED.fullmatch(text)) and (label := say(found[1])) is not None:
            return f"{label} {found[2]}"
        mark = next((mark for mark in _CUTS if mark in text), "")
        parts = [say(part) if part else "" for part in text.split(mark)] if mark else [None]
        return None if None in parts else marked(mark).join(str(part) for part in parts)

    def _beside(self, text: str) -> str | None:
        """A label and a county's own words: 责任单位：县发改局, 县发改局　负责人."""
        own, _, day = text.rpartition("，")
        if own and (written := dated(day)):
            return f"{self.say(own) or own}, {written}"
        mark = next((mark for mark in _OPEN if mark in text), "")
        if not mark:
            return None
        parts = [part for part in text.split(mark, 1 if mark == "：" else -1) if part]
        said = [self.say(part) for part in parts]
        if (said[0] is None and mark == "：") or not any(map(_is_told, said, parts)):
            return None
        return marked(mark).join(kept(part) if one is None else one for one, part in zip(said, parts, strict=True))


def _is_told(said: str | None, text: str) -> bool:
    """Whether Chinese was said in English."""
    return said is not None and is_chinese(text)


def _joined(after: str) -> str:
    return f" {after}" if after[:1].isalnum() else after


@cache
def translator() -> Translator:
    """The translator of this program's catalogue."""
    return Translator(catalogue())


def catalogue() -> dict[str, str]:
    """Every phrase with its English."""
    found: dict[str, str] = {}
    for phrases in files().values():
        found |= phrases
    return found


def files() -> dict[str, dict[str, str]]:
    """The phrases by the file they stand in."""
    folder = resources.files(__package__).joinpath("phrases")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    names = sorted(file.name for file in folder.iterdir())
    return {name: yaml.load(folder.joinpath(name).read_text("utf-8"), loader) for name in names}  # noqa: S506 - safe, and C
