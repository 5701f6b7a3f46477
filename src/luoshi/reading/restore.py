"""Indicators with what earlier words said for them: verb, head, project, measured noun."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luoshi.reading.left import Left
from luoshi.reading.member import Member
from luoshi.reading.number import Number
from luoshi.reading.phrase import clean, is_metric, metric, strip_lead, verb
from luoshi.reading.subject import complete_subjects, measure_of, split_subjects
from luoshi.reading.words import either, words
from luoshi.terms.pattern import pattern

_DEPENDENT = set(words("words", "dependent"))
_ATTRIBUTE = set(words("words", "attribute"))
_BARE_METRIC = set(words("words", "bare_metric"))
_TOTAL = set(words("words", "total"))
_REACHING = pattern("达到|实现|完成|建立|纳入|覆盖|通过|落实")
_PROCESS = pattern(rf"(?:{either(words('words', 'process'))})$")
_SIZE = re.compile("(?:超过?|突破|过|达到?)?[0-9.]+[千百十]?[亿万]*元(?:以上)?")
_SIZED = pattern("[0-9.]*[千百十]?[亿万]元?(?:以上)?的?(?P<thing>[^\\W\\da-zA-Z_]{2,10})$")
_SHORT_RATE = 7
_MEASURED = pattern(rf"(?:{either(words('words', 'process'))})?(?:{either(words('words', 'measured'))})$")


@dataclass(slots=True)
class Context:
    """What earlier members of the sentence left for later ones to take over."""

    indicator: str = ""
    subject: str = ""
    verb: str = ""
    head: str = ""
    unit: str = ""
    project: str = ""
    previous: str = ""
    modality: str = ""
    subjects: list[str] = field(default_factory=list)
    served: int = 0
    basis: str = ""
    comparator: str = ""
    counted: bool = False
    rate_head: str = ""


def indicators(
    context: Context, found: tuple[str, str], number: Number, part: Member, more: tuple[Left, bool]
) -> list[str]:
    """The indicators of one quantity, with heads restored from what came before."""
    subject, right = found
    left, is_part = more
    if not subject and not right:
        if len(context.subjects) > 1 and context.served < len(context.subjects):
            context.served += 1
            return [context.subjects[context.served - 1]]
        return [context.indicator or context.subject or strip_lead(context.previous)[0] or context.project]
    if not subject and right in _BARE_METRIC and part.index == 0 and context.previous:
        right = strip_lead(context.previous)[0] + right
    own = verb(subject)
    whole = _restored(context, subject, right, number, part, is_part=is_part)
    reached = number.category == "percent" and not own and bool(_REACHING.match(right))
    subjects = split_subjects(subject) if not right or reached else [subject]
    if reached and len(subjects) > 1:
        completed = [one + right for one in complete_subjects(subjects)]
        context.indicator = context.subject = completed[-1]
        return completed
    shared = left.distributing or (number.category == "percent" and subject.endswith("率") and not own)
    shared = shared or (bool(left.basis) and number.category == "percent" and all(is_metric(one) for one in subjects))
    if len(subjects) > 1 and shared:
        completed = [strip_lead(one)[0] for one in complete_subjects(subjects)]
        context.subjects, context.served = completed, 1
        context.indicator = context.subject = completed[-1]
        return completed[:1] if part.followers else completed
    context.subjects, context.served = [], 0
    if right and subject:
        context.head = subject
    elif subject:
        context.head = ""
    context.verb = verb(whole) or (context.verb if part.index else "")
    context.indicator, context.subject = whole, subject or right
    return [whole]


def _restored(context: Context, subject: str, right: str, number: Number, part: Member, *, is_part: bool) -> str:
    """The phrase with what an earlier member said for it: verb, head, project, measured noun."""
    own = verb(subject)
    rest = subject[len(own) :]
    whole = subject + right
    if _SIZE.fullmatch(subject) and (sized := _SIZED.search(context.indicator)):
        return whole + sized["thing"]
    if is_part and not own:
        return _part_of(context, whole)
    if not own and not right:
        subject = measure_of(subject, context.subject)
        rest, whole = subject, subject
    if number.category == "percent" and not own:
        whole = subject = _rated(context, subject) if not right else subject
        rest, whole = subject, subject + right
    if subject in _TOTAL and context.subject and not is_metric(context.subject):
        return context.subject.removeprefix(verb(context.subject)) + whole
    if subject in _ATTRIBUTE and context.indicator and (part.index or context.counted):
        return context.indicator + whole
    if rest in _DEPENDENT and (own or part.index == 0):
        return (context.project or (context.subject if context.counted else "")) + whole
    if subject in _BARE_METRIC and context.subject and is_metric(context.subject):
        return _PROCESS.sub("", context.subject.removesuffix(metric(context.subject))) + whole
    follows = part.index > 0 or context.unit == number.base_unit != ""
    follows = follows or (context.counted and number.category == "counter" and not _ACTIVE.search(subject))
    if not subject and context.head and (part.index or part.start == number.start):
        return context.head + whole
    if own == subject and not right and (said := _thing_before(context, number)):
        return own + said
    if own == subject and not right:
        return own + _THING_OF.sub("", context.project)
    if not own and not context.verb and context.unit == number.base_unit and number.category == "money" and not right:
        return whole if is_metric(whole) else whole + _measured_noun(context.subject)
    if not own and context.verb and follows and not (part.index == 0 and is_metric(subject)):
        whole = context.verb + whole
        if number.category == "measure" and not is_metric(subject):
            whole += _measured_noun(context.indicator)
    return whole


def _thing_before(context: Context, number: Number) -> str:
    """The counted thing of the member before, when this one names only the next step: 开工12万套，竣工8万套."""
    own = verb(context.indicator)
    counted = number.category == "counter" and context.unit == number.base_unit
    return context.indicator[len(own) :] if counted and own else ""


def _rated(context: Context, subject: str) -> str:
    """A rate with what the rate before it said of whom: 县城达57%, 资源化利用率80%."""
    if subject in {"", context.subject}:
        return subject
    whole = measure_of(subject, context.subject)
    if whole != subject or not subject.endswith("率") or len(subject) > _SHORT_RATE:
        return whole
    if context.rate_head:
        return context.rate_head + subject
    earlier = context.subject
    same = next((n for n in range(4, 1, -1) if subject[-n:] == earlier[-n:]), 0)
    says_more = len(subject) - same == 2 or subject[: len(subject) - same].endswith("化")
    if same and says_more and len(earlier) - same - 2 >= 4 and context.basis == "share":
        context.rate_head = earlier[: -same - 2]
        return context.rate_head + subject
    return subject


def _measured_noun(phrase: str) -> str:
    """The measured noun with its process that ends the phrase: 种植面积."""
    found = _MEASURED.search(phrase)
    return found.group() if found else ""


def _part_of(context: Context, whole: str) -> str:
    """What 其中 counts: part of the thing counted before, named by it unless it names itself."""
    if verb(whole) or is_metric(whole):
        return whole
    if len(whole) > 3 and (context.indicator.endswith(whole[-2:]) or whole[-4:] in context.indicator):
        return verb(context.indicator) + whole
    if whole == verb(whole):
        return whole + context.indicator[len(verb(context.indicator)) :]
    return context.indicator + whole


_THING_OF = pattern("(?:建设|计划|工程|行动|倍增|培育|改造|提升)+$")
_ACTIVE = pattern(
    "新增|建设|转移|就业|实现|完成|培训|参保|接待|改造|达|培养|发放|增加|开展|服务|总数|人数|人口|人次|企业数"
)
_ADVANCE = re.compile(
    "^(?:统筹|深入|大力|全力|扎实|持续|积极)?(?:加快|推进|推动|抓好|实施|建设|深化|做好|开展|实施好)+"
)


def project_of(clause: str) -> str:
    """The thing a clause is about, for later clauses that say only 完成投资."""
    phrase = clean(clause)
    advance = _ADVANCE.match(phrase)
    if not advance:
        return ""
    phrase = phrase[advance.end() :]
    for tail in ("步伐", "力度", "进度"):
        phrase = phrase.removesuffix(tail)
    return phrase if 2 < len(phrase) <= 24 else ""
