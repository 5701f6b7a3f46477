"""What a promise is: honour, event, measure or project, by verb and by the noun its object ends in."""

from __future__ import annotations

import re

from luoshi.reading.promise import Promise
from luoshi.reading.rule import rule
from luoshi.reading.things import things
from luoshi.reading.words import Endings, mapping, words


def _nouns(name: str) -> Endings:
    return Endings({name: words("commitments", name)})


_HONOUR_VERBS = set(words("commitments", "honour_verbs"))
_HONOUR, _EVENT, _PROJECT = _nouns("honour_nouns"), _nouns("event_nouns"), _nouns("project_nouns")
_REFORM, _PLAN, _SERVICE = _nouns("reform_nouns"), _nouns("plan_nouns"), _nouns("service_nouns")
_VAGUE = _nouns("vague_nouns")
_MEASURE_VERBS = set(words("commitments", "measure_verbs"))
_STAGES = mapping("commitments", "stage_verbs")
_EVENT_VERBS = {
    "办好",
    "举办",
    "承办",
    "协办",
    "筹办",
    "召开",
    "组织",
    "参加",
    "打响",
    "开展",
    "提升",
    "深化",
    "组织实施",
    "完善",
    "做好",
}
_BUILD = {
    "加快", "加快推进", "推进", "推动", "建设", "建成", "建好", "新建", "改建", "扩建", "迁建", "改扩建", "改造", "改造提升", "拓宽改造",
    "提升", "优化提升", "升级", "迭代", "迭代升级", "完成", "启动", "开工", "开工建设", "动工", "谋划", "做实", "贯通", "打通", "实现",
    "实施", "打造", "塑造", "做好", "抓好", "布局", "引进", "招引", "承接", "完善", "开展", "抓实", "支持", "运营", "启用", "探索",
    "创建", "整治", "修复", "治理", "开发", "延伸", "争取", "促进", "深化",
}  # fmt: skip
_GENERIC = re.compile(
    "(?:各类|各项|重大|重点|更多|新建|在建|续建|已开工|新开工|拟建|签约|储备|政府|国有|企业|投资|产业|工业|民生|优质|招商|合作"
    "|基础设施|交通|水利|能源|一批|若干|标志性|支撑性|省|市|县|列入|的|等|年度|项目园区)*(?:项目|工程|平台|载体|基地|中心|园区|片区|社区|小区|企业)?"
)
_NEVER_PROJECT = {"深化", "促进"}
_FOUNDING = {"组建", "成立", "设立"}
_DONE = {"完成", "启动", "建成", "开工", "开工建设", "加快", "新建"}
_WORKS = re.compile(
    "(?:改造|提升|扩建|续建|主体|迁建|修复|整治|延伸|配套|利用|除险|加固|安居|回迁|绿化|[一二三四]期|治理|管网|供水|排涝)工程$"
)
_QUOTED_VERBS = {"推进", "深化", "实施", "推行", "开展", "推动", "全面推行"}
_QUOTED_NOUN = Endings(
    {
        "quoted": (
            "管理",
            "整改",
            "活动",
            "服务",
            "培育",
            "集群",
            "普法",
            "监管",
            "执法",
            "审批",
            "模式",
            "工作法",
            "治理",
        )
    }
)
_EMPTY = re.compile(
    "(?:专项|攻坚|系列|重点|若干|领域|各项|各类|相关|有关|配套|三年|一批|更多|具体|重大|工作|本|该|国家|以|的)+"
)
_GENERAL_VERBS = {"落实", "优化", "创新", "构建", "加强", "强化", "扩大", "支持", "打造"}
_GENERAL_NOUNS = {
    "政策", "模式", "体系", "举措", "清单", "条例", "办法", "工程", "制度", "方案", "计划", "规划", "战略", "行动", "意见", "改革",
}  # fmt: skip


_GROUNDS = {
    "试验区",
    "高新区",
    "先行区",
    "示范基地",
    "示范点",
    "5A级景区",
    "4A级景区",
    "5A景区",
    "4A景区",
    "旅游度假区",
    "示范村",
}
_TITLES = {
    "文明城市",
    "卫生城市",
    "森林城市",
    "园林城市",
    "示范县",
    "样板县",
    "标杆县",
    "先进县",
    "健康县",
    "普及普惠县",
    "示范店",
}
_RANK = re.compile("国家|全国|省级|全省|国际|省")


@rule("reading.commitment.honour", "创建与荣誉")
def honour(promise: Promise) -> str:
    """A title, award or demonstration status to win or keep.

    例：争创国家森林城市；聚焦国家级高新区创建。 非例：建成高标准农田(目标)。
    """
    if promise.verb in _HONOUR_VERBS or any(verb in _HONOUR_VERBS for verb in promise.verbs):
        return "honour"
    if promise.honour and (
        promise.honour not in {"评估", "考核", "复核", "评定", "评选"} or _HONOUR.last(promise.object)
    ):
        return "honour"
    named = _HONOUR.last(promise.object)
    if named and promise.verb == "创建":
        return "honour"
    if (
        named
        and named not in _GROUNDS
        and promise.verb in {"打造", "深化", "巩固", "决胜", "打赢", "通过", "推进", "聚焦"}
    ):
        return "honour" if _RANK.match(promise.object) or named in _TITLES else ""
    return ""


