"""Which parts of a document tell of the past year and which promise the coming one."""

from __future__ import annotations

import re

from luoshi.document.model import Area, Document
from luoshi.reading.words import either, words

_PAST_HEADING = re.compile(either(words("tense", "past_heading")))
_FUTURE_HEADING = re.compile(either(words("tense", "future_heading")))
_PAST_MARK = re.compile(
    rf"(?:{either(words('tense', 'past_mark'))})|(?<![比较项])(?:去年|上年)(?!度|末|底)|(?<!项)目前"
)
_PAST_OPENING = re.compile("(?:去年|一年来|过去|[两三四五]年来|截至|目前|近年来)")
_PAST_PARAGRAPH = re.compile(
    "(?:各位代表[，！：:])?(?:刚刚)?(?:过去(?:的)?(?:一|五|四|三|几)年|一年来|五年来|四年来|回顾(?:过去|[0-9]{4})|[0-9]{4}年，?(?:是|面对)[^。]{0,60}的一年。)"
)
_FUTURE_PARAGRAPH = re.compile(
    "(?:各位代表[，！：:])?(?:今年|[0-9]{4}年|做好今年|今年(?:经济社会|政府)|实现(?:上述|今年)|为(?:实现|完成|确保)|围绕(?:上述|今年)|根据|按照)"
    "[^。]{0,120}(?:总体(?:要求|思路)|预期目标|主要目标|目标[是为]|指导思想|重点(?:做好|抓好|抓|围绕)|着力(?:抓好|做好)|将(?:着力|重点)|工作思路)"
)
_TURN = re.compile("今年|今后|下一步|到[0-9]{4}年|力争|确保|将")
_YEAR = re.compile("([12][0-9]{3})年")
_AHEAD = re.compile("今后|规划|展望|未来")
_HEADING_LENGTH, _LATEST = 60, 2050


def past_paragraphs(document: Document) -> frozenset[int]:
    """The indices of paragraphs that stand in a look back, from its heading to the next heading on what is planned."""
    past, looks_back = set(), False
    year = _year(document)
    headed: dict[int, bool] = {}
    for index, paragraph in enumerate(document.paragraphs):
        area = paragraph.area
        if area is not None and area not in headed:
            looks_back = headed[area] = _area_looks_back(document.areas[area], headed, year, before=looks_back)
        is_heading = area is not None and paragraph.span.start in document.areas[area].heading
        if not is_heading:
            looks_back = _turned(document.text[paragraph.span.start : paragraph.span.end], looks_back=looks_back)
        if looks_back:
            past.add(index)
    return frozenset(past)


def _year(document: Document) -> int:
    """The latest year named in the opening lines and the headings of parts: the year that is planned."""
    opening = [document.text[one.span.start : one.span.end][:80] for one in document.paragraphs[:6]]
    titles = [area.title for area in document.areas if area.level == 1]
    years = [int(found[1]) for line in opening + titles for found in _YEAR.finditer(line)]
    return max((year for year in years if year < _LATEST), default=0)


def _area_looks_back(area: Area, headed: dict[int, bool], year: int, *, before: bool) -> bool:
    years = [int(found[1]) for found in _YEAR.finditer(area.title)]
    if area.level == 1 and years and max(years) < year and not _AHEAD.search(area.title):
        return True
    said = _heading(area.title)
    if said is not None:
        return said
    if area.level == 1:
        return False
    return headed.get(area.parent, before) if area.parent is not None else before


def _heading(title: str) -> bool | None:
    """True for a heading that looks back, False for one that plans, None for neither."""
    if _PAST_HEADING.search(title):
        return True
    return False if _FUTURE_HEADING.search(title) else None


def _turned(words_of: str, *, looks_back: bool) -> bool:
    """Whether the text looks back from this paragraph on."""
    if len(words_of) <= _HEADING_LENGTH and not words_of.endswith("。"):
        said = _heading(words_of)
        if said is not None and not words_of.startswith(("一是", "二是")):
            return said
    if _FUTURE_PARAGRAPH.match(words_of):
        return False
    return True if _PAST_PARAGRAPH.match(words_of) else looks_back


def tells_past(text: str, sentence_start: int, clause: tuple[int, int]) -> bool:
    """Whether a clause in the part on the coming year tells of what was done: 去年新增就业5000人."""
    if _PAST_MARK.search(text, clause[0], clause[1]):
        return True
    opening = _PAST_OPENING.match(text, sentence_start, clause[0])
    return opening is not None and not _TURN.search(text, opening.end(), clause[1])
