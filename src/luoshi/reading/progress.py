"""Progress sentences (截至6月底，已举办活动28场，占年度目标的56%) as statements: of what, as of when, how much.

What a statement speaks of is only quoted here; ``matching`` ranks the commitments it can mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from luoshi.reading.as_of import ACTED, HEAD, UNTIL, as_of_words, title_as_of
from luoshi.reading.clause import Sentence, sentences
from luoshi.reading.deadline import TimeWords
from luoshi.reading.number import Number, numbers
from luoshi.reading.reported import ReportedFigure, figure_of, is_reached, meaning_of
from luoshi.reading.rule import declare
from luoshi.reading.tally import tally_span
from luoshi.reading.words import either, words
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

for _identity, _name, _doc in (
    ("state", "状态词", "例：工程已完工、正在推进、未达序时。 非例：预计10月底前全部完成。"),
    ("look_ahead", "下步打算", "例：下一步，将加快推进。 非例：下沉式广场已完工。"),
):
    declare(f"reading.progress.{_identity}", _name, _doc)

STATES = ("not_started", "behind", "ahead", "on_pace", "done", "advancing", "started", "preparing")
"""States a sentence can say, the graver first; 未完成 is looked for before 完成."""

_STATE_OF = {word: state for state in reversed(STATES) for word in words("progress", state)}
_STATE = pattern(either(_STATE_OF))
_PACES = {"behind", "ahead", "on_pace"}
_WISH = pattern(f"(?:{either(words('progress', 'wish'))})[^，,。；;]{{0,14}}\\Z|[为对]\\Z")
_LOOK_AHEAD = pattern(
    rf"(?:[一二三四五六七八九十0-9]+[、.．是])?[ 　]*(?:{either(words('progress', 'ahead_of_time'))})"
)
_HEADING = pattern("进展|情况|完成|通报|进度|落实")
_ITEM = pattern(r"第(?P<item>[0-9]{1,3})项")
_FRONT = pattern(
    r"(?:[ 　\t,，、：:）)]+|和(?!谐|美)|其中|同时|另外|此外|今年|当年|已经|已|累计|共计|共|实际|预计|全面|顺利|并|且|也|目前|我县|全县|全市|我市|全区|其余|剩余|的(?!确)|"
    r"其[一二三四五六七八九十]是|[一二三四五六七八九十]是|[（(]?[0-9]{1,3}[)）.．、](?![0-9])|[①-⑳]|有)+"
)
_BACK = pattern(
    r"(?:[ 　\t（(：:]+|已?下达|已经|已|累计|完成率?|实际|实现|达到|达|为|到|至|约|近|了|共|有|均|都|正在|进行|超额|全部|"
    r"预计|顺利|基本|实际开工|下达|提前|正在施工中?|施工中)+\Z"
)
_CLOSE = ")）"
_ONLY_VERB = pattern(rf"(?:{either(words('progress', 'reached'))}|及时|成功|圆满|积极)+")
_TELLS_NOTHING = pattern(
    r"[中的对在]|(?:目前)?(?:进展|完成|落实|推进)?(?:情况|进展|如下)|.{0,30}(?:通报|汇报|公示)如下|.{0,12}方面"
)
_TARGET_LABEL = pattern(r"(?:任务|目标|计划)(?:为|是)?\Z")
_OF_TARGET = pattern(r"(?:占|完成|达到?|实现)[^，,。；;0-9]{0,12}(?:目标|计划|任务)[^，,。；;0-9]{0,8}[0-9.]+[%％]")
_DONE_TO = pattern("(?<!业)已经?(?!有)")
_NAME = 4
"""Characters from which words before 已 name a thing."""
_LISTS = pattern("(?:分别)?[为是]|包括|分别")


@dataclass(frozen=True, slots=True)
class ReportedState:
    """状态表述: a word of state in a progress sentence; ``state`` is one of ``STATES``."""

    span: Span
    word: str
    state: str


@dataclass(frozen=True, slots=True)
class ProgressStatement:
    """进展陈述: what one part of a text says has been done; a proposal that no record follows from by itself.

    ``subject`` is the place of the words it speaks of (empty when the text leaves them out), ``item`` the task
    number it names itself (第7项). ``as_of`` keeps its words; its ``last`` is the day, or None for 截至目前.
    ``share`` is of the year's target. Numbers are as written: a share the text calculates wrongly stays wrong.
    ``is_tally``: it counts how many tasks stand so (滞后17项), which is no figure of any of them.
    """

    span: Span
    subject: Span
    item: int | None = None
    as_of: TimeWords | None = None
    amount: ReportedFigure | None = None
    share: ReportedFigure | None = None
    growth: ReportedFigure | None = None
    gap: ReportedFigure | None = None
    plan: ReportedFigure | None = None
    state: ReportedState | None = None
    task: int | None = None
    rules: tuple[str, ...] = ()
    is_tally: bool = False

    def words(self, text: str) -> str:
        """The words it speaks of."""
        return self.subject.quote(text)


@dataclass(slots=True)
class _Walk:
    """What earlier parts left for later ones."""

    text: str
    year: int
    report_day: date | None = None
    title: TimeWords | None = None
    as_of: TimeWords | None = None
    label: Span | None = None
    current: ProgressStatement | None = None
    tally: Span | None = None
    shares: bool = False
    done: list[ProgressStatement] = field(default_factory=list)


def progress_statements(
    text: str, start: int, end: int, year: int, report_day: date | None = None
) -> Iterator[ProgressStatement]:
    """The statements in ``text[start:end]`` in order.

    Args:
        text: the document.
        start: where to begin.
        end: where to stop.
        year: the year its months belong to where none is written.
        report_day: the day a form is filled in for, when the text is a report's: then 完成投资3亿元 is news even
            without 已. It is not written into ``as_of``, which holds only what the text says.

    >>> [str(s.amount.value) for s in progress_statements("截至6月底，已举办活动28场，占年度目标的56%", 0, 23, 2023)]
    ['28']
    """
    walk = _Walk(text, year, report_day)
    for index, line in enumerate(_lines(text, start, end)):
        if index < 3 and walk.title is None and _HEADING.search(line.quote(text)[:80]):
            walk.title = title_as_of(text, line, year)
        walk.as_of = None
        for sentence in sentences(text, line.start, line.end):
            if _LOOK_AHEAD.match(text, sentence.start, sentence.end):
                break
            _read_sentence(walk, sentence)
            yield from walk.done
            walk.done.clear()


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for found in pattern(r"[^\n|\t]+").finditer(text, start, end):
        if found.group().strip():
            yield Span(found.start(), found.end())


def _read_sentence(walk: _Walk, sentence: Sentence) -> None:
    _close(walk)
    walk.label = None
    walk.tally = tally_span(walk.text, sentence.start, sentence.end)
    walk.shares = _OF_TARGET.search(walk.text, sentence.start, sentence.end) is not None
    found = [
        number
        for number in numbers(walk.text, sentence.start, sentence.end)
        if number.category not in {"code", "date"} and number.form != "bare" and _is_open(walk.text, sentence, number)
    ]
    times = as_of_words(walk.text, sentence, walk.year)
    for part in _parts(walk.text, sentence, found):
        here = [number for number in found if part.start <= number.start < part.end]
        dated = [one for one in times if part.start <= one.span.start < part.end]
        if dated:
            walk.as_of = dated[-1]
            if walk.as_of.last and UNTIL.match(walk.as_of.words):
                walk.title = walk.as_of  # 截至10月20日 holds for the paragraphs that follow, too
        body = Span(max([part.start, *(one.span.end for one in dated)]), part.end)
        here = [number for number in here if number.start >= body.start]
        if walk.current and walk.current.state and _LISTS.match(walk.text, part.start, part.end):
            break  # 未达序时进度3项，为……: names of what was counted, no news of their own
        if len(body):
            _read_part(walk, body, here)
    _close(walk)


def _is_open(text: str, sentence: Sentence, number: Number) -> bool:
    """Outside quotation marks and brackets, or alone in a bracket behind what it measures: 1个（50%）."""
    if sentence.is_quoted(number.start):
        return False
    if not sentence.is_bracketed(number.start):
        return True
    return (
        text[number.start - 1] in "(（"
        and text[number.core : number.core + 1] in {")", "）"}
        and number.category == "percent"
    )


def _parts(text: str, sentence: Sentence, found: list[Number]) -> Iterator[Span]:
    """The clauses, cut again at 、 behind a figure: 建成1个（50%）、治理120条（95%）."""
    ends = {number.end for number in found} | {number.core for number in found}
    for start, end in sentence.clauses:
        begin = start
        for mark in pattern("、").finditer(text, start, end):
            at = mark.start()
            before = at - 1 if text[at - 1] in _CLOSE else at
            if not sentence.is_protected(at) and before in ends:
                yield Span(begin, at)
                begin = at + 1
        yield Span(begin, end)


def _read_part(walk: _Walk, part: Span, here: list[Number]) -> None:
    text = walk.text
    figures = [figure for index in range(len(here)) if (figure := _figure(walk, part, here, index))]
    state = _state(text, part, figures)
    if not figures and not state:
        if text[part.end : part.end + 1] in {"：", ":"}:
            walk.label = part
        return
    for figure in figures:
        _add(walk, part, figure)
    if state:
        _add_state(walk, part, state, alone=not figures)


def _figure(walk: _Walk, part: Span, here: list[Number], index: int) -> ReportedFigure | None:
    """What one number of a part reports, or None."""
    text, number = walk.text, here[index]
    following = any(is_reached(text[number.core : other.start]) for other in here[index + 1 : index + 2])
    if text[number.start - 1] in "(（" and number.category == "percent":
        return figure_of(number, "share")
    figure = meaning_of(text, Span(max(part.start, here[index - 1].end if index else 0), part.end), number, following)
    if figure is None and not following and _tallies(text, part, number):
        figure = figure_of(number, "amount")
    if figure and figure.meaning == "part":
        return None
    is_dated = walk.as_of is not None or walk.report_day is not None
    if figure is None and is_dated and index == len(here) - 1 and number.category in {"money", "measure", "percent"}:
        figure = figure_of(number, "amount")
    return None if figure and figure.meaning == "amount" and not _is_told(walk, part) else figure


def _tallies(text: str, part: Span, number: Number) -> bool:
    """Whether a number counts what is in a state: 欠进度的有17个, 26项未达序时."""
    state = _state(text, part, []) if number.unit in {"个", "项", "件"} else None
    return state is not None and state.state in _PACES


def _is_told(walk: _Walk, part: Span) -> bool:
    """Whether an amount is told as reached: a time or 已 is there, and no label calls it a task."""
    if walk.label and _TARGET_LABEL.search(walk.text, walk.label.start, walk.label.end):
        return False
    is_dated = bool(walk.as_of or walk.title or walk.report_day)
    return is_dated or walk.shares or ACTED.search(walk.text, part.start, part.end) is not None


def _add(walk: _Walk, part: Span, figure: ReportedFigure) -> None:
    current = walk.current
    subject = _subject(walk.text, part, figure)
    same_part = current is not None and current.span.end > part.start
    has_room = current is not None and getattr(current, figure.meaning) is None
    joins = has_room and (same_part or (not len(subject) and figure.meaning in {"share", "growth", "gap"}))
    if joins and current is not None and not (figure.meaning == "plan" and current.amount):
        own = current.subject if len(current.subject) else subject
        if figure.meaning == "amount" and current.plan and len(subject):
            own = subject
        grown = replace(current, span=Span(current.span.start, figure.span.end), subject=own)
    else:
        _close(walk)
        item = _item(walk, part)
        if not len(subject) or (item and walk.label):
            subject = _labelled(walk) or subject
        grown = ProgressStatement(Span(part.start, figure.span.end), subject, item, walk.as_of or walk.title)
    rules = (*grown.rules, f"reading.progress.{figure.meaning}")
    walk.current = _with(grown, figure, rules)


def _with(one: ProgressStatement, figure: ReportedFigure, rules: tuple[str, ...]) -> ProgressStatement:
    if figure.meaning == "amount":
        return replace(one, amount=figure, rules=rules)
    if figure.meaning == "share":
        return replace(one, share=figure, rules=rules)
    if figure.meaning == "growth":
        return replace(one, growth=figure, rules=rules)
    if figure.meaning == "gap":
        return replace(one, gap=figure, rules=rules)
    return replace(one, plan=figure, rules=rules)


def _add_state(walk: _Walk, part: Span, state: ReportedState, *, alone: bool) -> None:
    rules = ("reading.progress.state",)
    if not alone and walk.current is not None:
        end = max(walk.current.span.end, state.span.end)
        span = Span(walk.current.span.start, end)
        walk.current = replace(walk.current, span=span, state=state, rules=walk.current.rules + rules)
        return
    subject = _telling(walk.text, Span(part.start, state.span.start))
    if not len(subject):
        subject = _telling(walk.text, Span(state.span.end, part.end))
    current = walk.current
    if not len(subject) and current is not None and current.state is None:
        walk.current = replace(current, state=state, rules=current.rules + rules)
        return
    _close(walk)
    subject = subject if len(subject) else _labelled(walk) or subject
    span = Span(part.start, part.end)
    walk.current = ProgressStatement(
        span, subject, _item(walk, part), walk.as_of or walk.title, state=state, rules=rules
    )


def _close(walk: _Walk) -> None:
    one, walk.current = walk.current, None
    if one and walk.tally and one.span.overlaps(walk.tally):
        one = replace(one, is_tally=True, rules=(*one.rules, "reading.progress.tally"))
    if one and (one.amount or one.share or one.growth or one.gap or one.state):
        walk.done.append(one)


def _state(text: str, part: Span, figures: list[ReportedFigure]) -> ReportedState | None:
    for found in _STATE.finditer(text, part.start, part.end):
        state = _STATE_OF[found.group()]
        counted = any(one.span.start >= found.end() and one.meaning in {"amount", "plan"} for one in figures)
        wished = _WISH.search(text, part.start, found.start()) is not None
        partial = counted and (state in {"done", "started"} or (state == "ahead" and "完成" in found.group()))
        if not wished and not partial:
            return ReportedState(Span(found.start(), found.end()), found.group(), state)
    return None


def _subject(text: str, part: Span, figure: ReportedFigure) -> Span:
    """The words a figure speaks of: those before it, or those behind it when none stand before (建成11家工会驿站)."""
    begin = part.start
    before = _telling(text, Span(begin, max(begin, figure.cue)))
    last = None
    for number in numbers(text, before.start, before.end):
        last = number
    if last is not None and last.category not in {"code", "date"}:  # 15个农村幸福院建设已完成8个
        before = _telling(text, Span(last.end, before.end))
    before = _named(text, before)
    bare = not len(before) or _ONLY_VERB.fullmatch(text, before.start, before.end) or figure.is_listed
    if not bare or figure.meaning not in {"amount", "plan"}:
        return before
    bracket = pattern("[(（]").search(text, figure.span.end, part.end)
    behind = _telling(text, Span(figure.span.end, min(bracket.start() if bracket else part.end, figure.span.end + 60)))
    return behind if len(behind) >= (_NAME if figure.is_listed else 1) else before


def _named(text: str, span: Span) -> Span:
    """The thing named before 已 (送戏进万村已送戏), not what was done to it; behind 已 where too little stands before."""
    acted = _DONE_TO.search(text, span.start, span.end)
    if acted is None:
        return span
    thing = _telling(text, Span(span.start, acted.start()))
    return thing if len(thing) >= _NAME else _telling(text, Span(acted.end(), span.end))


def _trimmed(text: str, span: Span) -> Span:
    head = HEAD.match(text, span.start, span.end)
    start = head.end() if head else span.start
    front = _FRONT.match(text, start, span.end)
    start = front.end() if front else start
    back = _BACK.search(text, start, span.end)
    return Span(start, max(start, back.start() if back else span.end))


def _telling(text: str, span: Span) -> Span:
    """The words of a place that name a thing; none when only particles are left."""
    trimmed = _trimmed(text, span)
    if _TELLS_NOTHING.fullmatch(text, trimmed.start, trimmed.end) or _STATE.match(text, trimmed.start, trimmed.end):
        return Span(trimmed.start, trimmed.start)
    return trimmed


def _labelled(walk: _Walk) -> Span | None:
    if walk.label is None:
        return None
    label = _telling(walk.text, walk.label)
    item = _ITEM.search(walk.text, label.start, label.end)
    return Span(label.start, item.start() - 1) if item and item.start() - 1 > label.start else label


def _item(walk: _Walk, part: Span) -> int | None:
    place = walk.label or part
    found = _ITEM.search(walk.text, place.start, place.end)
    return int(found["item"]) if found else None
