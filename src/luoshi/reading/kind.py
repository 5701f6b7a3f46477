"""What a promise is: honour, event, measure or project, by verb and by the noun its object ends in."""

from __future__ import annotations

import re

from luoshi.reading.direction import is_described, is_generic, is_of_others, is_soft_work
from luoshi.reading.promise import Promise
from luoshi.reading.rule import rule
from luoshi.reading.things import things
from luoshi.reading.words import Endings, mapping, words


def _nouns(name: str) -> Endings:
    return Endings({name: words("commitments", name)})


_HONOUR_VERBS = set(words("commitments", "honour_verbs"))
_HONOUR, _EVENT, _PROJECT = _nouns("honour_nouns"), _nouns("event_nouns"), _nouns("project_nouns")
_REFORM, _PLAN, _SERVICE = _nouns("reform_nouns"), _nouns("plan_nouns"), _nouns("service_nouns")
_WHOLE = frozenset(words("commitments", "whole_nouns"))
_VAGUE = _nouns("vague_nouns")
_MEASURE_VERBS = set(words("commitments", "measure_verbs"))
_STAGES = mapping("commitments", "stage_verbs")
_EVENT_VERBS = set(words("commitments", "event_verbs"))
_BUILD = set(words("commitments", "build_verbs"))
_BEFORE_WORK = {"招商", "签约", "谋划", "论证"}
_FAIR = re.compile("[交博洽展投消智数旅恳药茶酒订采]会$")  # 青洽会, 云博会
# 第三届云溪杂交水稻会, 2026年青石龙舟杯: whatever is held by its number or year.
_NUMBERED = re.compile(
    "(?:第[一二三四五六七八九十百0-9]+[届次]|首届|[12][0-9]{3}年?)[^、，]{2,}[会赛节周月季展杯坛奥]$"
)
_HOLDING = {"举办", "承办", "主办", "协办"}
_NO_EVENT = re.compile(
    "(?:企业|学校|学院|医院|园|大学|教育|实体|事业|机构|项目|班|产业|工厂|经济|业|合作)$|^[^“]{1,3}$"
)
_ANY_ACTIVITY = re.compile(
    "(?:各类|各种|系列|一系列|丰富多彩|形式多样|多种|群众性|群众|文化|体育|文体|教育|宣传|主题|节庆|促销|招商|全民|志愿|创建|实践|经贸|健身|普法|技术|社会|公益|的|“)*”?(?:活动|展览|比赛|展|演出|赛事|竞赛)"
)
_SPREAD = re.compile("服务|快递|保险|参保|监管|培训|签约|就业|帮扶|普法|网格|救助|培育|体检|救护|评估|信用")
# 落实国家惠农政策 is a duty, 落实《砂石管理办法》 can be asked after.
_CARRYING = {"落实", "实行", "搞好", "用好", "执行"}
_OF_ABOVE = re.compile(
    "^(?:国家|中央|省|市|党|上级|各项|各类|相关|有关|积极|稳健|更加|适度|宽松|优惠|扶持|支持|鼓励|惠企|惠农|强农|减税|主体|责任|一系列|好|最严格|严格|安全生产|特殊|灵活|区域|就业优先)"
    "|责任|领导|一岗双责|优惠$|扶持$|惠企$|减税降费$"
)
_ANY = re.compile("(?:各类|各种|各项|更多|一批|多种|相关|有关|完善的|统一的)")
_VARIOUS = re.compile("(?:各项|各类|相关|有关|一系列|一揽子)$")
_TO_ALL = {"筛查", "接种", "免费接种"}
_SERVED_AT = re.compile("服务中心$")
_BUILDS = {"建成", "新建", "建设", "改建", "扩建", "改造", "开工", "开工建设", "启动", "规划建设", "建成投用", "续建"}
_SOFT = re.compile(
    "创新|振兴|产业化|富民|惠民|帮扶|赋能|强基|提质|增效|服务|普及|体系|培育|倍增|行动|质量|素质|文明|人才|畅通|扩面|教育|健康|就业|“"
)
_WHOLE_CLAUSE = re.compile(
    "开展|进行|作为|成为|纳入|形成|把|让|更加|^促|^融入|^迈向|^走向|、抓|、[早快](?:落地|开工|投产|竣工|达产|见效|建)|、保(?:投产|竣工|续建|重点)|^更|向[^，“”]{2,}(?:延伸|转型|发展|迈进|拓展|集聚|转变)$|等[^、“”]{0,6}(?:企业|高校|院校|机构|地区|部门)(?:建设|建立|打造|开展|加快|创建|设立|提升|改造|实施|完善)|^(?:吸引|带动|招引)|^(?:一批|几个|若干|更多|一系列)"
)
_ARRANGED = re.compile("(?:体制|机制|体系|制度|格局|框架|架构|骨架|氛围|意识|形象)$")
_TO_DO = re.compile("(?:目标|任务|指标)”?$")
# 提高低保标准, 发放高龄津贴: one can ask whether it was done; never 提高服务水平.
_ALLOWING = {"提高", "发放", "统一"}
_ALLOWANCE = _nouns("allowance_nouns")
_ACTING, _ACTS = set(words("commitments", "acting_verbs")), _nouns("acting_nouns")
_SETTING_UP, _SET_UP = set(words("commitments", "founding_verbs")), _nouns("founded_nouns")
_DRAFTING = {"编制", "制定", "出台", "制定出台", "修订", "修编", "研究制定", "制订", "研究出台", "研究编制", "编制出台"}
_NO_PAPER = re.compile("更|对策|目标|任务|(?<!实)力度$|^(?:一系列|一批|相关|有关)|的$")
_SHORTEST_PAPER = 5
_WHO = re.compile("(?:企业|产业|主体|机构|行业|集群)$")
_REACHED = re.compile("(?:覆盖|贯通|通车|投产|投用|运营|联通)$")
_NEVER_PROJECT = {"深化", "促进"}
_FOUNDING = {"组建", "成立", "设立"}
_DONE = {"完成", "启动", "建成", "开工", "开工建设", "加快", "新建"}
_WORKS = re.compile(
    "(?:改造|提升|扩建|续建|主体|迁建|修复|整治|延伸|配套|利用|除险|加固|整修|维修|安居|回迁|绿化|[一二三四]期|治理|管网|供水|排涝)工程$"
)
_OF_PEOPLE = re.compile(
    "(?:”|企业|素质|质量|能力|技能|消费|产业|人才|健康|教育|医疗|文明|治理|集群)[^“”]{0,4}(?:提升|治理)工程$"
)
_PROGRAMME = re.compile(
    "创新|振兴|产业化|富民|惠民|帮扶|赋能|强基|增效|培育|倍增|质量|素质|文明|人才|普惠|教育|健康|就业|出版|创作|传播|培养|素养|“[^“”]+”$"
)
_PROMOTING = {"实施", "推进", "启动", "开展", "深化", "推动", "组织实施", "抓好"}
_SHORT_NOUN = 3
_FITTINGS = re.compile("等[^、等]{0,4}设施$")
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
_DOING = {"做好", "抓好", "抓实"}
_SLOGAN = re.compile("“[^“”]*，[^“”]*”|^更|“[^“”、]{17,}”|“(?:走出去|引进来)”")
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
        )
    }
)
_HASTENED = ("改革", "试点", "规划", "统筹", "登记", "整合", "重组", "立法", "移交", "行动", "计划", "方案", "条例")
_EMPTY = re.compile(
    "(?:专项|攻坚|系列|重点|若干|领域|各项|各类|相关|有关|配套|三年|一批|更多|具体|重大|工作|本|该|国家|以|的)+"
)
_TITLED_CITY = re.compile("(?:国家|国际|全国|省级)[^、]{2,}(?:城市|县|区|市|镇|村|单位|基地|中心|企业|园|社区)$")
# 争取国家乡村数字化试点: a status that others grant.
_STATUS = re.compile("^[^，]{4,}(?:试点|试点示范|试点城市|试验区|示范区|牌照|称号|命名)$")
_TITLED = re.compile("[^“”]{2,12}(?:创建|争创)(?:“[^“”]+”|[^“”]{4,16})|[^“”]{3,16}创建")
_GENERAL_VERBS = set(words("commitments", "general_verbs"))
_GENERAL_NOUNS = set(words("commitments", "general_nouns"))


