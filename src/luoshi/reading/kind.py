"""What a promise is: honour, event or project (``measure`` has its own module), by verb and by the noun its object ends in."""

from __future__ import annotations

import re

from luoshi.reading.direction import is_described, is_generic, is_of_others, is_soft_work
from luoshi.reading.measure import is_bare_plan
from luoshi.reading.promise import Promise
from luoshi.reading.rule import rule
from luoshi.reading.things import things
from luoshi.reading.words import mapping, nouns, words
from luoshi.terms.pattern import pattern

_HONOUR_VERBS = set(words("commitments", "honour_verbs"))
_HONOUR, _EVENT, _PROJECT = nouns("honour_nouns"), nouns("event_nouns"), nouns("project_nouns")
_VAGUE = nouns("vague_nouns")
_STAGES = mapping("commitments", "stage_verbs")
_EVENT_VERBS = set(words("commitments", "event_verbs"))
_BUILD = set(words("commitments", "build_verbs"))
_BEFORE_WORK = {"招商", "签约", "谋划", "论证"}
_QUOTED = pattern("“[^“”，]+”")
_DUTY = re.compile("(?:整治|治理|执法|排查|检查|督导|督查|创建)活动$")
_FAIR = pattern("[交博洽展投消智数旅恳药茶酒订采]会$")  # 青洽会, 云博会
# 第三届云溪杂交水稻会, 2026年青石龙舟杯: whatever is held by its number or year.
_NUMBERED = re.compile(
    "(?:第[一二三四五六七八九十百0-9]+[届次]|首届|[12][0-9]{3}年?)[^、，]{2,}[会赛节周月季展杯坛奥]$"
)
_HOLDING = {"举办", "承办", "主办", "协办"}
_NO_EVENT = pattern("(?:企业|学校|学院|医院|园|大学|教育|实体|事业|机构|项目|班|产业|工厂|经济|业|合作)$|^[^“]{1,3}$")
_ANY_ACTIVITY = re.compile(
    "(?:各类|各种|系列|一系列|丰富多彩|形式多样|多种|群众性|群众|文化|体育|文体|教育|宣传|主题|节庆|促销|招商|全民|志愿|创建|实践|经贸|健身|普法|技术|社会|公益|投资|促进|服务|推介|和|对接|交流|帮扶|慰问|走访|调研|合作|培训|的|“)*”?(?:活动|展览|比赛|展|演出|赛事|竞赛)"
)
_MANY = pattern("各类|更多|一批|多种")
_WHOLE_CLAUSE = re.compile(
    "企业在|开展|进行|作为|成为|纳入|形成|把|让|更加|^促|^融入|^迈向|^走向|、抓|、[早快](?:落地|开工|投产|竣工|达产|见效|建)|、保(?:投产|竣工|续建|重点)|^更|向[^，“”]{2,}(?:延伸|转型|发展|迈进|拓展|集聚|转变)$|等[^、“”]{0,6}(?:企业|高校|院校|机构|地区|部门)(?:建设|建立|打造|开展|加快|创建|设立|提升|改造|实施|完善)|^(?:吸引|带动|招引)|^(?:一批|几个|若干|更多|一系列)"
)
_ARRANGED = re.compile("(?:体制|机制|体系|制度|格局|框架|架构|骨架|氛围|意识|形象)$")
_TO_DO = re.compile("(?:目标|任务|指标)”?$")
_WHO = pattern("(?:企业|产业|主体|机构|行业|集群)$")
_REACHED = pattern("(?:覆盖|贯通|通车|投产|投用|运营|联通)$")
_LONG_NAME = 12
_OWN_KIND = 4
"""A noun of so many characters names a kind of works of its own: 污水处理设施."""
_FUNCTIONS = pattern("([^、等“”]{5,})功能")  # 优化青石人才港功能
_BUILDING = {"建设", "打造", "建成"}
_PROPER = pattern("“[^“”，、]+·[^“”，、]+”")  # 打造“青石湾·云溪里”: a name, no slogan
# 推进锅炉、扬尘等重点领域整治: fields of work are no works.
_FIELDS = pattern("等[^、]{0,6}(?:行业|领域|环节|方面|部位)")
_HELPED = pattern(".{2,}(?:打造|做大|争当|当好|建成|集聚(?![区带地]))")
_NEVER_PROJECT = {"深化", "促进"}
_DONE = set(words("commitments", "done_verbs"))
_FITTINGS = pattern("等[^、等]{0,4}设施$")
_TITLED_CITY = pattern("(?:国家|国际|全国|省级)[^、]+(?:城市|县|区|市|镇|村|单位|基地|中心|企业|园|社区)$")
# 争取国家乡村数字化试点: a status that others grant.
_STATUS = pattern("^[^，]{4,}(?:试点|试点示范|试点城市|试验区|示范区|牌照|称号|命名)$")
_INFLUENCE = pattern("^具有[^，、]{2,12}影响力的")
_VICTORY = ("胜利", "丰收", "佳绩", "开门红", "双胜利", "好成绩", "好成果")
# 开展创建绿色机关、绿色学校等行动.
_CREATES = pattern("创建(?P<titles>[^，]{3,}?)等?(?:行动|活动)")
_KEEPING = {"打造", "深化", "巩固", "决胜", "打赢", "通过", "推进", "聚焦", "建设", "加快"}
_CLAIMING = _KEEPING | {"创建", "申报"}
_ENTERED = pattern("[^，、]{2,12}(?:纳入|列入|成为)(?=[^，、]{2,}试点$)")
_TITLED = pattern("[^“”]{2,12}(?:创建|争创)(?:“[^“”]+”|[^“”]{4,16})|[^“”]{3,16}创建")


