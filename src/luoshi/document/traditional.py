"""Traditional characters as the Simplified ones they stand for, one for one, so that every place stays what it was."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from luoshi.document.wordlist import load_lexicon
from luoshi.terms.pattern import pattern

_SET_TO_WORK = pattern("著(?=[力手眼重])")


def simplified(text: str) -> str:
    """The text with each traditional character replaced by one simplified character; mostly the text itself.

    >>> simplified("新增就業5000人")
    '新增就业5000人'
    """
    if not _any().search(text):
        return text
    return _SET_TO_WORK.sub("着", text.translate(_table()))


@cache
def _any() -> re.Pattern[str]:
    return pattern(f"[{''.join(map(chr, _table()))}]")


@cache
def _table() -> dict[int, str]:
    pairs = "".join(load_lexicon(Path(__file__).parent / "lexicon")["traditional"]["pairs"])
    return {ord(first): second for first, second in zip(pairs[::2], pairs[1::2], strict=True)}
