"""Why something was read as it was, in Chinese: each rule that fired, on which words."""

from __future__ import annotations

from luoshi.reading import kind, left, measure, member, raised, role, target  # noqa: F401  importing them registers their rules
from luoshi.reading.derivation import KINDS, derivation, told
from luoshi.reading.model import Commitment, Mention, Reading

_ROLE = {"target": "目标", "condition": "条件", "name": "名称", "result": "已有成绩或现状"}


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
    """One proposal: what it is, then for each field its value and the words and rules that gave it."""
    what = KINDS[proposal.kind] if isinstance(proposal, Commitment) else _ROLE[proposal.role]
    lines = [f"全文[{proposal.start}, {proposal.end})“{proposal.quote}”识读为{what}："]
    lines += field_lines(reading, proposal)
    if proposal.doubt:
        lines.append(f"  请复核：{proposal.doubt}")
    return "\n".join(lines) + "\n"


def field_lines(reading: Reading, proposal: Mention | Commitment) -> list[str]:
    """One line for each field of a proposal: 指标“…”：由“…”（规则）得出."""
    text = reading.document.text
    lines = []
    for field in derivation(reading, proposal):
        value = _ROLE.get(field.value, field.value) or "（没有读出）"
        steps = "；".join(told(field, text))
        lines.append(f"  {field.label}：{value}" + (f" ← {steps}" if steps else ""))
    return lines