@rule("reading.commitment.event", "活动与赛事")
def event(promise: Promise) -> str:
    """A fair, contest, festival, meeting or census to be held.

    例：办好第十七届茶文化节；全面开展第五次全国经济普查。 非例：举办对接活动50场以上(目标)。
    """
    if promise.verb in _EVENT_VERBS and (_EVENT.last(promise.object) or _EVENT.last(_before_etc(promise.object))):
        return "event"
    return ""


def _before_etc(phrase: str) -> str:
    return phrase.partition("等")[0].rstrip("”")


@rule("reading.commitment.measure", "规划、改革与服务")
def measure(promise: Promise) -> str:
    """A plan, reform, mechanism or service named concretely enough to ask later whether it was done.

    例：健全国企招商机制；编制国土空间总体规划。 非例：坚持教育优先发展。

    Returns:
        ``plan``, ``reform`` or ``service``, or nothing.
    """
    name = promise.object.rstrip("”")
    if promise.verb in _FOUNDING and len(name) > 3:
        return "service"
    if promise.verb not in _MEASURE_VERBS:
        return ""
    if _WORKS.search(name) or (name.endswith("工程") and promise.verb in _DONE):
        return ""
    if promise.verb in {"加快", "提升"} and promise.tail not in {"建设", "编制"}:
        return ""
    for candidate in (name, things(promise.object)[0] if "和" in name or "、" in name else ""):
        sub = _measured(promise, candidate.rstrip("”"))
        if sub:
            return sub
    return "plan" if _is_quoted(promise) else ""


def _measured(promise: Promise, name: str) -> str:
    service, reform, plan = _SERVICE.last(name), _REFORM.last(name), _PLAN.last(name)
    noun, sub = max((service, "service"), (reform, "reform"), (plan, "plan"), key=lambda one: len(one[0]))
    if "“" in name and not noun:
        noun, sub = _QUOTED_NOUN.last(name), "reform"
    rest = name[: len(name) - len(noun)]
    if not noun or len(name) < 3 or not rest or _EMPTY.fullmatch(rest):
        return ""
    if promise.verb in {"构建", "打造"} and noun.endswith("体系"):
        return ""
    if promise.verb in {"加强", "强化"} and promise.tail == "建设":
        return sub
    return "" if promise.verb in _GENERAL_VERBS and noun in _GENERAL_NOUNS else sub


def _is_quoted(promise: Promise) -> bool:
    """Whether the object is nothing but a quoted name: 深化“最多跑一次”."""
    whole = promise.object
    return whole[:1] == "“" and whole[-1:] == "”" and promise.verb in _QUOTED_VERBS and promise.tail != "建设"


@rule("reading.commitment.project", "项目")
def project(promise: Promise, *, listed: bool) -> str:
    """Something to be built, renovated, opened or brought into operation, with a name or place of its own.

    例：建成社会治理中心、水务大厦。 非例：加强干部队伍建设(一般方向)。
    """
    if _GENERIC.fullmatch(re.sub("[（(“][^”）)]*[”）)]", "", promise.object)):
        return ""
    if promise.stage:
        return "project" if len(promise.object) < 20 or listed else ""
    if promise.verb not in _BUILD and not promise.stage:
        return ""
    if promise.verb in _NEVER_PROJECT and not promise.stage:
        return ""
    name = promise.object.rstrip("”")
    if listed or (promise.verb in _DONE | {"建成"} and len(name) > 3 and promise.verb != "加快"):
        return "project"
    if promise.tail == "建设" and re.fullmatch("“[^“”]+”", promise.object):
        return "project"
    return "project" if _PROJECT.last(name) and len(name) > 3 else ""


def is_vague(promise: Promise) -> bool:
    """Whether the words are a general direction: 加强干部队伍建设, 提升治理能力."""
    whole = promise.object + (promise.tail if promise.tail in {"建设", "工作"} else "")
    return bool(_VAGUE.last(whole)) and "“" not in whole


def stage(promise: Promise) -> str | None:
    """The stage of a project that the clause promises, by its closing words, else by its verbs."""
    if promise.stage:
        return promise.stage
    named = [_STAGES[verb] for verb in promise.verbs if verb in _STAGES]
    if named:
        return named[0] if named[0] in {"plan", "start"} else named[-1]
    if re.search("(?:提升|改造)(?:工程|项目)?$", promise.object) and promise.verb in {"实施", "推进"}:
        return "upgrade"
    return "advance" if promise.verbs else None
