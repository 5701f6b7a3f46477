"""Which rules, on which characters, gave a field of a proposal its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.reading.model import Step
from luoshi.reading.rule import RULES

_OF_RULE = {
    "reading.quantity.number": ("value", "value_max", "unit", "quote", "comparator"),
    "reading.quantity.raised": ("value", "value_max", "unit", "comparator", "basis", "baseline", "indicator", "kind"),
    "reading.quantity.of_base": ("basis", "baseline", "kind"),
    "reading.quantity.per": ("indicator", "unit"),
    "reading.quantity.at_least": ("comparator", "kind"),
    "reading.quantity.at_most": ("comparator", "kind"),
    "reading.quantity.about": ("comparator", "kind"),
    "reading.quantity.plain": ("comparator",),
    "reading.quantity.growth": ("basis", "kind", "accumulation"),
    "reading.quantity.reduction": ("basis", "kind", "accumulation"),
    "reading.quantity.against": ("basis", "baseline"),
    "reading.quantity.baseline": ("baseline",),
    "reading.quantity.distributing": ("indicator", "basis"),
    "reading.quantity.main": ("value", "indicator"),
    "reading.quantity.firm": ("modality",),
    "reading.quantity.aspire": ("modality",),
}
_OF_COMMITMENT = ("name", "kind", "stage", "modality", "quote")
_NAMING = {"indicator", "name"}
_FAR = 240
"""How many characters before its quantity the words of an indicator are looked for; restored heads stand further
back than the sentence."""
_SHORTEST = 2
"""Fewer characters that occur somewhere say nothing about where they were taken from."""


@dataclass(frozen=True, slots=True)
class Origin:
    """字段依据: what gave a field its content: a rule (or no rule, the words themselves) and the code points."""

    rule: str
    name: str
    start: int
    end: int


def origins(
    text: str, place: tuple[int, int], sentence: tuple[int, int], steps: Sequence[Step], field: str, content: str
) -> tuple[Origin, ...]:
    """What gave ``field`` its content, in text order.

    Args:
        text: the document.
        place: where the proposal's quote stands.
        sentence: where its sentence stands.
        steps: the rules that fired.
        field: a field of the proposal (``indicator``, ``value``, ``comparator``).
        content: what the field holds; of names the words are looked up in the text.
    """
    fired = [
        Origin(rule, RULES[rule].name if rule in RULES else rule, start, end)
        for rule, start, end in steps
        if field in _OF_RULE.get(rule, _OF_COMMITMENT if rule.startswith("reading.commitment.") else ())
    ]
    if field in _NAMING:
        fired += [Origin("", "取字", start, end) for start, end in taken_from(text, place, sentence, content)]
    return tuple(sorted(fired, key=lambda one: (one.start, one.end, one.rule)))


def taken_from(text: str, place: tuple[int, int], sentence: tuple[int, int], words: str) -> list[tuple[int, int]]:
    """Where the words of a name stand: the longest pieces of it, from its end backwards, each nearest to the quote.

    A piece is looked for in the quote, then before it, then in the rest of the sentence; what stands nowhere near
    is passed over.
    """
    first = max(0, min(sentence[0], place[0]) - _FAR)
    found: list[tuple[int, int]] = []
    end = len(words)
    while end > 0:
        piece = next((p for p in (_piece(text, place, sentence, first, words[at:end]) for at in range(end)) if p), None)
        if piece is None:
            end -= 1
            continue
        found.append(piece)
        end -= piece[1] - piece[0]
    return sorted(set(found))


def _piece(
    text: str, place: tuple[int, int], sentence: tuple[int, int], first: int, words: str
) -> tuple[int, int] | None:
    if len(words) < _SHORTEST:
        return None
    inside = text.find(words, *place)
    before = text.rfind(words, first, place[0])
    after = text.find(words, place[1], max(place[1], sentence[1]))
    start = next((at for at in (inside, before, after) if at >= 0), -1)
    return (start, start + len(words)) if start >= 0 else None
