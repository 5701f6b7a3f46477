"""From a standing and a rule set to a light: the first rule that holds decides (domain.md §1.5)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from luoshi.assessment.condition import (
    Band,
    Condition,
    Every,
    Facts,
    Some,
    has_run,
    holds,
    measures_in,
    render_condition,
    render_worth,
)
from luoshi.assessment.light import Light
from luoshi.assessment.measure import MEASURES, MeasuredStanding, measure
from luoshi.assessment.rule_set import LightRule, RuleSet
from luoshi.assessment.standing import Standing
from luoshi.target.kind import Strength
from luoshi.terms.trace import Step, Trace


def rate(standing: Standing, rules: RuleSet, as_of: date) -> Light:
    """The light of an item on a day, with the rule that decided and all it rests on.

    Args:
        as_of: the last day that counts (usually the last of the reporting month).

    Raises:
        UnitMismatch: the figure is of another dimension than the target.
        ValueError: a given value is not of the kind the rule set declares.
    """
    return rate_measured(standing, measure(standing, rules, as_of), rules, as_of)


def rate_measured(standing: Standing, measured: MeasuredStanding, rules: RuleSet, as_of: date) -> Light:
    """The light of a standing that was measured before, by the same rules and for the same day."""
    is_aspired = standing.target.strength is Strength.ASPIRED
    base = _colour(_decide(rules, Facts(measured.worths), with_runs=False), is_aspired)
    earlier = tuple(key for key in standing.previous if key not in rules.colours or rules.colours[key].counts)
    decided = _decide(rules, Facts(measured.worths, (*earlier, base)), with_runs=True)
    colour = rules.colours[_colour(decided, is_aspired)]
    return Light(
        colour=colour.key,
        word=colour.word,
        shape=colour.shape,
        tone=colour.tone,
        rule=decided.id,
        says=_sentence(decided, measured, is_aspired=is_aspired),
        computed=colour.key,
        base=base,
        as_of=as_of,
        rule_set=rules.name,
        version=rules.version,
        trace=_trace(rules, decided, measured, standing, colour.word),
        is_late=_is_late(standing, measured, as_of),
        is_aspired=is_aspired,
        edition=rules.edition,
    )


def _decide(rules: RuleSet, facts: Facts, *, with_runs: bool) -> LightRule:
    for rule in rules.rules:
        if (with_runs or not has_run(rule.condition)) and holds(rule.condition, facts):
            return rule
    return rules.otherwise


def _colour(rule: LightRule, is_aspired: bool) -> str:
    return rule.aspired if is_aspired and rule.aspired else rule.colour


def _sentence(rule: LightRule, measured: MeasuredStanding, *, is_aspired: bool) -> str:
    """A miss of what was only aspired to is told as 争先项, never as a failed commitment."""
    says = rule.directly if rule.directly and measured.worths["expected_share"] is None else rule.says
    return f"{says}（争先项，不作未完成论）" if is_aspired and rule.aspired else says


def _is_late(standing: Standing, measured: MeasuredStanding, as_of: date) -> bool:
    if measured.progress.is_settled:
        return standing.done_on is not None and standing.done_on > standing.final_on
    return standing.final_on < as_of


def _trace(rules: RuleSet, rule: LightRule, measured: MeasuredStanding, standing: Standing, word: str) -> Trace:
    labels = label_all(rules) | {"ratio": measured.ratio_label}
    steps = list(measured.steps)
    shown = {*rules.metrics, "node_days_late", "days_to_final", "place"}
    own = [name for name in dict.fromkeys(measures_in(rule.condition)) if name in shown]
    bounds = _bounds(rule.condition)
    steps += [Step(labels[name], render_worth(measured.worths.get(name), bounds)) for name in own]
    if has_run(rule.condition):
        before = "、".join(labels.get(key, key) for key in standing.previous) or "无"
        steps.append(Step("此前各期（未计连续）", before))
    added = "（原文未规定，本系统补充）" if rule.is_added else ""
    condition = render_condition(rule.condition, labels) or "以上规则均不符合"
    steps.append(
        Step(f"{_sentence(rule, measured, is_aspired=False)}：{condition}{_decisive(rule, measured)}{added}", word)
    )
    return Trace(f"{rules.label}·{rule.id}", measured.inputs, tuple(steps), rules.source)


def _decisive(rule: LightRule, measured: MeasuredStanding) -> str:
    """The unrounded figure, where its rounding would seem to contradict the rule."""
    bounds = _bounds(rule.condition)
    for name in measures_in(rule.condition):
        shown = render_worth(measured.worths.get(name), bounds)
        if len(shown.partition(".")[2]) > 2:
            return f"，未舍入值{shown}"
    return ""


def _bounds(condition: Condition) -> tuple[Fraction, ...]:
    if isinstance(condition, Every | Some):
        return tuple(bound for part in condition.parts for bound in _bounds(part))
    return condition.bounds if isinstance(condition, Band) else ()


def label_all(rules: RuleSet) -> dict[str, str]:
    """The Chinese word of every measure, given value, choice and colour of the rule set."""
    labels = {name: label for name, (_, label) in MEASURES.items()}
    labels |= {key: colour.word for key, colour in rules.colours.items()}
    for field in rules.fields.values():
        labels |= field.words
    labels |= {field.name: field.label for field in rules.fields.values()}
    return labels | {metric.name: metric.label for metric in rules.metrics.values()}