_GROUNDS = set(words("commitments", "honour_grounds"))
_TITLES = set(words("commitments", "honour_titles"))
_RANKED = re.compile("国家级|全国|省级|世界|国家(?!战略|规划|支持|资金|项目)")
_RANK = re.compile("国家|全国|省级|全省|国际|省")


@rule("reading.commitment.honour", "创建与荣誉")
def honour(promise: Promise) -> str:
    """A title, award or demonstration status to win or keep.

    例：争创国家森林城市；聚焦国家级高新区创建。 非例：建成高标准农田(目标)。
    """
    if promise.verb == "完成" and re.search("创建[^\\W\\da-zA-Z_]*(?:级|国家|全国|示范)", promise.object):
        promise.object = promise.object.replace("创建", "", 1)
        return "honour"
    titled = [_TITLED.fullmatch(one) for one in promise.object.split("、")] if "创" in promise.object else []
    if len(titled) > 1 and sum(bool(one) for one in titled) * 2 > len(titled):
        promise.object = "、".join(re.sub("创建|争创", "", one) for one in promise.object.split("、")) + "等"
        return "honour"
    if promise.verb in _HONOUR_VERBS or any(verb in _HONOUR_VERBS for verb in promise.verbs):
        return "honour"
    if promise.honour and promise.object[-1:] in "和与及、":
        return ""
    if promise.honour and (
        promise.honour not in {"评估", "考核", "复核", "评定", "评选"} or _HONOUR.last(promise.object)
    ):
        return "honour"
    named = _HONOUR.last(promise.object.rstrip("”"))
    if promise.verb in {"创建", "申报"} and (
        named or _RANKED.match(promise.object) or _TITLED_CITY.search(promise.object)
    ):
        return "honour"
    if promise.verb == "争取" and _STATUS.search(promise.object) and not _ANY.match(promise.object):
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
    if promise.verb not in _EVENT_VERBS:
        return ""
    if promise.verb in _HOLDING and not _NO_EVENT.search(promise.object) and not is_generic(promise.object):
        return "event"
    if _ANY_ACTIVITY.fullmatch(promise.object):
        return ""
    if promise.verb == "开展" and promise.object.endswith("活动") and ("的" in promise.object or "”" in promise.object):
        return ""
    if _NUMBERED.match(promise.object) or _NUMBERED.match(_before_etc(promise.object)):
        return "event"
    if _FAIR.search(promise.object) and promise.verb not in {"组织", "开展", "完善", "提升", "深化"}:
        return "event"
    if _EVENT.last(promise.object) or _EVENT.last(_before_etc(promise.object)):
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
    name = promise.object.rstrip("”》")
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
    if (
        (_WORKS.search(name) and not _OF_PEOPLE.search(name))
        or "更加" in name
        or (name.endswith("工程") and _is_built(promise.verb, name))
    ):
        return ""
    if name.endswith("工程") and promise.verb == "推进" and not _SOFT.search(name):
        return ""
    if promise.verb == "提升" and promise.tail not in {"建设", "编制"}:
        return ""
    if promise.verb == "加快" and promise.tail not in {"建设", "编制"} and not name.endswith(_HASTENED):
        return ""
    if _builds(promise) and (_SERVED_AT.search(name) or ("和" in name and _is_place(things(name)[0]))):
        return ""
    if promise.tail == "建设" and name.endswith("化"):
        name += promise.tail
        promise.object, promise.tail = name, ""
    for candidate in (name, things(promise.object)[0] if "和" in name or "、" in name else ""):
        sub = _measured(promise, candidate.rstrip("”"))
        if sub:
            return sub
    return "plan" if _is_quoted(promise) else ""


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
    noun = _ACTS.last(name) if verb in _ACTING else ""
    noun = noun or (_SET_UP.last(name) if verb in _SETTING_UP else "")
    rest = name[: len(name) - len(noun)]
    if is_generic(name) or _VARIOUS.search(rest) or _ANY.match(rest):
        return False
    return bool(noun) and (len(rest) > 1 or len(noun) > _SHORTEST_PAPER - 2) and not _EMPTY.fullmatch(rest or "甲")


