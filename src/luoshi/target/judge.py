"""Held against the promise, kind by kind: met or not, and the ratio where one has meaning."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from luoshi.target.actual import Actual, Placing, Reached
from luoshi.target.kind import TargetKind, is_lower_better
from luoshi.target.target import Target


def judge(target: Target, actual: Actual, value: Fraction) -> tuple[bool, Fraction | None]:
    """Whether the figure meets the target, and how far it is; ``value`` is in the target's unit."""
    measured = actual.measured
    if isinstance(measured, Placing):
        return _placed(target, measured)
    if isinstance(measured, Reached):
        return _reached(target, measured)
    return _JUDGES[target.kind](target, value)


def _towards(start: Fraction, goal: Fraction, value: Fraction) -> Fraction | None:
    """The way gone from start to goal; negative when it went backwards."""
    return (value - start) / (goal - start) if goal != start else None


def _at_least(target: Target, value: Fraction) -> tuple[bool, Fraction | None]:
    goal = target.value or Fraction(0)
    done = value >= goal
    start = target.start if target.start is not None else Fraction(0)
    if goal > start:
        return done, _towards(start, goal, value)
    return done, Fraction(1) if done else None


def _at_most(target: Target, value: Fraction) -> tuple[bool, Fraction | None]:
    """Room below a ceiling is no overshoot: kept counts 1, exceeded counts ceiling over figure."""
    goal = target.value or Fraction(0)
    if value <= goal:
        return True, Fraction(1)
    if target.start is not None and target.start > goal:
        return False, _towards(target.start, goal, value)
    return False, goal / value if goal >= 0 < value else None


def _exactly(target: Target, value: Fraction) -> tuple[bool, Fraction | None]:
    goal = target.value or Fraction(0)
    return value == goal, value / goal if goal > 0 else (Fraction(1) if value == goal else None)


def _hold(target: Target, value: Fraction) -> tuple[bool, Fraction | None]:
    """A level kept: no worse than it stood (at 0: 零事故), so 0 kept at 0 is done, not nought per cent."""
    is_falling = target.is_falling or is_lower_better(target.indicator)
    return _at_most(target, value) if is_falling else _at_least(target, value)


def _range(target: Target, value: Fraction) -> tuple[bool, Fraction | None]:
    low, high = target.bounds
    if low <= value <= high:
        return True, Fraction(1)
    if value < low:
        return False, value / low if low > 0 else None
    return False, high / value if high > 0 else None


_JUDGES: dict[TargetKind, Callable[[Target, Fraction], tuple[bool, Fraction | None]]] = {
    TargetKind.AT_LEAST: _at_least,
    TargetKind.GROWTH: _at_least,
    TargetKind.REDUCTION: _at_least,
    TargetKind.SHARE: _at_least,
    TargetKind.AT_MOST: _at_most,
    TargetKind.EXACTLY: _exactly,
    TargetKind.HOLD: _hold,
    TargetKind.RANGE: _range,
}


def _placed(target: Target, placing: Placing) -> tuple[bool, Fraction | None]:
    """Last of all is 0, the wanted place 1; without the number of those ranked there is no ratio."""
    goal = target.value or Fraction(1)
    if placing.place <= goal:
        return True, Fraction(1)
    return False, (placing.of - placing.place) / (placing.of - goal) if placing.of > goal else None


def _reached(target: Target, reached: Reached) -> tuple[bool, Fraction | None]:
    wanted, ladder = target.state, target.ladder
    if not ladder:
        done = reached.state == wanted
        return done, Fraction(int(done))
    here, there = ladder.index(reached.state), ladder.index(wanted)
    return here >= there, Fraction(here, there) if there else Fraction(1)
