"""The members of a list of things: 甲、乙和丙等重点项目, each with the head or kind it shares."""

from __future__ import annotations

import re

from luoshi.reading.words import Endings, either, words

_AND = re.compile("、|和(?!谐|平|美)|以及|(?<![普涉触危波])及(?!其|时|格)|(?<![参赋给寄])与(?!会)")
_BRACKETS = re.compile("“[^“”]*”|《[^《》]*》|[（(][^（()）]*[)）]|〔[^〔〕]*〕")
_FOOTNOTE = re.compile(r"[〔\[]\d+[〕\]]|\s+")
_GRADING = Endings({"grading": words("commitments", "grading")})
_GENERAL = Endings({"general": words("commitments", "general_kinds")})
_COUNT = re.compile("^[一二两三四五六七八九十0-9]+(?:大|个|项|条|类|座|处|批|所)?")
_SUFFIXES = Endings(
    {
        name: words("commitments", name)
        for name in ("reform_nouns", "plan_nouns", "service_nouns", "event_nouns", "honour_nouns", "project_nouns")
    }
)
_RANK = re.compile("^(?:国家级|省级|市级|全国|全省|全市|国家|省|浙江省)")
_CLOSING_QUOTE = re.compile("(?<=[^“”])“[^“”]+”$")
_ENUMERATED = re.compile("“[一二三四五六七八九十两数几][^“”]*”|[一二三四五六七八九十]大$")
_NAMED_COUNT = re.compile("[一二三四五六七八九十0-9]+(?:大|个|项)[^、]{2,8}$")
_OVER, _UNDER = {"改革"}, {"机制", "制度", "体制", "体系"}
_KIND = re.compile(rf"(?:{either(words('commitments', 'project_nouns'))})$")


def things(phrase: str) -> list[str]:
    """The members named by an object phrase, each complete enough to be told apart.

    >>> things("甲乙路、丙丁桥等重点工程")
    ['甲乙路', '丙丁桥']
    >>> things("东山、西河等邻里中心")
    ['东山邻里中心', '西河邻里中心']
    """
    phrase = _FOOTNOTE.sub("", phrase)
    listed, kind = _before_and_so_on(phrase)
    if kind is None and (_ENUMERATED.search(listed) or re.search("、[^、]*的[^、]*$", listed)) and "、" in listed:
        return [_unquoted(listed)]
    if kind is None and "、" in listed:
        listed = _NAMED_COUNT.sub("", listed)
    members = _split(listed)
    if kind is not None:
        return [_unquoted(one + _kind_of(one, kind)) for one in members]
    return [_unquoted(one) for one in _shared(members)]


def _before_and_so_on(phrase: str) -> tuple[str, str | None]:
    """The list before 等 and the kind after it; None without 等."""
    guarded = [found.span() for found in _BRACKETS.finditer(phrase)]
    for found in re.finditer("等(?!级|候|于|次)", phrase):
        if not any(a < found.start() < b for a, b in guarded) and found.start() > 1:
            return phrase[: found.start()].rstrip("、"), phrase[found.end() :]
    return phrase, None


def _kind_of(member: str, kind: str) -> str:
    """What of the kind belongs to the member's name; nothing when it only says 项目 or grades."""
    kind = _COUNT.sub("", kind)
    whole = kind
    while word := _GRADING.first(kind):
        kind = kind[len(word) :]
        kind = _COUNT.sub("", kind)
    if not kind or kind in set(words("commitments", "general_kinds")):
        return "" if _KIND.search(member) or kind in {"项目", "工程", ""} or "“" in member else _fitting(member, kind)
    del whole
    return "" if member.endswith(kind[-2:]) and len(kind) < 4 else kind


def _fitting(member: str, kind: str) -> str:
    general = {
        "道路",
        "路段",
        "设施",
        "展会",
        "活动",
        "赛事",
        "品牌",
        "企业",
        "工作",
        "领域",
        "方面",
        "任务",
        "景区",
        "应用",
    }
    return "" if kind in general or _SUFFIXES.last(member) else kind


def _split(phrase: str) -> list[str]:
    guarded = [found.span() for found in _BRACKETS.finditer(phrase)]
    found_members, begin = [], 0
    for found in _AND.finditer(phrase):
        if any(a < found.start() < b for a, b in guarded):
            continue
        if found.group() in "和及与" and not _is_joint(phrase, begin, found):
            continue
        found_members.append(phrase[begin : found.start()])
        begin = found.end()
    for a, b in guarded:  # “甲”“乙” stand beside each other without a comma
        if begin <= a and phrase[b : b + 1] == "“" and phrase[a] == "“" and b > begin:
            found_members.append(phrase[begin:b])
            begin = b
    found_members.append(phrase[begin:])
    return [one.strip("的 ") for one in found_members if one.strip("的 ")]


def _is_joint(phrase: str, begin: int, found: re.Match[str]) -> bool:
    """Whether 和及与 joins two things and is no part of one name (甲路与乙路连接线, 规模和质量双倍增行动)."""
    before, after = phrase[begin : found.start()], phrase[found.end() :]
    if len(before) < 2 or len(after) < 2 or re.search("(?:连接|衔接|互通)", after):
        return False
    complete = _SUFFIXES.last(before) or before[-1] in "”期" or "建设" in before[-2:]
    if found.group() == "及":
        return bool(complete) and len(before) >= 5 and len(after) >= 5
    if "、" in phrase[:begin] or "、" in after:
        return "的" not in after
    return bool(complete) or bool(re.search("(?:平台|制度|机构|模式|改革)$", after))


def _shared(members: list[str]) -> list[str]:
    """Members without 等: the last one's noun and the first one's head or rank belong to all."""
    if len(members) < 2:
        return members
    closing = _CLOSING_QUOTE.search(members[-1])
    suffix = closing.group() if closing else _SUFFIXES.last(members[-1])
    rank = _RANK.match(members[0])
    first_noun = _SUFFIXES.last(members[0])
    head = members[0][: -len(first_noun)] if first_noun else ""
    completed = []
    for index, member in enumerate(members):
        whole = member.removesuffix("建设")
        own = _SUFFIXES.last(whole)
        if (suffix and index < len(members) - 1 and "”" not in member and (not own or closing)) or (
            suffix in _OVER and own in _UNDER and index < len(members) - 1
        ):
            whole += suffix
        if index and head and own == member:
            whole = head + whole
        elif rank and index and not _RANK.match(member) and "“" not in member[:1]:
            whole = rank.group() + whole
        completed.append(whole)
    return completed


def _unquoted(name: str) -> str:
    """The name without quotation marks that wrap it whole."""
    inner = name[1:-1]
    if name[:1] == "“" and name[-1:] == "”" and "“" not in inner and "”" not in inner:
        return inner
    return name.strip("的")
