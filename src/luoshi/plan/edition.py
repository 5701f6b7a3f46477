"""Editions: what was adopted from a document, and what the next one changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.terms.span import Span

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class EditionItem:
    """版次条目: an adopted entry, the place in the document it rests on, and the words there."""

    entry: str
    span: Span
    quote: str

    def __post_init__(self) -> None:
        if len(self.span) != len(self.quote):
            raise ValueError(f"{self.entry}: {self.span} does not hold the {len(self.quote)} characters quoted")


@dataclass(frozen=True, slots=True)
class Edition:
    """版次: everything adopted from one document at one time; immutable.

    ``number`` counts from 1, ``document`` is the SHA-256 of the document's bytes in hexadecimal. Items
    stand in text order, an entry at most once; several entries may rest on the same words.
    """

    number: int
    document: str
    items: tuple[EditionItem, ...]

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"editions count from 1, not {self.number}")
        if not _SHA256.match(self.document):
            raise ValueError(f"not a SHA-256: {self.document!r}")
        if list(self.items) != sorted(self.items, key=_place):
            raise ValueError("items out of text order")
        if len({item.entry for item in self.items}) < len(self.items):
            raise ValueError("an entry stands twice in one edition")

    @property
    def entries(self) -> tuple[str, ...]:
        """The ids of its entries, in text order."""
        return tuple(item.entry for item in self.items)


@dataclass(frozen=True, slots=True)
class EditionDifference:
    """版次差异: items ``added`` and ``dropped``, and (old, new) pairs of items whose words ``changed``.

    ``moved`` are pairs with the same words at another place, ``kept`` what is exactly as before.
    """

    added: tuple[EditionItem, ...]
    dropped: tuple[EditionItem, ...]
    changed: tuple[tuple[EditionItem, EditionItem], ...]
    moved: tuple[tuple[EditionItem, EditionItem], ...]
    kept: tuple[EditionItem, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both editions promise the same in the same words; a mere change of place does not count."""
        return not (self.added or self.dropped or self.changed)


def difference(old: Edition | None, new: Edition) -> EditionDifference:
    """What ``new`` changes against ``old``, entry by entry; against None everything is added."""
    before = {item.entry: item for item in old.items} if old else {}
    after = {item.entry: item for item in new.items}
    pairs = [(before[entry], item) for entry, item in after.items() if entry in before]
    return EditionDifference(
        added=tuple(item for entry, item in after.items() if entry not in before),
        dropped=tuple(item for entry, item in before.items() if entry not in after),
        changed=tuple(pair for pair in pairs if pair[0].quote != pair[1].quote),
        moved=tuple((a, b) for a, b in pairs if a.quote == b.quote and a.span != b.span),
        kept=tuple(b for a, b in pairs if a == b),
    )


def next_edition(previous: Edition | None, items: Iterable[EditionItem], document: str) -> Edition:
    """The edition after ``previous``; the very same items of the very same document make no new one.

    Args:
        items: all that is adopted now, in any order.
        document: the SHA-256 of the document's bytes, 64 hexadecimal digits.

    Raises:
        ValueError: an entry twice, or what is no SHA-256.
    """
    ordered = tuple(sorted(items, key=_place))
    if previous and (ordered, document) == (previous.items, previous.document):
        return previous
    return Edition(previous.number + 1 if previous else 1, document, ordered)


def _place(item: EditionItem) -> tuple[Span, str]:
    return item.span, item.entry
