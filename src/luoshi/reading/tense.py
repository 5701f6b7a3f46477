"""Which parts of a document tell of the past year and which promise the coming one."""

from __future__ import annotations

import re

from luoshi.document.model import Document
from luoshi.reading.words import either, words

_PAST_HEADING = re.compile(either(words("tense", "past_heading")))
_FUTURE_HEADING = re.compile(either(words("tense", "future_heading")))
_PAST_MARK = re.compile(either(words("tense", "past_mark")))


def past_areas(document: Document) -> frozenset[int]:
    """The areas whose heading, or whose parent's heading, announces a look back."""
    past = set()
    for area in document.areas:
        looks_back = bool(_PAST_HEADING.search(area.title)) and not _FUTURE_HEADING.search(area.title)
        if looks_back or area.parent in past:
            past.add(area.index)
    return frozenset(past)


def tells_past(sentence: str) -> bool:
    """Whether a sentence in the part on the coming year still tells of what was done."""
    return bool(_PAST_MARK.search(sentence))
