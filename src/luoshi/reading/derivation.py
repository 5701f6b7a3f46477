"""For each field of a proposal: its value and, rule by rule, the words of the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.document.traditional import simplified
from luoshi.reading.model import Commitment, Mention, Reading
from luoshi.reading.origin import taken_from
from luoshi.reading.rule import RULES, declare
from luoshi.reading.words import either, words
from luoshi.terms.number import plain
from luoshi.terms.pattern import pattern

_OWN = declare("reading.indicator.own", "本句的词", "例：新增企业3家的“新增企业”。 非例：、园区5个(动词补自前面)。")
_TAKEN = declare(
    "reading.indicator.taken", "补自前后文", "例：新增企业3家、园区5个，“新增”补给园区。 非例：新增企业3家(词在本句)。"
)
_AFTER = declare("reading.quantity.after", "数后比较词", "例：50场以上、3%以内。 非例：以上各项(不在数后)。")
_PLAIN = declare("reading.default.comparator", "没有比较词", "例：完成投资5亿元按等于读。 非例：不低于5亿元。")
_AMOUNT = declare("reading.default.basis", "按单位定口径", "例：15亿元是绝对量，3%是比率。 非例：增长3%(有增长词)。")
_FIRM = declare("reading.default.modality", "没有力争词", "例：完成投资5亿元。 非例：力争完成投资5亿元。")
_STAGE = declare("reading.commitment.stage", "由动词定阶段", "例：建成大桥、大桥开工。 非例：大桥(没有动词)。")
_YEAR_BEFORE = declare("reading.default.baseline", "增减默认比上年", "例：增长8%。 非例：较2020年增长8%。")

_CATEGORY = {
    "at_least": "comparator", "at_most": "comparator", "about": "comparator", "growth": "basis",
    "reduction": "basis", "against": "basis", "baseline": "baseline", "of_base": "baseline", "firm": "modality",
    "aspire": "modality", "number": "value", "per": "indicator", "raised": "value",
}  # fmt: skip
_COMPARING = pattern("(?:及以上|以上|之上|以内|以下|之内|及以下|左右|上下)$")
_ASPIRE = pattern(either((*words("words", "lead_modality_aspire"), *words("commitments", "aspire"))))
_CHANGE = {basis: pattern(either(words("words", basis))) for basis in ("growth", "reduction")}
_BOUND = pattern("[，。；：！？,;:、和及]")
COMPARATORS = {">=": "不低于", "<=": "不超过", "=": "等于", "~": "约等于"}
BASES = {"absolute": "绝对量", "growth": "增长", "reduction": "下降", "share": "比率"}
MODALITIES = {"firm": "确定", "aspire": "力争"}
STAGES = {
    "plan": "谋划", "start": "开工", "advance": "推进", "complete": "建成", "operate": "运营", "upgrade": "改造提升",
}  # fmt: skip
KINDS = {"project": "项目", "honour": "荣誉与创建", "event": "活动", "measure": "举措"}


@dataclass(frozen=True, slots=True)
class DerivedField:
    """字段说明: one field of a proposal in Chinese, its value, and the steps (rule, start, end) that gave it."""

    name: str
    label: str
    value: str
    steps: tuple[tuple[str, int, int], ...]


def derivation(reading: Reading, proposal: Mention | Commitment) -> tuple[DerivedField, ...]:
    """The fields of a target or a commitment with where each was read; a name or condition has its role alone.

    Args:
        reading: the reading the proposal is of.
        proposal: one of its mentions or commitments.
    """
    if isinstance(proposal, Commitment):
        return _commitment(reading, proposal)
    if proposal.role != "target":
        return (DerivedField("role", "性质", proposal.role, proposal.steps),)
    return _target(reading, proposal)


def told(field: DerivedField, text: str) -> list[str]:
    """The steps of a field as Chinese lines: which words, by which rule, where."""
    return [
        f"“{text[start:end]}”[{start}, {end})，规则：{RULES[rule].name if rule in RULES else rule}"
        for rule, start, end in field.steps
    ]


def _target(reading: Reading, one: Mention) -> tuple[DerivedField, ...]:
    by_field: dict[str, list[tuple[str, int, int]]] = {}
    for step in one.steps:
        by_field.setdefault(_CATEGORY.get(step[0].rpartition(".")[2], "value"), []).append(step)
    after = _COMPARING.search(one.quote)
    if after:
        by_field.setdefault("comparator", []).append((_AFTER, one.start + after.start(), one.end))
    value = plain(one.value) if one.value is not None else ""
    value += f"至{plain(one.value_max)}" if one.value_max is not None else ""
    here = (one.start, one.end)
    text = simplified(reading.document.text)
    indicator = [*_pieces(text, one), *by_field.get("indicator", [])]
    return (
        DerivedField("indicator", "指标", one.indicator, tuple(indicator)),
        DerivedField("value", "数值和单位", value + one.unit, tuple(by_field.get("value", []))),
        _defaulted(by_field, "comparator", "比较", COMPARATORS[one.comparator], (_PLAIN, *here)),
        _defaulted(by_field, "basis", "口径", BASES[one.basis], _carried(text, one) or (_AMOUNT, *here)),
        *([_defaulted(by_field, "baseline", "基数", one.baseline, (_YEAR_BEFORE, *here))] if one.baseline else []),
        _defaulted(by_field, "modality", "语气", MODALITIES[one.modality], _hoped(text, one) or (_FIRM, *here)),
    )


def _carried(text: str, one: Mention) -> tuple[str, int, int] | None:
    """The word of growth or fall said for an earlier quantity that this one takes over (分别增长6%、7%)."""
    found = list(_CHANGE[one.basis].finditer(text, one.sentence[0], one.start)) if one.basis in _CHANGE else []
    return (_TAKEN, *found[-1].span()) if found else None


def _hoped(text: str, one: Mention | Commitment) -> tuple[str, int, int] | None:
    """The word that makes a proposal an aspiration (力争), nearest before it or first in it."""
    if one.modality != "aspire":
        return None
    found = list(_ASPIRE.finditer(text, one.sentence[0], one.start)) or list(_ASPIRE.finditer(text, one.start, one.end))
    return ("reading.quantity.aspire", *found[-1].span()) if found else None


def _defaulted(
    found: dict[str, list[tuple[str, int, int]]], name: str, label: str, value: str, default: tuple[str, int, int]
) -> DerivedField:
    return DerivedField(name, label, value, tuple(found.get(name, [])) or (default,))


def _commitment(reading: Reading, one: Commitment) -> tuple[DerivedField, ...]:
    text = simplified(reading.document.text)
    fields = [
        DerivedField("kind", "类别", KINDS[one.kind], one.steps),
        DerivedField("object", "名称", one.object, tuple(_pieces(text, one))),
    ]
    if one.stage:
        fields.append(DerivedField("stage", "阶段", STAGES[one.stage], ((_STAGE, one.start, one.end),)))
    hoped = _hoped(text, one) or (_FIRM, one.start, one.end)
    fields.append(DerivedField("modality", "语气", MODALITIES[one.modality], (hoped,)))
    return tuple(fields)


def _pieces(text: str, one: Mention | Commitment) -> list[tuple[str, int, int]]:
    """The places that an indicator or a name is made of: of its own clause, or taken from elsewhere."""
    name = one.indicator if isinstance(one, Mention) else one.object
    first = _beginning(text, one.sentence[0], one.start) if isinstance(one, Mention) else one.start
    last = one.sentence[1] if isinstance(one, Mention) else one.end
    places = taken_from(text, (one.start, one.end), one.sentence, name)
    return [(_OWN if first <= start < last else _TAKEN, start, end) for start, end in places]


def _beginning(text: str, start: int, at: int) -> int:
    """Where the member of the list that holds the place begins."""
    marks = list(_BOUND.finditer(text, start, at))
    return marks[-1].end() if marks else start
