"""Which parts of a document tell of the past year and which promise the coming one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luoshi.document.model import Area, Document
from luoshi.reading.words import either, words
from luoshi.terms.pattern import pattern

_PAST_HEADING = pattern(either(words("tense", "past_heading")))
_FUTURE_HEADING = pattern(either(words("tense", "future_heading")))
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
_TURN = pattern("今年|今后|下一步|到[0-9]{4}年|力争|确保|将")
_RESULT = pattern(
    "(?:取得|实现|迈出|迈上|再上|呈现|获得|得到|走在|跃上|再创|创造)[^，]{0,10}$|圆满|胜利|良好开局"
    "|(?:增强|提升|提高|改善|好转|转换|巩固|加强|发展|推进|增长|加快|优化|深化|向好|回升|凸显|显现|扩大|稳定|有力|有效|提速|形成|完善|进步|转变|转型|突破|成效|进展|坚实|协调|显著|明显|良好|夯实|稳固|和谐|健康|安定|更实|更优|更足)$"
)
_IMPERATIVE = pattern(either(words("tense", "imperative")))
_YEAR = re.compile("([12][0-9]{3})年")
_AHEAD = pattern("今后|规划|展望|未来")
_NOW = pattern("今年|新的一年|明年|下一年|建议$")
_HEADING_LENGTH, _LATEST = 60, 2050
_TITLE, _TITLE_END, _SHORT_TITLE = 30, 12, 16


def past_paragraphs(document: Document) -> frozenset[int]:
    """The indices of paragraphs that stand in a look back, from its heading to the next heading on what is planned."""
    past, state = set(), _State(_year(document))
    for index, paragraph in enumerate(document.paragraphs):
        area = paragraph.area
        if area is not None and area not in state.headed:
            state.looks_back = state.headed[area] = _area_looks_back(document, document.areas[area], state)
        is_heading = area is not None and paragraph.span.start in document.areas[area].heading
        aside = not is_heading and _turn(document.text[paragraph.span.start : paragraph.span.end], state)
        if state.looks_back or aside:
            past.add(index)
    return frozenset(past)


@dataclass(slots=True)
class _State:
    """Where the reading stands.

    ``year`` is the one that is planned, ``plain`` tells that a heading without number began the look back,
    ``planned`` that the plan has begun: then only an explicit heading leads back.
    """

    year: int
    looks_back: bool = False
    plain: bool = False
    planned: bool = False
    headed: dict[int, bool] = field(default_factory=dict)


def _year(document: Document) -> int:
    """The year that is planned: the first one named in the opening lines, else the latest in the headings of parts."""
    opening = [document.text[one.span.start : one.span.end][:80] for one in document.paragraphs[:6]]
    named = [int(found[1]) for line in opening for found in _YEAR.finditer(line)]
    titles = [int(found[1]) for area in document.areas if area.level == 1 for found in _YEAR.finditer(area.title)]
    return named[0] if named else max((year for year in titles if year < _LATEST), default=0)


def _area_looks_back(document: Document, area: Area, state: _State) -> bool:
    if area.level == 1 or area.parent is None:
        said = _said(area, state)
        if said is not None:
            state.planned = state.planned or not said
            state.plain = False
            return said
        if area.level != 1 or state.plain:
            return state.looks_back
        results = not state.planned and _tells_results(document, area)
        state.planned = state.planned or (state.looks_back and not results)
        return results
    said = _heading(area.title) if len(area.title) <= _SHORT_TITLE else None
    around = state.headed.get(area.parent, state.looks_back)
    return said if said is not None else around or (state.looks_back and not state.planned)


def _said(area: Area, state: _State) -> bool | None:
    """What the heading of a part says: its year before all, then its words."""
    years = [int(found[1]) for found in _YEAR.finditer(area.title)]
    if area.level == 1 and years and not _AHEAD.search(area.title):
        if max(years) < state.year:
            return True
        if state.year in years and not _PAST_HEADING.search(area.title):
            return False
    said = _heading(area.title)
    return False if said is None and area.level == 1 and _NOW.search(area.title) else said


def _tells_results(document: Document, area: Area) -> bool:
    """Whether the headings under a part, or its own when there are none, state results: 产业结构明显优化."""
    titles = [one.title for one in document.areas if one.parent == area.index] or [area.title]
    return sum(_states_result(title) for title in titles) * 2 > len(titles)


def _states_result(title: str) -> bool:
    clause = re.split("[，,；;、]", title.rstrip("。"))[-1]
    return bool(_RESULT.search(clause)) and not _IMPERATIVE.match(clause)


def _heading(title: str) -> bool | None:
    """True for a heading that looks back, False for one that plans, None for neither."""
    words_of = title if len(title) <= _TITLE else title[-_TITLE_END:]
    if _PAST_HEADING.search(words_of):
        return True
    return False if _FUTURE_HEADING.search(words_of) else None


def _turn(words_of: str, state: _State) -> bool:
    """Take what a paragraph without number says of where the look back begins and ends.

    Returns:
        Whether the paragraph looks back by itself in the midst of what is planned.
    """
    if len(words_of) <= _HEADING_LENGTH and not words_of.endswith("。"):
        said = _heading(words_of)
        if said is not None and not words_of.startswith(("一是", "二是")):
            state.plain = said and (state.plain or not state.looks_back)
            state.looks_back = said
            state.planned = state.planned or not said
            return False
    opens = _YEAR.match(words_of.removeprefix("各位代表").lstrip("！，：: "))
    if opens and int(opens[1]) < state.year:
        looks_back = True
    elif _FUTURE_PARAGRAPH.match(words_of):
        state.looks_back, state.planned = False, True
        return False
    else:
        looks_back = bool(_PAST_PARAGRAPH.match(words_of)) and not (opens and int(opens[1]) >= state.year)
    state.looks_back = state.looks_back or (looks_back and not state.planned)
    return looks_back


def tells_past(text: str, sentence_start: int, clause: tuple[int, int]) -> bool:
    """Whether a clause in the part on the coming year tells of what was done: 去年新增就业5000人."""
    if _PAST_MARK.search(text, clause[0], clause[1]):
        return True
    opening = _PAST_OPENING.match(text, sentence_start, clause[0])
    return opening is not None and not _TURN.search(text, opening.end(), clause[1])
