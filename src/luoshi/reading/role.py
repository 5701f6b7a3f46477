"""What a number is by its nearest words alone: a name, a condition, or free to be a target."""

from __future__ import annotations

import re

from luoshi.reading.clause import Sentence
from luoshi.reading.number import Number
from luoshi.reading.phrase import ends_in_verb
from luoshi.reading.rule import rule
from luoshi.reading.words import either, words
from luoshi.terms.pattern import pattern

Role = tuple[str, str]
"""Role (``name``, ``condition``) and the id of the rule that says so."""

_NAME_BEFORE = re.compile(rf"(?:{either(words('names', 'before'))})$")
_ANNOUNCED = re.compile(rf"(?:{either(words('names', 'announced'))})")
_ANNOUNCING = re.compile(rf"(?:{either(words('names', 'announcing'))})")
_DONE_DEEDS = pattern("[^0-9，。]{0,8}(?:民生|惠民|为民)?实事")
_EXISTING = re.compile("已[^\\W\\da-zA-Z_]{1,4}的$")
_AIMED = re.compile(
    "(?:围绕|聚焦|紧盯|瞄准|依托|立足)(?:[^，。；、新建实]{0,10}|[^，。；]{0,4}[0-9]+[^，。；]{1,8}、)$"
)
_PEOPLE = re.compile("[^\\W\\da-zA-Z_]{0,5}(?:人民|儿女|父老|各族|干部群众|市民同)")
_DESCRIBED = pattern(
    "(?:总投资|投资|占地|占地面积|建筑面积|面积|年产|年产值|装机|装机容量|规模|总规模|总长|全长|长)约?$"
)
_YEARS_REACHED = pattern("(?:受教育|平均[^，]{0,6}|预期[^，]{0,6})年限[^，0-9]{0,6}$")
# What is only carried on: 推动3个产业集群提质增效 counts what exists.
_CARRIED_ON = re.compile("(?:推动|推进|促进|带动|做强|壮大|提升)(?:全[省市县区])?$")
_EFFECT = pattern(
    "[^，。；、0-9]{2,16}?(?:提质增效|提质升级|提质扩量|提质|增效|壮大|做大做强|做优做强|转型升级|(?:高质量|创新|融合|协同|加快|联动|错位|集聚|抱团|蓬勃|健康|均衡|错位)发展|提档升级|(?:建设|发展|服务|管理)?(?:水平|能级|品质|影响力|竞争力)|提能升级)(?=[，。；、]|$)"
)
_OF_REACH = re.compile("(?:覆盖|惠及|辐射|涉及|容纳|可供|满足)[^，。；、的]{0,12}$")
_REACHED_BY = pattern("[^，。；的]{0,14}的[^，。；]{2}")
_RESTING_ON = pattern("(?:依托|立足|借助)[^，。；、0-9]{0,10}$")
_GOAL_TIME = set(words("units", "goal_time"))
_PER = re.compile("(?:每|每千|每百|每万)$")
_RAISED = pattern("^[^，。；]{0,16}?(?:提高|增加|提升|上调|调整)(?:到|至|为)")
_CHANGED_TO = pattern(
    "(?:提高|提标|提升|增加|上调|上浮|调整|降低|增|升)(?:到|至|为)?(?:每人)?(?:每[年月生])?$|提高(?:到|至)|总额|资金$|发放[^，。]{0,6}$"
)
_OFFERED = pattern("(?:补贴|补助|奖励|资助|奖补|给予|支付限额|最高不超过|贴息|每人每月|每生每年)[^，。]{0,8}$")


@rule("reading.role.code", "代码")
def code(number: Number, text: str, sentence: Sentence) -> Role | None:
    """Digits joined with letters or plus signs name something.

    例：“5G+”“G337”“4+1”投资结构。 非例：储能6MW(计量单位)。
    """
    del text, sentence
    return ("name", "reading.role.code") if number.category in {"code", "date"} else None


@rule("reading.role.quoted", "引号内的数字")
def quoted(number: Number, text: str, sentence: Sentence) -> Role | None:
    """A number within quotation marks or 《》 is part of a name or slogan.

    例：“15分钟健身圈”。 非例：“专精特新”企业12家(数字在引号之外)。
    """
    del text
    return ("name", "reading.role.quoted") if sentence.is_quoted(number.start) else None


@rule("reading.role.name", "名称或编号中的数字")
def named(number: Number, text: str, sentence: Sentence) -> Role | None:
    """Roads, editions, ordinals and bare digits are names.

    例：104国道、第17届、2大品牌、〔14〕。 非例：改造公路25公里。
    """
    before = text[max(sentence.start, number.start - 4) : number.start]
    if _NAME_BEFORE.search(before) or (number.category == "none" and number.form != "bare"):
        return "name", "reading.role.name"
    return None


def _names_all(number: Number, text: str, sentence: Sentence) -> bool:
    """Whether the list before 等 already names as many things as are counted: 甲、乙、丙等3个项目."""
    start = max((clause[0] for clause in sentence.clauses if clause[0] <= number.start), default=sentence.start)
    return text.count("、", start, number.start) + 1 >= number.value > 1


