"""How far a target is: done or not, the ratio, what the number means, and the arithmetic that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from luoshi.target.actual import Actual, Placing, Quality, Reached
from luoshi.target.judge import judge
from luoshi.target.kind import Accumulation, Strength, TargetKind
from luoshi.target.measured import Readout, read_measured
from luoshi.target.node import Node, node_progress, node_trace
from luoshi.target.target import Target
from luoshi.terms.number import fixed, plain, round_half_up
from luoshi.terms.quotation import quoted
from luoshi.terms.trace import Input, Step, Trace


class Meaning(StrEnum):
    """数值含义: what has to be known about a figure before it is read."""

    MISSING = "missing"
    ZERO = "zero"
    NEGATIVE = "negative"
    OVERSHOOT = "overshoot"
    UNDEFINED = "undefined"
    NOT_YET_DUE = "not_yet_due"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    PUBLISHED_DIFFERS = "published_differs"

    @property
    def label(self) -> str:
        """The meaning in Chinese."""
        return _MEANINGS[self]


_MEANINGS = {
    Meaning.MISSING: "尚无数据",
    Meaning.ZERO: "数值为零",
    Meaning.NEGATIVE: "方向相反",
    Meaning.OVERSHOOT: "超出目标",
    Meaning.UNDEFINED: "基数或分母为零，比率无意义，以实数为准",
    Meaning.NOT_YET_DUE: "尚未到期，目前情况不是最终结果",
    Meaning.PROVISIONAL: "初步数，可能修订",
    Meaning.REVISED: "修订数",
    Meaning.PUBLISHED_DIFFERS: "公布的比率与两数算得的不一致，以算得的为准",
}


class Outcome(StrEnum):
    """结果: reached; open; missed by a firm promise; or missed by an aspired one (争先项), which is no failure."""

    REACHED = "reached"
    OPEN = "open"
    MISSED = "missed"
    ASPIRATION_MISSED = "aspiration_missed"


@dataclass(frozen=True, slots=True)
class Progress:
    """完成情况: ``is_done`` says the condition holds on the figure; ``is_settled`` that nothing can undo it now.

    ``ratio`` is 1 when exactly reached, never clamped, and None where no ratio has meaning; ``value`` is the
    figure in the target's unit (a rate for growth, reduction and share; reductions are positive when falling).
    ``is_lost``: it can no longer be reached, whatever comes (a yearly ceiling already exceeded).
    """

    is_done: bool
    is_settled: bool
    is_lost: bool
    ratio: Fraction | None
    value: Fraction | None
    meanings: tuple[Meaning, ...]
    trace: Trace

    @property
    def percent(self) -> Decimal | None:
        """The ratio in percent, rounded half up to two decimals."""
        return None if self.ratio is None else round_half_up(self.ratio * 100, 2)

    @property
    def shown(self) -> str:
        """The ratio as shown: 80.00%, or 不适用."""
        return "不适用" if self.ratio is None else f"{fixed(self.ratio * 100, 2)}%"


def progress(
    target: Target, actual: Actual | None, *, as_of: date, due_on: date | None = None, nodes: Sequence[Node] = ()
) -> Progress:
    """How far the target is by ``as_of``.

    Args:
        actual: the latest accepted figure; None when there is none.
        due_on: the day on which it is finally judged; None when it may be judged at any time.
        nodes: for a target of kind ``nodes`` only.

    Raises:
        UnitMismatch: the figure is of another dimension than the target (亿元 with 家).
        ValueError: the figure cannot answer such a target (a rank for an amount).
    """
    is_due = due_on is None or as_of >= due_on
    if target.kind is TargetKind.NODES:
        return _of_nodes(nodes, as_of)
    if actual is None:
        meanings = [Meaning.MISSING] if is_due else [Meaning.MISSING, Meaning.NOT_YET_DUE]
        trace = Trace(target.phrase, (_promise(target), Input("实际", "尚无数据")))
        return Progress(False, False, False, None, None, tuple(meanings), trace)
    reading = read_measured(target, actual)
    if reading.value is None:
        done, ratio = False, None
    else:
        done, ratio = judge(target, actual, reading.value)
    lost = _is_lost(target, done, reading.value)
    settled = done and (is_due or _is_irreversible(target))
    meanings = _meanings(target, actual, reading) + ([] if is_due or settled else [Meaning.NOT_YET_DUE])
    trace = _trace(target, actual, reading, done, ratio)
    trace = replace(trace, inputs=(*trace.inputs, *_remarks(meanings)))
    return Progress(done, settled, lost, ratio, reading.value, tuple(meanings), trace)


def outcome(target: Target, reached: Progress, is_final: bool) -> Outcome:
    """What became of the promise; a missed aspiration is named 争先项, never 未完成 (domain.md §0.4).

    Args:
        is_final: whether the last day has passed.
    """
    if reached.is_settled or (is_final and reached.is_done):
        return Outcome.REACHED
    if not is_final and not reached.is_lost:
        return Outcome.OPEN
    return Outcome.ASPIRATION_MISSED if target.strength is Strength.ASPIRED else Outcome.MISSED


def _of_nodes(nodes: Sequence[Node], as_of: date) -> Progress:
    if not nodes:
        trace = Trace("按节点评价", (Input("节点", "尚未填报节点"),))
        return Progress(False, False, False, None, None, (Meaning.MISSING,), trace)
    ratio = node_progress(nodes, as_of)
    done = all(node.is_accepted(as_of) for node in nodes)
    meanings = (Meaning.ZERO,) if ratio == 0 else ()
    return Progress(done, done, False, ratio, ratio, meanings, node_trace(nodes, as_of))


def _is_irreversible(target: Target) -> bool:
    if target.kind in {TargetKind.HONOUR, TargetKind.STATE_REACHED}:
        return True
    return target.has_pace and target.kind is TargetKind.AT_LEAST


def _is_lost(target: Target, done: bool, value: Fraction | None) -> bool:
    """A year-to-date amount beyond its ceiling (or past the exact number) cannot come back."""
    if value is None or target.value is None or target.accumulation is not Accumulation.CUMULATIVE:
        return False
    return target.kind in {TargetKind.AT_MOST, TargetKind.EXACTLY} and not done and value > target.value


def _meanings(target: Target, actual: Actual, reading: Readout) -> list[Meaning]:
    value, found = reading.value, []
    if value is None:
        found.append(Meaning.UNDEFINED)
    elif isinstance(actual.measured, Placing | Reached):
        pass
    elif value == 0:
        found.append(Meaning.ZERO)
    elif value < 0 or (target.start is not None and _went_back(target, value)):
        found.append(Meaning.NEGATIVE)
    if value is not None and _is_overshoot(target, value):
        found.append(Meaning.OVERSHOOT)
    if actual.quality is not Quality.FINAL:
        found.append(Meaning(actual.quality.value))
    if reading.published_differs:
        found.append(Meaning.PUBLISHED_DIFFERS)
    return found


_REMARKED = (Meaning.UNDEFINED, Meaning.NEGATIVE, Meaning.PROVISIONAL, Meaning.REVISED, Meaning.PUBLISHED_DIFFERS)


def _remarks(meanings: Sequence[Meaning]) -> tuple[Input, ...]:
    said = [meaning.label for meaning in _REMARKED if meaning in meanings]
    return (Input("说明", "；".join(said)),) if said else ()


def _went_back(target: Target, value: Fraction) -> bool:
    start, goal = target.start or Fraction(0), target.value or Fraction(0)
    return value < start if goal >= start else value > start


def _is_overshoot(target: Target, value: Fraction) -> bool:
    bound = target.bounds[1] if target.kind is TargetKind.RANGE else target.value
    if target.kind in {TargetKind.RANK, TargetKind.HONOUR, TargetKind.STATE_REACHED} or bound is None:
        return False
    return value > bound


def _promise(target: Target) -> Input:
    return Input("目标", target.phrase)


def _trace(target: Target, actual: Actual, reading: Readout, done: bool, ratio: Fraction | None) -> Trace:
    inputs = [_promise(target), *reading.inputs]
    if actual.revised_from is not None:
        inputs.append(Input("修订前", str(actual.revised_from)))
    steps = list(reading.steps)
    if reading.value is not None:
        steps.append(_verdict(target, reading, done))
    if ratio is not None and target.value is not None and target.has_pace:
        base = plain(target.start) if target.start else ""
        text = (
            f"（{reading.written} − {base}）÷（{plain(target.value)} − {base}）"
            if base
            else f"{reading.written} ÷ {plain(target.value)}"
        )
        steps.append(Step(f"实际 ÷ 目标 = {text}", f"{fixed(ratio * 100, 2)}%"))
    return Trace(target.phrase, tuple(inputs), tuple(steps))


def _verdict(target: Target, reading: Readout, done: bool) -> Step:
    figure = f"{reading.written}{target.unit}" if reading.has_unit else reading.written
    return Step(f"{figure}{'符合' if done else '不符合'}{quoted(target.phrase)}")
