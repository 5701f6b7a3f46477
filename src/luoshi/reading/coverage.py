"""How much of the text belongs to something: a target, a commitment, a qualitative measure, a named region."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.reading.clause import sentences
from luoshi.reading.model import Reading
from luoshi.reading.passage import HEADING, MEASURE, PAST, clauses_with_marks

_TARGET, _COMMITMENT = "量化目标", "无数字承诺"
_NAMES = {MEASURE: "定性要求", PAST: "已做的工作", HEADING: "标题"}


@dataclass(frozen=True, slots=True)
class TextCoverage:
    """文字归属: characters of a document (blanks left out) by what they belong to, and the places left over.

    ``counts`` are by Chinese name in the order 量化目标, 无数字承诺, 定性要求, 已做的工作, 标题, then the named
    regions that are not read; ``left`` are the places that belong to nothing.
    """

    total: int
    counts: tuple[tuple[str, int], ...]
    left: tuple[tuple[int, int], ...]

    @property
    def held(self) -> int:
        """Characters that belong to something."""
        return sum(count for _, count in self.counts)


def coverage(reading: Reading) -> TextCoverage:
    """Count each character once, for the first thing it belongs to."""
    text = reading.document.text
    names = [_TARGET, _COMMITMENT, *_NAMES.values()]
    regions = [(one.span.start, one.span.end, one.name) for one in reading.document.regions]
    names += sorted({name for *_, name in regions})
    marks = bytearray(len(text))
    for start, end, name in regions:
        marks[start:end] = bytes([names.index(name) + 1]) * (end - start)
    for passage in reading.passages:
        _mark(marks, passage.start, passage.end, names.index(_NAMES[passage.role]) + 1)
    for start, end, name in _held(reading):
        _mark(marks, start, end, names.index(name) + 1)
    counts = [0] * (len(names) + 1)
    left: list[tuple[int, int]] = []
    for place, (sign, mark) in enumerate(zip(text, marks, strict=True)):
        if sign.isspace() or sign in "\ufeff\u200b":
            continue
        counts[mark] += 1
        if not mark and left and left[-1][1] == place:
            left[-1] = (left[-1][0], place + 1)
        elif not mark:
            left.append((place, place + 1))
    return TextCoverage(sum(counts), tuple(zip(names, counts[1:], strict=True)), tuple(left))


def _mark(marks: bytearray, start: int, end: int, value: int) -> None:
    """Mark what carries no mark yet."""
    for place in range(start, end):
        marks[place] = marks[place] or value


def _held(reading: Reading) -> list[tuple[int, int, str]]:
    """The clauses that hold targets, then those that hold commitments."""
    held = {(one.sentence, one.start, one.end): _COMMITMENT for one in reading.commitments}
    held |= {(one.sentence, one.start, one.end): _TARGET for one in reading.targets}
    found = [
        (start, end, name)
        for (sentence, first, last), name in held.items()
        for one in sentences(reading.document.text, *sentence)
        for start, end in clauses_with_marks(one)
        if first < end and start < last
    ]
    return sorted(found, key=lambda one: one[2] != _TARGET)
