"""Phrases of an indicator: leading words dropped, the counted verb found, footnotes and blanks removed."""

from __future__ import annotations

import re

from luoshi.reading.words import Endings, either, words
from luoshi.terms.pattern import pattern

_LEAD = Endings(
    {
        "aspire": words("words", "lead_modality_aspire"),
        "firm": words("words", "lead_modality_firm"),
        "time": words("words", "lead_time"),
        "word": words("words", "lead_word"),
        "before_verb": words("words", "lead_before_verb"),
        "at_least": words("words", "lead_at_least"),
    }
)
_KEPT_MODALITY = {"争创", "争取", "谋划", "积极谋划", "决胜", "誓夺"}
_VERBS = Endings({"verb": words("verbs", "achieve")})
# What begins like a verb but is a noun: 服务贸易, 投资强度, 建设用地.
_NOUNS = re.compile(
    "保障(?:性|房)|服务(?:贸易|业|外包|出口|消费|收入|半径)|投资(?:强度|额|规模|总额)|建设用地|建设项目|发展指数|生产(?:总值|安全)|检测机构"
    "|培训人数|造林面积|种植面积|改造率|治理率|覆盖率|办理率|对接率|参保率|落地率|签约率|开工率|投产率|建设里程"
)
_FOOTNOTE = pattern(r"[〔\[【]\d+[〕\]】]|[①-⑳]|\s+")
BLANKS = frozenset(filter(str.isspace, map(chr, range(0x3001))))
_NOTES = BLANKS | frozenset("〔[【①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""Without one of these there is nothing for ``_FOOTNOTE``."""
_DATE = re.compile(r"(?:到|至|截至)?\d{4}年(?:底|末|度)?前?(?:，)?|(?:到|至)\d{1,2}月底前?|\d{1,2}月底前")
_METRIC = re.compile(rf"(?:{either(words('words', 'metric'))})$")
_METRIC_FORM = pattern("(?:指数|[^\\W\\da-zA-Z_]{2}[额量数值])$")
_PLACED = re.compile(
    "(?:在|于)(?!建|编|校|岗|册|线|外|家)[^，0-9]{2,18}?(?=(?:新建|新增|建设|建成|打造|设立|布局|布设|改造|新改建|改扩建|增设|投放|种植)(?:[^设成]|$))"
)
_ENUMERATION = re.compile(
    "^(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]{1,3}[、.．](?![0-9]))"
)


def clean(phrase: str) -> str:
    """The phrase without footnote marks, blanks and a trailing 的 or comma."""
    return (phrase if _NOTES.isdisjoint(phrase) else _FOOTNOTE.sub("", phrase)).strip("的，、；：,;: ")


def strip_lead(phrase: str) -> tuple[str, str]:
    """The phrase without the words that only lead in, and what they carry: ``aspire``, ``firm`` or ``at_least``.

    A time word or an adverb stays before a noun (全年旅游总收入, 重点村) and goes before a verb (全年引进).
    """
    carried = ""
    phrase = _ENUMERATION.sub("", phrase)
    while phrase:
        dated = _DATE.match(phrase)
        if dated:
            phrase = phrase[dated.end() :]
            continue
        placed = _PLACED.match(phrase)
        if placed:
            phrase = phrase[placed.end() :]
            continue
        word = _LEAD.first(phrase)
        if not word or not _leads(word, phrase):
            break
        category = _LEAD.category[word]
        if category in {"aspire", "firm", "at_least"}:
            carried = carried or category
            if word in _KEPT_MODALITY and not _is_time(phrase[len(word) :]):
                break
        phrase = phrase[len(word) :]
    return phrase, carried


def _is_time(phrase: str) -> bool:
    return _LEAD.category.get(_LEAD.first(phrase)) == "time"


def _leads(word: str, phrase: str) -> bool:
    """Whether the word only leads in here."""
    rest = phrase[len(word) :]
    own = _VERBS.first(phrase)
    if own and len(own) >= len(word) and not verb(rest) and not (word in _KEPT_MODALITY and _is_time(rest)):
        return False
    if word in {"全年", "年末"} or _LEAD.category[word] in {"before_verb", "at_least"}:
        following = _LEAD.first(rest)
        return bool(verb(rest)) or bool(following and _leads(following, rest))
    return True


def verb(phrase: str) -> str:
    """The achievement verb that begins the phrase, or nothing (新增高新技术企业 → 新增)."""
    found = _VERBS.first(phrase)
    if not found and phrase[:1] == "新":
        found = _VERBS.first(phrase[1:])
        found = found and "新" + found
    if not found or _NOUNS.match(phrase):
        return ""
    chained = _VERBS.first(phrase[len(found) :])  # 提升改造, 组织开展
    if chained and len(phrase) > len(found) + len(chained) and not _NOUNS.match(phrase[len(found) :]):
        return found + chained
    return found


def is_metric(phrase: str) -> bool:
    """Whether the phrase ends in a noun that is measured (参保率, 总收入, 面积)."""
    return bool(metric(phrase))


def metric(phrase: str) -> str:
    """The measured noun that ends the phrase; of a rate the three characters 参保率."""
    if phrase.endswith("率"):
        return phrase[-3:]
    found = _METRIC.search(phrase) or _METRIC_FORM.search(phrase)
    return found.group() if found else ""


def listed_metric(phrase: str) -> str:
    """As ``metric``, only for nouns of the word list."""
    found = _METRIC.search(phrase)
    return found.group() if found else ""


def ends_in_verb(phrase: str) -> bool:
    """Whether the phrase ends in an achievement verb, or in what leads in (新建, 完成, 不少于)."""
    return bool(_VERBS.last(phrase) or _LEAD.last(phrase)) or phrase[-1:] in "达超约近共"


def only_leads(phrase: str) -> bool:
    """Whether nothing but leading words is in the phrase (今年再, 全省, 五是)."""
    phrase = _ENUMERATION.sub("", phrase)
    while phrase:
        dated = _DATE.match(phrase)
        word = dated.group() if dated else _LEAD.first(phrase)
        if not word:
            return False
        phrase = phrase[len(word) :]
    return True
