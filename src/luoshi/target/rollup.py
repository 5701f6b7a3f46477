"""汇总与分解: parts summed to a whole where the kind adds, and whether a decomposition balances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luoshi.target.target import Target
from luoshi.terms.finding import Finding, Level
from luoshi.terms.number import fixed, plain
from luoshi.terms.quotation import quoted
from luoshi.terms.trace import Input, Step, Trace
from luoshi.terms.unit import Quantity


@dataclass(frozen=True, slots=True)
class Part:
    """分项: the part of a target given to one body, and what it achieved (None: not reported)."""

    name: str
    target: Quantity
    actual: Quantity | None = None


@dataclass(frozen=True, slots=True)
class RollUp:
    """汇总数: the parts summed in the whole's unit; ``missing`` names the parts that have not reported."""

    target: Quantity
    actual: Quantity
    missing: tuple[str, ...]
    trace: Trace


def roll_up(whole: Target, parts: Sequence[Part]) -> RollUp | Finding:
    """The parts added up, in the whole's unit, whatever their order; rates and levels never add.

    Raises:
        UnitMismatch: a part of another dimension.
    """
    if not whole.is_additive:
        return _not_additive(whole)
    ordered = sorted(parts, key=lambda part: part.name)
    planned = sum((part.target.to(whole.unit).amount for part in ordered), Fraction(0))
    known = [(part.name, part.actual.to(whole.unit)) for part in ordered if part.actual is not None]
    achieved = sum((quantity.amount for _, quantity in known), Fraction(0))
    missing = tuple(part.name for part in ordered if part.actual is None)
    inputs = tuple(Input(name, str(quantity)) for name, quantity in known)
    text = " + ".join(plain(quantity.amount) for _, quantity in known) or "无已报分项"
    trace = Trace("分项相加", inputs, (Step(text, f"{plain(achieved)}{whole.unit}"),))
    return RollUp(Quantity(planned, whole.unit), Quantity(achieved, whole.unit), missing, trace)


def weighted_progress(ratios: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """The mean progress of several items by weight; each counts at most 1 and at least 0.

    One item at 400 % never hides another at 0 %, and the sum is divided by the weights (peers.md §1b).

    Args:
        ratios: (weight, ratio); items whose ratio is None are left out with their weight.
    """
    known = [(weight, min(max(ratio, Fraction(0)), Fraction(1))) for weight, ratio in ratios if ratio is not None]
    total = sum((weight for weight, _ in known), Fraction(0))
    return sum((weight * ratio for weight, ratio in known), Fraction(0)) / total if total else None


def check_checkpoint(whole: Target, reported: Quantity, published: Quantity, where: str) -> tuple[Finding, ...]:
    """The difference between the sum of reports and the published statistic, which is never altered (统计法第七条)."""
    difference = reported.to(whole.unit).amount - published.to(whole.unit).amount
    if difference == 0:
        return ()
    share = f"（{fixed(difference / published.to(whole.unit).amount * 100, 2)}%）" if published.amount else ""
    message = f"填报合计{reported}，统计公布{published}，相差{plain(difference)}{whole.unit}{share}。"
    return (Finding("target.W002", Level.WARNING, where, message, "请核对口径，以统计公布为准。"),)


def _not_additive(whole: Target, where: str = "") -> Finding:
    message = f"{quoted(whole.indicator or whole.phrase)}是比率、位次或时点数，分项不能相加。"
    return Finding("target.W003", Level.WARNING, where, message, "请分别评价各分项。")
