"""Up to when a progress sentence speaks: 截至6月底, 1—9月, 前三季度; 截至目前 has no day of its own."""

from __future__ import annotations

from dataclasses import replace

from luoshi.reading.clause import Sentence
from luoshi.reading.deadline import TimeWords, time_words
from luoshi.reading.rule import declare
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

declare("reading.progress.as_of", "截止时点", "例：截至6月底、1—9月、前三季度、截至目前。 非例：10月底前全部完成。")

HEAD = pattern(r"[ 　\t]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳])?[ 　]*")
"""The mark a sentence of a list begins with."""
ACTED = pattern("已|实际|累计")
"""Words that say that what follows has happened."""
_SINCE = pattern(
    r"(?:截至|截止|到|至)?(?<!项)目前(?!期)(?:为止)?|截至(?:今日|今天|当前|报告期末)|(?:今年|年初|20[0-9]{2}年)以来|年内(?=已)"
)
UNTIL = pattern(r"截至|截止到?|截止至|到|至")
"""Words before the day up to which all that follows is told."""
_UNTIL = pattern(rf"(?:{UNTIL.pattern})[ 　]?\Z")
_NO_AS_OF = pattern(r"[《〈]|以来|报告|落实|起|开始|前|目标|计划|任务|工作|度")


def title_as_of(text: str, line: Span, year: int) -> TimeWords | None:
    """The month, quarter or half year that the heading of a bulletin names, or None."""
    dated = [one for one in time_words(text, line.start, min(line.end, line.start + 80), year) if not one.bounded]
    return next((one for one in dated if one.last and _is_stretch(one)), None)


def _is_stretch(one: TimeWords) -> bool:
    """A month, quarter or half year: what a bulletin's heading reports on; neither a day nor a year."""
    if one.rule == "reading.deadline.year":
        return "半年" in one.words
    return "日" not in one.words


def as_of_words(text: str, sentence: Sentence, year: int) -> list[TimeWords]:
    """The times of a sentence up to which it speaks, in order; ``last`` is None for 目前."""
    begins = {head.end() for clause in sentence.clauses if (head := HEAD.match(text, *clause))}
    found = []
    for one in time_words(text, sentence.start, sentence.end, year):
        if one.bounded or sentence.is_protected(one.span.start):
            continue
        until = _UNTIL.search(text, max(sentence.start, one.span.start - 4), one.span.start)
        if until:
            found.append(replace(one, span=Span(until.start(), one.span.end), words=text[until.start() : one.span.end]))
            continue
        if one.span.start in begins and _is_as_of(text, sentence, one):
            found.append(replace(one, first=None, last=None) if "内" in one.words else one)
    for since in _SINCE.finditer(text, sentence.start, sentence.end):
        if not found:
            span = Span(since.start(), since.end())
            found.append(TimeWords(span, since.group(), None, None, "reading.progress.as_of"))
    return found


def _is_as_of(text: str, sentence: Sentence, one: TimeWords) -> bool:
    """Whether words of time that open a clause tell up to when: 1—9月, 10月份, 上半年; 2016年 only with 已 or a comma."""
    if _NO_AS_OF.match(text, one.span.end):
        return False
    if one.rule == "reading.deadline.month":
        return one.words.endswith("份")
    if one.rule == "reading.deadline.year" and one.words.endswith("年") and "半年" not in one.words:
        clause_end = next(end for start, end in sentence.clauses if start <= one.span.start < end)
        return one.span.end == clause_end or ACTED.search(text, one.span.end, clause_end) is not None
    return True
