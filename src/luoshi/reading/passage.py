"""Clauses that hold no target and no commitment: kept as qualitative measures, headings or what was done."""

from __future__ import annotations

from itertools import pairwise

from luoshi.reading.clause import Sentence
from luoshi.reading.model import Commitment, Mention, Passage

HEADING, PAST, MEASURE = "heading", "past", "measure"


def passages(sentence: Sentence, place: Passage, told: list[Mention], promised: list[Commitment]) -> list[Passage]:
    """The clauses of one sentence that nothing else holds, neighbours joined, with the marks after them.

    Args:
        sentence: the sentence.
        place: a passage to copy role, task and area from.
        told: the sentence's mentions; a clause with a target belongs to it.
        promised: the sentence's commitments; a clause with one belongs to it.
    """
    held = [(one.start, one.end) for one in told if one.role == "target"]
    held += [(one.start, one.end) for one in promised]
    if not held:
        return [Passage(sentence.start, sentence.end, place.role, place.task, place.area)]
    spans: list[tuple[int, int]] = []
    for start, end in clauses_with_marks(sentence):
        if any(first < end and start < last for first, last in held):
            continue
        begin = spans.pop()[0] if spans and spans[-1][1] == start else start
        spans.append((begin, end))
    return [Passage(start, end, place.role, place.task, place.area) for start, end in spans]


def clauses_with_marks(sentence: Sentence) -> list[tuple[int, int]]:
    """The clauses of a sentence, each up to where the next one begins."""
    starts = [sentence.start, *[start for start, _ in sentence.clauses[1:]], sentence.end]
    return list(pairwise(starts))
