"""Clauses to commitments without a number (domain.md §0.4: 启动, 建成, 推进 …)."""

from __future__ import annotations

import re

from luoshi.reading.clause import Sentence
from luoshi.reading.direction import is_of_others, undescribed
from luoshi.reading.kind import event, honour, is_vague, project, stage
from luoshi.reading.measure import measure, names_programmes
from luoshi.reading.model import Commitment, Passage
from luoshi.reading.promise import Promise, parse
from luoshi.reading.things import counts_members, things
from luoshi.terms.pattern import pattern

_LISTED = re.compile("、[^“”]*等|等[^“”]{0,12}(?:项目|工程)$")
# 抓好打击电信诈骗、加强未成年人保护等工作 names duties, no works.
_DOINGS = pattern("(?:打击|加强|防治|防范|预防|防止|保护|关爱|强化|提高|扩大|维护|促进|整治|查处|规范)[^、]{2,}、")
_WORKS = re.compile("等[^等“”、]{0,10}(?:项目|工程|道路)$")
_LISTED_WORKS = {"迭代", "迭代升级", "贯通", "打通", "建成", "新建"}
_DESCRIBED = pattern(
    "^(?:计划|概算|预计)?(?:总投资|投资|总长度?|全长|总里程|长|占地|占地面积|总?建筑面积|总?面积|总?规模|总?装机(?:容量|规模)?)"
    "(?:约|近|达|超|超过)?[0-9.]+[万亿千百]*(?:[^\\W\\da-zA-Z_]|%){1,4}?的"
)
_DESCRIBING = frozenset("计概预总投全长占建面规装")
_NO_NAME = re.compile(
    ".*要求|专项|[一二三四五六七八九十两]大(?:行动|工程)|更(?:加|大|高|深|宽|广|多)[^“”]{0,6}|(?:力促|确保|力争|争取|推动|全部|全面|重点|重大|在建|签约|前期|拟建|续建|新建|一批|更多|各类|政府|省市|工业|产业|民生)*"
    "(?:项目|工程)?(?:早日|尽快|尽早|加快|全面)?(?:落地|开工|见效|落实)?"
)
_HELPING = {"支持", "组织", "促进", "推动"}
_NO_BUILDING = {"发展", "优化", "扩大", "提高", "用好", "发挥", "保护"}
_BEGIN = {"启动", "开工", "开工建设"}
# What opens a statement of aims: its clauses are directions, told again as tasks further on.
_AIMS = re.compile("(?:总体要求|总的要求|总体思路|总的思路|指导思想|工作思路|基本思路)(?:就?是|为)?[：:，]")
_OPENING, _SHORTEST_PIECE = 60, 5
_VERBS_OF_WORKS = "建成|新建|改扩建|迁建|改建|扩建|开工|启动|完成|推进|推动|加快|实施|改造|提升|打造|编制|出台|制定|修订|举办|承办|筹备|备战|开展|健全|完善|建立|深化|建设|续建|办好|打造|推广|推行|设立|组建|引进|落实|加强|强化|争创|创建"
_OWN_VERB = re.compile(f"[、和](?=(?:{_VERBS_OF_WORKS})[^、，和]{{3,}})")
# 推动东岭水厂建成投运、西坞电站并网发电: each member is told what becomes of it.
_OWN_STAGE = re.compile(
    "(?:开工|竣工|投产|投用|投运|建成|通车|并网|封顶|完工|运营|开工建设|并网发电|达产|启用)、(?=[^、，]{4,}$)"
)
_STAGED = pattern("(?:开工|竣工|投产|投用|投运|建成|通车|并网|封顶|完工|运营|建设|发电|达产|启用|落地)$")
_VERB_FIRST = pattern(f".{{0,8}}?(?:{_VERBS_OF_WORKS}).{{3,}}")
_OF_LISTED = pattern("(?:个|条|处|所|座|项|家|段|栋|片|块)?[^\\W\\da-zA-Z_]{2,18}")
# 完成8公里东岭路县城至西坞段大修工程: the size stands before, or within, a name.
_OF_SIZE = pattern("[0-9.]+(?:万|亿)?(?:公里|千米|米|平方米|平米|亩|千瓦|兆瓦|立方米|吨)(?![以左及，、。])")
_OWN_NAME = pattern(
    "至|段|[一二三四]期|(?<![公道铁线马])路(?![面网灯况基])|大街|大道|产业园|[东西南北]街|(?<=[^\\W\\d_]{2})[镇村](?!级)"
)
_SHORTEST_NAME = 8
_JOINED = re.compile("[、和]")
# 举办甲赛、乙赛等品牌赛事不少于50个: the members are named besides.
_BEFORE_COUNT = pattern("[、”][^，]*等[^，、]{2,8}$")
_AT_LEAST = pattern("(?:不少于|不低于|超过?|达到?|突破|共|累计|各)+$")
# 推进东岭街、西坞路及9条小巷等道路建设: the streets are named besides the count.
_AND_COUNT = pattern(
    "(?<=[路街道巷桥区园校院厂站村楼])(?:以及|及|和)$|(?<=管网改造|道路改造|线路改造|综合整治|改造提升)、$"
)
_ALL_OF = pattern("等[^、，]{0,8}(?:建设|改造|整治|提升|治理)?$|(?:建设|改造|整治|提升|治理)$")
# 推进年产2万吨青石纤维、云溪电站等项目建设: the sizes stand within names.
_WORKS_LISTED = pattern("、.*等[^、，0-9]{0,8}(?:项目|工程)(?:建设|落地|投产|开工|竣工)?$")
# 总投资3亿元、占地60亩的青石校区、云溪学院.
_SIZED = pattern(
    "(?:总投资|计划投资|投资|占地|占地面积|总?建筑面积|总?规模|全长|总?长)约?[0-9.]+[^、，的]{1,5}"
    "(?:、(?:占地|占地面积|总?建筑面积|总?规模|全长|总?长|年产)约?[0-9.]+[^、，的]{1,5})+的"
)
_BESIDE_COUNTS = {"project", "event"}
_FUNDED = pattern("(?:投资|投入|资金|筹资|总投资|安排|筹措)(?:约|近|超|超过|不低于)?$")
_REACHING = pattern("(?<=[建成施设造])(?:覆盖|惠及|总?长|全长|占地|建筑面积|规模)[^，、]{2,24}?的")
_SHORTEST_CLAUSE = 4
_SHORTEST, _LONGEST = 2, 40


