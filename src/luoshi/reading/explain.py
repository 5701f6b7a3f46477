"""Why something was read as it was, in Chinese: each rule that fired, on which words."""

from __future__ import annotations

from luoshi.reading import kind, left, member, raised, role, target  # noqa: F401  importing them registers their rules
from luoshi.reading.model import Commitment, Mention, Reading
from luoshi.reading.rule import RULES

_ROLE = {"target": "目标", "condition": "条件", "name": "名称", "result": "已有成绩或现状"}
_KIND = {"project": "项目", "honour": "荣誉与创建", "event": "活动", "measure": "举措"}
_STAGE = {
    "plan": "谋划", "start": "开工", "advance": "推进", "complete": "建成", "operate": "运营", "upgrade": "改造提升",
}  # fmt: skip
_COMPARATOR = {">=": "不低于", "<=": "不超过", "=": "等于", "~": "左右"}
_BASIS = {"absolute": "绝对量", "growth": "增长", "reduction": "下降", "share": "比率"}
_MODALITY = {"firm": "确定", "aspire": "力争"}


def explain(reading: Reading, start: int, end: int | None = None) -> str:
    """Everything proposed at a place of the text, with its derivation, as Chinese lines.

    Args:
        reading: the reading.
        start: a code point of the text.
        end: the code point after the last; one place when it is left out.
    """
    end = start + 1 if end is None else end
    found: list[Mention | Commitment] = [one for one in reading.mentions if one.start < end and start < one.end]
    found += [one for one in reading.commitments if one.start < end and start < one.end]
    if not found:
        return f"全文[{start}, {end})处没有识读出数字或承诺。\n"
    return "\n".join(explain_one(reading, one) for one in found)


def explain_one(reading: Reading, proposal: Mention | Commitment) -> str:
    """One proposal: what it is, then each rule with the words it fired on."""
    lines = [_mention(proposal) if isinstance(proposal, Mention) else _commitment(proposal)]
    text = reading.document.text
    for identity, start, end in proposal.steps:
        name = RULES[identity].name if identity in RULES else identity
        lines.append(f"  依据规则“{name}”({identity})：全文[{start}, {end})“{text[start:end]}”")
    if proposal.doubt:
        lines.append(f"  请复核：{proposal.doubt}")
    return "\n".join(lines) + "\n"


def _mention(one: Mention) -> str:
    place = f"全文[{one.start}, {one.end})“{one.quote}”"
    if one.role != "target":
        return f"{place}识读为{_ROLE[one.role]}。"
    parts = [
        f"{place}识读为目标：指标“{one.indicator}”，{_COMPARATOR[one.comparator]}{one.value}{one.unit}",
        f"口径为{_BASIS[one.basis]}",
        f"基数为{one.baseline}" if one.baseline else "",
        f"语气为{_MODALITY[one.modality]}",
    ]
    return "，".join(part for part in parts if part) + "。"


def _commitment(one: Commitment) -> str:
    stage = f"，阶段为{_STAGE[one.stage]}" if one.stage else ""
    return (
        f"全文[{one.start}, {one.end})“{one.quote}”识读为{_KIND[one.kind]}：“{one.object}”{stage}，"
        f"语气为{_MODALITY[one.modality]}。"
    )
