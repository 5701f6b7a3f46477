"""Whether a promise is a measure: a plan, a reform, a service, something carried out or set up."""

from __future__ import annotations

import re

from luoshi.reading.direction import is_generic, is_soft_work
from luoshi.reading.promise import Promise
from luoshi.reading.rule import rule
from luoshi.reading.things import things
from luoshi.reading.words import Endings, nouns, words
from luoshi.terms.pattern import pattern

_PROJECT, _PLAN, _SERVICE = map(nouns, ("project_nouns", "plan_nouns", "service_nouns"))
# A word in several lists is what the last of them says.
_MEASURES = Endings({sub: words("commitments", f"{sub}_nouns") for sub in ("plan", "reform", "service")})
_DONE = set(words("commitments", "done_verbs"))
_NAMED = pattern("[《“]")
_ANY = pattern("更多|各类|各种|各项|一批|多种|相关|有关|完善的|统一的")
_EMPTY = re.compile(
    "(?:专项|攻坚|系列|重点|若干|领域|各项|各类|相关|有关|配套|三年|年度|标志性|改革|一批|更多|具体|重大|工作|本|该|国家|以|的)+"
)
_WHOLE = frozenset(words("commitments", "whole_nouns"))
_MEASURE_VERBS = set(words("commitments", "measure_verbs"))
_SPREAD = pattern("服务|快递|保险|参保|监管|培训|签约|就业|帮扶|普法|网格|救助|培育|体检|救护|评估|信用")
# 落实国家惠农政策 is a duty, 落实《砂石管理办法》 can be asked after.
_CARRYING = {"落实", "实行", "搞好", "用好", "执行"}
_BY_WHOM = pattern("由[^“”]{2,}")
_SHAPING = {"构建", "打造", "形成", "建设"}
_GENERAL_SYSTEM = pattern("现代|产业体系|治理体系|社会|全球|市场体系|格局|交通|经济体系|文化体系")
_OF_ABOVE = pattern(
    "^(?:国家|中央|财税|省|市|党|上级|各项|各类|相关|有关|积极|稳健|更加|适度|宽松|优惠|扶持|支持|鼓励|惠企|惠农|强农|减税|主体|责任|一系列|好|安全生产|特殊|灵活|区域|就业优先)"
    "|责任|领导|一岗双责|优惠$|扶持$|惠企$|减税降费$"
)
_EDITION = pattern("[0-9.]+版$")  # 三年行动2.0版
_ABOVE = pattern("^(?:国家|中央|省委省政府|省委、省政府|全国|省|市)")
_DUTIES = pattern("责任|领导|一岗双责|减税降费|各项|要求")
_PLAN_PAPERS = {"方案", "实施方案", "行动方案", "规划", "行动计划", "条例", "意见", "实施意见", "办法", "纲要", "计划"}
_VARIOUS = re.compile("(?:各项|各类|相关|有关|一系列|一揽子)$")
_TO_ALL = {"筛查", "接种", "免费接种"}
_SERVED_AT = pattern("服务中心$")
_BUILDS = {"建成", "新建", "建设", "改建", "扩建", "改造", "开工", "开工建设", "启动", "规划建设", "建成投用", "续建"}
_SOFT = pattern(
    "创新|振兴|产业化|富民|惠民|帮扶|赋能|强基|提质|增效|服务|普及|体系|培育|倍增|行动|质量|素质|文明|人才|畅通|扩面|教育|健康|就业|“"
)
# 提高低保标准, 发放高龄津贴: one can ask whether it was done; never 提高服务水平.
_ALLOWING = {"提高", "发放", "统一"}
_ALLOWANCE = nouns("allowance_nouns")
_ACTING, _ACTS = set(words("commitments", "acting_verbs")), nouns("acting_nouns")
_SETTING_UP, _SET_UP = set(words("commitments", "founding_verbs")), nouns("founded_nouns")
_DRAFTING = {"编制", "制定", "出台", "制定出台", "修订", "修编", "研究制定", "制订", "研究出台", "研究编制", "编制出台"}
_NO_PAPER = pattern("更|对策|目标|任务|(?<!实)力度$|^(?:一系列|一批|相关|有关)|的$")
_SHORTEST_PAPER = 5
_FOUNDING = {"组建", "成立", "设立"}
_WORKS = re.compile(
    "(?:改造|提升|扩建|续建|主体|迁建|修复|整治|延伸|配套|利用|除险|加固|整修|维修|安居|回迁|绿化|[一二三四]期|治理|管网|供水|排涝)工程$"
)
_OF_PEOPLE = pattern(
    "(?:”|基础|企业|素质|质量|能力|技能|消费|产业|人才|健康|教育|医疗|文明|治理|集群)[^“”]{0,4}(?:提升|治理|安居)工程$"
)
_PROGRAMME = pattern(
    "创新|振兴|产业化|富民|惠民|帮扶|赋能|强基|增效|培育|倍增|质量|素质|文明|人才|普惠|教育|健康|就业|出版|创作|传播|培养|素养|“[^“”]+”$"
)
_PROMOTING = {"实施", "推进", "启动", "开展", "深化", "推动", "组织实施", "抓好"}
_SHORT_NOUN = 3
_QUOTED_VERBS = {
    "推进",
    "深化",
    "实施",
    "推行",
    "开展",
    "推动",
    "全面推行",
    "实行",
    "试行",
    "推广",
    "健全",
    "完善",
    "推广应用",
    "抓好",
    "抓实",
    "做好",
}
# A quotation with a comma or of many words is a saying; 更多企业“走出去” names nothing.
# 推进锅炉、扬尘等重点领域整治: fields of work are no works.
_FIELDS = pattern("等[^、]{0,6}(?:行业|领域|环节|方面|部位)[^、]{0,6}(?:整治|治理|监管|排查|管控)$")
_AFTER_QUOTES = pattern("”([^“”、，的和]{2,6})$")
_NAMING_VERBS = {"实施", "推行", "全面推行", "开展", "深化", "实行", "推广", "健全", "完善", "建立"}
_SAYING = pattern(
    "要求|精神|理念|方针|原则|目标|任务|思想|意识|论述|部署|发展|建设|水平|能力|格局|优势|融合|产业|项目|企业|关系|文章|合作|主题教育"
)
# 建立营销网络 says too little; 建立县乡物流网络 names one.
_LAST_OF = pattern("[和、]")
_ANY_FOUNDED = {"网络", "平台", "中心", "标准", "团队", "档案", "基地"}
_SPREADING = {"推广", "推行", "探索", "建立"}
_TOLD = pattern("^[^“”]{4,}的(?=“[^“”]+”$)")  # 推广国企领办的“青石模式”
_DOING = {"做好", "抓好", "抓实"}
_SLOGAN = pattern("“[^“”]*，[^“”]*”|^更|“[^“”、]{17,}”|“(?:走出去|引进来|出海|出圈|破圈|触网)”")
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
            "培养",
            "经验",
            "做法",
            "窗口",
            "帮扶",
            "管控",
            "整治",
            "排查",
        )
    }
)
_HASTENED = (
    "改革",
    "试点",
    "规划",
    "统筹",
    "登记",
    "整合",
    "重组",
    "立法",
    "移交",
    "调整",
    "并轨",
    "行动",
    "计划",
    "方案",
    "条例",
)
_GENERAL_VERBS = set(words("commitments", "general_verbs"))
_GENERAL_NOUNS = set(words("commitments", "general_nouns"))