def read_commitments(
    text: str, sentence: Sentence, place: Passage, skip: list[tuple[int, int]], *, heading: bool
) -> list[Commitment]:
    """The commitments of one sentence, in text order.

    Args:
        text: the document.
        sentence: the sentence.
        place: a passage to copy task and area from.
        skip: where the quantities of targets stand; their clauses are targets, unless they name works besides.
        heading: whether the sentence is the heading of a task or paragraph; only honours and reforms count there.
    """
    found: list[Commitment] = []
    if _AIMS.search(text, sentence.start, min(sentence.start + _OPENING, sentence.end)):
        return found
    for clause in _with_own_verbs(text, sentence):
        goals = [one for one in skip if clause[0] <= one[0] < clause[1]]
        promise, stop = _around(text, clause, goals) if goals else (_promise(text, *clause), clause[1])
        if promise is None:
            continue
        kind, sub, identity = _decide(promise)
        if (
            not kind
            or (heading and not _is_concrete(kind, promise))
            or (goals and kind not in _BESIDE_COUNTS and not counts_members(promise.object))
        ):
            continue
        where = (promise.start, stop, text[promise.start : stop], kind)
        found.extend(
            Commitment(
                *where, name, sub, stage(promise) if kind == "project" else None, place.task, place.area,
                (sentence.start, sentence.end), "aspire" if promise.aspire else "firm", ((identity, promise.start, stop),),
            )
            for name in _names(promise)
        )  # fmt: skip
    return found


