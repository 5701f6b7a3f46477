"""Sentences to quantified targets: each quantity with what it measures, how it compares and against what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from luoshi.reading.clause import Sentence
from luoshi.reading.left import Left, strip_before
from luoshi.reading.member import Member, mains, members
from luoshi.reading.model import Mention, Step
from luoshi.reading.number import Number, compare
from luoshi.reading.phrase import clean, is_metric, metric, strip_lead, verb
from luoshi.reading.role import role
from luoshi.reading.rule import declare
from luoshi.reading.subject import complete_subjects, split_subjects
from luoshi.reading.tense import tells_past
from luoshi.reading.words import either, words

_GROWTH = re.compile(rf"(?:{either(words('words', 'growth_noun'))})$")
_REDUCTION = re.compile(rf"(?:{either(words('words', 'reduction_noun'))})$")
_DEPENDENT = set(words("words", "dependent"))
_ATTRIBUTE = set(words("words", "attribute"))
_BARE_METRIC = set(words("words", "bare_metric"))
_NO_COUNT = set(words("words", "no_count"))
_PROCESS = re.compile(rf"(?:{either(words('words', 'process'))})$")
_MEASURED = re.compile(rf"(?:{either(words('words', 'process'))})?(?:{either(words('words', 'measured'))})$")
_SHARED_TAIL = re.compile("^(?:创建|建设|改造|任务|工作|工程|项目|培育|整治)+$")
_DROP_RIGHT = re.compile("^(?:安排|的?(?:目标|水平|以上|任务|要求|左右)|，|、|。|$|[)）])")
_GOAL_SUFFIX = re.compile("(?:预期目标|年度目标|目标值|目标)$")
_UNIT_AGAIN = re.compile("^[（(][^（）()]{1,12}[)）]")
_OUTCOME_ANY = re.compile(rf"(?:{either(words('verbs', 'outcome'))})$")


_NUMBER = declare(
    "reading.quantity.number", "数量表达", "例：15亿元、50场以上、3—5个。 非例：“4321”行动(名称)、一批项目(习语)。"
)
_RAISED = declare(
    "reading.quantity.raised",
    "从甲提高到乙",
    "例：从每月600元提高到650元(600元是现状)。 非例：从源头抓起，提高到600元。",
)


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
            found.append(_other(text, number, known[0], place, (known[1], number.start, number.end)))
    context = Context()
    for clause in sentence.clauses:
        here = [n for n in free if clause[0] <= n.start < clause[1]]
        told = replace(place, role="result") if here and tells_past(text, sentence.start, clause) else place
        if here:
            found.extend(_read_clause(text, clause, here, sentence, (context, told)))
        else:
            context.project = context.project or _project(text[clause[0] : clause[1]])
            context.previous = clean(text[clause[0] : clause[1]])
    return sorted(found, key=lambda one: one.start)


def _other(text: str, number: Number, what: str, place: Mention, step: Step) -> Mention:
    return replace(
        place, start=number.start, end=number.end, quote=text[number.start : number.end], role=what, steps=(step,)
    )


def _read_clause(
    text: str, clause: tuple[int, int], here: list[Number], sentence: Sentence, given: tuple[Context, Mention]
) -> list[Mention]:
    context, place = given
    raised = _raised(text, clause, here, given)
    if raised:
        return raised
    found: list[Mention] = []
    parts = members(text, clause, here, sentence)
    tail = _shared_tail(text, parts)
    for part in parts:
        chosen, others = mains(text, part)
        found.extend(
            _other(text, n, others[n.start], place, ("reading.quantity.main", part.start, part.end))
            for n in part.numbers
            if n.start in others
        )
        begin = part.start
        for number, later in zip(chosen, [*chosen[1:], None], strict=True):
            window = (begin, later.start if later else part.end)
            again = replace(part, index=part.index + (begin != part.start))
            found.extend(_read_member(text, window, number, again, (context, place, tail)))
            begin = number.end
    if not context.project:
        context.project = _project(_without(text, clause, here))
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
    if tail and part.index >= 0 and text[number.end : part.end] and not right.endswith(tail):
        right += tail
    indicators = _indicators(context, (subject, right), number, part, (left, is_part))
    if modality == "at_least":
        modality, left.comparator = "", left.comparator or ">="
    aspire = "aspire" in {modality, left.modality} or (
        not modality and context.modality == "aspire" and not verb(subject)
    )
    aspire = aspire or subject.startswith(("争创", "争取", "谋划"))
    context.modality = modality or left.modality or context.modality
    basis = _basis(number, left, indicators[0] if indicators else "", context)
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
    )
    if mention.role != "target":
        return [replace(mention, indicator="")]
    indicators = [left.per + name for name in indicators]
    return [replace(mention, indicator=name) for name in indicators] or [replace(mention, doubt="没有找到指标名称。")]


def _is_counted(subject: str, right: str) -> bool:
    """Whether a Chinese numeral counts things that are done: 办好十方面民生实事; never 五台山, 八项规定."""
    return (bool(subject) and verb(subject) == subject and subject not in _NO_COUNT) or bool(_OUTCOME_ANY.search(right))


def _right(text: str, window: tuple[int, int], number: Number, subject: str) -> str:
    """The words after the number that say what is counted, or what becomes of it."""
    right = _UNIT_AGAIN.sub("", clean(text[number.end : window[1]]))
    if not right or _DROP_RIGHT.match(right):
        return ""
    has_noun = len(subject) > len(verb(subject)) + 1 and (bool(verb(subject)) or is_metric(subject))
    if number.category in {"money", "percent", "measure"} and has_noun:
        return ""
    return right


def _indicators(
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
    own = verb(subject)
    whole = _restored(context, subject, right, number, part, is_part=is_part)
    subjects = split_subjects(subject) if not right else [subject]
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
    if is_part and not own:
        return _part_of(context, whole)
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
    if own == subject and not right:
        return own + _THING_OF.sub("", context.project)
    if not own and not context.verb and context.unit == number.base_unit and number.category == "money" and not right:
        return whole if is_metric(whole) else whole + _measured_noun(context.subject)
    if not own and context.verb and follows and not (part.index == 0 and is_metric(subject)):
        whole = context.verb + whole
        if number.category == "measure" and not is_metric(subject):
            whole += _measured_noun(context.indicator)
    return whole


def _measured_noun(phrase: str) -> str:
    """The measured noun with its process that ends the phrase: 种植面积."""
    found = _MEASURED.search(phrase)
    return found.group() if found else ""


def _part_of(context: Context, whole: str) -> str:
    """What 其中 counts: part of the thing counted before, named by it unless it names itself."""
    if verb(whole) or is_metric(whole):
        return whole
    if len(whole) > 3 and whole[-2:] in context.indicator:
        return verb(context.indicator) + whole
    return context.indicator + whole


def _basis(number: Number, left: Left, indicator: str, context: Context) -> str:
    if number.category in {"percent", "times"}:
        if left.basis:
            return left.basis
        if _GROWTH.search(indicator):
            return "growth"
        if _REDUCTION.search(indicator):
            return "reduction"
        if number.unit == "番":
            return "growth"
        if left.end == number.start and context.basis in {"growth", "reduction"}:
            return context.basis
        return "share"
    return left.basis if left.basis and (left.against or left.baseline) else "absolute"


def _shared_tail(text: str, parts: list[Member]) -> str:
    """The verb noun that closes a list of counted things and belongs to each: 1个甲、2个乙创建."""
    if len(parts) < 2:
        return ""
    last = clean(text[parts[-1].numbers[-1].end : parts[-1].end])
    first = clean(text[parts[0].numbers[-1].end : parts[0].end])
    found = re.search("(?:创建|建设|改造|培育|整治)$", last)
    return found.group() if found and first and not first.endswith(found.group()) else ""


_THING_OF = re.compile("(?:建设|计划|工程|行动|倍增|培育|改造|提升)+$")
_ACTIVE = re.compile(
    "新增|建设|转移|就业|实现|完成|培训|参保|接待|改造|达|培养|发放|增加|开展|服务|总数|人数|人口|人次|企业数"
)
_ADVANCE = re.compile(
    "^(?:统筹|深入|大力|全力|扎实|持续|积极)?(?:加快|推进|推动|抓好|实施|建设|深化|做好|开展|实施好)+"
)


def _project(clause: str) -> str:
    """The thing a clause is about, for later clauses that say only 完成投资."""
    phrase = clean(clause)
    advance = _ADVANCE.match(phrase)
    if not advance:
        return ""
    phrase = phrase[advance.end() :]
    for tail in ("步伐", "力度", "进度"):
        phrase = phrase.removesuffix(tail)
    return phrase if 2 < len(phrase) <= 24 else ""


def _without(text: str, clause: tuple[int, int], numbers: list[Number]) -> str:
    words_left, begin = [], clause[0]
    for number in numbers:
        words_left.append(text[begin : number.start])
        begin = number.end
    return "".join([*words_left, text[begin : clause[1]]])


_RAISE = re.compile("(?:提高|增加|提升|上升|扩大|增长|上调|上浮|调整|降低|下降|减少|压缩|缩短|压减)?(?:到|至|为)")
_FROM = re.compile(
    "(?:分别)?(?:从|由)(?:原来的|现在的|目前的|[\u4e00-\u9fff0-9]{0,5}年的|[月年]?人均|每人每月|每人每年|每生每年|每人|每月|每年|每亩)*$"
)


def _raised(text: str, clause: tuple[int, int], here: list[Number], given: tuple[Context, Mention]) -> list[Mention]:
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
    subject = subject.removeprefix("将").removeprefix("把")
    subjects = complete_subjects(split_subjects(subject)) if pivot > 1 else [subject]
    if len(subjects) != pivot:
        subjects = [subject] * pivot
    subjects = [_with_tail(one, context.subject) for one in subjects]
    context.indicator = context.subject = subjects[-1]
    found = []
    for old, new, name in zip(here[:pivot], here[pivot:], subjects, strict=True):
        step = (_RAISED, start.start(), new.end)
        found.append(_other(text, old, "result", place, step))
        found.append(
            replace(
                _other(text, new, "target" if place.role != "result" else "result", place, step),
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
