"""Decomposition: a target handed out in parts, and whether they balance (指标分解)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luoshi.terms.finding import Finding, Level
from luoshi.terms.number import plain
from luoshi.terms.unit import Quantity


@dataclass(frozen=True, slots=True)
class Allocation:
    """分解任务: the part of a target handed to one body, as an entry of its own."""

    entry: str
    body: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Decomposition:
    """指标分解: a whole and its allocations. ``total`` is None where parts do not add up by their nature.

    ``remainder`` is what is not handed out yet, ``excess`` what is handed out beyond the whole (both in
    the whole's unit, never negative, at least one of them 0).
    """

    whole: Quantity
    allocations: tuple[Allocation, ...]
    total: Quantity | None
    remainder: Quantity | None
    excess: Quantity | None
    findings: tuple[Finding, ...]

    @property
    def is_balanced(self) -> bool:
        """Whether the parts add up to exactly the whole."""
        return self.total is not None and self.total.amount == self.whole.amount


def decompose(whole: Quantity, allocations: Sequence[Allocation], is_additive: bool, where: str = "") -> Decomposition:
    """The allocations added up in the whole's unit and held against it, whatever their order.

    Args:
        is_additive: whether amounts of this kind add (sums of money do; rates, growth, levels and ranks never).
        where: how the target is called in the findings.
    """
    ordered = tuple(sorted(allocations, key=lambda part: (part.body, part.entry)))
    findings = [*_twice(ordered, where), *_of_other_units(whole, ordered, where)]
    if not is_additive:
        message = "比率、增幅、时点数和位次不能相加，各单位的指标分别评价。"
        findings.append(Finding("plan.N001", Level.NOTE, where, message))
    if not is_additive or any(finding.level is Level.ERROR for finding in findings):
        return Decomposition(whole, ordered, None, None, None, tuple(findings))
    total = sum((part.quantity.to(whole.unit).amount for part in ordered), Fraction(0))
    open_amount = whole.amount - total
    findings += _unbalanced(whole, total, where) if ordered else []
    return Decomposition(
        whole,
        ordered,
        Quantity(total, whole.unit),
        Quantity(max(open_amount, Fraction(0)), whole.unit),
        Quantity(max(-open_amount, Fraction(0)), whole.unit),
        tuple(findings),
    )


def _twice(allocations: Sequence[Allocation], where: str) -> list[Finding]:
    counted = Counter(part.body for part in allocations)
    return [
        Finding("plan.W003", Level.WARNING, where, f"单位“{body}”在同一指标下有{times}份分解任务。", "请核对是否重复。")
        for body, times in counted.items()
        if times > 1
    ]


def _of_other_units(whole: Quantity, allocations: Sequence[Allocation], where: str) -> list[Finding]:
    message = "单位“{}”的分解任务以“{}”计，与总指标的“{}”不能换算。"
    return [
        Finding(
            "plan.E001",
            Level.ERROR,
            where,
            message.format(part.body, part.quantity.unit.symbol, whole.unit.symbol),
            "请改用同一类单位。",
        )
        for part in allocations
        if part.quantity.unit.dimension != whole.unit.dimension
    ]


def _unbalanced(whole: Quantity, total: Fraction, where: str) -> list[Finding]:
    symbol, short = whole.unit.symbol, whole.amount - total
    said = f"总指标{plain(whole.amount)}{symbol}，已分解{plain(total)}{symbol}"
    if short > 0:
        message = f"{said}，还差{plain(short)}{symbol}没有落实到单位。"
        return [Finding("plan.W001", Level.WARNING, where, message, "请补足，或写明由谁兜底。")]
    if short < 0:
        message = f"{said}，超出{plain(-short)}{symbol}。"
        return [Finding("plan.N002", Level.NOTE, where, message, "留有余量是常见做法；层层加码须有依据。")]
    return []
