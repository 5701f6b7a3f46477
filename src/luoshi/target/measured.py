"""A figure brought into the target's unit; rates are computed from their two numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from luoshi.target.actual import Actual, Placing, RateOfChange, Reached, Share
from luoshi.target.kind import TargetKind
from luoshi.target.target import Target
from luoshi.terms.number import fixed, plain, round_half_up
from luoshi.terms.trace import Input, Step
from luoshi.terms.unit import Quantity, UnitMismatch


@dataclass(frozen=True, slots=True)
class Readout:
    """读数: the figure in the target's unit (None when a base or a denominator is zero) and how it came about."""

    value: Fraction | None
    written: str
    inputs: tuple[Input, ...] = ()
    steps: tuple[Step, ...] = ()
    has_unit: bool = True
    published_differs: bool = False


def read_measured(target: Target, actual: Actual) -> Readout:
    """The figure as the target counts it.

    Raises:
        UnitMismatch: another dimension.
        ValueError: the figure cannot answer such a target.
    """
    measured = actual.measured
    if isinstance(measured, Placing) is not (target.kind is TargetKind.RANK):
        raise ValueError(f"a target of kind {target.kind} is not answered by {type(measured).__name__}")
    if isinstance(measured, Reached) is not (target.kind in {TargetKind.HONOUR, TargetKind.STATE_REACHED}):
        raise ValueError(f"a target of kind {target.kind} is not answered by {type(measured).__name__}")
    if isinstance(measured, Quantity):
        return _amount(target, measured, actual)
    if isinstance(measured, Share):
        return _share(target, measured, actual)
    if isinstance(measured, RateOfChange):
        return _change(target, measured, actual)
    if isinstance(measured, Placing):
        return _placing(measured, actual)
    return _state(target, measured, actual)


def _amount(target: Target, quantity: Quantity, actual: Actual) -> Readout:
    value = quantity.to(target.unit).amount
    steps = [] if quantity.unit == target.unit else [Step(f"{quantity} 换算", f"{plain(value)}{target.unit}")]
    return Readout(value, plain(value), (_input("实际", quantity, actual),), tuple(steps))


def _share(target: Target, share: Share, actual: Actual) -> Readout:
    inputs = (_input("分子", share.numerator, actual), _input("分母", share.denominator, actual))
    if share.denominator.amount == 0:
        return Readout(None, "不适用", inputs, (Step("分母为零，不计算比率"),))
    if target.unit.dimension == "ratio":
        value = _base(share.numerator) / _base(share.denominator) / target.unit.factor
    else:  # per head: 平方米 ÷ 人, in 平方米
        value = share.numerator.to(target.unit).amount / _base(share.denominator)
    return _rated(target, value, inputs, f"{share.numerator} ÷ {share.denominator}")


def _change(target: Target, change: RateOfChange, actual: Actual) -> Readout:
    base_name = target.baseline or "基数"
    inputs = [_input("本期", change.current, actual), _input(base_name, change.base, actual)]
    if change.published is not None:
        inputs.append(_input("公布的比率", change.published, actual))
    if change.base.amount == 0:
        return Readout(None, "不适用", tuple(inputs), (Step(f"{base_name}为零，不计算增减率"),))
    rate = (change.current.to(change.base.unit).amount - change.base.amount) / abs(change.base.amount)
    if target.kind is TargetKind.REDUCTION:
        rate = -rate
    value = rate / _ratio_unit(target)
    word = "下降率" if target.kind is TargetKind.REDUCTION else "增长率"
    current, base = plain(change.current.to(change.base.unit).amount), _short(change.base.amount)
    text = f"{word} = （{current} − {base}）÷ {base}"
    if target.kind is TargetKind.REDUCTION:
        text = f"{word} = （{base} − {current}）÷ {base}"
    reading = _rated(target, value, tuple(inputs), text)
    differs = change.published is not None and _differs(rate, change.published, target)
    return Readout(reading.value, reading.written, reading.inputs, reading.steps, True, differs)


def _differs(rate: Fraction, published: Quantity, target: Target) -> bool:
    """Whether the printed rate is not the computed one at the places it was printed with."""
    sign = -1 if target.kind is TargetKind.REDUCTION and published.amount < 0 else 1
    printed = sign * published.amount
    places = len(plain(printed).partition(".")[2])
    return Fraction(round_half_up(rate / published.unit.factor, places)) != printed


def _ratio_unit(target: Target) -> Fraction:
    if target.unit.dimension != "ratio":
        raise UnitMismatch(f"增减率不能以{target.unit}计")
    return target.unit.factor


def _rated(target: Target, value: Fraction, inputs: tuple[Input, ...], text: str) -> Readout:
    """Rates are shown with two decimals more than whole and compared unrounded (domain.md §0.5)."""
    written = _short(value)
    return Readout(value, written, inputs, (Step(text, f"{written}{target.unit}"),))


def _placing(placing: Placing, actual: Actual) -> Readout:
    of = f"（共{placing.of}个）" if placing.of else ""
    by = f"，{placing.publisher}公布" if placing.publisher else ""
    given = Input("位次", f"第{placing.place}名{of}{by}", actual.on, actual.origin)
    return Readout(Fraction(placing.place), f"第{placing.place}名", (given,), has_unit=False)


def _state(target: Target, reached: Reached, actual: Actual) -> Readout:
    known = target.ladder or (reached.state,)
    if reached.state not in known:
        raise ValueError(f"no such state: {reached.state}")
    given = Input("已达状态", reached.state, actual.on, actual.origin)
    return Readout(Fraction(known.index(reached.state)), reached.state, (given,), has_unit=False)


def _base(quantity: Quantity) -> Fraction:
    return quantity.amount * quantity.unit.factor


def _input(name: str, quantity: Quantity, actual: Actual) -> Input:
    return Input(name, f"{_short(quantity.amount)}{quantity.unit}", actual.on, actual.origin)


def _short(value: Fraction) -> str:
    return plain(value) if len(plain(value)) <= 8 else fixed(value, 2)
