"""One document in, one reading out."""

from __future__ import annotations

from luoshi.document.model import Document
from luoshi.reading.clause import sentences
from luoshi.reading.commitment import read_commitments
from luoshi.reading.model import Commitment, Mention, Reading
from luoshi.reading.number import numbers
from luoshi.reading.target import read_targets
from luoshi.reading.tense import past_areas


def read(document: Document) -> Reading:
    """What the document promises, number by number and clause by clause; a proposal, never a record.

    Args:
        document: a document as ``luoshi.document.load`` returns it; one without text gives an empty reading.
    """
    past = past_areas(document)
    mentions: list[Mention] = []
    commitments: list[Commitment] = []
    for paragraph in document.paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        found = list(numbers(document.text, start, end))
        is_past = paragraph.area in past
        for index, sentence in enumerate(sentences(document.text, start, end)):
            opens = index == 0 and sentence.end < end
            if opens and paragraph.area is not None and start in document.areas[paragraph.area].heading:
                opens_area = True
            else:
                opens_area = False
            heading = opens and len(sentence.clauses) == 1
            skip: list[int] = []
            span = (sentence.start, sentence.end)
            here = [n for n in found if sentence.start <= n.start < sentence.end]
            if here:
                place = Mention(0, 0, "", "result" if is_past else "target", paragraph.task, paragraph.area, span)
                told = read_targets(document.text, sentence, here, place)
                skip = [one.start for one in told if one.role == "target"]
                mentions.extend(told)
            if not is_past and not opens_area:
                origin = Commitment(0, 0, "", "", "", task=paragraph.task, area=paragraph.area, sentence=span)
                commitments.extend(read_commitments(document.text, sentence, origin, skip, heading=heading))
    return Reading(document, tuple(mentions), tuple(commitments), document.findings)
