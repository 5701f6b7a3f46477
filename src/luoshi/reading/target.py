"""Sentences to quantified targets: each quantity with what it measures, how it compares and against what."""

from __future__ import annotations

import re
from dataclasses import replace

from luoshi.reading.clause import Sentence
from luoshi.reading.left import Left, strip_before
from luoshi.reading.member import Member, mains, members
from luoshi.reading.model import Mention
from luoshi.reading.number import Number, compare
from luoshi.reading.phrase import clean, is_metric, strip_lead, verb
from luoshi.reading.raised import mention_as, raised
from luoshi.reading.restore import Context, indicators, project_of
from luoshi.reading.role import role
from luoshi.reading.rule import declare
from luoshi.reading.tense import tells_past
from luoshi.reading.words import Endings, either, words
from luoshi.terms.pattern import pattern

_GROWTH = pattern(rf"(?:{either(words('words', 'growth_noun'))})$")
_REDUCTION = pattern(rf"(?:{either(words('words', 'reduction_noun'))})$")
_NO_COUNT = set(words("words", "no_count"))
_DROP_RIGHT = pattern(
    "^(?:安排|大关|关口|的?(?:目标|水平|以上|任务|要求|左右|一档|区间|这一水平|的?速度)|，|、|。|$|[)）])"
)
_GOAL_SUFFIX = re.compile("(?:预期目标|年度目标|目标值|目标)$")
_UNIT_AGAIN = re.compile("^(?:[（(][^（）()]{1,12}[)）]|[（(][^（）()]*[)）](?=$))")
_REACHING = re.compile("(?<=[建成施设造])(?:覆盖|惠及|辐射|容纳)[^，、]{2,24}?的(?=.{2})")
_TAIL = pattern("(?:创建|建设|改造|培育|整治|[^\\W\\da-zA-Z_]{2}(?:问题|困难))$")
_AT_LEAST = re.compile("(?:至少|不少于|最少)[^\\W\\da-zA-Z_]{1,6}$")
_GRADE_WORDS = Endings({"grade": words("words", "grades")})
_GRADES = set(words("words", "grades"))
_OUTCOME_ANY = pattern(rf"(?:{either(words('verbs', 'outcome'))})$")


_NUMBER = declare(
    "reading.quantity.number", "数量表达", "例：15亿元、50场以上、3—5个。 非例：“4321”行动(名称)、一批项目(习语)。"
)


def read_targets(text: str, sentence: Sentence, numbers: list[Number], place: Mention) -> list[Mention]:
    """Every mention of one sentence, in text order.

    Args:
        text: the document.
        sentence: the sentence.
        numbers: its numbers.
        place: a mention to copy task, area and sentence from; its role is ``result`` in a part on the past.
    """
    found: list[Mention] = []
    free: list[Number] = []
    for number in numbers:
        known = role(number, text, sentence)
        if known is None:
            free.append(number)
        elif number.form in {"arabic", "bare"} or known[0] == "condition":
            found.append(mention_as(text, number, known[0], place, (known[1], number.start, number.end)))
    context = Context()
    for clause, after in zip(sentence.clauses, [*sentence.clauses[1:], None], strict=True):
        here = [n for n in free if clause[0] <= n.start < clause[1]]
        if here:
            told = replace(place, role="result") if tells_past(text, sentence.start, clause) else place
            read = _read_clause(text, clause, here, sentence, (context, told))
            found.extend(_with_action(text, clause, after, read) if _SCOPE.match(text, clause[0]) else read)
        else:
            context.project = context.project or project_of(text[clause[0] : clause[1]])
            context.previous = clean(text[clause[0] : clause[1]])
    return sorted(found, key=lambda one: one.start)


_SCOPE = re.compile("(?:针对|面向|在)(?![0-9])[^，]{2,40}|(?:针对|面向|在)[0-9]")


def _with_action(
    text: str, clause: tuple[int, int], after: tuple[int, int] | None, read: list[Mention]
) -> list[Mention]:
    """What is done, said in the next clause, when this one only says to whom or where: 针对8类商品，开展比较试验."""
    words_of = text[clause[0] : clause[1]]
    action = clean(text[after[0] : after[1]]) if after else ""
    if not verb(action) or any(one.isdigit() for one in action):
        return read
    return [
        replace(one, indicator=clean(text[one.end : clause[1]]) + action)
        if one.role == "target" and one.indicator in _bare(words_of, one) and one.comparator != "<="
        else one
        for one in read
    ]


def _bare(words_of: str, mention: Mention) -> tuple[str, str]:
    """The clause without the quantity, with and without its preposition: what an indicator without action is."""
    bare = clean(words_of.replace(mention.quote, "", 1))
    return bare, strip_lead(bare)[0]


