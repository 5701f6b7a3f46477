"""A past light shown in another colour once the item has caught up (瓯海 2020: the red month turns yellow)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from luoshi.assessment.condition import Facts, holds, render_condition
from luoshi.assessment.light import Light, paint
from luoshi.assessment.measure import measure
from luoshi.assessment.rate import label_all
from luoshi.assessment.rule_set import RuleSet
from luoshi.assessment.standing import Standing
from luoshi.terms.period import chinese_date
from luoshi.terms.trace import Step


def make_up(past: Light, now: Standing, rules: RuleSet, as_of: date) -> Light | None:
    """The past light as it is shown after catching up, or None when nothing changes.

    The computed colour stays in ``computed``; nothing already published is altered by this value, the caller
    records it as a new fact.

    Args:
        past: a light of an earlier month, computed by the same rules.
        now: the standing on ``as_of``.
    """
    made_up = rules.made_up
    if made_up is None or past.colour != made_up.past or past.override is not None:
        return None
    apart = (as_of.year - past.as_of.year) * 12 + as_of.month - past.as_of.month
    if not 0 < apart <= made_up.within_periods:
        return None
    if not holds(made_up.condition, Facts(measure(now, rules, as_of).worths)):
        return None
    colour = rules.colours[made_up.becomes]
    reason = f"{chinese_date(as_of)}补上：{render_condition(made_up.condition, label_all(rules))}"
    trace = replace(past.trace, steps=(*past.trace.steps, Step(reason, colour.word)))
    return replace(paint(past, colour), rule="made_up", says=made_up.says, trace=trace)
