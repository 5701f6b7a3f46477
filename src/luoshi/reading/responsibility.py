"""Who answers for a task: tails such as （责任领导：…；牵头单位：…；责任单位：…） and （县发改局牵头，县财政局配合）.

The first named body leads, or the marked one (▲); 分别牵头 makes each lead (domain.md §0.2). Nothing is matched to
the roster here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from luoshi.document.model import Document
from luoshi.reading.deadline import TimeWords, read_deadline, time_words
from luoshi.reading.parties import NamedParty, PartyShare, cut, is_body_like, read_parties
from luoshi.reading.rule import declare
from luoshi.reading.words import words
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

for _identity, _name, _doc in (
    (
        "label",
        "责任标签",
        "例：（责任领导：张三；牵头单位：县发改局）、责任单位：县教育局。 非例：各责任单位要压实责任。",
    ),
    ("verb", "分工括号", "例：（县发改局牵头，县财政局配合）。 非例：（由企业自行负责）。"),
    ("bare", "单位括号", "例：……全面完成。（县教育局、县财政局） 非例：县政务服务中心（县行政审批局）大厅。"),
    ("first", "首位为牵头", "例：责任单位：县教育局、县财政局(县教育局牵头)。 非例：县教育局、县财政局分别牵头。"),
    ("mark", "记号为牵头", "例：责任单位：县财政局、▲县教育局。 非例：责任单位：县财政局。"),
    ("each", "分别牵头", "例：牵头单位：县教育局、县卫健局分别牵头。 非例：牵头单位：县教育局、县卫健局。"),
):
    declare(f"reading.responsibility.{_identity}", _name, _doc)

ROLES = ("leader", "lead", "responsible", "cooperating", "deadline", "contact")
"""What a label or a column of a responsibility list can hold."""

_HAN = "\u4e00-\u9fff"
_ROLE_OF = {word.replace("（", "").replace("）", ""): role for role in ROLES for word in words("columns", role)}
_LONGEST_TAIL = 800
_SPACED = "|".join(
    "[ \u3000]?".join(map(re.escape, word)) for word in sorted(_ROLE_OF, key=lambda word: (-len(word), word))
)
_LABEL = pattern(
    rf"(?<![{_HAN}A-Za-z])(?:(?P<label>{_SPACED})[ \u3000]*[:：]|[【\[［](?P<boxed>{_SPACED})[】\]］][:：]?)"
)
_PAIR = {"(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕"}
_STOP = pattern("[()（）〔〕\\[\\]【】。\n]")
_VERBAL = pattern(r"[（(](?P<in>[^（）()\n]{2,300}?(?:[（(][^（）()\n]{0,40}[)）][^（）()\n]{0,300}){0,6})[)）]")
_FOOT = pattern(r"主办单位[ \u3000]*[:：][^\n]*政府")
_OF_FOOT = {"lead", "responsible"}
_DIVIDES = pattern("牵头|负责|配合|参与|协助|落实")
_AT_END = pattern(r"[。；;.]?[ \u3000\t\r]*(?:\n|\Z)")
_BETWEEN = pattern(r"[\s。；;，,\u3000]*\Z")


@dataclass(frozen=True, slots=True)
class Responsibility:
    """责任分工: who answers for the task before it, each name at its place; a proposal, matched to no roster yet.

    ``leads`` are the bodies that lead (several only when marked or 分别牵头); ``joint`` those named after the
    first under 牵头单位; ``cooperating`` all others. ``is_open``: a list ended in 等. ``task`` is the number of
    the task around it. ``rules`` are the ids of the rules that fired; ``doubts`` say what a person should check.
    """

    span: Span
    leaders: tuple[NamedParty, ...] = ()
    leads: tuple[NamedParty, ...] = ()
    joint: tuple[NamedParty, ...] = ()
    cooperating: tuple[NamedParty, ...] = ()
    deadline: TimeWords | None = None
    is_open: bool = False
    task: int | None = None
    rules: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tail:
    span: Span
    values: tuple[tuple[str, Span], ...]


def read_responsibilities(document: Document, year: int) -> tuple[Responsibility, ...]:
    """The responsibilities written into a document's text, each with the number of the task around it.

    Args:
        document: a loaded document.
        year: the plan's year.
    """
    starts = [task.span.start for task in document.tasks]
    found = []
    regions = sorted(region.span for region in document.regions)
    for one in responsibilities(document.text, 0, len(document.text), year):
        around = bisect_right(regions, one.span) - 1
        if around >= 0 and one.span in regions[around]:
            continue  # 主办单位：… at the foot of a web page
        at = bisect_right(starts, one.span.start) - 1
        task = document.tasks[at] if at >= 0 and one.span.start < document.tasks[at].span.end else None
        found.append(replace(one, task=task.number if task else None))
    return tuple(found)


def responsibilities(text: str, start: int, end: int, year: int) -> Iterator[Responsibility]:
    """The responsibilities in ``text[start:end]`` in order; none overlaps another.

    >>> [r.leads[0].name for r in responsibilities("办好学校。（县教育局牵头，县财政局配合）", 0, 20, 2023)]
    ['县教育局']
    """
    at = start
    labelled = _merged(text, _labelled(text, start, end))
    for tail in [*labelled, None]:
        stop = tail.span.start if tail else end
        yield from _bracketed(text, at, stop, year)
        if tail:
            read = _of_tail(text, tail, year)
            if read:
                yield read
            at = tail.span.end


def combine(values: Iterable[tuple[str, Span]], text: str, year: int, span: Span) -> Responsibility:
    """One responsibility from words under labels or columns.

    Args:
        values: role (one of ``ROLES``) and place of the words.
        text: the document.
        year: the plan's year.
        span: the place of the whole.
    """
    lists: dict[str, list[PartyShare]] = {}
    deadline: TimeWords | None = None
    is_open = False
    for role, place in _unlabelled(text, values):
        if role == "deadline":
            deadline = deadline or read_deadline(text, place.start, place.end, year)
        elif role != "contact":
            shares, ends_open = read_parties(text, place.start, place.end, role)
            is_open |= ends_open
            for share in shares:
                kept = "leader" if role == "leader" else share.role
                lists.setdefault("cooperating" if kept == "cooperate" else kept, []).append(share)
    leads, joint, others, rules = _leads(lists)
    cooperating = (*others, *_all(lists.get("cooperating", [])))
    one = Responsibility(span, _all(lists.get("leader", [])), leads, joint, cooperating, deadline, is_open, None, rules)
    return replace(one, doubts=_doubts(one, lists))


def _unlabelled(text: str, values: Iterable[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    """The same words, those with a label of their own (a cell 牵头：县教育局 配合：县财政局) under its role."""
    for role, place in values:
        begin, under = place.start, role
        for label in _LABEL.finditer(text, place.start, place.end):
            if text[begin : label.start()].strip():
                yield under, Span(begin, label.start())
            begin, under = label.end(), _ROLE_OF[re.sub("[ \u3000]", "", label["label"] or label["boxed"])]
        if text[begin : place.end].strip():
            yield under, Span(begin, place.end)


def _leads(
    lists: dict[str, list[PartyShare]],
) -> tuple[tuple[NamedParty, ...], tuple[NamedParty, ...], tuple[NamedParty, ...], tuple[str, ...]]:
    """Who leads, who leads with them, who else answers, and by which rules."""
    lead, responsible = lists.get("lead", []), lists.get("responsible", [])
    named, rest = (_all(lead), _all(responsible)) if lead else (_all(responsible), ())
    if not named:
        return (), (), rest, ()
    marked = tuple(one for one in named if one.is_marked)
    others = tuple(one for one in named if not one.is_marked)
    if marked:
        return (marked, others, rest, ("reading.responsibility.mark",)) if lead else (
            marked, (), (*others, *rest), ("reading.responsibility.mark",)
        )  # fmt: skip
    parted = sum(one.part is not None for one in named) >= 2
    if parted or any(share.how in {"分别", "各自", "分头"} for share in (lead or responsible)):
        return named, (), rest, ("reading.responsibility.each",)
    joint = named[1:] if lead else ()
    return named[:1], joint, rest if lead else named[1:], ("reading.responsibility.first",)


def _all(shares: Iterable[PartyShare]) -> tuple[NamedParty, ...]:
    return tuple(party for share in shares for party in share.parties)


def _doubts(one: Responsibility, lists: dict[str, list[PartyShare]]) -> tuple[str, ...]:
    said = [
        f"“{party.name}”不像单位名称。"
        for party in (*one.leads, *one.joint, *one.cooperating)
        if not is_body_like(party.name)
    ]
    if one.leads and all(party.is_group for party in one.leads):
        said.append(f"“{one.leads[0].name}”是统称，没有写明由哪个单位牵头。")
    if not one.leads:
        said.append("没有写明牵头单位。")
    if any(share.how.startswith("按") for share in lists.get("responsible", [])) and "lead" not in lists:
        said.append("原文写的是按职责分工负责，现按列第一位的单位牵头读。")
    if one.deadline and one.deadline.doubt:
        said.append(one.deadline.doubt)
    said.extend(f"“{party.name}”不像人名。" for party in one.leaders if len(party.plain) > 16)
    return tuple(said)


def _labelled(text: str, start: int, end: int) -> Iterator[_Tail]:
    at = start
    while found := _LABEL.search(text, at, end):
        begin, close = _enclosure(text, found.start(), start, end)
        marks = [found]
        while following := _LABEL.search(text, marks[-1].end(), close):
            marks.append(following)
        values = []
        for mark, following_mark in zip(marks, [*marks[1:], None], strict=True):
            role = _ROLE_OF[re.sub("[ \u3000]", "", mark["label"] or mark["boxed"])]
            stop = following_mark.start() if following_mark else close
            values.append((role, Span(mark.end(), stop)))
        is_boxed = begin < found.start()
        last = close + 1 if is_boxed and close < end and text[close] in _PAIR.values() else close
        yield _Tail(Span(begin, last), tuple(values))
        at = max(last, found.end())


def _enclosure(text: str, at: int, start: int, end: int) -> tuple[int, int]:
    """Where a tail with its first label at ``at`` begins and its words end: at its bracket, or at 。 or the line's end."""
    before = at
    while before > start and text[before - 1] in " \u3000":
        before -= 1
    opened = before > start and text[before - 1] in _PAIR
    depth, limit = 0, min(end, at + _LONGEST_TAIL)
    for mark in _STOP.finditer(text, at, limit):
        character = mark.group()
        if character == "\n" or (character == "。" and depth == 0 and not opened):
            return (before - 1 if opened else at), mark.start()
        if character in _PAIR:
            depth += 1
        elif character in _PAIR.values():
            if depth == 0:
                return (before - 1 if opened else at), mark.start()
            depth -= 1
    return (before - 1 if opened else at), limit