@rule("reading.commitment.measure", "规划、改革与服务")
def measure(promise: Promise) -> str:
    """A plan, reform, mechanism or service named concretely enough to ask later whether it was done.

    例：健全国企招商机制；编制国土空间总体规划。 非例：坚持教育优先发展。

    Returns:
        ``plan``, ``reform`` or ``service``, or nothing.
    """
    name = promise.object.rstrip("”》")
    if promise.object[-1:] == "”" and promise.verb in _SPREADING and (told := _TOLD.match(promise.object)):
        promise.object = promise.object[told.end() :]
        name = promise.object.rstrip("”")
    if name[-1:] == "版":
        name = _EDITION.sub("", name)
    if promise.verb in _FOUNDING and len(name) > 3 and not name.endswith("期"):
        return "service"
    if promise.verb == "实现" and name.endswith("全覆盖") and len(name) > 5 and _SPREAD.search(name):
        return "service"
    if promise.verb in _ALLOWING:
        return "reform" if _ALLOWANCE.last(name) and len(name) > _SHORTEST_PAPER else ""
    if promise.verb in _DRAFTING and _is_document(name):
        return "plan"
    if promise.verb not in _MEASURE_VERBS:
        return ""
    if _is_carried_out(promise.verb, name):
        return "service" if promise.verb in _SETTING_UP else "reform"
    if _is_works(promise.verb, name) or _is_hastened(promise, name) or _puts_up(promise, name) or _is_of_fields(name):
        return ""
    if promise.tail == "建设" and name.endswith("化"):
        name += promise.tail
        promise.object, promise.tail = name, ""
    if name.endswith(("衔接", "融合", "协调")):
        return ""
    for candidate in (name, things(promise.object)[0] if "和" in name or "、" in name else ""):
        sub = _measured(promise, candidate.rstrip("”"))
        if sub:
            return sub
    return "plan" if _is_quoted(promise) else ""


