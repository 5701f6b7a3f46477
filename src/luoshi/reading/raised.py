"""Standards raised from one amount to another."""

from __future__ import annotations

import re
from dataclasses import replace

from luoshi.reading.model import Mention, Step
from luoshi.reading.number import Number, compare
from luoshi.reading.phrase import clean, is_metric, strip_lead
from luoshi.reading.restore import Context
from luoshi.reading.rule import declare
from luoshi.reading.subject import complete_subjects, split_subjects
from luoshi.terms.pattern import pattern

_RAISED = declare(
    "reading.quantity.raised",
    "从甲提高到乙",
    "例：从每月600元提高到650元(600元是现状)。 非例：从源头抓起，提高到600元。",
)


def mention_as(text: str, number: Number, what: str, place: Mention, step: Step) -> Mention:
    """The number as a mention of the role, at the place (task, area, sentence) of another."""
    return replace(
        place, start=number.start, end=number.end, quote=text[number.start : number.end], role=what, steps=(step,)
    )


_RAISE = pattern(
    "(?:的[^\\W\\da-zA-Z_]{1,6}?)?(?:统一)?(?:提高|增加|提升|上升|扩大|增长|上调|上浮|调整|降|降低|下降|减少|压缩|缩短|压减)?(?:到|至|为)"
)
_OF_THE = pattern(
    "的(?P<noun>[^\\W\\da-zA-Z_]{1,4}?)(?:统一)?(?:提高|增加|提升|上升|扩大|增长|上调|上浮|调整|降低|下降|降|减少|压缩|缩短|压减)(?:到|至|为)"
)
_FROM = pattern(
    "(?:分别)?(?:从|由|现行|现有|现在|目前)(?:现行|原来的|现在的|目前的|[^\\Wa-zA-Z_]{0,5}年的|[月年]?人均|每人每月|每人每年|每生每年|每人|每月|每年|每亩)*$"
)


def raised(text: str, clause: tuple[int, int], here: list[Number], given: tuple[Context, Mention]) -> list[Mention]:
    """从甲提高到乙: the old standard is a fact and the baseline, the new one the target."""
    context, place = given
    pivot = next((i for i in range(1, len(here)) if _RAISE.fullmatch(text[here[i - 1].end : here[i].start].strip())), 0)
    if not pivot or pivot * 2 != len(here):
        return []
    start = _FROM.search(text, clause[0], here[0].start)
    if not start:
        return []
    before = clean(text[clause[0] : start.start()]) or context.previous
    subject, modality = strip_lead(before)
    subject = subject.removeprefix("将").removeprefix("把").removesuffix("由").removesuffix("从")
    noun = _OF_THE.match(text, here[pivot - 1].end)
    subject += noun["noun"] if noun and not is_metric(subject) else ""
    subjects = complete_subjects(split_subjects(subject)) if pivot > 1 else [subject]
    if len(subjects) != pivot:
        subjects = [subject] * pivot
    subjects = [_with_tail(one, context.subject) for one in subjects]
    context.indicator = context.subject = subjects[-1]
    found = []
    for old, new, name in zip(here[:pivot], here[pivot:], subjects, strict=True):
        step = (_RAISED, start.start(), new.end)
        found.append(mention_as(text, old, "result", place, step))
        found.append(
            replace(
                mention_as(text, new, "target" if place.role != "result" else "result", place, step),
                indicator=name,
                value=new.value,
                value_max=new.value_max,
                unit=new.unit.replace("％", "%"),
                comparator=compare(new.after) or "=",
                baseline=text[old.start : old.end],
                basis="share" if new.category == "percent" else "absolute",
                modality=modality or "firm",
            )
        )
    return found


def _with_tail(subject: str, earlier: str) -> str:
    """The measured noun of the subject before, when this one only names whom it is about (散居孤儿)."""
    core = re.sub("[（(][^）)]*[）)]", "", subject)
    at = earlier.find(core[-2:]) if len(core) > 1 and is_metric(earlier) and not is_metric(core) else -1
    return subject + earlier[at + 2 :] if at >= 0 else subject