def _merged(text: str, tails: Iterable[_Tail]) -> list[_Tail]:
    """Tails that follow one another, as on lines of their own, become one while no role comes twice."""
    kept: list[_Tail] = []
    for tail in tails:
        last = kept[-1] if kept else None
        if last and tail.span.start - last.span.end < 12 and _BETWEEN.match(text, last.span.end, tail.span.start):
            roles = {role for role, _ in last.values}
            if not roles & {role for role, _ in tail.values}:
                kept[-1] = _Tail(Span(last.span.start, tail.span.end), last.values + tail.values)
                continue
        kept.append(tail)
    return kept


def _of_tail(text: str, tail: _Tail, year: int) -> Responsibility | None:
    read = combine(tail.values, text, year, tail.span)
    bodies = (*read.leads, *read.joint, *read.cooperating)
    if not (read.leaders or any(is_body_like(one.name) for one in bodies)) or _is_foot(text, tail):
        return None
    return replace(read, rules=("reading.responsibility.label", *read.rules))


def _is_foot(text: str, tail: _Tail) -> bool:
    """Whether the labels are those of a web page's foot: 主办单位：某县人民政府  承办单位：某县大数据局."""
    quote = tail.span.quote(text)
    return quote[0] not in _PAIR and _FOOT.match(quote) is not None and {role for role, _ in tail.values} <= _OF_FOOT