def _is_works(verb: str, name: str) -> bool:
    """Whether the name is of works: 青石路改造工程; or of no measure at all."""
    if (_WORKS.search(name) and not _OF_PEOPLE.search(name)) or "更加" in name:
        return True
    return name.endswith("工程") and (_is_built(verb, name) or (not _SOFT.search(name) and _is_stone(verb, name)))


def _is_of_fields(name: str) -> bool:
    return "等" in name and bool(_FIELDS.search(name))


def _is_hastened(promise: Promise, name: str) -> bool:
    """Whether the verb says only how fast or how well; 加快城乡融合, but 加快国企改革 is a measure."""
    if promise.tail in {"建设", "编制"} or promise.verb not in {"提升", "加快"}:
        return False
    return promise.verb == "提升" or not (name.endswith(_HASTENED) or name in _WHOLE)


def _puts_up(promise: Promise, name: str) -> bool:
    """Whether places are built that serve: 建成养老服务中心, never 健全养老服务体系."""
    if "、" in name and (promise.tail == "建设" or promise.verb in _BUILDS) and _lists_places(name):
        return True
    if not _builds(promise):
        return False
    return bool(_SERVED_AT.search(name)) or name.endswith("市场") or ("和" in name and _is_place(things(name)[0]))


def names_programmes(promise: Promise) -> bool:
    """Whether the works before 等工程 are programmes, nothing of stone: 实施学前教育普惠、职业技能培育等工程."""
    listed = promise.object.partition("等")[0]
    members = listed.split("、")
    soft = sum(bool(_PROGRAMME.search(one)) and len(_PROJECT.last(one)) < _SHORT_NOUN for one in members)
    return promise.object.endswith("工程") and promise.verb in _PROMOTING and soft * 2 > len(members)


def _is_document(name: str) -> bool:
    """Whether what is drawn up is one named paper: 编制产业链图谱; never 制定更加有力的对策."""
    return len(name) >= _SHORTEST_PAPER and "、" not in name and not _NO_PAPER.search(name)


def _is_carried_out(verb: str, name: str) -> bool:
    """Whether what is done or set up has an end one can see: 开展城市体检, 建立产业基金; never 开展广泛合作."""
    if verb in _ACTING and len(name) > _SHORTEST_PAPER and is_soft_work(name):
        return not (is_generic(name) or _FIELDS.search(name) or _ANY.match(name))
    noun = _ACTS.last(name) if verb in _ACTING else ""
    noun = noun or (_SET_UP.last(name) if verb in _SETTING_UP else "")
    rest = name[: len(name) - len(noun)]
    if noun in _ANY_FOUNDED and (len(_LAST_OF.split(rest)[-1]) < _SHORTEST_PAPER - 1 or rest.endswith("新")):
        return False
    if not noun or not (len(rest) > 1 or len(noun) > _SHORTEST_PAPER - 2):
        return False
    return not (is_generic(name) or _VARIOUS.search(rest) or _ANY.match(rest) or _EMPTY.fullmatch(rest or "甲"))


def _is_place(name: str) -> bool:
    """Whether the first of two things is built, not a service: 医疗中心和县域医联体."""
    return len(_PROJECT.last(name)) > 1 and not _SERVICE.last(name)


def _is_stone(verb: str, name: str) -> bool:
    """Whether a 工程 of no people is one of stone: 推进引水工程, or 实施青石至云溪连接线工程."""
    return verb in {"推进", "推动"} or len(_PROJECT.last(name.removesuffix("工程"))) > 1


