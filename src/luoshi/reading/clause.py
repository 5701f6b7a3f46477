"""Paragraphs to sentences and clauses; what stands in quotation marks or brackets is never cut."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from luoshi.terms.pattern import pattern

_PAIRS = {"”": "“", "’": "‘", ")": "(", "）": "（", "》": "《", "】": "【", "〕": "〔", "]": "[", "」": "「"}
_OPENING = set(_PAIRS.values())
_BRACKET = re.compile("[“”‘’()（）《》【】〔〕\\[\\]「」]")
_STOP = re.compile("[。！？!?；;，,：:]")
_STOP_OR_COMMA = pattern("[。！？!?；;，,：:、]")
_ENDING = set("。！？!?；;")
_IN_NUMBERS = set(",，:：")
_LONGEST = 120
_LONG_CLAUSE, _LONG_SENTENCE = 300, 1500
_QUOTES = set("“‘《「")


class Sentence(NamedTuple):
    """One sentence: its clauses as half-open places, and the quoted and bracketed places in it."""

    start: int
    end: int
    clauses: tuple[tuple[int, int], ...]
    quoted: tuple[tuple[int, int], ...]
    bracketed: tuple[tuple[int, int], ...]

    def is_quoted(self, position: int) -> bool:
        """Whether the position lies within quotation marks."""
        return _around(self.quoted, position) is not None

    def is_bracketed(self, position: int) -> bool:
        """Whether the position lies within brackets."""
        return self.bracket(position) is not None

    def bracket(self, position: int) -> tuple[int, int] | None:
        """The outermost brackets around the position."""
        return _around(self.bracketed, position)

    def is_protected(self, position: int) -> bool:
        """Whether the position lies within quotation marks or brackets."""
        return self.is_quoted(position) or self.is_bracketed(position)


def _around(spans: tuple[tuple[int, int], ...], position: int) -> tuple[int, int] | None:
    """The first of the sorted places that holds the position; none is longer than ``_LONGEST``, so few are looked at."""
    first = bisect_left(spans, (position - _LONGEST - 1,))
    last = bisect_left(spans, (position,))
    return next((one for one in spans[first:last] if position < one[1]), None)


def sentences(text: str, start: int, end: int) -> list[Sentence]:
    """The sentences of ``text[start:end]``, a paragraph, in order; 。！？； end a sentence, ，： a clause.

    No sentence or clause grows without bound, so that reading stays linear in text that is no prose.
    """
    quoted, bracketed = _protected(text, start, end)
    guards = sorted(quoted + bracketed)
    found: list[Sentence] = []
    clauses: list[tuple[int, int]] = []
    begin = clause = start
    guard = 0
    stops = _STOP if end - start < _LONG_CLAUSE else _STOP_OR_COMMA  # 、 cuts nothing shorter
    for stop in stops.finditer(text, start, end):
        at, mark = stop.start(), stop.group()
        if mark == "、" and at - clause < _LONG_CLAUSE:
            continue
        while guard < len(guards) and guards[guard][1] <= at:
            guard += 1
        if guard < len(guards) and any(one[0] < at < one[1] for one in guards[max(0, guard - 1) : guard + 3]):
            continue
        if mark in _IN_NUMBERS and _in_number(text, at):
            continue
        if at - clause > _LONG_CLAUSE * 2:
            clauses.extend(_pieces(clause, at))
        elif at > clause:
            clauses.append((clause, at))
        clause = at + 1
        if mark in _ENDING or at - begin > _LONG_SENTENCE:
            begin = _close(found, (begin, clause), clauses, (quoted, bracketed))
            clauses = []
    clauses.extend(_pieces(clause, end))
    if begin < end:
        _close(found, (begin, end), clauses or ([] if found else [(begin, end)]), (quoted, bracketed))
    return found


def _pieces(start: int, end: int) -> list[tuple[int, int]]:
    """The clause, in pieces when it is far longer than any clause of prose."""
    return [(at, min(at + _LONG_CLAUSE * 2, end)) for at in range(start, end, _LONG_CLAUSE * 2)]


def _close(
    found: list[Sentence],
    span: tuple[int, int],
    clauses: list[tuple[int, int]],
    guards: tuple[list[tuple[int, int]], list[tuple[int, int]]],
) -> int:
    """Add the sentence; marks alone go to the sentence before, or to the next one when there is none."""
    if not clauses:
        if found:
            found[-1] = found[-1]._replace(end=span[1])
        return span[1] if found else span[0]
    quoted, bracketed = guards
    found.append(Sentence(*span, tuple(clauses), _between(quoted, span), _between(bracketed, span)))
    return span[1]


def _between(spans: list[tuple[int, int]], span: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Those of the sorted places that begin within a span."""
    return tuple(spans[bisect_left(spans, (span[0],)) : bisect_left(spans, (span[1],))]) if spans else ()


def _in_number(text: str, at: int) -> bool:
    """Whether the mark stands within a number: 1,200 or 12:30."""
    before, after = text[at - 1 : at], text[at + 1 : at + 5]
    if not before.isdigit() or not after[:1].isdigit():
        return False
    if text[at] in ",，":
        return len(after) >= 3 and after[:3].isdigit() and not after[3:4].isdigit()
    return text[at] in ":："


def _protected(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    quoted: list[tuple[int, int]] = []
    bracketed: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for mark in _BRACKET.finditer(text, start, end):
        character, at = mark.group(), mark.start()
        if character in _OPENING:
            stack.append((character, at))
            continue
        while stack and stack[-1][0] != _PAIRS[character]:
            stack.pop()
        if stack:
            opening, begin = stack.pop()
            if at - begin <= _LONGEST:
                (quoted if opening in _QUOTES else bracketed).append((begin, at + 1))
    return sorted(quoted), sorted(bracketed)
