"""One clause to verb, object and what is done to it; nothing is decided about kinds here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luoshi.reading.words import Endings, either, mapping, words
from luoshi.terms.pattern import pattern

_ADVERBS = Endings({"adverb": words("commitments", "adverbs")})
_VERBS = Endings(
    {"verb": words("commitments", "verbs")},
    {verb: frozenset(after) for verb, after in mapping("commitments", "verb_guards").items()},
)
_WEAK = set(words("commitments", "weak"))
_ASPIRE = set(words("commitments", "aspire"))
_STAGE_TAILS = mapping("commitments", "stage_tails")
_TAIL_STAGE = Endings({"tail": _STAGE_TAILS})
_TAILS = Endings({"tail": words("commitments", "tails")})
_HONOUR_TAIL = Endings({"tail": words("commitments", "honour_tails")})
_LAST = frozenset(word[-1] for found in (_TAIL_STAGE, _TAILS, _HONOUR_TAIL) for word in found.category)
_BETWEEN = pattern(
    r"(?:(?:在|于|到)?\d{4}年(?:\d{1,2}月)?(?:上半年|下半年)?(?:底|末|中)?(?:之?前|内)?|(?:在|于|到)?(?:\d{1,2}月|[一二三四]季度|上半年|下半年)(?:底|末|中旬|上旬|下旬|份)?(?:之?前)?|今年|年内|年底前|年底|全面|早日|尽早|稳定|全天候|尽快|按期|如期|力争|实现|顺利|全部|正式|同步|基本|主体|有序|加快)+$"
)
_BETWEEN_ENDS = frozenset("底末旬份前月度年内日早面定候快期争现利部式步本体序")
_BY_DATE = pattern(
    r"^(?:在|到|至|截至)?(?:\d{4}年|\d{1,2}月|[一二三四]季度|上半年|下半年|年(?=[底末初内中]))(?:底|末|初|份|内|中)?(?:前|之前)?"
)
_AIM = pattern(
    "以(?P<verb>创建|争创|创成|争创成功)(?P<object>.{4,24}?)为(?:工作)?(?:目标|主线|契机|抓手|引领|统领|牵引|载体)"
)
_AIM_AFTER = pattern("以(?P<object>.{4,24}?)创建(?:工作|活动)?为(?:工作)?(?:目标|主线|契机|抓手|引领|统领|牵引|载体)")
_PASSED = pattern(
    "^(?P<object>[^，]{3,40}?)(?:顺利|高质量|圆满|成功|全部|如期)*(?:通过(?P<by>国家|省级|省|市级|部级|第三方)?(?:验收|评估|复审|复核|认定|考核|命名)|(?P<won>申遗成功|升格本科|晋升三甲|晋级三甲|申报成功|创建成功|获批|摘牌|创建达标))$"
)
_BUILT = pattern("(?:项目|工程|修复|改造|治理)$")  # 青石河修复工程通过验收: a work is done, no title won
# 开展提升服务质量行动: the second verb is part of the name.
_NAMING = set(words("commitments", "naming_verbs"))
# 基本药物制度实现村卫生室全覆盖; 发挥河长制、林长制作用.
_SPREAD = pattern(
    "^(?P<given>[^，、]{3,16}(?:制度|机制|改革))实现[^，]*全覆盖$|^发挥(?P<used>[^，]{2,20}(?:长制|制度|机制))的?作用$"
)
# 支持东岭、西坞建设物流集聚区: towns build it, not 企业.
_BUILDS_THERE = pattern(
    "^[^“”，的等]{2,12}?(?<!企业)(?<!高校)(?<!院校)(?<!机构)(?<!单位)(?<!医院)(?<!学校)(?<!群众)(?P<verb>建设|设立)(?P<object>[^，、]{4,})$"
)
# 青石水库尽早获得国家批复并开工建设.
_APPROVED = pattern("(?:尽早|尽快|早日)?(?:获得|取得|得到)[^，、]{0,8}(?:批复|批准|核准|立项)(?:并|后)?$")
_BASIC = {"药物", "公共", "医疗", "养老", "农田", "民生", "医保", "殡葬", "住房"}
# 以村级电站为主要模式推进光伏工程; 依托青石园区建设实训基地: by what means goes before the verb.
_MEANS = frozenset("以依围结借针")
_BY_MEANS = pattern(
    "^以[^，“”]{2,20}为(?:主要|重要|有效|基本)?(?:模式|重点|抓手|载体|契机|主线|依托|核心|引领|基础|突破口|龙头|统领|支撑|平台|目标|纽带|导向)(?=[^，]{6,})"
    "|^(?:依托|围绕|结合|借助|针对)[^，、“”]{2,16}?(?=(?:全面|大力|积极|深入|稳步|加快|重点)?(?:实施|开展|打造|建立|推行|编制|制定|举办|启动|组建|谋划)[^，]{4,})"
)
_ONLY_VERB = pattern(
    "^(?:大力|积极|稳步|深入|全面|持续|进一步|不断|着力|扎实)*(?P<verb>统筹|创新|规范)[^，、]{2,16}(?:改革|机制|制度|体制|模式|试点|普查|调查评估|整合优化)$"
)
_CARRIED = frozenset("革制度式点查估化")
_NAMED_AIM = pattern("(?:行动|工程|计划|方案|办法|措施|政策|意见|条例)(?:工作)?$")
_OUTWARD = pattern("^“[^“”]+”(?:向|走|落地|落实)")
_LATER = re.compile(
    "(?P<verb>制定|出台|编制|组建|成立|设立)(?<![才员构位业目]编制)(?<=[^\\W\\da-zA-Z_]{4})(?!\\d+周年)(?P<object>[^，、的”]{3,}|[^，、的“”]*“[^“”]*”[^，、的“”]*)$"
)
_AND_DO_IT = pattern(
    "(?:，|、)?并(?:对外开放|投入使用|投入运营|正式运营|投用|开馆|交付使用|开放|通车)$|(?:，|、)?并(?:积极|抓好|认真|全面|加快|稳步|有序|扎实|切实|组织)*(?:推进|实施|落实|组织实施|推广|运行)$"
)
_WHO_DOES = pattern("^[^，、“”]{2,8}?(?:打造|建设|创建|争创|建成)(?=“)")
_FOOTNOTE = pattern(r"\s*\^?(?:[〔\[［【]\s*\d{1,3}\s*[〕\]］】]|(?<=.)[（(]\d{1,3}[）)]|[①-⑳])\s*")
_SHORTEST = 5
_NOTE_ENDS = frozenset("〕]］】）)①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_PROGRESS = pattern("(?:早日|尽快|尽早)?取得(?:新的?|实质性|突破性|阶段性|积极|重大|明显|更大)*(?:进展|突破|成效)$")
_LAST_STEPS = pattern("的?(?:扫尾|收尾|善后|后续推进)工作$")
# 推进东岭农场、西坞果园等园区发展 builds them.
_PARKS_GROW = pattern("、[^，]*等[^、]{0,8}(?:园区|园|基地|项目|片区|街区|小镇|景区|开发区|集聚区)发展$")
# 完成国企改革三年行动目标任务 is to carry out the programme; 完成各项目标任务 names none.
_TASKS = pattern(
    "(?<=[^、各项大]{3}(?:行动|改革|试点|计划|工程|改造|搬迁|绿化|编制|登记|颁证|整改|攻坚|普查|造林|治理|加固|建设|项目))的?(?:阶段性?|年度|既定|各项|目标|建设)*任务$"
)
_CLAIMS = re.compile("创建|争创|申创|申报|创成")
_TURNING = frozenset("对将把")
_DATING = frozenset("0123456789０１２３４５６７８９在到至截年一二三四上下")
_WON = re.compile("通过|申遗|升格|晋[升级]|申报成功|创建成功|获批|摘牌|达标")
_HELPED = pattern(
    "^(?P<who>(?:(?!创建)[^“”，]){2,40}?)(?:成功|顺利)?(?P<verb>创建|争创|申创|申报|创成)(?P<title>(?:国家|全国|省|市|世界|国际|中国|[345]A|三级甲|三甲|二级甲|“)[^，、]{2,24})$"
)
# 青石湿地列入国际重要湿地名录, 青石山成为世界地质公园: whose title it becomes stands first.
_BECOMES = pattern(
    "^(?P<who>(?:(?!创[建成])[^“”，]){2,30}?)(?:成功|顺利)?(?:列入|入选|成为|晋升为?|晋级为?|升级为|升格为?|获评为?|跻身|进入(?=[^，]*(?:行列|名录|名单|序列)))"
    "(?P<title>(?:“|国家|全国|世界|国际|中国|全省|省级|联合国|高职|本科|三级甲|三甲)[^，、的]{2,20}?)(?:建设)?(?:名录|名单|行列|序列)?$"
)
_BECOMING = re.compile("列入|入选|成为|晋[升级]|升[级格]|获评|跻身|进入")
_NO_TITLE = pattern(
    "规划|计划|方阵|梯队|前[0-9一二三四五六七八九十]|盘子|笼子|高地|中心|样板|典范|标杆$|前列|影响|领先|重要(?!湿地)|支撑|项目|增长极|枢纽$"
)
# How it is done, in words no list holds: 压茬推进, 挂图作战推进.
_LED_IN = re.compile(
    "[^\\W\\da-zA-Z_]{2}(?:[^\\W\\da-zA-Z_]{2})?(?=(?:推进|实施|开展|完善|健全|建立|深化|编制|制定|启动|建成|新建|打造|推行|举办|创建)[^、和的]{4})"
)
_SUCCEEDING = pattern("(?<!申报)(?<!创建)(?<!争创)(?<!申遗)(?:取得)?成功$")
_AND_OTHERS = pattern("等(?:地|县|市|区|景区|县区|地区|县市|乡镇|[^、]{0,4})?$")
# 开展青石公园建设和文物保护工作: the second is a duty of every day.
_BUILT_AND = pattern("^(?P<object>[^，]{4,}?建设)[和及与][^，]{0,8}(?:工作|保护|管理|维护|服务)$")
_SENT = pattern("^[^，]{2,24}?(?:积极|踊跃)?(?P<verb>参加|参展|举办|承办)(?P<object>[^，]{4,})$")
_FOLLOWING = ("完善", "实施", "启用", "投用", "深化", "健全", "推广", "提升", "落实", "组织实施", "运行", "运营")
_LISTED = pattern(
    "^(?:[一二三四五六七八九十]是(?:要)?|第[一二三四五六七八九十]+[，、]?|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[①-⑳]|[—―-]{1,4}|[0-9]{1,2}[.、．](?![0-9]))"
)
_LISTING = frozenset("一二三四五六七八九十第（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳—―-0123456789")
_LINK = re.compile("^(?:地|、)(?=.{4})")
_SAME = mapping("commitments", "same_verbs")
_TURNED = pattern(
    f"^(?:对|将|把)(?:现有|全县|全市|全区|全部)*(?P<object>.+?)(?:进行|予以|实施|开展)(?P<action>(?:排水|维修|提升|综合|全面|节能|绿化|亮化|景观|美化|拆除)?(?:{either(('修编', '改造', '提升', '整治', '升级', '修复', '修缮', '维修'))})\\w*)$"
)


@dataclass(slots=True)
class Promise:
    """What a clause promises: ``start`` is where its words begin once leading words are gone.

    ``verb`` is the verb nearest the object, kept because it is asked for a dozen times.
    """

    start: int
    verbs: tuple[str, ...]
    object: str
    tail: str = ""
    stage: str = ""
    honour: str = ""
    aspire: bool = False
    verb: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.verbs:
            self.verb = self.verbs[-1]


def parse(text: str, start: int, end: int) -> Promise | None:
    """The promise of ``text[start:end]``, a clause; None when it begins with no known verb and ends in no stage."""
    phrase = text[start:end].rstrip(" \u3000的")
    led = _BY_MEANS.match(phrase) if phrase.lstrip()[:1] in _MEANS else None
    stripped, aspire = _strip_adverbs(phrase[led.end() :] if led else phrase)
    begin = start + len(phrase) - len(stripped)
    stripped = _without_closing(stripped)
    turned = _TURNED.match(stripped) if stripped[:1] in _TURNING else None
    if turned:
        return Promise(
            begin, ("完成" if "修编" in turned["action"] else "改造",), turned["object"] + "、等" + turned["action"]
        )
    aim = _AIM.match(stripped) if stripped[:1] == "以" else None
    if aim:
        return Promise(begin, (aim["verb"],), aim["object"])
    spread = _SPREAD.match(stripped) if stripped[-1:] in "盖用" else None
    if spread:
        return Promise(begin, ("落实",), spread["given"] or spread["used"], aspire=aspire)
    won = _won(begin, stripped, aspire=aspire) if stripped[:1] == "以" or _WON.search(stripped) else None
    if won:
        return won
    verbs, rest = _verbs(stripped)
    if not verbs and (led := _LED_IN.match(stripped)):
        verbs, rest = _verbs(stripped[led.end() :])
    if verbs and rest[:1] == "“" and _OUTWARD.search(rest):
        rest = rest[: rest.index("”") + 1]
    if not verbs and phrase.lstrip().startswith("支持") and rest.endswith("建设") and "、" in rest:
        verbs = ["支持"]
    doer = _WHO_DOES.match(rest) if "“" in rest else None
    if doer and (not verbs or verbs == ["支持"]):
        verbs, rest = [doer.group()[-2:]], rest[doer.end() :]
    later = _LATER.search(rest) or (_SENT.match(rest) if verbs[-1:] == ["组织"] else None)
    if later:
        verbs, rest = [later["verb"]], later["object"]
    if verbs[-1:] == ["支持"] and (helped := _BUILDS_THERE.match(rest)):
        verbs, rest = [*verbs, helped["verb"]], helped["object"]
    if not verbs or verbs[-1] in _WEAK:
        verbs, rest = _titled(verbs, rest, aspire=aspire)
    if not verbs and (lead := _leading(phrase)):
        verbs, begin, rest = ["推进" if lead == "统筹" else lead], start + phrase.index(lead), phrase.partition(lead)[2]
    beside = _BUILT_AND.match(rest) if "建设" in rest and "、" not in rest else None
    if beside:
        rest = beside["object"]
    aspire = aspire or any(verb in _ASPIRE for verb in verbs)
    promise = Promise(begin, tuple(verbs), rest, aspire=aspire)
    _cut_tail(promise)
    if not promise.object or promise.object[0] in "了过" or (not verbs and not promise.stage):
        return None
    return promise


def _won(begin: int, stripped: str, *, aspire: bool) -> Promise | None:
    """A title that is said to be won, or a work to be accepted: 青石镇顺利通过国家卫生镇验收."""
    own = _VERBS.first(stripped)
    hoped = stripped[len(own) :] if own == "争取" else stripped
    passed = _AIM_AFTER.match(stripped) if stripped[:1] == "以" else None
    if not passed and own in {"", "争取"} and _WON.search(hoped):
        passed = _PASSED.match(hoped)
    if not passed:
        return None
    if _BUILT.search(passed["object"]):
        return Promise(begin, (), passed["object"], tail="通过验收", stage="complete", aspire=aspire)
    won = passed.groupdict().get("won") or ""
    ending = won if won[:1] in "升晋" else "申遗" if won == "申遗成功" else ""
    return Promise(begin, ("争创",), passed["object"] + ending, aspire=aspire)


def _titled(verbs: list[str], rest: str, *, aspire: bool) -> tuple[list[str], str]:
    """Verb and title when the words say who is to win one: 青石景区创建国家5A级景区, 青石湿地列入国际重要湿地名录."""
    helped = _HELPED.match(rest) if _CLAIMS.search(rest) else None
    if helped:
        who = re.split("、|和", _AND_OTHERS.sub("", helped["who"]))
        return ["申创" if helped["verb"] == "申报" else helped["verb"]], "、".join(one + helped["title"] for one in who)
    becomes = _BECOMES.match(rest) if _BECOMING.search(rest) else None
    if becomes and not _NO_TITLE.search(becomes["title"]):
        return ["争创" if aspire else "创成"], becomes["who"] + becomes["title"]
    return verbs, rest


def _leading(phrase: str) -> str:
    """The word that only leads other verbs in, where it is the only verb: 统筹事业单位改革, 创新投融资机制."""
    found = _ONLY_VERB.search(phrase) if phrase[-1:] in _CARRIED else None
    return found["verb"] if found else ""


def _without_closing(phrase: str) -> str:
    """The phrase without footnote marks and without 取得进展 or 并组织实施 at its end."""
    last = phrase[-2:]
    if last == "工作":
        phrase = _LAST_STEPS.sub("", phrase)
    elif last == "发展" and _PARKS_GROW.search(phrase):
        phrase = phrase[:-2] + "建设"
    elif last == "任务" and "下达" not in phrase and (task := _TASKS.search(phrase)):
        phrase = phrase[: task.start()]
    phrase = phrase if _NOTE_ENDS.isdisjoint(phrase) else _FOOTNOTE.sub("", phrase)
    if "并" in phrase:
        phrase = _AND_DO_IT.sub("", phrase)
    if phrase[-1:] == "功":
        return _SUCCEEDING.sub("", phrase)
    return _PROGRESS.sub("", phrase) if phrase[-1:] in "展破效" else phrase


def _without_time(phrase: str) -> str:
    """The phrase without when and how at its end: 青石航道年内全面."""
    return _BETWEEN.sub("", phrase) if phrase[-1:] in _BETWEEN_ENDS else phrase


def _strip_adverbs(phrase: str) -> tuple[str, bool]:
    aspire = False
    phrase = phrase.lstrip(" \u3000\t")
    phrase = _LISTED.sub("", phrase) if phrase[:1] in _LISTING else phrase
    whole = phrase
    while phrase:
        if phrase is not whole and _LINK.match(phrase) and (_VERBS.first(phrase[1:]) or _ADVERBS.first(phrase[1:])):
            phrase = phrase[1:]
            continue
        dated = _BY_DATE.match(phrase) if phrase[0] in _DATING else None
        if dated:
            phrase = phrase[dated.end() :]
            continue
        word = _ADVERBS.first(phrase)
        if not word or len(word) == len(phrase) or (word == "基本" and phrase[2:4] in _BASIC):
            break
        verb = _VERBS.first(phrase)
        if len(verb) >= len(word) and verb != "创新":
            break
        aspire = aspire or word in _ASPIRE
        phrase = phrase[len(word) :]
    return phrase, aspire


def _verbs(phrase: str) -> tuple[list[str], str]:
    """The chain of verbs that begins the phrase and what is left."""
    found: list[str] = []
    while phrase:
        verb = _VERBS.first(phrase)
        if not verb or len(verb) == len(phrase) or (found and found[-1] not in _WEAK and verb not in _FOLLOWING):
            break
        following = phrase[len(verb) :]
        if found and verb in _NAMING and _NAMED_AIM.search(following):
            break
        if found and following[:1] in "、和" and not _VERBS.first(following[1:]):
            break
        found.append(_SAME.get(verb, verb))
        phrase = following
        while phrase[:1] in "、和" and _VERBS.first(phrase[1:]):  # 优化、提升
            extra = _VERBS.first(phrase[1:])
            phrase = phrase[1 + len(extra) :]
        adverb = _ADVERBS.first(phrase)
        if adverb and not _VERBS.first(phrase) and _VERBS.first(phrase[len(adverb) :]):
            phrase = phrase[len(adverb) :]
    return found, phrase


def _cut_tail(promise: Promise) -> None:
    """Move what is done to the object from its end into tail, stage or honour."""
    whole = promise.object
    if whole[-1:] not in _LAST:
        return
    honour = _HONOUR_TAIL.last(whole)
    if honour and len(whole) > len(honour) + 2:
        promise.honour = honour
        promise.object = whole[: -len(honour)]
        return
    stage = _TAIL_STAGE.last(whole)
    if stage and len(whole) > len(stage) + 1:
        promise.stage = _STAGE_TAILS[stage]
        promise.tail = stage
        promise.object = _APPROVED.sub("", _without_time(whole[: -len(stage)]))
        return
    tail = _TAILS.last(whole)
    if tail and len(whole) > len(tail) + 1 and not whole.endswith("联合验收"):
        promise.tail = tail
        promise.object = _without_time(whole[: -len(tail)]) or whole
        if tail == "工作" and promise.object.endswith(("编制", "修编")) and len(promise.object) > _SHORTEST:
            promise.object, promise.tail = promise.object[:-2], "编制"