def _lists_places(name: str) -> bool:
    """Whether most of several things are built: 法律服务中心、司法所、调解中心."""
    members = things(name)
    return sum(_is_place(one) or bool(_SERVED_AT.search(one)) for one in members) * 2 > len(members)


def _is_built(verb: str, name: str) -> bool:
    """Whether a 工程 with this verb is of stone: 完成引水工程; never 启动医疗卫生强基工程."""
    return verb in _DONE and not (verb in {"启动", "加快"} and _SOFT.search(name))


def _builds(promise: Promise) -> bool:
    """Whether something is put up, not only kept going: 建成, or 推进…建设."""
    return (promise.tail == "建设" and promise.verb not in {"加强", "强化"}) or promise.verb in _BUILDS


def _measured(promise: Promise, name: str) -> str:
    noun = _MEASURES.last(name)
    sub = _MEASURES.category[noun] if noun else ""
    if "“" in name and not noun:
        noun, sub = _QUOTED_NOUN.last(name) or _named_in_quotes(promise, name), "reform"
    rest = name[: len(name) - len(noun)]
    if name in _WHOLE:
        return "reform"
    if not noun or len(name) < 3 or not rest or _EMPTY.fullmatch(rest):
        return ""
    if noun in _TO_ALL and promise.verb != "开展":
        return ""
    if promise.verb in {"加强", "强化"} and noun.endswith(("服务", "整合", "统筹")) and promise.tail != "供给":
        return ""
    if promise.verb in _CARRYING and _OF_ABOVE.search(rest) and not _is_paper_of_above(noun, rest):
        return ""
    if promise.verb in _SHAPING and noun.endswith("体系") and "“" not in name:
        return sub if promise.verb == "构建" and not _GENERAL_SYSTEM.search(name) else ""
    if _VARIOUS.search(rest) or rest.startswith(("更多", "各类", "其")) or ("由" in rest and _BY_WHOM.search(rest)):
        return ""
    if promise.verb in {"加强", "强化", "巩固"} and noun.endswith(("治理", "整改", "监管", "执法", "管控", "整治")):
        return ""
    if promise.verb in {"加强", "强化"} and promise.tail == "建设":
        return sub
    if promise.verb == "创新":
        least = _SHORTEST_PAPER if noun == "模式" else 1
        return sub if len(_LAST_OF.split(rest)[-1]) > least and not rest.startswith("体制") else ""
    return "" if promise.verb in _GENERAL_VERBS and noun in _GENERAL_NOUNS and not _NAMED.search(name) else sub


def _named_in_quotes(promise: Promise, name: str) -> str:
    """What follows a quoted name, when the verb carries it out: 实施“双百”选派, never 落实“四不”要求."""
    found = _AFTER_QUOTES.search(name) if promise.verb in _NAMING_VERBS and promise.tail != "建设" else None
    if not found or _PROJECT.last(name) or _SLOGAN.search(name) or _SAYING.search(found[0]):
        return ""
    return found[1]


def _is_paper_of_above(noun: str, rest: str) -> bool:
    """Whether what others decided has a name one can ask after: 落实国家新一轮行业稳增长方案."""
    bare = _ABOVE.sub("", rest)
    named = noun in _PLAN_PAPERS and len(bare) >= _SHORTEST_PAPER
    return (named or (bare == rest and len(rest) >= 2 * _SHORTEST_PAPER)) and not _DUTIES.search(rest)


def _is_quoted(promise: Promise) -> bool:
    """Whether the object ends in a quoted name: 深化“最多跑一次”, 推动企业报表“只报一次”, 落实“水十条”."""
    if promise.verb in _CARRYING and promise.object.endswith("条”"):
        return True
    if promise.object[-1:] != "”" or promise.verb not in _QUOTED_VERBS or promise.tail == "建设":
        return False
    if promise.verb in _DOING and promise.object[:1] == "“" and "、" in promise.object:
        return False
    return not _SLOGAN.search(promise.object)


def is_bare_plan(name: str) -> bool:
    """Whether a plan is meant that has no name: 三年行动, 重大专项计划."""
    plan = _PLAN.last(name)
    return bool(plan) and bool(_EMPTY.fullmatch(name.removesuffix(plan) or "本"))
