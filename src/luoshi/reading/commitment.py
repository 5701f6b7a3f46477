"""Clauses to commitments without a number."""

from __future__ import annotations

from luoshi.reading.clause import Sentence
from luoshi.reading.model import Commitment


def read_commitments(text: str, sentence: Sentence, origin: Commitment) -> list[Commitment]:
    """The commitments of one sentence, in text order."""
    del text, sentence, origin
    return []