def _is_carried_on(number: Number, text: str, sentence: Sentence) -> bool:
    """Whether the count is of things that are there and shall thrive: 推动3个产业集群提质增效."""
    if not _CARRIED_ON.search(text, max(sentence.start, number.start - 8), number.start):
        return False
    return bool(_EFFECT.match(text, number.end, min(number.end + 30, sentence.end)))


@rule("reading.role.announced", "引出下文的计数")
def announced(number: Number, text: str, sentence: Sentence) -> Role | None:
    """A count that only announces what follows or enumerates what exists is a name.

    例：着力抓好40项重点工作、统筹抓好8个重点片区建设。 非例：办好十方面民生实事。
    """
    if number.category == "measure" and not number.after:
        resting = _RESTING_ON.search(text, max(sentence.start, number.start - 14), number.start)
        return ("name", "reading.role.announced") if resting else None
    if number.category != "counter" or number.after:
        return None
    if _is_carried_on(number, text, sentence):
        return "name", "reading.role.announced"
    before = text[max(sentence.start, number.start - 8) : number.start]
    after = text[number.core - len(number.unit) : number.core + 8]
    if _AIMED.search(text[max(sentence.start, number.start - 24) : number.start]):
        return "name", "reading.role.announced"
    if number.unit == "项" and before.endswith("指标"):
        return "name", "reading.role.announced"
    if before.endswith("等") and _names_all(number, text, sentence):
        return "name", "reading.role.announced"
    if _EXISTING.search(before) or _PEOPLE.match(text[number.core : number.core + 10]):
        return "name", "reading.role.announced"
    if _ANNOUNCED.match(after) and not _DONE_DEEDS.match(text, number.core):
        return "name", "reading.role.announced"
    if _ANNOUNCING.search(before) and re.match(
        "[^，。]{0,4}重点(?:工作|任务|领域|片区|环节|方面)", text[number.core :]
    ):
        return "name", "reading.role.announced"
    return None


@rule("reading.role.time", "时间和年龄")
def timed(number: Number, text: str, sentence: Sentence) -> Role | None:
    """Ages and spans of time define something; they are no goal of their own.

    例：16-60周岁城乡边保户、连续参保满4年。 非例：人均培训40学时。
    """
    if number.category != "time" or number.unit in _GOAL_TIME:
        return None
    before = text[max(sentence.start, number.start - 12) : number.start]
    if number.base_unit not in {"岁", "周岁"} and re.search(
        "(?:压缩|缩短|减少|控制在|提速|压减|不超过|延长|寿命)", before
    ):
        return None
    if number.base_unit == "年" and _YEARS_REACHED.search(before):
        return None
    if number.base_unit == "岁" and re.search("(?:寿命|期望)[^，。]{0,6}$", before):
        return None
    return "condition", "reading.role.time"


@rule("reading.role.scale", "量级")
def scaled(number: Number, text: str, sentence: Sentence) -> Role | None:
    """A bare scale (亿元以上, 百亿级) says what kind of thing is counted.

    例：引进亿元以上工业项目30个。 非例：完成投资15亿元。
    """
    del text, sentence
    return ("condition", "reading.role.scale") if number.form == "bare" else None


@rule("reading.role.level", "量级数字")
def levelled(number: Number, text: str, sentence: Sentence) -> Role | None:
    """A quantity followed by 级 or 元级 is the class of a thing.

    例：打造10亿级企业、110千伏变电站。 非例：销售额达10亿元。
    """
    del sentence
    after = text[number.core : number.core + 6]
    if re.match("级|元级|斤级|吨级", after):
        return "condition", "reading.role.level"
    if number.base_unit in {"千伏", "kV"}:
        return "name", "reading.role.level"
    return None


@rule("reading.role.per", "每若干")
def per(number: Number, text: str, sentence: Sentence) -> Role | None:
    """What a rate is counted by is a condition.

    例：每1000名老人拥有养老床位45张(1000名)。 非例：每千人口拥有托位4.5个(4.5个)。
    """
    before = text[max(sentence.start, number.start - 3) : number.start]
    return ("condition", "reading.role.per") if _PER.search(before) and number.category != "none" else None


@rule("reading.role.offer", "政策待遇")
def offered(number: Number, text: str, sentence: Sentence) -> Role | None:
    """Money offered to people by a policy is no total promised.

    例：给予最高50万元补助。 非例：发放补贴总额5000万元。
    """
    if number.category not in {"money", "percent"}:
        return None
    before = text[max(sentence.start, number.start - 14) : number.start]
    if number.category == "percent" and "给予" not in before:
        return None
    if _RAISED.search(text[number.end : number.end + 20]):
        return None
    if _OFFERED.search(before) and not _CHANGED_TO.search(before):
        return "condition", "reading.role.offer"
    after = text[number.core : number.core + 8]
    if re.match("(?:的)?(?:奖励|补贴|补助|奖补|资助)", after) and re.search("(?:给予|最高|一次性)", before):
        return "condition", "reading.role.offer"
    return None


