"""One document in, one reading out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import NamedTuple, TypeVar

from luoshi.document.model import Document, Paragraph
from luoshi.document.traditional import simplified
from luoshi.reading.clause import Sentence, sentences
from luoshi.reading.commitment import read_commitments
from luoshi.reading.doubt import doubt_commitments, doubt_targets
from luoshi.reading.model import Commitment, Mention, Passage, Reading
from luoshi.reading.number import Number, numbers
from luoshi.reading.passage import HEADING, MEASURE, PAST, passages
from luoshi.reading.rule import declare
from luoshi.reading.target import read_targets
from luoshi.reading.tense import past_paragraphs

_REST = declare("reading.role.rest", "其余数字", "例：不成量的零散数字。 非例：15亿元。")
_TITLE_LENGTH = 40
_DIGITS = re.compile("[0-9０-９]+")

_Quoted = TypeVar("_Quoted", Mention, Commitment)


def read(document: Document) -> Reading:
    """What the document promises, number by number and clause by clause; a proposal, never a record.

    Args:
        document: a document as ``luoshi.document.load`` returns it; one without text gives an empty reading.
    """
    text = simplified(document.text)
    if text is not document.text:
        return _as_written(_read(replace(document, text=text)), document)
    return _read(document)


def _read(document: Document) -> Reading:
    past = past_paragraphs(document)
    found = _Found([], [], [])
    for index, paragraph in enumerate(document.paragraphs):
        _read_paragraph(document, paragraph, found, is_past=index in past)
    return Reading(document, tuple(found.mentions), tuple(found.commitments), document.findings, tuple(found.passages))


def _as_written(reading: Reading, document: Document) -> Reading:
    """The reading of simplified words with quotes as the document writes them; names and units stay simplified."""
    text = document.text
    mentions = tuple(_quoting(one, text) for one in reading.mentions)
    commitments = tuple(_quoting(one, text) for one in reading.commitments)
    return replace(reading, document=document, mentions=mentions, commitments=commitments)


def _quoting(one: _Quoted, text: str) -> _Quoted:
    quote = text[one.start : one.end]
    return one if one.quote == quote else replace(one, quote=quote)


class _Found(NamedTuple):
    """What was read so far, in text order."""

    mentions: list[Mention]
    commitments: list[Commitment]
    passages: list[Passage]


def _read_paragraph(document: Document, paragraph: Paragraph, reading: _Found, *, is_past: bool) -> None:
    text, start, end = document.text, paragraph.span.start, paragraph.span.end
    found = list(numbers(text, start, end))
    starts = [number.start for number in found]
    for sentence in sentences(text, start, end):
        first = bisect_left(starts, sentence.start)
        here = found[first : bisect_left(starts, sentence.end)]
        told = _mentions(text, sentence, here, paragraph, is_past=is_past) if here else []
        reading.mentions.extend(doubt_targets(text, told, scanned=document.scanned))
        heading = sentence.start == start and sentence.end < end and len(sentence.clauses) == 1
        opens = _opens_area(document, paragraph, sentence)
        plain = PAST if is_past else HEADING if opens or heading or _is_title(text, paragraph) else MEASURE
        place = Passage(0, 0, plain, paragraph.task, paragraph.area)
        if is_past or opens:
            reading.passages.extend(passages(sentence, place, told, []))
            continue
        goals = [(one.start, one.end) for one in told if one.role == "target"]
        made = read_commitments(text, sentence, place, goals, heading=heading)
        reading.commitments.extend(doubt_commitments(made, heading=heading, scanned=document.scanned))
        reading.passages.extend(passages(sentence, place, told, made))


def _is_title(text: str, paragraph: Paragraph) -> bool:
    """Whether the paragraph is a line of its own without a full stop: a title, a date, a heading without number."""
    return len(paragraph.span) <= _TITLE_LENGTH and text[paragraph.span.end - 1] not in "。；;！？"


def _mentions(
    text: str, sentence: Sentence, here: list[Number], paragraph: Paragraph, *, is_past: bool
) -> list[Mention]:
    span = (sentence.start, sentence.end)
    place = Mention(0, 0, "", "result" if is_past else "target", paragraph.task, paragraph.area, span)
    told = read_targets(text, sentence, here, place)
    spans = sorted({(one.start, one.end) for one in told})
    rest = [
        Mention(
            digits.start(), digits.end(), digits.group(), "name", paragraph.task, paragraph.area, span,
            steps=((_REST, digits.start(), digits.end()),),
        )
        for digits in _DIGITS.finditer(text, sentence.start, sentence.end)
        if not _covers(spans, digits.start())
    ]  # fmt: skip
    return sorted([*told, *rest], key=lambda one: one.start) if rest else told


def _covers(spans: list[tuple[int, int]], position: int) -> bool:
    """Whether one of the spans, which do not overlap, holds the position."""
    index = bisect_right(spans, (position, len(spans) and spans[-1][1])) - 1
    return index >= 0 and spans[index][0] <= position < spans[index][1]


def _opens_area(document: Document, paragraph: Paragraph, sentence: Sentence) -> bool:
    """Whether the sentence is the heading of an area: it names a direction, it promises nothing yet."""
    if paragraph.area is None or sentence.start != paragraph.span.start:
        return False
    return sentence.start in document.areas[paragraph.area].heading
