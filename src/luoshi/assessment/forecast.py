"""预测: the year-end value if the pace so far goes on along the trajectory; shown as a forecast, never as a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luoshi.target.target import Target
from luoshi.target.trajectory import Trajectory, expected
from luoshi.terms.number import fixed, plain
from luoshi.terms.period import chinese_date
from luoshi.terms.trace import Input, Step, Trace
from luoshi.terms.unit import Quantity

METHOD = "按现有进度沿序时外推"
WINDOW = 3


@dataclass(frozen=True, slots=True)
class Observation:
    """观测值: an accepted year-to-date figure and the day it holds for."""

    on: date
    value: Quantity
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """预测: the value at the end of the trajectory; ``low`` and ``high`` are None with fewer than two observations.

    The interval spans what each of the last observations implied, and never lies below what is already done:
    a range of recent paces, no probability.
    """

    value: Quantity
    low: Quantity | None
    high: Quantity | None
    method: str
    trace: Trace

    def reaches(self, target: Target) -> bool | None:
        """Whether the whole interval (True) or none of it (False) reaches the target; None: open."""
        if target.value is None or self.low is None or self.high is None:
            return None
        if self.low.to(target.unit).amount >= target.value:
            return True
        return False if self.high.to(target.unit).amount < target.value else None


def forecast(target: Target, trajectory: Trajectory, observed: Sequence[Observation], as_of: date) -> Forecast | None:
    """The year-end value: latest figure ÷ share due by its day.

    Returns:
        None for targets without a pace (rates, ceilings, ranks), and before anything was due or observed.

    Raises:
        UnitMismatch: an observation of another dimension than the target.
    """
    if not target.has_pace:
        return None
    implied = [
        (observation, value / due)
        for observation in sorted(observed, key=lambda o: o.on)
        if observation.on <= as_of and (due := expected(trajectory, observation.on))
        for value in [observation.value.to(target.unit).amount]
    ]
    if not implied:
        return None
    latest, point = implied[-1]
    done = latest.value.to(target.unit).amount
    recent = [max(value, done) for _, value in implied[-WINDOW:]]
    point = max(point, done)
    low, high = (min(recent), max(recent)) if len(recent) > 1 else (None, None)
    inputs = tuple(Input("实际", str(o.value), o.on, o.origin) for o, _ in implied[-WINDOW:])
    due = expected(trajectory, latest.on)
    text = f"实际 ÷ 应完成比例 = {plain(done)} ÷ {fixed(due * 100, 2)}%"
    steps = [Step(text, f"{fixed(point, 2)}{target.unit}")]
    if low is not None and high is not None:
        steps.append(Step(f"近{len(recent)}期同法外推的范围", f"{fixed(low, 2)}—{fixed(high, 2)}{target.unit}"))
    return Forecast(
        Quantity(point, target.unit),
        None if low is None else Quantity(low, target.unit),
        None if high is None else Quantity(high, target.unit),
        METHOD,
        Trace(f"{METHOD}（{trajectory.label}）", inputs, tuple(steps)),
    )


@dataclass(frozen=True, slots=True)
class BackTestRow:
    """回测行: what would have been forecast on a past day, and how far off it was (0.05: five per cent too high)."""

    on: date
    forecast: Forecast
    error_ratio: Fraction
    is_inside: bool | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """回测: the forecasts of a finished year held against its final value.

    ``mean_error_ratio`` averages the sizes of the errors; ``inside_ratio`` is the share of intervals that
    held the final value. Both are None when nothing could be forecast.
    """

    rows: tuple[BackTestRow, ...]
    mean_error_ratio: Fraction | None
    inside_ratio: Fraction | None

    def render(self) -> tuple[str, ...]:
        """A line per past day, for people."""
        return tuple(
            f"{chinese_date(row.on)}预测{fixed(row.forecast.value.amount, 2)}{row.forecast.value.unit}，"
            f"偏差{fixed(row.error_ratio * 100, 2)}%"
            for row in self.rows
        )


def back_test(target: Target, trajectory: Trajectory, observed: Sequence[Observation], final: Quantity) -> BackTest:
    """What the method would have said on each observed day of a finished year.

    Args:
        final: the year-end value; not zero.

    Raises:
        ValueError: the final value is zero, so that no error can be given as a share of it.
    """
    truth = final.to(target.unit).amount
    if truth == 0:
        raise ValueError("a final value of zero allows no relative error")
    rows = []
    for observation in sorted(observed, key=lambda o: o.on):
        made = forecast(target, trajectory, observed, observation.on)
        if made is not None:
            rows.append(BackTestRow(observation.on, made, made.value.amount / truth - 1, _holds(made, truth)))
    errors = [abs(row.error_ratio) for row in rows]
    inside = [row.is_inside for row in rows if row.is_inside is not None]
    return BackTest(
        tuple(rows),
        sum(errors, Fraction(0)) / len(errors) if errors else None,
        Fraction(sum(inside), len(inside)) if inside else None,
    )


def _holds(made: Forecast, truth: Fraction) -> bool | None:
    if made.low is None or made.high is None:
        return None
    return made.low.amount <= truth <= made.high.amount