def _is_place(name: str) -> bool:
    """Whether the first of two things is built, not a service: 医疗中心和县域医联体."""
    return len(_PROJECT.last(name)) > 1 and not _SERVICE.last(name)


def _is_built(verb: str, name: str) -> bool:
    """Whether a 工程 with this verb is of stone: 完成引水工程; never 启动医疗卫生强基工程."""
    return verb in _DONE and not (verb in {"启动", "加快"} and _SOFT.search(name))


def _builds(promise: Promise) -> bool:
    """Whether something is put up, not only kept going: 建成, or 推进…建设."""
    return (promise.tail == "建设" and promise.verb not in {"加强", "强化"}) or promise.verb in _BUILDS


def _measured(promise: Promise, name: str) -> str:
    service, reform, plan = _SERVICE.last(name), _REFORM.last(name), _PLAN.last(name)
    noun, sub = max((service, "service"), (reform, "reform"), (plan, "plan"), key=lambda one: len(one[0]))
    if "“" in name and not noun:
        noun, sub = _QUOTED_NOUN.last(name), "reform"
    rest = name[: len(name) - len(noun)]
    if name in _WHOLE:
        return "reform"
    if not noun or len(name) < 3 or not rest or _EMPTY.fullmatch(rest):
        return ""
    if noun in _TO_ALL and promise.verb != "开展":
        return ""
    if promise.verb in {"加强", "强化"} and noun.endswith(("服务", "整合", "统筹")) and promise.tail != "供给":
        return ""
    if promise.verb in _CARRYING and _OF_ABOVE.search(rest):
        return ""
    if promise.verb in {"构建", "打造", "形成", "建设"} and noun.endswith("体系") and "“" not in name:
        return ""
    if _VARIOUS.search(rest):
        return ""
    if promise.verb in {"加强", "强化"} and promise.tail == "建设":
        return sub
    return "" if promise.verb in _GENERAL_VERBS and noun in _GENERAL_NOUNS and "《" not in name else sub


