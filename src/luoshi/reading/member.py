"""Cut a clause with several quantities into members, one promise each, and name each member's main number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luoshi.reading.clause import Sentence
from luoshi.reading.number import Number
from luoshi.reading.rule import rule
from luoshi.terms.pattern import pattern

_SEPARATOR = re.compile(
    "、|以及|和(?!谐|平|美|睦)|(?<![惠普涉触危波遍])及(?!以[上下]|时|其)|(?<![参赋给])与|并(?!网)|，|,"
)
_TRAILING = re.compile(r"(?:[〔\[]\d+[〕\]]|[（(][^（）()]{0,40}[)）]|\s)*")
_LEADING = pattern(r"(?:不?超过?|近|约|不少于|不低于|逾|达到?|突破|各)?")
_GOES_ON = pattern("(?:比|较)(?:上年|去年)|同比|增长|增幅|下降|占比|其中|总投资")
_ACTION = pattern("建|投资|完成|新增|引进|实施|发展|达到|增长|收入|产值|惠及|覆盖|培训|改造|总|率|产量|生产|安置|服务")
_WHERE = pattern("(?:行政|自然)?(?:村|乡|镇|乡镇|社区|小区|街道|片区|县|路段)的?")
_KINDS = {"类", "批", "大类", "方面"}
_OF_THAT_SIZE = pattern("的(?:再)?(?:[有达]|增加到|增至|力争|超|突破|不少于)")
_AGENT = pattern("(?:支持|推动|组织|选择|遴选|在|对|从|由|依托|利用|全省|全市|全县|全区|现有|原有|通过|针对|向|联合)$")


@dataclass(slots=True)
class Member:
    """Part of a clause with its numbers, one of a list.

    ``index`` counts the members, ``separator`` is what stands before, ``followers`` how many members of nothing
    but a quantity come after (分别增长6%、8%、20%).
    """

    start: int
    end: int
    index: int
    separator: str
    numbers: list[Number] = field(default_factory=list)
    followers: int = 0


def members(text: str, clause: tuple[int, int], numbers: list[Number], sentence: Sentence) -> list[Member]:
    """Cut the clause at 、和及 where a quantity has just ended or one is about to begin."""
    start, end = clause
    ends = {_skip(text, number.end, end) for number in numbers}
    begins = {number.start for number in numbers}
    cuts: list[tuple[int, int]] = []
    for found in _SEPARATOR.finditer(text, start, end):
        if sentence.is_protected(found.start()):
            continue
        lead = _LEADING.match(text, found.end(), end)
        goes_on = found.group() == "、" and _GOES_ON.match(text, found.end(), end)
        if found.start() in ends or goes_on or (found.group() != "与" and lead and lead.end() in begins):
            cuts.append(found.span())
    edges = [start, *[cut[1] for cut in cuts]]
    stops = [*[cut[0] for cut in cuts], end]
    marks = ["", *[text[cut[0] : cut[1]] for cut in cuts]]
    found_members = [
        Member(a, b, i, mark, [n for n in numbers if a <= n.start < b])
        for i, (a, b, mark) in enumerate(zip(edges, stops, marks, strict=True))
    ]
    kept = [one for one in found_members if one.numbers]
    for one, later in zip(reversed(kept[:-1]), reversed(kept[1:]), strict=True):
        bare = later.numbers[0].start == later.start and later.numbers[-1].end == later.end
        one.followers = later.followers + 1 if bare else 0
    return kept


def _skip(text: str, position: int, end: int) -> int:
    found = _TRAILING.match(text, position, end)
    return found.end() if found else position


@rule("reading.quantity.main", "一句几数")
def mains(text: str, member: Member) -> tuple[list[Number], dict[int, str]]:
    """Which of a member's numbers is the goal; the others define what is counted.

    例：新增产值10亿元企业2家(2家)；50%以上的村集体收入达到10万元以上(50%)。
    非例：安排重点项目100个总投资500亿元(两个都是)。

    Returns:
        The main numbers, and for every other number (by its start) the role it has.
    """
    found = member.numbers
    if len(found) == 1:
        return found, {}
    first = found[0]
    between = text[first.core : found[1].start]
    if first.category == "percent" and _is_holder(text, member, first, between):
        return [first], {one.start: "condition" for one in found[1:]}
    chosen: list[Number] = []
    roles: dict[int, str] = {}
    for number, later in zip(found, [*found[1:], None], strict=True):
        if later is None:
            chosen.append(number)
        elif _defines(text, number, later) or _is_place(text, member, number, later):
            roles[number.start] = "condition"
        elif _AGENT.search(text[member.start : number.start]) and number.category == "counter":
            roles[number.start] = "name"
        else:
            chosen.append(number)
    return chosen, roles


def _is_place(text: str, member: Member, number: Number, later: Number) -> bool:
    """Whether the count only says where: 对沿河12个村18公里道路进行硬化."""
    if number.category != "counter" or later.category != "measure" or text[member.start] not in "对在为":
        return False
    return bool(_WHERE.fullmatch(text[number.end : later.start]))


def _is_holder(text: str, member: Member, first: Number, between: str) -> bool:
    """Whether the percentage is of those who reach the later quantity: 50%以上的村…达到10万元以上."""
    del member
    return bool(re.match("以上?的?[^\\W\\da-zA-Z_]", between)) and text[first.end : first.end + 1] not in "，、。"


def _defines(text: str, number: Number, later: Number) -> bool:
    """Whether a quantity only says what kind of thing the later one counts: 产值10亿元企业2家."""
    between = text[number.end : later.start]
    if not between or between[0] in "，、和及":
        return number.unit in _KINDS and not between and later.category == "counter"
    if number.category == "money" and later.category == "counter" and _OF_THAT_SIZE.match(between):
        return True
    if number.category in {"counter", "percent"} and later.category not in {"counter", "percent"}:
        return False
    if number.category == later.category and not number.after:
        return False
    if number.category in {"money", "measure", "time", "times"}:
        return len(between) <= 16 and not (not number.after and _ACTION.search(between[:4]))
    return bool(number.after) and not _ACTION.search(between)