def _bracketed(text: str, start: int, end: int, year: int) -> Iterator[Responsibility]:
    for found in _VERBAL.finditer(text, start, end):
        inside = Span(*found.span("in"))
        ends = _AT_END.match(text, found.end()) is not None
        divides = _DIVIDES.search(inside.quote(text)) is not None
        if not (divides or (ends and text[max(0, found.start() - 1)] in "。；;！")):
            continue
        values, deadline = _sorted(text, inside, year)
        read = combine(values, text, year, Span(found.start(), found.end()))
        bodies = (*read.leads, *read.joint, *read.cooperating)
        if not bodies or not all(is_body_like(one.name) for one in bodies):
            continue
        rule = "reading.responsibility.verb" if divides else "reading.responsibility.bare"
        doubts = read.doubts if divides else (*read.doubts, "括号内只列单位，没有写明各自职责。")
        yield replace(read, deadline=deadline, rules=(rule, *read.rules), doubts=doubts)


def _sorted(text: str, inside: Span, year: int) -> tuple[list[tuple[str, Span]], TimeWords | None]:
    """The list of a bracket without the piece that tells its deadline, and that deadline."""
    for piece in cut(text, inside.start, inside.end):
        if any(one.last for one in time_words(text, piece.start, piece.end, year)):
            before = ("responsible", Span(inside.start, max(inside.start, piece.start)))
            after = ("cooperating", Span(piece.end, inside.end))
            return [before, after], read_deadline(text, piece.start, piece.end, year)
    return [("responsible", inside)], None