_GROUNDS = set(words("commitments", "honour_grounds"))
_TITLES = set(words("commitments", "honour_titles"))
_RANKED = pattern("国家级|全国|省级|世界|国家(?!战略|规划|支持|资金|项目)")
_RANK = pattern("国家|全国|省级|全省|国际|省")


@rule("reading.commitment.honour", "创建与荣誉")
def honour(promise: Promise) -> str:
    """A title, award or demonstration status to win or keep.

    例：争创国家森林城市；聚焦国家级高新区创建。 非例：建成高标准农田(目标)。
    """
    if promise.verb == "完成" and re.search("创建[^\\W\\da-zA-Z_]*(?:级|国家|全国|示范)", promise.object):
        promise.object = promise.object.replace("创建", "", 1)
        return "honour"
    told = _CREATES.fullmatch(promise.object) if promise.verb in {"开展", "组织开展"} else None
    if told:
        promise.object = told["titles"] + "等"
        return "honour"
    titled = [_TITLED.fullmatch(one) for one in promise.object.split("、")] if "创" in promise.object else []
    if len(titled) > 1 and sum(bool(one) for one in titled) * 2 > len(titled):
        promise.object = "、".join(re.sub("创建|争创", "", one) for one in promise.object.split("、")) + "等"
        return "honour"
    if promise.object.endswith(_VICTORY) or promise.object.startswith("群众性"):
        return ""
    if promise.object.startswith("具有"):
        promise.object = _INFLUENCE.sub("", promise.object)
    if promise.verb in _HONOUR_VERBS or any(verb in _HONOUR_VERBS for verb in promise.verbs):
        return "honour"
    if promise.honour and promise.object[-1:] in "和与及、":
        return ""
    if promise.honour and (
        promise.honour not in {"评估", "考核", "复核", "评定", "评选"} or _HONOUR.last(promise.object)
    ):
        return "honour"
    named = _HONOUR.last(promise.object.rstrip("”")) if promise.verb in _CLAIMING else ""
    if promise.verb in {"创建", "申报"} and (
        named or _RANKED.match(promise.object) or _TITLED_CITY.search(promise.object)
    ):
        return "honour"
    if promise.verb == "争取" and (entered := _ENTERED.match(promise.object)):
        promise.object = promise.object[entered.end() :]
    if promise.verb == "争取" and _STATUS.search(promise.object) and not _MANY.match(promise.object):
        return "honour"
    if named and named not in _GROUNDS and promise.verb in _KEEPING:
        return "honour" if _RANK.match(promise.object) or named in _TITLES else ""
    return ""


