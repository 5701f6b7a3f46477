"""A list of things cut into its members: which 、和及与 joins two things and which is part of one name."""

from __future__ import annotations

import re

from luoshi.reading.words import Endings, words
from luoshi.terms.pattern import pattern

_AND = re.compile("、|和(?!谐|平|美)|以及|(?<![普涉触危波])及(?!其|时|格)|(?<![参赋给寄脑])与(?!会)")
BRACKETS = re.compile("“[^“”]*”|《[^《》]*》|[（(][^（()）]*[)）]|〔[^〔〕]*〕")
SUFFIXES = Endings(
    {
        "measure": words("commitments", "reform_nouns")
        + words("commitments", "plan_nouns")
        + words("commitments", "service_nouns")
        + words("commitments", "allowance_nouns")
        + words("commitments", "acting_nouns")
        + ("要求",),
        "thing": words("commitments", "event_nouns")
        + words("commitments", "honour_nouns")
        + words("commitments", "project_nouns"),
    }
)
ACTION = re.compile(
    "(?:改造提升|优化提升|更新改造|升级改造|提升改造|扩能改造|节能改造|安全改造|改造升级|改扩建|除险加固|改造|扩建|迁建|绿化|敷设|修编|更新)"
    "(?:工程|项目)?$"
)
HEADS = {"行动", "计划", "体系", "机制", "制度", "改革"}
QUOTED = pattern("“[^“”]+”")
_BESIDE = pattern("(?:“[^“”]+”){2,}")
_GROUND_ENDS = frozenset("村房楼棚街巷校院网渠田")
_DEED = "(?:提升|扩容|培育|攻坚|倍增|壮大|振兴|改造|治理|整治|保护|修复|引进|培养|攻关|再造)"
# 融资提升和基金扩容计划 are two plans; 规模和质量双提升行动 is one.
_DEEDS, _DEED_PLANS = pattern(f"[^、]{{4,}}{_DEED}$"), pattern(f"^[^、]{{4,}}{_DEED}(?:计划|行动|工程)$")
_ADDED = pattern("(?:新增|配套|附属|相关|其他|周边)(?!“)")
_JOINING = pattern("^(?:保护|治理|利用|开发|管理|建设|应用|修复|服务|生态修复|生态保护|环境整治)(?:$|、|工程|项目)")
_OF_ALL = pattern("”[^“”、]{1,4}“[^“”]+”$")  # “甲”“乙”问题“回头看” is one thing
NAMED_ALONE = 5
"""A longer member of a list of 项目 names itself."""
ACTS = frozenset(words("commitments", "acting_nouns"))


def split(phrase: str) -> list[str]:
    """The members of a list as they stand, what they share not yet restored."""
    guarded = [found.span() for found in BRACKETS.finditer(phrase)]
    members, begin = [], 0
    for found in _AND.finditer(phrase):
        if any(a < found.start() < b for a, b in guarded):
            continue
        if found.group() in "和及与" and not _is_joint(phrase, begin, found):
            continue
        members.append(phrase[begin : found.start()])
        begin = found.end()
    for a, b in guarded:  # “甲”“乙” stand beside each other without a comma
        if (
            begin <= a
            and phrase[b : b + 1] == "“"
            and phrase[a] == "“"
            and b > begin
            and phrase[-1] == "”" != phrase[-2:-1]
            and not _OF_ALL.search(phrase, b)
        ):
            members.append(phrase[begin:b])
            begin = b
    members.append(phrase[begin:])
    members = [one.strip("的 ") for one in members if one.strip("的 ")]
    if len(members) > 1 and "”“" in phrase:  # “甲节”“乙节”和“丙节”
        members = [part for one in members for part in (QUOTED.findall(one) if _BESIDE.fullmatch(one) else [one])]
    return [phrase] if any(len(one) == 1 for one in members) and len(members) > 1 else members


def _is_joint(phrase: str, begin: int, found: re.Match[str]) -> bool:
    """Whether 和及与 joins two things and is no part of one name (甲路与乙路连接线, 规模和质量双倍增行动)."""
    before, after = phrase[begin : found.start()], phrase[found.end() :]
    if len(before) < 2 or len(after) < 2 or _JOINING.match(after) or re.search("连接|衔接|互通", after):
        return False
    own = SUFFIXES.last(before)
    if found.group() in "及与" and _ADDED.match(after):
        return False
    complete = (
        bool(own and not (own in ACTS and after.endswith(tuple(HEADS))))
        or before[-1] in "”期"
        or before.endswith("建设")
    )
    earlier = SUFFIXES.last(phrase[: begin - 1]) if begin > 1 else ""
    if found.group() == "及":
        next_one = after.partition("、")[0]
        return complete and len(before) >= 5 and len(next_one) >= 5 and _is_like(before, next_one)
    if "、" in phrase[:begin] or "、" in after:
        return "的" not in after and (complete or not earlier or bool(ACTION.search(after)))
    if _DEEDS.search(before) and _DEED_PLANS.search(after) and "、" not in after:
        return True
    if not complete and "、" not in after and before[-1] in _GROUND_ENDS and ACTION.search(after):
        return True
    if complete:
        return _is_like(before, after)
    return "“" not in after and bool(re.search("(?:平台|制度|机构|模式|改革|服务体系|保障体系)$", after))


def _is_like(before: str, after: str) -> bool:
    """Whether both are of one class: two measures or two things; a plain port is no 建设工程."""
    left, right = SUFFIXES.last(before), SUFFIXES.last(after)
    if after.endswith("工程") or not left or not right or "”" in before[-1:]:
        return not after.endswith("工程") or bool(re.search("(?:工程|计划|行动|改造|扩建|建设|[”期])$", before))
    if min(len(left), len(right)) > 1 and min(len(before), len(after)) > NAMED_ALONE and "的" not in after:
        return True
    return left == "工程" or SUFFIXES.category[left] == SUFFIXES.category[right]
