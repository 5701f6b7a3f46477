"""Coordinated subjects: which things a shared or distributed quantity belongs to."""

from __future__ import annotations

import re

from luoshi.reading.phrase import listed_metric, metric
from luoshi.reading.words import either, words

_AND = re.compile("、|和(?!谐|平|美)|以及|(?<![普涉触危波])及(?!以[上下]|时|其|格)|(?<![参赋给寄])与")
_COUNTED = re.compile(rf"(?:{either(words('words', 'counted'))})$")
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
    alike = all(len(one) == len(first) < 4 and not metric(one) for one in members[:-1])
    if tail and alike and "（" not in last and len(last) > len(first) + 1:  # 城镇、农村居民人均可支配收入
        return [*(one + last[len(first) :] for one in members[:-1]), last]
    head = ""
    for other in members[1:]:
        head = head or _shared_head(first, other)
    completed = []
    for index, member in enumerate(members):
        whole = member if index == 0 or not head or member.startswith(head) else head + member
        if tail and not metric(member) and not whole.endswith(tail):
            whole = _joined(whole, tail)
        completed.append(whole)
    return completed


def _shared_head(first: str, other: str) -> str:
    """What of the first member the other leaves out: up to where the two begin alike, or its own noun."""
    for size in (2, 1):
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