def _is_quoted(promise: Promise) -> bool:
    """Whether the object ends in a quoted name: 深化“最多跑一次”, 推动企业报表“只报一次”."""
    if promise.object[-1:] != "”" or promise.verb not in _QUOTED_VERBS or promise.tail == "建设":
        return False
    if promise.verb in _DOING and promise.object[:1] == "“" and "、" in promise.object:
        return False
    return not _SLOGAN.search(promise.object)


@rule("reading.commitment.project", "项目")
def project(promise: Promise, *, listed: bool) -> str:
    """Something to be built, renovated, opened or brought into operation, with a name or place of its own.

    例：建成社会治理中心、水务大厦。 非例：加强干部队伍建设(一般方向)。
    """
    if promise.object[-1:] == "”" and _VAGUE.last(promise.object.rstrip("”")):
        return ""
    plan = _PLAN.last(promise.object)
    if plan and _EMPTY.fullmatch(promise.object.removesuffix(plan) or "本"):
        return ""
    if _TO_DO.search(promise.object) or _ARRANGED.search(promise.object):
        return ""
    if promise.tail == "做大做强" and _WHO.search(promise.object):
        return ""
    if is_generic(promise.object) or _WHOLE_CLAUSE.search(promise.object) or is_of_others(promise.object):
        return ""
    if is_described(promise.object, promise.verb) or is_soft_work(promise.object):
        return ""
    if promise.stage:
        if promise.tail in _BEFORE_WORK and not (listed or _PROJECT.last(promise.object)):
            return ""
        return "project" if max(map(len, promise.object.split("、"))) < 20 or listed else ""
    if promise.verb in {"加强", "强化"} and promise.tail == "建设" and len(_PROJECT.last(promise.object)) > 1:
        return "project"
    if promise.verb not in _BUILD and not promise.stage:
        return ""
    if promise.tail == "建设" and _HONOUR.last(promise.object) and not _RANK.match(promise.object):
        return "project"
    if promise.verb in _NEVER_PROJECT and not promise.stage:
        return ""
    if promise.verb == "实现" and not _REACHED.search(promise.object):
        return ""
    name = promise.object.rstrip("”")
    if listed or (promise.verb in _DONE | {"建成"} and len(name) > 3 and promise.verb != "加快"):
        return "project"
    if promise.tail in {"开发", "开发建设"} and promise.verb in {"加快", "推进"}:
        return "project"
    if promise.tail == "建设" and re.fullmatch("“[^“”]+”", promise.object):
        return "project"
    if _PROJECT.last(name) and len(name) > 3:
        return "project"
    return "project" if _names_works(promise) else ""


def _names_works(promise: Promise) -> bool:
    """Whether most members before a closing 等 are things built: 东岭小学、云溪教学楼等(建设)."""
    if promise.tail != "建设" or not ("等" in promise.object[-7:] or "和" in promise.object):
        return False
    names = things(promise.object)
    if not promise.object.endswith("等") and not _FITTINGS.search(promise.object):
        return len(names) > 1 and len(names[0]) > 4 and bool(_PROJECT.last(names[0])) and not is_vague(promise)
    return sum(bool(_PROJECT.last(one)) for one in names) * 2 > len(names)


def is_vague(promise: Promise) -> bool:
    """Whether the words are a general direction: 加强干部队伍建设, 提升治理能力."""
    whole = promise.object + (promise.tail if promise.tail in {"建设", "工作", "成果"} else "")
    return bool(_VAGUE.last(whole)) and "“" not in whole and "等" not in whole


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
