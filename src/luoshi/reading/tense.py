"""Which parts of a document tell of the past year and which promise the coming one."""

from __future__ import annotations

import re

from luoshi.document.model import Document
from luoshi.reading.words import either, words

_PAST_HEADING = re.compile(either(words("tense", "past_heading")))
_FUTURE_HEADING = re.compile(either(words("tense", "future_heading")))
_PAST_MARK = re.compile(
    rf"(?:{either(words('tense', 'past_mark'))})|(?<![比较项])(?:去年|上年)(?!度|末|底)|(?<!项)目前"
)
_PAST_OPENING = re.compile("(?:去年|一年来|过去|[两三四五]年来|截至|目前|近年来)")
_TURN = re.compile("今年|今后|下一步|到[0-9]{4}年|力争|确保|将")


def past_areas(document: Document) -> frozenset[int]:
    """The areas whose heading, or whose parent's heading, announces a look back."""
    past = set()
    for area in document.areas:
        looks_back = bool(_PAST_HEADING.search(area.title)) and not _FUTURE_HEADING.search(area.title)
        if looks_back or area.parent in past:
            past.add(area.index)
    return frozenset(past)


def tells_past(text: str, sentence_start: int, clause: tuple[int, int]) -> bool:
    """Whether a clause in the part on the coming year tells of what was done: 去年新增就业5000人."""
    if _PAST_MARK.search(text, clause[0], clause[1]):
        return True
    opening = _PAST_OPENING.match(text, sentence_start, clause[0])
    return opening is not None and not _TURN.search(text, opening.end(), clause[1])