def _with_own_verbs(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """The clauses, cut where a later member has a verb of its own: 建成东岭大桥、提升云溪大道."""
    found: list[tuple[int, int]] = []
    for start, end in sentence.clauses:
        begin = start
        is_list = text.find("、", start, end) >= 0 or text.find("和", start, end) >= 0
        for cut in _OWN_VERB.finditer(text, start, end) if is_list else ():
            at = cut.start()
            before = text[begin:at]
            if sentence.is_protected(at) or len(before) < _SHORTEST_PIECE or "等" in text[at:end]:
                continue
            if _VERB_FIRST.match(before):
                found.append((begin, at))
                begin = at + 1
        staged = _OWN_STAGE.search(text[begin:end]) if text.find("、", begin, end) > 0 else None
        if staged and not sentence.is_protected(begin + staged.end() - 1) and _STAGED.search(text, begin, end):
            found.append((begin, begin + staged.end() - 1))
            begin += staged.end()
        found.append((begin, end))
    return found


def _promise(text: str, start: int, end: int, offset: int = 0) -> Promise | None:
    promise = parse(text, start, end) if end - start >= _SHORTEST_CLAUSE else None
    if promise:
        promise.start += offset
    return promise


def _around(text: str, clause: tuple[int, int], goals: list[tuple[int, int]]) -> tuple[Promise | None, int]:
    """What a clause with quantities names besides: the members before 等12个项目, the work that money goes to."""
    start, end = clause
    first = goals[0]
    whole = text[start:end]
    if _WORKS_LISTED.search(whole) and all(text[goal[1] : goal[1] + 1] not in "、等，" for goal in goals):
        return _promise(whole, 0, len(whole), start), end
    sized = _SIZED.search(whole)
    if sized and all(start + sized.start() <= goal[0] and goal[1] <= start + sized.end() for goal in goals):
        whole = whole[: sized.start()] + whole[sized.end() :]
        return _promise(whole, 0, len(whole), start), end
    if text[first[0] - 1] == "等":
        kind = text[first[1] : end] if len(goals) == 1 else ""
        whole = text[start : first[0]] + kind
        promise = parse(whole, 0, len(whole)) if _OF_LISTED.fullmatch(kind) else None
        if promise and "等" in promise.object:
            promise.start += start
            return promise, end
        return _promise(text, start, first[0] - 1), first[0] - 1
    if len(goals) == 1 and first[1] >= end - 1 and _BEFORE_COUNT.search(text, start, first[0]):
        whole = _AT_LEAST.sub("", text[start : first[0]])
        held = _promise(whole, 0, len(whole), start)
        return held if held and event(held) else None, end
    counted = _AND_COUNT.search(text, start, first[0])
    if len(goals) == 1 and counted:
        whole = text[start : counted.start()] + (_ALL_OF.search(text[first[1] : end]) or [""])[0]
        promise = _promise(whole, 0, len(whole), start)
        if promise and promise.verbs:
            return promise, end
    listed = len(goals) == 1 and _JOINED.search(text, start, first[0])
    named = _promise(text, start, end) if listed else None
    if named and counts_members(named.object):
        return named, end
    if len(goals) == 1 and end - first[1] >= _SHORTEST_CLAUSE and _OF_SIZE.match(text, first[0]):
        whole = text[start : first[0]] + text[first[1] : end]
        promise = parse(whole, 0, len(whole))
        if promise and _OWN_NAME.search(promise.object) and len(promise.object) >= _SHORTEST_NAME:
            promise.start += start
            return promise, end
    if _FUNDED.search(text, start, first[0]) and _promise(text, first[1], end):
        tail = _REACHING.sub("", text[first[1] : end])
        promise = parse(tail, 0, len(tail))
        if promise and promise.verbs and (len(goals) == 1 or len(tail) < end - first[1]):
            promise.start += first[1]
            return promise, end
    return None, end


def _is_concrete(kind: str, promise: Promise) -> bool:
    """Whether a heading promises something of its own: 深化国资国企改革, never 深化县域创新体系建设."""
    if kind == "measure" and "“" in promise.object:
        return promise.verb in {"实施", "推进", "开展", "迭代完善"}
    if kind == "event":
        return "届" in promise.object
    if kind == "measure" and promise.verb in {"实施", "开展"} and promise.object.endswith(("行动", "工程", "计划")):
        return True
    return kind == "honour" or (kind == "measure" and promise.object.endswith(("改革", "机制", "制度体系")))


def _decide(promise: Promise) -> tuple[str, str, str]:
    """Kind, finer kind and the rule that decided."""
    if promise.object[:1] in _DESCRIBING:
        promise.object = _DESCRIBED.sub("", promise.object)
    if honour(promise):
        return "honour", "", "reading.commitment.honour"
    if event(promise):
        return "event", "", "reading.commitment.event"
    listed = bool(_LISTED.search(promise.object)) and not _DOINGS.match(promise.object)
    if promise.stage and project(promise, listed=listed):
        return "project", "", "reading.commitment.project"
    if _WORKS.search(promise.object) and promise.verb not in _NO_BUILDING and not is_of_others(promise.object):
        if names_programmes(promise):
            return "measure", "plan", "reading.commitment.measure"
        return "project", "", "reading.commitment.project"
    if is_vague(promise) and not (promise.verb in _BEGIN and promise.tail == "建设"):
        return "", "", ""
    sub = "" if promise.verb in _HELPING and is_of_others(promise.object) else measure(promise)
    if sub:
        return "measure", sub, "reading.commitment.measure"
    promise.object = undescribed(promise.object, promise.verb)
    if project(promise, listed=listed and promise.verb in _LISTED_WORKS):
        return "project", "", "reading.commitment.project"
    return "", "", ""


def _names(promise: Promise) -> list[str]:
    names = things(promise.object)
    return [one for one in names if _SHORTEST <= len(one) <= _LONGEST and not _NO_NAME.fullmatch(one)]
