r"""The word lists of ``lexicon/`` in the shapes in which the scanner asks for them.

Patterns of the reader write ``[^\W\da-zA-Z_]`` for a Chinese character (a letter that is not Latin): a range of
code points takes over a millisecond to compile, thirty of them a third of the time of the import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from luoshi.document.wordlist import load_lexicon

_TABLES = load_lexicon(Path(__file__).parent / "lexicon")


def words(table: str, key: str) -> tuple[str, ...]:
    """The words of one list, in the order they are written."""
    return tuple(_TABLES[table][key])


def mapping(table: str, key: str) -> Mapping[str, str]:
    """One mapping of a word list."""
    found: Mapping[str, str] = _TABLES[table][key]
    return found


def table(name: str, key: str) -> Mapping[str, Any]:
    """As ``mapping``, where the words carry more than one word each."""
    found: Mapping[str, Any] = _TABLES[name][key]
    return found


def either(found: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(found), key=lambda word: (-len(word), word)))


def guarded(found: Iterable[str], not_before: Mapping[str, str]) -> str:
    """As ``either``; a word listed in ``not_before`` must not run into one of the characters given there."""
    return "|".join(
        re.escape(word) + (f"(?![{not_before[word]}])" if word in not_before else "")
        for word in sorted(set(found), key=lambda word: (-len(word), word))
    )


class Endings:
    """Words looked for at one end of a phrase, the longest first; each carries a category.

    Asked for by the two characters at that end: few phrases share them with a word, and so few are cut.
    """

    def __init__(
        self, categories: Mapping[str, Iterable[str]], not_before: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        """``not_before`` tells after which words that begin a phrase a character makes them part of another word."""
        self._not_before = not_before or {}
        self.category = {word: name for name, found in categories.items() for word in found}
        self._by_last = _lengths(self.category, lambda word: word[-2:])
        self._by_first = _lengths(self.category, lambda word: word[:2])

    def last(self, phrase: str) -> str:
        """The longest listed word that ends the phrase, or nothing."""
        for length in self._by_last.get(phrase[-2:], ()):
            word = phrase[-length:]
            if word in self.category:
                return word
        word = phrase[-1:]
        return word if word in self.category else ""

    def first(self, phrase: str) -> str:
        """The longest listed word that begins the phrase, or nothing."""
        for length in self._by_first.get(phrase[:2], ()):
            word = phrase[:length]
            if word in self.category:
                if word in self._not_before and phrase[length : length + 1] in self._not_before[word]:
                    return ""
                return word
        word = phrase[:1]
        return word if word in self.category else ""


def _lengths(found: Iterable[str], end: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    """For each two characters at one end of the words, how long they are, the longest first; single ones are left out."""
    lengths: dict[str, set[int]] = {}
    for word in found:
        if len(word) > 1:
            lengths.setdefault(end(word), set()).add(len(word))
    return {characters: tuple(sorted(sizes, reverse=True)) for characters, sizes in lengths.items()}


def nouns(key: str) -> Endings:
    """One list of ``commitments.yaml`` as endings."""
    return Endings({key: words("commitments", key)})
