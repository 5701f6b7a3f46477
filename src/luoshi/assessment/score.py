"""Points of one dimension: 比例法, 功效系数法, 排名法, each with its arithmetic (domain.md §2.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luoshi.assessment.league_rules import METHODS, Dimension
from luoshi.terms.number import fixed, plain
from luoshi.terms.trace import Input, Step, Trace
from luoshi.terms.unit import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """比拼数据: what a body did in one dimension and, for 比例法, what it was to do; with date and origin."""

    done: Quantity
    plan: Quantity | None = None
    on: date | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """得分: points in one dimension, unrounded, with their trace; None points: no figure, counted as nothing."""

    dimension: str
    points: Fraction | None
    trace: Trace


def score_dimension(dimension: Dimension, figures: Mapping[str, Figure | None]) -> dict[str, Score]:
    """The points of every body of one peer group in one dimension, in the order of ``figures``.

    Minimum, maximum and ranks are taken over the bodies with figures; no result depends on their order.

    Raises:
        UnitMismatch: figures of different dimensions.
        ValueError: 比例法 without a plan, or with one that is not positive.
    """
    known = {key: figure for key, figure in figures.items() if figure is not None}
    values = {key: _comparable(dimension, figure, known) for key, figure in known.items()}
    rule = f"{dimension.label}：{METHODS[dimension.method]}，{plain(dimension.weight)}分"
    scores = {}
    for key, figure in figures.items():
        if figure is None:
            scores[key] = Score(dimension.name, None, Trace(rule, (), (Step("无数据，不得分"),)))
            continue
        points, steps = _METHODS[dimension.method](dimension, values[key], values)
        inputs = [Input("完成", _told(figure.done), figure.on, figure.origin)]
        if figure.plan is not None:
            inputs.append(Input("任务", _told(figure.plan)))
        scores[key] = Score(dimension.name, points, Trace(rule, tuple(inputs), tuple(steps)))
    return scores


def _comparable(dimension: Dimension, figure: Figure, known: Mapping[str, Figure]) -> Fraction:
    """Share of the plan for 比例法; else the amount in the unit of the first body by name."""
    if dimension.method == "proportional":
        if figure.plan is None or figure.plan.amount <= 0:
            raise ValueError(f"{dimension.name}: a positive plan is needed")
        return figure.done.to(figure.plan.unit).amount / figure.plan.amount
    return figure.done.to(known[min(known)].done.unit).amount


def _proportional(dimension: Dimension, value: Fraction, _: Mapping[str, Fraction]) -> tuple[Fraction, list[Step]]:
    weight = dimension.weight
    share = max(value, Fraction(0))
    steps = [Step("完成 ÷ 任务", f"{fixed(value * 100, 2)}%")]
    if dimension.cap is not None and share > dimension.cap:
        share = dimension.cap
        steps.append(Step("超过上限，按上限计", f"{fixed(share * 100, 2)}%"))
    return share * weight, [*steps, Step(f"{fixed(share * 100, 2)}% × {plain(weight)}", fixed(share * weight, 2))]


def _efficacy(dimension: Dimension, value: Fraction, values: Mapping[str, Fraction]) -> tuple[Fraction, list[Step]]:
    low, high, weight = min(values.values()), max(values.values()), dimension.weight
    if low == high:
        return weight, [Step("各单位相同，得满分", fixed(weight, 2))]
    worst, best = (high, low) if dimension.is_lower_better else (low, high)
    points = weight * Fraction(3, 5) + weight * Fraction(2, 5) * (value - worst) / (best - worst)
    text = (
        f"60% × {plain(weight)} + 40% × {plain(weight)} ×"
        f"（{_short(value)} − {_short(worst)}）÷（{_short(best)} − {_short(worst)}）"
    )
    return points, [Step(text, fixed(points, 2))]


def _placement(dimension: Dimension, value: Fraction, values: Mapping[str, Fraction]) -> tuple[Fraction, list[Step]]:
    count, weight = len(values), dimension.weight
    better = [v for v in values.values() if (v < value if dimension.is_lower_better else v > value)]
    place = len(better) + 1
    points = weight * (count - place + 1) / count
    text = f"第{place}名，共{count}个：{plain(weight)} ×（{count} − {place} + 1）÷ {count}"
    return points, [Step(text, fixed(points, 2))]


_METHODS = {"proportional": _proportional, "efficacy": _efficacy, "placement": _placement}


def _told(quantity: Quantity) -> str:
    """The quantity as written; one that was reckoned and does not end is shown to four decimals."""
    written = str(quantity)
    return written if len(written) <= 14 else f"{fixed(quantity.amount, 4)}{quantity.unit}"


def _short(value: Fraction) -> str:
    written = plain(value)
    return written if len(written) <= 10 else fixed(value, 2)