_PROJECT_AFTER = pattern("[^\\W\\d_]{1,14}(?:项目|生产线|电站|电厂)|(?:光伏|风电|储能|制氢)[^，。]{0,12}(?:项目|等)")


def _qualifies(number: Number, before: str, after: str) -> bool:
    """Whether a bound on a size says which things are meant: 4米及以下焦炉, 人口20万人以上的城市."""
    if number.after not in {"以上", "以下", "及以上", "及以下"} or not re.match("的?[^\\W\\da-zA-Z_]", after):
        return False
    if number.category == "money" and after.startswith("的"):
        return not ends_in_verb(before)
    return before.endswith("人口") or (number.category == "measure" and not ends_in_verb(before))


def _names_project(number: Number, before: str, after: str) -> bool:
    """Whether a capacity stands in a project's name: 某某300兆瓦光伏发电项目, 某厂500万只蓄电池二期项目."""
    if number.category != "measure" and number.base_unit not in {"只", "头", "羽", "套", "台", "辆"}:
        return False
    if number.after or not _PROJECT_AFTER.match(after) or number.base_unit in {"亩", "公里", "平方米", "千米", "米"}:
        return False
    return bool(re.search("[^\\W\\d_]{2}$", before)) and not ends_in_verb(before)


_MEMBER_OF_WORKS = re.compile(
    "[^，。；]{0,160}?(?<![建产])等(?:[0-9一二三四五六七八九十]+个)?[^，。；、0-9]{0,14}(?:项目|工程|生产线)"
)
_ADVANCED = pattern(
    "(?:加快|推进|推动|抓好|支持|争取|实施|确保|建设|启动|突出|力争|开工|紧盯|促进|谋划|建成)[^，。；：]*$"
)


def _is_listed(number: Number, text: str, sentence: Sentence) -> bool:
    """Whether a capacity stands in a member of a list of works: 加快甲厂120万吨乙烯、乙厂28万吨硫酸镍等项目."""
    if number.after or number.category not in {"measure", "counter"} or number.base_unit in _BUILT_BY:
        return False
    if not (_MEMBER_OF_WORKS.match(text, number.end) and text[number.end : number.end + 1] not in "，、和及等"):
        return False
    start = max((clause[0] for clause in sentence.clauses if clause[0] <= number.start), default=sentence.start)
    before = text[max(start, number.start - 200) : number.start]
    if number.category == "counter" and number.base_unit not in {"台", "套", "辆", "只", "头", "羽", "张", "支", "片"}:
        return False
    return bool(_ADVANCED.search(before)) and not ends_in_verb(before)


_BUILT_BY = {"公里", "千米", "亩", "平方米"}


@rule("reading.role.described", "项目说明")
def described(number: Number, text: str, sentence: Sentence) -> Role | None:
    """Money or size that describes a project is no goal of its own.

    例：启动总投资10亿元的汽车灯具项目、年产3万吨饲料项目。 非例：完成投资10亿元。
    """
    if _is_listed(number, text, sentence):
        return "name", "reading.role.described"
    if _OF_REACH.search(text, max(sentence.start, number.start - 16), number.start) and _REACHED_BY.match(
        text, number.end, sentence.end
    ):
        return "condition", "reading.role.described"
    if number.category not in {"money", "measure"} and number.base_unit != "人":
        return None
    before = text[max(sentence.start, number.start - 8) : number.start].rstrip()
    after = text[number.end : number.end + 24]
    if _DESCRIBED.search(before) and re.match("的(?:[^\\Wa-zA-Z_]|“)", after):
        return "condition", "reading.role.described"
    if _qualifies(number, before, after):
        return "condition", "reading.role.described"
    if before.endswith(("海拔", "半径", "直径", "周边", "坡度", "水深")):
        return "condition", "reading.role.described"
    if re.match("(?:的|以上的|以下的)?部分", after):
        return "condition", "reading.role.described"
    if _names_project(number, before, after):
        return "name", "reading.role.described"
    if re.search("年(?:产|加工|处理|屠宰|出栏|生产)$", before) and re.match(
        "[^，。、；]{1,20}(?:项目|生产线|基地|工程)", after
    ):
        return "condition", "reading.role.described"
    return None


_RULES = (code, quoted, scaled, levelled, per, timed, offered, described, announced, named)


def role(number: Number, text: str, sentence: Sentence) -> Role | None:
    """The role the nearest words give, or None when the number is free to be a target."""
    for one in _RULES:
        found = one(number, text, sentence)
        if found:
            return found
    inside = sentence.bracket(number.start)
    if inside and inside[0] != sentence.start:
        return "condition", "reading.role.bracketed"
    return None


@rule("reading.role.bracketed", "括号内的数量")
def bracketed(number: Number, text: str, sentence: Sentence) -> Role | None:
    """A quantity in brackets explains another one.

    例：新建学校3所(其中小学2所)。 非例：新建学校(含幼儿园)3所。
    """
    del number, text, sentence
    return None