@rule("reading.commitment.event", "活动与赛事")
def event(promise: Promise) -> str:
    """A fair, contest, festival, meeting or census to be held.

    例：办好第十七届茶文化节；全面开展第五次全国经济普查。 非例：举办对接活动50场以上(目标)。
    """
    if promise.verb not in _EVENT_VERBS:
        return ""
    if promise.verb in _HOLDING | {"办好"} and _QUOTED.fullmatch(promise.object):
        return "event"
    if promise.verb in _HOLDING and not _NO_EVENT.search(promise.object) and not is_generic(promise.object):
        return "event"
    if _ANY_ACTIVITY.fullmatch(promise.object) or _DUTY.search(promise.object):
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


@rule("reading.commitment.project", "项目")
def project(promise: Promise, *, listed: bool) -> str:
    """Something to be built, renovated, opened or brought into operation, with a name or place of its own.

    例：建成社会治理中心、水务大厦。 非例：加强干部队伍建设(一般方向)。
    """
    if promise.object[-1:] == "”" and _VAGUE.last(promise.object.rstrip("”")):
        return ""
    if _is_no_work(promise):
        return ""
    if promise.stage:
        if promise.tail in _BEFORE_WORK and not (listed or _PROJECT.last(promise.object)):
            return ""
        return "project" if max(map(len, promise.object.split("、"))) < 20 or listed else ""
    if promise.verb in {"加强", "强化"} and promise.tail == "建设" and len(_PROJECT.last(promise.object)) > 1:
        return "project"
    if promise.verb == "优化" and (served := _FUNCTIONS.fullmatch(promise.object)) and _PROJECT.last(served[1]):
        promise.object = served[1]
        return "project"
    if promise.verb not in _BUILD and not promise.stage:
        return ""
    builds = promise.tail == "建设" or promise.verb in _BUILDING
    if builds and _HONOUR.last(promise.object) and not _RANK.match(promise.object):
        return "project"
    if promise.verb in _BUILDING and _PROPER.fullmatch(promise.object):
        return "project"
    if promise.verb in _NEVER_PROJECT and not promise.stage:
        return "project" if "等" in promise.object and _names_works(promise) else ""
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


def _is_no_work(promise: Promise) -> bool:
    """Whether the words name a task, a direction, a field of work or what others do; never a thing built."""
    name = promise.object
    if (len(name) < _LONG_NAME and is_bare_plan(name)) or _TO_DO.search(name) or _ARRANGED.search(name):
        return True
    if promise.tail == "做大做强" and _WHO.search(name):
        return True
    if is_generic(name) or _WHOLE_CLAUSE.search(name) or is_of_others(name):
        return True
    if ("等" in name and _FIELDS.search(name)) or (promise.verb == "支持" and _HELPED.match(name)):
        return True
    return is_described(name, promise.verb) or is_soft_work(name)


def _names_works(promise: Promise) -> bool:
    """Whether most members before a closing 等 are things built: 东岭小学、云溪教学楼等(建设)."""
    if promise.verb in _BUILDING and "等" in promise.object and "、" in promise.object:
        members = promise.object[: promise.object.rindex("等")].split("、")
        return sum(bool(_PROJECT.last(one)) for one in members) * 2 > len(members)
    if promise.tail != "建设" or not ("等" in promise.object[-12:] or "和" in promise.object):
        return False
    names = things(promise.object)
    if not promise.object.endswith("等") and not _FITTINGS.search(promise.object):
        return len(names) > 1 and len(names[0]) > 4 and bool(_PROJECT.last(names[0])) and not is_vague(promise)
    return sum(bool(_PROJECT.last(one.rstrip("”"))) for one in names) * 2 > len(names)


def is_vague(promise: Promise) -> bool:
    """Whether the words are a general direction: 加强干部队伍建设, 提升治理能力."""
    whole = promise.object + (promise.tail if promise.tail in {"建设", "工作", "成果"} else "")
    if not _VAGUE.last(whole) or "“" in whole or "等" in whole:
        return False
    return len(_PROJECT.last(promise.object)) < _OWN_KIND


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
