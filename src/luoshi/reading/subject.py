"""Coordinated subjects: which things a shared or distributed quantity belongs to."""

from __future__ import annotations

import re

from luoshi.reading.phrase import listed_metric, metric
from luoshi.reading.words import Endings, either, words
from luoshi.terms.pattern import pattern

_AND = re.compile("、|和(?!谐|平|美)|以及|(?<![普涉触危波])及(?!以[上下]|时|其|格)|(?<![参赋给寄])与")
_COUNTED = pattern(rf"(?:{either(words('words', 'counted'))})$")
_HEAD = pattern(rf"{either(words('words', 'shared_heads'))}")
_SCOPES = frozenset(words("words", "scopes"))
_SCOPE_WORDS = Endings({"scope": words("words", "scopes")})
_ALIKE = set("总年月人户亩单")
_BRACKETS = re.compile("[（(“《][^（()）“”《》]*[)）”》]")


def split_subjects(phrase: str) -> list[str]:
    """The members of a coordinated subject as written; brackets and quotes are not cut.

    >>> split_subjects("全年旅游总人数和总收入")
    ['全年旅游总人数', '总收入']
    """
    guarded = [found.span() for found in _BRACKETS.finditer(phrase)]
    members, begin = [], 0
    for found in _AND.finditer(phrase):
        if any(start < found.start() < end for start, end in guarded) or found.end() == len(phrase):
            continue
        members.append(phrase[begin : found.start()])
        begin = found.end()
    members.append(phrase[begin:])
    return [one for one in members if one]


def complete_subjects(members: list[str]) -> list[str]:
    """Give each member the head or the tail it shares with the others.

    >>> complete_subjects(["全年旅游总人数", "总收入"])
    ['全年旅游总人数', '全年旅游总收入']
    >>> complete_subjects(["户籍人口基本医保", "基本养老保险参保率"])
    ['户籍人口基本医保参保率', '户籍人口基本养老保险参保率']
    """
    if len(members) < 2:
        return members
    counted = _COUNTED.search(members[-1])
    tail = metric(members[-1]) or (counted.group() if counted else "")
    first, last = members[0], members[-1]
    echoed = _insurances(members) or _echoed(members)
    if tail and echoed:
        return echoed
    alike = all(len(one) == len(first) < 4 and not metric(one) for one in members[:-1])
    if tail and alike and "（" not in last and len(last) > len(first) + 1:  # 城镇、农村居民人均可支配收入
        return [*(one + last[len(first) :] for one in members[:-1]), last]
    common = _HEAD.match(first)
    head = common.group() if common and len(common.group()) < len(first) else ""
    for other in members[1:]:
        head = head or _shared_head(first, other)
    completed = []
    for index, member in enumerate(members):
        whole = member if index == 0 or not head or member.startswith(head) else head + member
        if tail and not metric(member) and not whole.endswith(tail):
            whole = _joined(whole, tail)
        completed.append(whole)
    return completed


_BASIC = ("医疗", "养老")
_INSURED = pattern("(?P<head>.*?)(?P<kind>医疗|养老|工伤|失业|生育)(?:保险)?")
_INSURED_RATE = pattern("(?P<kind>医疗|养老|工伤|失业|生育)保险(?P<rest>.+)")


def _insurances(members: list[str]) -> list[str]:
    """Kinds of insurance that share whom they insure and the noun: 居民基本医疗、养老保险参保率."""
    found = [_INSURED.fullmatch(one) for one in members[:-1]]
    last = _INSURED_RATE.fullmatch(members[-1])
    if not last or not found[0] or not all(found) or not metric(last["rest"]):
        return []
    kinds = [*(one["kind"] for one in found if one), last["kind"]]
    head = found[0]["head"]
    return [f"{head if kind in _BASIC else head.removesuffix('基本')}{kind}保险{last['rest']}" for kind in kinds]


def _echoed(members: list[str]) -> list[str]:
    """Members that only say of whom a measure is taken, each with the measure: 城镇居民、农村居民人均可支配收入."""
    first, last = members[0], members[-1]
    head = _HEAD.match(first)
    bare = [one[len(head.group()) :] if head and one is first else one for one in members[:-1]]
    own = scope_of(last, bare[0])
    if own and len(own) < len(last) and all(one in _SCOPES for one in bare):
        return [*(one + last[len(own) :] for one in members[:-1]), (head.group() if head else "") + last]
    size = next((n for n in range(min(len(first), 4), 1, -1) if first[-n:] in last[1:]), 0)
    if size and len(members) == 2 and not metric(first) and not last.endswith(first[-size:]):
        return [first + last[last.index(first[-size:], 1) + size :], last]
    return []


def scope_of(phrase: str, like: str) -> str:
    """The words that begin the phrase and say of whom or where a measure is taken, most like those of another.

    >>> scope_of("农村居民人均收入", "城镇"), scope_of("农村居民人均收入", "城镇居民")
    ('农村', '农村居民')
    """
    found = [phrase[:size] for size in range(1, 8) if phrase[:size] in _SCOPES]
    return min(found, key=lambda one: abs(len(one) - len(like)), default="")


def measure_of(phrase: str, earlier: str) -> str:
    """The phrase with the measure of an earlier subject when it only says of whom it is taken.

    >>> measure_of("县城", "城市生活垃圾处理率")
    '县城生活垃圾处理率'
    """
    if phrase not in _SCOPES:
        return phrase
    own, at_end = scope_of(earlier, phrase), _SCOPE_WORDS.last(earlier)
    if at_end and at_end not in {earlier, phrase}:  # 保障标准城镇年人均提高200元、农村提高100元
        return earlier[: -len(at_end)] + phrase
    return phrase + earlier[len(own) :] if own and metric(earlier) else phrase


def _shared_head(first: str, other: str) -> str:
    """What of the first member the other leaves out: up to where the two begin alike, or its own noun."""
    for size in (2, 1):
        if size == 1 and other[0] not in _ALIKE:
            break
        at = first.find(other[:size])
        if at > 1 and len(other) < len(first) + 4:
            return first[:at]
    own = listed_metric(first)
    if own and metric(other) not in {"", own} and len(other) <= len(own) + 2 and len(first) > len(own) + 1:
        return first[: -len(own)]
    return ""


def _joined(member: str, tail: str) -> str:
    """Member and tail without saying twice what both hold (生活补贴 + 补贴标准 → 生活补贴标准)."""
    size = next((n for n in range(len(tail), 0, -1) if member.endswith(tail[:n])), 0)
    return member + tail[size:]
