"""The members of a list of things: 甲、乙和丙等重点项目, each with the head or kind it shares."""

from __future__ import annotations

import re
from functools import lru_cache

from luoshi.reading.joint import ACTION, ACTS, BRACKETS, HEADS, NAMED_ALONE, QUOTED, SUFFIXES, split
from luoshi.reading.phrase import BLANKS
from luoshi.reading.words import Endings, either, words
from luoshi.terms.pattern import pattern

_FOOTNOTE = pattern(r"[〔\[［【]\s*\d{1,3}\s*[〕\]］】]|(?<=.)[（(]\d{1,3}[）)]|[①-⑳]|\s+")
_NOTES = BLANKS | frozenset("〔[［【（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# 等 that lists; never 高等教育, 同等待遇, 等级.
_AND_SO_ON = re.compile(
    "(?<!高(?=等[教院学职研专技法]))(?<!中(?=等[职专教收规城技]))(?<!初(?=等教))(?<!平(?=等[参就竞使享对保发]))"
    "(?<!同(?=等[待条学权享]))(?<![甲乙](?=等医))(?<!均(?=等化))等(?!级|候|于|次|离子|效|值|额)"
)
_GRADING = Endings({"grading": words("commitments", "grading")})
_GENERAL = set(words("commitments", "general_kinds"))
_COUNT = re.compile("^[一二两三四五六七八九十0-9]+(?:大|个|项|条|类|座|处|批|所|揽子)?")
_PLAN = words("commitments", "plan_nouns")
_RANK = pattern("^(?:国家级|省级|市级|全国|全省|全市|国家(?!数字)|省(?=[^以超区科级运属内直市会道域外部委际]))")
_KIND = pattern(rf"(?:{either(words('commitments', 'project_nouns'))})$")
_CLOSING_QUOTE = pattern("(?<=[^“”])“[^“”]+”$")
_ENUMERATED = pattern("、[^、“”]{1,6}“[一二三四五六七八九十两][^“”]{0,3}”[^、“”]{0,4}$")
_NAMED_COUNT = pattern("[一二三四五六七八九十0-9]+(?:大|个|项)(?P<head>[^、”]{2,8})$")
_DONE_TO = pattern("(?:改线|整治|治理|修复|治沙|提升|延伸|[东南西北]延|清淤|疏浚)$")
_ALONG = re.compile("(?:沿线|沿岸|两岸|两侧)(?=[^、]{2,}$)")
_BEAUTIES = pattern("(?:绿化|亮化|美化|硬化|净化)(?=(?:工程|项目)?$)")
_GRADED = pattern("(?:综合|配套|联动|一体化|集成|专项|市场化)$")
_QUOTED_NAME = pattern("“[^“”]+”")
_SORTS = pattern("(?:园区|平台|载体|高地|板块)$")
_BUILDING = pattern("(?<!违法)(?<!违章)建设$")
# One mechanism over several things: 大气、水和固体废物污染联防联控机制.
_OVER_ALL = re.compile(
    "、[^、“”]{1,6}和[^、“”]{2,10}(?:防控|治理|保护|管理|协同|联动|监管|利用|协作|联控|联治|共治)[^、“”]{0,4}(?:机制|体系|制度|体制)$"
)
# 专业化、品牌化养老机构: qualities of one thing.
_QUALITIES = pattern(
    "(?:[^、“”]{2,8}的)?(?:[^、“”]{1,3}[化型式]、)+[^、“”]{1,3}[化型式](?![一二三四五六七八九十0-9]+[大个项])[^、“”和]{2,}$"
)
# 妇女、老人等群体的关爱服务体系: the list says for whom, the thing is one.
_OF_A_GROUP = pattern("等[^、“”]{0,8}(?:群体|对象|人员|人群|群众|领域|行业|环节|地区|区域|产业|企业)的[^、“”和]+$")
# 东山、西河两所小学: the count closes the list as 等 does.
_COUNTED = re.compile(
    "(?P<members>[^、]{2,}[、和].*?[^、0-9]{2})(?P<count>[0-9]+|[两二三四五六七八九十])(?:个|所|座|条|处|家|项|大)(?P<kind>[^、和]{2,14})"
)
_JOINTS = re.compile("[、和]")
_ALIKES = (
    ("集团", "公司"),
    ("大街", "大道", "街", "路", "巷"),
    ("县", "区"),
    ("镇", "乡", "街道"),
    ("村",),
    ("学校", "小学", "中学"),
    ("河", "沟", "渠"),
    ("水库", "灌区", "医院", "卫生院", "公园", "广场", "大桥", "国道", "省道", "高速"),
)
_ALIKE = pattern(
    "(?:集团|公司|大街|大道|街道|街|路|巷|县|区|镇|乡|村|学校|小学|中学|河|沟|渠"
    "|水库|医院|卫生院|公园|广场|大桥|国道|省道|高速)$"
)
_ONLY_ACTED = _ALIKES[-1]
"""Things that stand for themselves in a list unless the same is done to each: 东岭水库、西坞水库除险加固."""
_ACTED = re.compile(
    "提升|改造|整治|治理|扩建|修缮|绿化|修复|升级|保护|疏浚|清淤|扩容|改扩|新建|加固|搬迁|防涝|硬化|亮化|养护|大修|拓宽|迁建|更新|敷设"
)
_WORKS = pattern("(?:管网|支线|干线|铁路|公路|高速|机场|工程|电站|水库)[^、]{0,2}$")
_REMEMBERED = 16
"""How many phrases' members are kept: the kind of a promise and its names ask for the same."""
_PHASE, _PHASED = pattern("[二三四五]期"), pattern("(.{2,})[一二三四]期")
_ALLOWANCES = frozenset(words("commitments", "allowance_nouns"))
_WATERS = {"湖", "江", "岛"}
_STREETS = {"路", "街", "巷", "大道", "大街", "线"}
_ROADS = {"公路", "道路", "铁路", "高速公路", "高铁", "桥梁", "断头路", "水库"}
_PLACES = frozenset("厂库区园城路街桥站线港馆院校场楼村镇湖河谷带廊")
_GROUNDS = frozenset("湖河江海山林州市源县区镇乡村旗盟长员")
_OF_ONE_LENGTH = 3
"""By how much the names in a list may differ in length when what follows the last belongs to all."""
_PLACE = 2
"""How long the names of places are that stand before one noun of both."""
_SHORT_HEAD = 2
"""How long the noun behind a count of members is that each takes over: 三大行动; never 四大专项行动."""
_BARE = 4
"""How long a member is that needs the head of the first one: 保障制度, 监管机制."""
_LIKE = {"机制", "制度", "体制", "体系", "政策"}
_OVER, _UNDER = {"改革"}, {"机制", "制度", "体制", "体系"}


@lru_cache(maxsize=_REMEMBERED)
def things(phrase: str) -> tuple[str, ...]:
    """The members named by an object phrase, each complete enough to be told apart.

    >>> things("甲乙路、丙丁桥等重点工程")
    ('甲乙路', '丙丁桥')
    >>> things("东山、西河等邻里中心")
    ('东山邻里中心', '西河邻里中心')
    """
    return tuple(_things(phrase))


def _things(phrase: str) -> list[str]:
    phrase = phrase if _NOTES.isdisjoint(phrase) else _FOOTNOTE.sub("", phrase)
    if ("的" in phrase and _OF_A_GROUP.search(phrase)) or ("、" in phrase and _QUALITIES.match(phrase)):
        return [_unquoted(phrase)]
    listed, kind = _before_and_so_on(phrase)
    if kind is not None:
        kind, also = _and_another(kind)
        if also:
            return [_unquoted(one + _kind_of(one, kind)) for one in split(listed)] + _things(also)
        return [_unquoted(one + _kind_of(one, kind)) for one in split(listed)]
    if "以及" in listed and all("、" in group for group in listed.split("以及")):
        return [one for group in listed.split("以及") for one in _things(group)]
    if "、" in listed and (_ENUMERATED.search(listed) or re.search("、[^、]*的[^、]*$", listed)):
        return [_unquoted(listed)]
    if _OVER_ALL.search(listed):
        return [_unquoted(listed)]
    counted = _NAMED_COUNT.search(listed) if "、" in listed else None
    if counted:
        head = counted["head"] if len(counted["head"]) == _SHORT_HEAD else ""
        members = _shared(split(listed[: counted.start()]))
        return [_unquoted(one if one.endswith(head) else one + head) for one in members]
    return [_unquoted(one) for one in _shared(split(listed))]


def _and_another(kind: str) -> tuple[str, str]:
    """A kind that is followed by one thing more: 等计算中心和城市数据中心."""
    first, joint, rest = kind.partition("和")
    both = [SUFFIXES.category.get(SUFFIXES.last(one)) for one in (first, rest)]
    if joint and all(both) and (both[0] == "thing" == both[1] or "等" in rest) and len(rest) > 4:
        return first, rest
    return kind, ""


def _before_and_so_on(phrase: str) -> tuple[str, str | None]:
    """The list before 等 and the kind after it; None without 等."""
    guarded = [found.span() for found in BRACKETS.finditer(phrase)]
    for found in _AND_SO_ON.finditer(phrase):
        if not any(a < found.start() < b for a, b in guarded) and found.start() > 1:
            return phrase[: found.start()].rstrip("、"), phrase[found.end() :]
    counted = _COUNTED.fullmatch(phrase) if _JOINTS.search(phrase) else None
    if (
        counted
        and counted["kind"] not in HEADS
        and not any(a <= counted.start("count") < b for a, b in guarded)
        and counts_members(phrase)
    ):
        return counted["members"], counted["kind"]
    return phrase, None


def counts_members(phrase: str) -> bool:
    """Whether a list ends in a count of just its members and their kind: 东山、西河两所小学."""
    counted = _COUNTED.fullmatch(phrase)
    if not counted:
        return False
    count = "零一两三四五六七八九十".find(counted["count"].replace("二", "两"))
    return len(_JOINTS.findall(counted["members"])) + 1 == (count if count > 0 else int(counted["count"]))


def _kind_of(member: str, kind: str) -> str:
    """What of the kind belongs to the member's name; nothing when it only says 项目 or grades."""
    kind = _COUNT.sub("", kind.removeprefix("方面的"))
    if kind.endswith("活动") and _QUOTED_NAME.fullmatch(member):
        return "活动"
    if ("、" in kind and kind.endswith(("工程", "项目"))) or (
        _SORTS.search(kind) and (len(member) > NAMED_ALONE or own_of(member))
    ):
        return ""
    while (word := _GRADING.first(kind)) and len(kind) != len(word) + 1:
        kind = _COUNT.sub("", kind[len(word) :])
    own = SUFFIXES.last(member)
    if own in _STREETS and kind.endswith(("道路", "路网")):
        return ""
    if kind in _ROADS and not own:
        return kind
    if kind == "活动" and not own:
        return kind
    if not kind or kind in _GENERAL or (QUOTED.fullmatch(kind) and len(member) >= NAMED_ALONE):
        return ""
    if kind.endswith(("项目", "工程")) and (len(member) > NAMED_ALONE or (own and len(kind) <= 4)):
        return ""
    if _is_complete(member, own, kind):
        return ""
    return "" if member.endswith(kind[-2:]) and len(kind) < 5 else kind


def own_of(member: str) -> bool:
    """Whether a short member ends in what it is, if only in one character: 农科城."""
    return len(member) >= NAMED_ALONE - 1 and member[-1] in _PLACES


def _is_complete(member: str, own: str, kind: str) -> bool:
    """Whether a member says by its own noun what it is, and the kind only sorts it: 生物城等科创园区."""
    category = SUFFIXES.category
    if _ACTED.search(kind):
        return False
    return len(own) > 1 and len(member) > len(own) + 1 and category[own] == category.get(SUFFIXES.last(kind)) == "thing"


def _shared(members: list[str]) -> list[str]:
    """Members without 等: the last one's noun and the first one's head or rank belong to all."""
    if len(members) < 2:
        return members
    tail = _tail(members)
    head = _head(members[0])
    rank = None if _WORKS.search(members[0]) else _RANK.match(members[0])
    completed: list[str] = []
    for index, member in enumerate(members):
        whole = _BUILDING.sub("", member) if member.endswith("建设") else member
        nearest = _nearer_tail(members, index) or tail
        if index < len(members) - 1 and _lacks(whole, nearest):
            whole += nearest.removeprefix(whole[-_PLACE:])  # 央企入县、民企入县招商行动
        own = SUFFIXES.last(member)
        if index and _BEAUTIES.match(member) and (done := _BEAUTIES.search(members[0])):
            whole = members[0][: done.start()] + whole  # 滨河路绿化、亮化工程
        elif index and _PHASE.match(member) and (first := _PHASED.match(members[0])):
            whole = first.group(1) + whole  # 天然气管网一期支线、二期工程
        elif index and head and own in _PLAN and len(member) <= len(own) + 1:
            whole = head + whole
        elif index and len(whole) == _BARE and whole[-2:] in _LIKE and completed[0][-2:] in _LIKE:
            whole = completed[0][:-_BARE] + whole  # 退役军人服务体系和保障制度
        elif index and "的" in members[0] and "的" not in member and tail:
            whole = members[0][: members[0].rindex("的") + 1] + whole
        elif rank and index and not _RANK.match(member) and "“" not in member[:1]:
            whole = rank.group() + whole
        completed.append(whole)
    return completed


def _nearer_tail(members: list[str], index: int) -> str:
    """What a member shares with the next one, not the last: 东岭街、西坞路排水改造和青石泵站."""
    if index >= len(members) - 2:
        return ""
    member, following = members[index], members[index + 1]
    return _after_alike(member, following) or _after_place(member, following, members[-1])


def _after_place(member: str, following: str, last: str) -> str:
    """What a place shares with the next member when the last is another kind: 东岭、西坞保税物流中心和云溪班列."""
    noun = SUFFIXES.last(following)
    if len(member) > _PLACE + 1 or SUFFIXES.last(member) or len(noun) < _PLACE or len(following) < len(noun) + 4:
        return ""
    return following[_PLACE:] if SUFFIXES.last(last) not in {"", noun} else ""


def _tail(members: list[str]) -> str:
    """What of the last member belongs to those before it."""
    first, last = members[0], members[-1]
    shared = _after_alike(first, last)
    if shared:
        return shared
    along = _ALONG.search(last)
    if along and along.start() > 1 and not any(_ALONG.search(one) for one in members[:-1]):
        return last[along.start() :]  # 东河、西河沿岸景观带
    closing = _CLOSING_QUOTE.search(last) or ACTION.search(last)
    if closing:
        return closing.group()
    size = len(first)
    alike = [one for one in members[:-1] if len(one) == size and (size < 3 or not SUFFIXES.last(one))]
    if len(members) > 2 and size <= 4 and len(last) > size + 3 and len(alike) * 2 > len(members) - 1:
        return last[size:]  # 长江、黄河、长城国家文化公园
    if len(members) == 2 and first[:2] == last[:2] and len(last) > len(first) + 1:
        return last[len(first) :]  # 大科学装置和大科学计划市场化运营模式
    thing = SUFFIXES.category.get(SUFFIXES.last(last)) == "thing"
    if thing and len(members) == 2 and len(first) == _PLACE < len(last) - 2 and not SUFFIXES.last(first):
        return last[_PLACE:]  # 东岭、西坞保税物流中心
    if len(members) == 2 and len(first) <= _PLACE + 1 < len(last) - 2 and {first[-1], last[len(first) - 1]} <= _GROUNDS:
        return last[len(first) :]  # 青湖、云河流域补偿机制
    noun = SUFFIXES.last(last)
    graded = _GRADED.search(last[: len(last) - len(noun)]) if noun in _OVER else None
    return graded.group() + noun if graded else noun


def _after_alike(first: str, last: str) -> str:
    """What follows in the last member the word that ends the first: 甲集团、乙集团育种基地项目; 甲街、乙路排水改造."""
    ending = _ALIKE.search(first)
    if not ending:
        return ""
    alike = next(group for group in _ALIKES if ending.group() in group)
    at = max((last.find(one, 1) + len(one) for one in alike if last.find(one, 1) > 0), default=0)
    rest = last[at:]
    if not at or abs(at - len(first)) > _OF_ONE_LENGTH or "的" in rest or "打造" in rest:
        return ""
    if ending.group() in _ONLY_ACTED and not _ACTED.match(rest):
        return ""
    return rest if len(rest) > 1 and SUFFIXES.last(rest) else ""


def _lacks(member: str, tail: str) -> bool:
    own = SUFFIXES.last(member)
    if tail and len(member) < 3:
        return True
    if _ACTED.search(tail) and _ALIKE.search(own) and not tail.endswith(own):
        return True
    if _ALONG.match(tail):
        return not own or member.endswith("”") or len(own) == 1
    if not tail or member.endswith("”") or (tail[-1] in _PLACES and member[-1] == tail[-1] and len(member) > 3):
        return False
    if tail[-1:] == "”" or ACTION.fullmatch(tail):
        return not ACTION.search(member) and not _DONE_TO.search(member)
    if tail == "试点" and own not in {"", "试点", "改革"} and SUFFIXES.category[own] == "measure":
        return True
    if own in _ALLOWANCES and tail in {"政策", "制度", "机制"}:
        return True
    if own in ACTS and tail.endswith(tuple(HEADS)):
        return True
    if own in _WATERS and len(tail) >= _BARE and tail[0] not in "综配" and not _ACTED.search(tail):
        return True
    if (
        own in _PLACES
        and len(member) > _PLACE + 1
        and SUFFIXES.category.get(tail) == "thing"
        and not _ACTED.search(tail)
    ):
        return False
    return not own or (tail in _OVER and own in _UNDER) or len(tail) > 4 > len(own)


def _head(first: str) -> str:
    noun = SUFFIXES.last(first)
    return first[: -len(noun)] if noun else ""


def _unquoted(name: str) -> str:
    """The name without quotation marks that wrap it whole."""
    inner = name[1:-1]
    if name[:1] == "“" and name[-1:] == "”" and "“" not in inner and "”" not in inner:
        return inner
    return name.strip("的")
