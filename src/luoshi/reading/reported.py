"""What a number in a progress sentence is: reached, planned, a share of the target, a growth or a distance to plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.reading.number import Number
from luoshi.reading.rule import declare
from luoshi.reading.words import either, words
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

for _identity, _name, _doc in (
    ("amount", "完成数", "例：已举办科技对接活动28场。 非例：计划举办28场。"),
    ("share", "占目标的比重", "例：占年度目标的56%、完成率98.4%、路基完成82%。 非例：增长8.5%。"),
    ("growth", "增减幅度", "例：同比增长8.5%、下降3%。 非例：占比8.5%。"),
    ("gap", "与计划之差", "例：低于目标0.9个百分点、超出计划投资0.3亿元。 非例：下降0.9个百分点。"),
    ("part", "占总数的比重", "例：占任务总数的15.2%、占比27%。 非例：占年度任务的56%。"),
    ("plan", "计划数", "例：15个幸福院已完成8个、年度计划投资2亿元。 非例：已完成8个。"),
):
    declare(f"reading.progress.{_identity}", _name, _doc)

_LINK = r"(?:均|都|分别|已|为|达到?|至|到|约|近|是|超过|超|了|的)*"
_SHARE = pattern(
    r"(?P<cue>完成率|完成比例?|完成进度|(?:总体|总|工程|形象|项目|建设|投资)?进度|进展情况占比"
    r"|占(?!地)[^，,。；;0-9]{0,24}(?:目标|计划|任务(?!总数)|投资|工程量)[^，,。；;0-9]{0,8}"
    r"|(?:完成|实现|达到?|达)[^，,。；;0-9]{0,14}(?:目标|计划|任务|投资)[^，,。；;0-9]{0,8}的"
    rf"|(?:已|已经|累计|全部)*完成){_LINK}\Z"
)
_PART = pattern(r"(?P<cue>占(?:[^，,。；;0-9]{0,16}(?:总数|总任务|总量|总额)的?|比))" + _LINK + r"\Z")
_GROWTH = pattern(
    r"(?P<cue>(?:预计|同比|环比|比上年同期|比上年|较上年同期|较上年|较去年同期|比去年同期|名义|实际|平均|累计)*"
    r"(?P<word>增长|增加|提高|上升|上涨|增幅|增速|递增|下降|减少|降低|回落|下滑|降幅))" + _LINK + r"\Z"
)
_DOWN = {"下降", "减少", "降低", "回落", "下滑", "降幅"}
_GAP = pattern(
    r"(?P<cue>(?P<word>低于|慢于|落后于?|滞后于?|少于|差|慢|高于|快于|超前于?|超出|超过|超|快)"
    r"(?:年度|全年|预期|省定|市定)*(?:目标任务|目标进度|目标|计划投资|计划进度|计划|时间进度|序时进度|序时|任务数|任务))"
    + _LINK
    + r"\Z"
)
_BELOW = {"低于", "慢于", "落后", "落后于", "滞后", "滞后于", "少于", "差", "慢"}
_PLANNED = pattern(
    r"(?:计划|目标|任务|总投资|概算|全长|总长|设计|全县共有|共有|应(?=完成|建|达|改)|拟|其余|剩余|不设)[^，,。；;0-9已]{0,14}\Z"
)
_REACHED = pattern(either(words("progress", "reached")))
_STRONG = pattern("已|累计|实际|完成|实现|达到|达")
_LISTED = pattern(r"[^\W\d_]{2,16}、[^\W\d_]{1,12}(?:等|共)?\Z")
_CHANGE = {"percent", "times"}


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """进展数值: a number of a progress sentence.

    ``meaning`` is amount, share (of the year's target), growth, gap, plan or part (of a total: 占任务总数的15.2%,
    which measures no target).
    ``value`` is exact and in ``unit`` as written; growth and gap carry their sign (下降3% is -3, 低于目标0.9个
    百分点 is -0.9). ``cue`` is where its words begin (占年度目标的…), ``is_estimate`` says 预计, 约 or 左右, ``is_listed``
    that it counts names listed right before it (甲路、乙路等12条), which need not be all there are.
    """

    span: Span
    value: Decimal
    unit: str
    meaning: str
    cue: int
    is_estimate: bool = False
    is_listed: bool = False


def meaning_of(text: str, part: Span, number: Number, following: bool) -> ReportedFigure | None:
    """What one number of a part says, or None for a number that reports nothing.

    Args:
        text: the document.
        part: the clause or list member that holds the number.
        number: the number.
        following: whether another number follows in the same part behind a word such as 已完成.
    """
    left = text[part.start : number.start]
    estimate = number.after in {"左右", "上下"} or left.endswith(("约", "近")) or "预计" in left
    span = Span(number.start, number.core)
    listed = number.category == "counter" and _LISTED.search(left) is not None

    def figure(meaning: str, cue: int, sign: int = 1) -> ReportedFigure:
        return ReportedFigure(span, sign * number.value, number.unit, meaning, part.start + cue, estimate, listed)

    gap = _GAP.search(left)
    if gap:
        return figure("gap", gap.start("cue"), -1 if gap["word"] in _BELOW else 1)
    if number.category in _CHANGE:
        growth = _GROWTH.search(left)
        if growth:
            return figure("growth", growth.start("cue"), -1 if growth["word"] in _DOWN else 1)
        part_of = _PART.search(left)
        if part_of and not left.endswith("进展情况占比"):
            return figure("part", part_of.start("cue"))
        share = _SHARE.search(left) if number.category == "percent" and "百分点" not in number.unit else None
        if share:
            return figure("share", share.start("cue"))
    if following and listed:
        return None  # 甲镇、乙镇等5个乡镇已完成120公里: whose work it is, no plan
    if following or _PLANNED.search(left) or text[number.core : number.core + 1] == "中":
        return figure("plan", len(left))
    if number.category in {"none", "code", "date"}:
        return None
    reached = _REACHED.search(left)
    return figure("amount", len(left)) if reached else None


def is_reached(words_between: str) -> bool:
    """Whether words between two numbers say that the second is what was reached of the first (已完成)."""
    return _STRONG.search(words_between) is not None


def figure_of(number: Number, meaning: str) -> ReportedFigure:
    """A number whose place alone tells what it means, as （50%） behind what was built."""
    return ReportedFigure(Span(number.start, number.core), number.value, number.unit, meaning, number.start)