def _read_clause(
    text: str, clause: tuple[int, int], here: list[Number], sentence: Sentence, given: tuple[Context, Mention]
) -> list[Mention]:
    context, place = given
    standards = raised(text, clause, here, given)
    if standards:
        return standards
    found: list[Mention] = []
    parts = members(text, clause, here, sentence)
    tail = _shared_tail(text, parts)
    for part in parts:
        chosen, others = mains(text, part)
        found.extend(
            mention_as(text, n, others[n.start], place, ("reading.quantity.main", part.start, part.end))
            for n in part.numbers
            if n.start in others
        )
        begin = part.start
        for number, later in zip(chosen, [*chosen[1:], None], strict=True):
            window = (begin, later.start if later else part.end)
            again = part if begin == part.start else replace(part, index=part.index + 1)
            found.extend(_read_member(text, window, number, again, (context, place, tail)))
            begin = number.end
    if not context.project:
        context.project = project_of(_without(text, clause, here))
    return found


def _read_member(
    text: str, window: tuple[int, int], number: Number, part: Member, given: tuple[Context, Mention, str]
) -> list[Mention]:
    """One quantity of a member: its subject left and right, restored, then one mention per indicator."""
    context, place, tail = given
    left = strip_before(text, window[0], number)
    before = text[window[0] : left.end]
    is_part = "其中" in before[:3] and "其中实现" not in before
    subject, modality = strip_lead(clean(before))
    subject = _GOAL_SUFFIX.sub("", subject)
    right = _right(text, window, number, subject)
    if number.form == "han" and number.category == "counter" and not _is_counted(subject, right):
        return []
    if right.endswith("等") and len(part.numbers) > 1 and number is not part.numbers[-1]:
        right += clean(text[part.numbers[-1].end : part.end])
    if tail and part.index >= 0 and text[number.end : part.end] and not right.endswith(tail):
        right += tail
    names = indicators(context, (subject, right), number, part, (left, is_part))
    if modality == "at_least" or _AT_LEAST.search(before):
        modality, left.comparator = "" if modality == "at_least" else modality, left.comparator or ">="
    aspire = "aspire" in {modality, left.modality} or (
        not modality and context.modality == "aspire" and not verb(subject)
    )
    aspire = aspire or subject.startswith(("争创", "争取", "谋划"))
    context.modality = modality or left.modality or context.modality
    basis = _basis(number, left, names[0] if names else "", context, is_bare=not subject)
    if left.end == number.start and part.index and not left.comparator:
        left.comparator = context.comparator
    context.comparator, context.counted = left.comparator, number.category == "counter"
    context.basis, context.unit = basis, number.base_unit
    mention = replace(
        place,
        start=number.start,
        end=number.end,
        quote=text[number.start : number.end],
        role=place.role if place.role == "result" else "target",
        value=number.value,
        value_max=number.value_max,
        unit=number.unit.replace("％", "%"),
        comparator=compare(number.after) or left.comparator or "=",
        basis=basis,
        baseline=left.baseline or ("上年" if basis in {"growth", "reduction"} else None),
        modality="aspire" if aspire else "firm",
        steps=((_NUMBER, number.start, number.end), *left.steps),
        indicator=left.per + names[0] if names and place.role != "result" else "",
    )
    if mention.role != "target":
        return [mention]
    return [mention, *(replace(mention, indicator=left.per + name) for name in names[1:])]


def _is_counted(subject: str, right: str) -> bool:
    """Whether a Chinese numeral counts things that are done: 办好十方面民生实事; never 五台山, 八项规定."""
    return (bool(subject) and verb(subject) == subject and subject not in _NO_COUNT) or bool(_OUTCOME_ANY.search(right))


def _right(text: str, window: tuple[int, int], number: Number, subject: str) -> str:
    """The words after the number that say what is counted, or what becomes of it."""
    right = _REACHING.sub("", _UNIT_AGAIN.sub("", clean(text[number.end : window[1]])))
    if not right or _DROP_RIGHT.match(right):
        return ""
    has_noun = len(subject) > len(verb(subject)) + 1 and (bool(verb(subject)) or is_metric(subject))
    if number.category in {"money", "percent", "measure"} and has_noun and not subject.endswith("等"):
        return ""
    return right


def _basis(number: Number, left: Left, indicator: str, context: Context, *, is_bare: bool) -> str:
    if number.category in {"percent", "times"}:
        if left.basis:
            return left.basis
        if _GROWTH.search(indicator):
            return "growth"
        if _REDUCTION.search(indicator):
            return "reduction"
        if number.unit == "番":
            return "growth"
        if is_bare and context.basis in {"growth", "reduction"}:
            return context.basis
        return "share"
    return left.basis if left.basis and (left.against or left.baseline) else "absolute"


def _shared_tail(text: str, parts: list[Member]) -> str:
    """The verb noun that closes a list of counted things and belongs to each: 1个甲、2个乙创建."""
    if len(parts) < 2:
        return ""
    last = clean(text[parts[-1].numbers[-1].end : parts[-1].end])
    first = clean(text[parts[0].numbers[-1].end : parts[0].end])
    found = _TAIL.search(last)
    if first in _GRADES:
        return last.removeprefix(_GRADE_WORDS.first(last)) if _GRADE_WORDS.first(last) else ""
    return found.group() if found and first and not first.endswith(found.group()) else ""


def _without(text: str, clause: tuple[int, int], numbers: list[Number]) -> str:
    words_left, begin = [], clause[0]
    for number in numbers:
        words_left.append(text[begin : number.start])
        begin = number.end
    return "".join([*words_left, text[begin : clause[1]]])
