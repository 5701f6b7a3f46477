"""晾晒: bodies of one peer group ranked by their points, with movement and an explanation of every score."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from luoshi.assessment.league_rules import Dimension, LeagueRules
from luoshi.assessment.plain_trace import Plain, trace_from_plain, trace_to_plain
from luoshi.assessment.score import Figure, Score, score_dimension
from luoshi.terms.number import fixed, plain
from luoshi.terms.period import Period
from luoshi.terms.trace import Input, Step, Trace


@dataclass(frozen=True, slots=True)
class Adjustment:
    """加减分: points added (or taken, when negative) with the reason; the sums are capped by the rules."""

    points: Fraction
    reason: str


@dataclass(frozen=True, slots=True)
class Contender:
    """参评单位: a body with its figures per dimension; a missing figure is None or left out."""

    key: str
    name: str
    figures: Mapping[str, Figure | None]
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """名次: a body's line in the table; ``rank`` None means too few figures to be ranked.

    ``movement`` is how many ranks it rose (+) or fell (−) since the previous table; None when not comparable.
    """

    key: str
    name: str
    rank: int | None
    total: Fraction
    shown: str
    movement: int | None
    scores: Mapping[str, Score]
    trace: Trace


@dataclass(frozen=True, slots=True)
class LeagueTable:
    """晾晒表: the places in order, with the rules (name and version) they were made by."""

    league: str
    version: str
    label: str
    period: Period
    places: tuple[Place, ...] = field(default_factory=tuple)

    def place(self, key: str) -> Place | None:
        """The line of one body."""
        return next((place for place in self.places if place.key == key), None)


def rank(
    rules: LeagueRules, contenders: Sequence[Contender], period: Period, previous: LeagueTable | None = None
) -> LeagueTable:
    """The table of one peer group; equal unrounded totals share the better rank.

    Raises:
        UnitMismatch: figures of different dimensions.
        ValueError: 比例法 without a plan; two contenders of one key.
    """
    ordered = sorted(contenders, key=lambda contender: contender.key)
    if len({contender.key for contender in ordered}) != len(ordered):
        raise ValueError("two contenders have one key")
    scores = {
        name: score_dimension(dimension, {c.key: c.figures.get(name) for c in ordered})
        for name, dimension in rules.dimensions.items()
    }
    lines = [(c, {name: scores[name][c.key] for name in rules.dimensions}) for c in ordered]
    totals = {c.key: _total(rules, c, own) for c, own in lines}
    ranked = [c.key for c, own in lines if _inputs(own) >= rules.minimum_inputs]
    places = [
        _place(rules, contender, own, totals, _rank(contender.key, ranked, totals), previous)
        for contender, own in lines
    ]
    places.sort(key=lambda place: (place.rank is None, place.rank or 0, place.key))
    return LeagueTable(rules.name, rules.version, rules.label, period, tuple(places))


def _inputs(scores: Mapping[str, Score]) -> int:
    return sum(1 for score in scores.values() if score.points is not None)


def _rank(key: str, ranked: Sequence[str], totals: Mapping[str, Fraction]) -> int | None:
    if key not in ranked:
        return None
    return 1 + sum(1 for other in ranked if totals[other] > totals[key])


def _adjusted(rules: LeagueRules, contender: Contender) -> tuple[Fraction, Fraction]:
    """Bonus and deduction after their caps, both not negative."""
    bonus = sum((a.points for a in contender.adjustments if a.points > 0), Fraction(0))
    taken = sum((-a.points for a in contender.adjustments if a.points < 0), Fraction(0))
    return min(bonus, rules.bonus_cap), min(taken, rules.deduction_cap)


def _total(rules: LeagueRules, contender: Contender, scores: Mapping[str, Score]) -> Fraction:
    bonus, taken = _adjusted(rules, contender)
    return _earned(rules, scores) + bonus - taken


def _earned(rules: LeagueRules, scores: Mapping[str, Score]) -> Fraction:
    """The points of all dimensions; where missing ones are left out, the others make up the whole weight."""
    points = sum((score.points or Fraction(0) for score in scores.values()), Fraction(0))
    scale = _scale(rules, scores)
    return points * scale if scale is not None else points


def _scale(rules: LeagueRules, scores: Mapping[str, Score]) -> Fraction | None:
    """By what the points are raised for dimensions left out; None where nothing is."""
    known = [dimension.weight for name, dimension in rules.dimensions.items() if scores[name].points is not None]
    if rules.missing != "left_out" or not known or len(known) == len(rules.dimensions):
        return None
    return sum((dimension.weight for dimension in rules.dimensions.values()), Fraction(0)) / sum(known, Fraction(0))


def _place(
    rules: LeagueRules,
    contender: Contender,
    scores: Mapping[str, Score],
    totals: Mapping[str, Fraction],
    place: int | None,
    previous: LeagueTable | None,
) -> Place:
    before = previous.place(contender.key) if previous and previous.league == rules.name else None
    movement = before.rank - place if before and before.rank and place else None
    total = totals[contender.key]
    trace = _trace(rules, contender, scores, total, place)
    return Place(contender.key, contender.name, place, total, fixed(total, rules.decimals), movement, scores, trace)


def _trace(
    rules: LeagueRules, contender: Contender, scores: Mapping[str, Score], total: Fraction, place: int | None
) -> Trace:
    inputs, steps = [], []
    for name, dimension in rules.dimensions.items():
        inputs += [Input(f"{dimension.label}·{i.name}", i.value, i.on, i.origin) for i in scores[name].trace.inputs]
        steps += [Step(f"{dimension.label}：{step.text}", step.result) for step in scores[name].trace.steps]
    for adjustment in sorted(contender.adjustments, key=lambda a: (a.reason, a.points)):
        inputs.append(
            Input("加分" if adjustment.points > 0 else "减分", f"{plain(adjustment.points)}（{adjustment.reason}）")
        )
    bonus, taken = _adjusted(rules, contender)
    told = {
        name: d for name, d in rules.dimensions.items() if rules.missing == "zero" or scores[name].points is not None
    }
    parts = [_points(scores[name], dimension) for name, dimension in told.items()]
    scale = _scale(rules, scores)
    if scale is not None:
        steps.append(Step("没有数据的维度不计，其余折算为满分", f"× {fixed(scale, 4)}"))
        parts = [f"（{' + '.join(parts)}）× {fixed(scale, 4)}"]
    text = " + ".join(parts) + (f" + 加分{plain(bonus)}" if bonus else "") + (f" − 减分{plain(taken)}" if taken else "")
    steps.append(Step(f"总分 = {text}", fixed(total, rules.decimals)))
    steps.append(Step("名次", f"第{place}名" if place else f"数据不足{rules.minimum_inputs}项，不参加排名"))
    return Trace(f"{rules.label}", tuple(inputs), tuple(steps), rules.source)


def _points(score: Score, dimension: Dimension) -> str:
    return f"{dimension.label}{fixed(score.points, 2) if score.points is not None else '0'}"


def table_to_plain(table: LeagueTable) -> dict[str, Plain]:
    """The table as JSON without numbers; points are exact fractions in their shortest writing."""
    return {
        "league": table.league,
        "version": table.version,
        "label": table.label,
        "period": str(table.period),
        "places": [_place_to_plain(place) for place in table.places],
    }


def _place_to_plain(place: Place) -> dict[str, Plain]:
    scores: dict[str, Plain] = {
        name: {"points": None if s.points is None else str(s.points), "trace": trace_to_plain(s.trace)}
        for name, s in place.scores.items()
    }
    return {
        "key": place.key,
        "name": place.name,
        "rank": None if place.rank is None else str(place.rank),
        "total": str(place.total),
        "shown": place.shown,
        "movement": None if place.movement is None else str(place.movement),
        "scores": scores,
        "trace": trace_to_plain(place.trace),
    }


def table_from_plain(written: Mapping[str, Plain]) -> LeagueTable:
    """The table that was written by ``table_to_plain``."""
    places = written["places"]
    return LeagueTable(
        str(written["league"]),
        str(written["version"]),
        str(written["label"]),
        Period.parse(str(written["period"])),
        tuple(_place_from_plain(row) for row in (places if isinstance(places, list) else []) if isinstance(row, dict)),
    )


def _place_from_plain(row: Mapping[str, Plain]) -> Place:
    scores, trace = row["scores"], row["trace"]
    if not isinstance(scores, dict) or not isinstance(trace, dict):
        raise ValueError(f"not a place: {row!r}")
    return Place(
        str(row["key"]),
        str(row["name"]),
        int(str(row["rank"])) if row["rank"] else None,
        Fraction(str(row["total"])),
        str(row["shown"]),
        int(str(row["movement"])) if row["movement"] else None,
        {name: _score_from_plain(name, score) for name, score in scores.items()},
        trace_from_plain(trace),
    )


def _score_from_plain(name: str, score: Plain) -> Score:
    if not isinstance(score, dict) or not isinstance(score["trace"], dict):
        raise ValueError(f"not a score: {score!r}")
    return Score(name, Fraction(str(score["points"])) if score["points"] else None, trace_from_plain(score["trace"]))


def write_table(table: LeagueTable) -> str:
    """The table as one line of JSON, the same bytes on every machine."""
    return json.dumps(table_to_plain(table), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
