"""What a promise is: honour, event, measure or project, by verb and by the noun its object ends in."""

from __future__ import annotations

import re

from luoshi.reading.promise import Promise
from luoshi.reading.rule import rule
from luoshi.reading.words import Endings, mapping, words


def _nouns(name: str) -> Endings:
    return Endings({name: words("commitments", name)})


_HONOUR_VERBS = set(words("commitments", "honour_verbs"))
_HONOUR, _EVENT, _PROJECT = _nouns("honour_nouns"), _nouns("event_nouns"), _nouns("project_nouns")
_REFORM, _PLAN, _SERVICE = _nouns("reform_nouns"), _nouns("plan_nouns"), _nouns("service_nouns")
_VAGUE = _nouns("vague_nouns")
_MEASURE_VERBS = set(words("commitments", "measure_verbs"))
_STAGES = mapping("commitments", "stage_verbs")
_EVENT_VERBS = {"办好", "举办", "承办", "协办", "筹办", "召开", "组织", "参加", "打响", "开展", "提升", "深化", "组织实施", "完善", "做好"}
_BUILD = {
    "加快", "加快推进", "推进", "推动", "建设", "建成", "建好", "新建", "改建", "扩建", "迁建", "改扩建", "改造", "改造提升", "拓宽改造",
    "提升", "优化提升", "升级", "迭代", "迭代升级", "完成", "启动", "开工", "开工建设", "动工", "谋划", "做实", "贯通", "打通", "实现",
    "实施", "打造", "塑造", "做好", "抓好", "布局", "引进", "招引", "承接", "完善", "开展", "抓实", "支持", "运营", "启用", "探索",
    "创建", "整治", "修复", "治理", "开发", "延伸", "争取", "促进", "深化",
}  # fmt: skip
_NEVER_PROJECT = {"深化", "促进"}
_STRONG_PLAN = re.compile("(?:行动|行动计划|规划|计划|方案|战略|工程|专项整治|攻坚战|普法|城市设计|方略|清单|修编|突破年|提升年|攻坚年)$")
_DIRECTION = re.compile("^(?:重点|各类|各项|相关|有关|更多|一批|若干|专项|重大|现代|生态文明|高水平|高质量)?(?:\\w{0,2})$")


@rule("reading.commitment.honour", "创建与荣誉")
def honour(promise: Promise) -> str:
    """A title, award or demonstration status to win or keep.

    例：争创国家森林城市；聚焦国家级高新区创建。 非例：建成高标准农田(目标)。
    """
    if promise.verb in _HONOUR_VERBS or any(verb in _HONOUR_VERBS for verb in promise.verbs):
        return "honour" if not _REFORM.last(promise.object) or _HONOUR.last(promise.object) else ""
    if promise.honour and (promise.honour not in {"评估", "考核", "复核", "评定", "评选"} or _HONOUR.last(promise.object)):
        return "honour"
    named = _HONOUR.last(promise.object)
    if named and promise.verb in {"创建", "打造", "深化", "巩固", "决胜", "打赢", "通过", "推进", "聚焦"}:
        return "honour" if promise.verb != "打造" or named not in {"示范区", "试验区", "高新区", "强县"} else ""
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
    if promise.verb not in _MEASURE_VERBS:
        return ""
    name = promise.object.rstrip("”")
    if promise.verb in {"加快", "提升"} and promise.tail != "建设":
        return ""
    service, reform, plan = _SERVICE.last(name), _REFORM.last(name), _PLAN.last(name)
    best = max((service, "service"), (reform, "reform"), (plan, "plan"), key=lambda one: len(one[0]))
    if not best[0] or len(name) - len(best[0]) < 2:  # noqa: PLR2004
        return ""
    if promise.verb in {"落实", "优化", "创新", "构建", "加强", "强化", "扩大", "支持"} and best[0] in {
        "政策", "模式", "体系", "举措", "清单", "服务", "条例", "办法", "公共服务", "工程", "制度",
    }:  # fmt: skip
        return ""
    return best[1]


@rule("reading.commitment.project", "项目")
def project(promise: Promise, *, listed: bool) -> str:
    """Something to be built, renovated, opened or brought into operation, with a name or place of its own.

    例：建成社会治理中心、水务大厦。 非例：加强干部队伍建设(一般方向)。
    """
    if promise.stage and not promise.verbs:
        return "project" if _PROJECT.last(promise.object) or listed else ""
    if promise.verb not in _BUILD and not promise.stage:
        return ""
    if promise.verb in _NEVER_PROJECT and not promise.stage:
        return ""
    name = promise.object.rstrip("”")
    if listed:
        return "project"
    return "project" if _PROJECT.last(name) and len(name) > 3 else ""  # noqa: PLR2004


def is_vague(promise: Promise) -> bool:
    """Whether the words are a general direction: 加强干部队伍建设, 提升治理能力."""
    whole = promise.object + promise.tail
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
