"""The words before a number: what compares, what changes, what leads in, and the subject that remains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luoshi.reading.number import Number
from luoshi.reading.phrase import clean, is_metric, only_leads, strip_lead, verb
from luoshi.reading.rule import declare
from luoshi.reading.words import Endings, words
from luoshi.terms.pattern import pattern

_BEFORE = Endings(
    {
        "at_least": words("words", "before_at_least"),
        "at_most": words("words", "before_at_most"),
        "about": words("words", "before_about"),
        "plain": words("words", "before_plain"),
        "growth": words("words", "growth"),
        "reduction": words("words", "reduction"),
        "against": words("words", "against_last_year"),
        "distributing": words("words", "distributing"),
        "firm": words("words", "lead_modality_firm"),
        "aspire": ("力争", "争取", "努力"),
    }
)
for _identity, _name, _doc in (
    ("at_least", "数前“不低于”类词", "例：突破30亿元、不少于5个。 非例：突破性进展。"),
    ("at_most", "数前“不超过”类词", "例：控制在3%以内。 非例：控制性详细规划。"),
    ("about", "数前“约”", "例：新增就业约5万人。 非例：节约12万吨。"),
    ("plain", "数前连接词", "例：提高到640元、稳定在10万亩。 非例：提高12个(动作)。"),
    ("growth", "增长词", "例：增长8%。 非例：改造提升12个(动作)。"),
    ("reduction", "下降词", "例：下降20%。 非例：减少污染源12处(动作)。"),
    ("against", "同比词", "例：比上年增加3000亿元。 非例：对比12个样本。"),
    ("distributing", "分配词", "例：分别增长6%、8%。 非例：分别召开。"),
    ("firm", "确定语气", "例：确保完成投资5亿元。 非例：力争完成投资5亿元。"),
    ("aspire", "力争语气", "例：力争突破750亿元。 非例：确保突破750亿元。"),
    ("baseline", "基数", "例：较前三年平均数下降20%。 非例：比学赶超。"),
    ("per", "每若干", "例：食品抽检量超每千人6批次。 非例：每年12场。"),
    ("of_base", "以他数为基", "例：不低于当地最低标准的1.6倍。 非例：增长1.6倍。"),
):
    declare(f"reading.quantity.{_identity}", _name, _doc)
_GUARD = Endings({"guard": words("words", "guards")})
_BASELINE = re.compile("(?:" + "|".join(words("baselines", "patterns")) + ")$")
_PER = re.compile(
    "(?<=[到至为达])[月年]?(?:人均|户均|亩均)$|每(?:[千百万]|[0-9]+)?(?:常住)?(?:人口|人|名[^，、]{1,6}|生|户|亩|平方公里)(?:每[年月])?$"
)
_PER_HEAD = pattern("[月年]?(?:人均|户均|亩均)$")
_OF_BASE = pattern(
    "(?P<word>不低于|不少于|达到|达|超过|不超过|不高于|控制在|相当于|为)(?P<base>[^，。、；达超控]{2,24})的$"
)
_CHANGE = {"percent", "times"}
_DISTANCE = {"高": "growth", "多": "growth", "低": "reduction", "少": "reduction"}
_SHARING = pattern("(?:[年月]?人均|户均|亩均|分别|各自|再|各|均|都|每年|年均|平均)+$")
_ACTIONS = {"完成", "实现", "安排", "保持", "稳定", "稳定在", "全年", "年内", "今年", "年底"}
_COMPARATOR = {"at_least": ">=", "at_most": "<=", "about": "~"}


@dataclass(slots=True)
class Left:
    """What stood before a number: ``end`` is where the subject ends."""

    end: int
    comparator: str = ""
    basis: str = ""
    baseline: str | None = None
    distributing: bool = False
    against: bool = False
    per: str = ""
    towards: bool = False
    modality: str = ""
    steps: list[tuple[str, int, int]] = field(default_factory=list)


def strip_before(text: str, start: int, number: Number) -> Left:
    """Walk left from a number over the words that belong to its quantity.

    Args:
        text: the document.
        start: where the clause or list member begins.
        number: the number; a change (增长, 下降) is taken as basis only before a percentage, a multiple or
            after a comparison with the year before.
    """
    left = Left(number.start)
    of_base = _OF_BASE.search(text, start, number.start) if number.category in _CHANGE else None
    if of_base and of_base.start() > start:
        left.baseline = of_base["base"]
        left.comparator = _COMPARATOR.get(_BEFORE.category.get(of_base["word"], ""), "")
        _take(left, "reading.quantity.of_base", number.start - of_base.start())
        return left
    while left.end > start:
        phrase = text[max(start, left.end - 14) : left.end]
        if phrase[-1] in " \u3000\xa0的\t" and not (phrase[-1] == "的" and number.category == "counter"):
            left.end -= 1
            continue
        per = _PER.search(phrase) or (left.against and number.category == "money" and _PER_HEAD.search(phrase))
        if per and left.end - len(per.group()) > start:
            left.per = per.group()
            _take(left, "reading.quantity.per", len(per.group()))
            continue
        compared = _BASELINE.search(phrase)
        if compared:
            _take(left, "reading.quantity.baseline", len(compared.group()))
            words_of_baseline = compared.group()
            left.baseline = words_of_baseline.lstrip("比与较高低快好超过于").rstrip("高低多少")
            left.basis = left.basis or _DISTANCE.get(words_of_baseline[-1], "")
            left.basis = left.basis or ("growth" if words_of_baseline[0] not in "较比与" else "")
            continue
        word = _BEFORE.last(phrase)
        if not word or (len(word) == 1 and _GUARD.last(phrase)):
            break
        if not _apply(left, word, text[start : left.end - len(word)], number):
            break
    return left


def _take(left: Left, identity: str, length: int) -> None:
    left.steps.append((identity, left.end - length, left.end))
    left.end -= length


def _apply(left: Left, word: str, rest: str, number: Number) -> bool:
    """Take one word; False when it belongs to the subject after all."""
    category = _BEFORE.category[word]
    if category in {"growth", "reduction"} and not _is_change(left, word, rest, number):
        return False
    if category == "plain" and word in _ACTIONS and only_leads(clean(rest)):
        return False
    if word == "为" and not rest:
        return False
    if category == "plain" and word == "安排" and not rest.endswith("拟") and not is_metric(rest):
        return False
    _take(left, f"reading.quantity.{category}", len(word))
    if category in _COMPARATOR:
        left.comparator = left.comparator or _COMPARATOR[category]
    elif category in {"growth", "reduction"}:
        left.basis = left.basis or category
    elif category == "against":
        left.against = True
    elif category == "distributing":
        left.distributing = left.distributing or word != "各"
    elif category in {"firm", "aspire"}:
        left.modality = left.modality or category
    elif word[-1] in "到至" and len(word) > 1:
        left.towards = True
    return True


def _is_change(left: Left, word: str, rest: str, number: Number) -> bool:
    if left.towards or left.basis:
        return False
    shared = _SHARING.search(rest)
    if shared and number.category == "money" and "均" in shared.group():
        left.against = True
        return True
    rest = rest[: shared.start()] if shared else rest
    if number.category in _CHANGE:
        return True
    if re.search("(?:比|较)(?:上年|去年|上年度|上年底)[^，]{0,4}$", rest) or left.against:
        return True
    if number.category in {"money", "counter", "measure"} and is_metric(rest) and not verb(strip_lead(clean(rest))[0]):
        left.against = True
        return True
    return word in {"增长", "同比增长", "下降", "同比下降", "上涨", "递增"}
