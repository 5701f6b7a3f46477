"""任务灯: the light of a task from the lights of what it promises (docs/adr/0006)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luoshi.assessment.light import Light, worst_colour
from luoshi.assessment.rule_set import Colour, RuleSet
from luoshi.terms.number import fixed
from luoshi.terms.trace import Input, Step, Trace

NOTHING = "无可评内容"


@dataclass(frozen=True, slots=True)
class TaskPart:
    """任务分项: one commitment of a task with the light it shows; ``origin`` is its id."""

    name: str
    colour: str
    word: str
    origin: str
    is_aspired: bool = False


def rate_task(parts: Sequence[TaskPart], rules: RuleSet, as_of: date) -> Light:
    """The worst light among the parts that could be rated, aspired ones (争先项) left out unless there are no others.

    A favourable colour is shown only when enough of the parts could be rated (``rules.task``): one blue among ten
    unreported does not make a task blue. A warning is always shown, however few were rated. ``parts`` of the light
    tells how many could be rated, of how many.
    """
    counted = [part for part in parts if not part.is_aspired] or list(parts)
    rated = [part for part in counted if rules.colours[part.colour].counts]
    key = worst_colour([part.colour for part in counted], rules) or _unrated(rules).key
    worst, held = rules.colours[key], _is_held_back(key, len(rated), len(counted), rules)
    shown = _unrated(rules) if held else worst
    steps = [Step(f"{len(counted)}项中可评的项数", f"{len(rated)}项")] if counted else []
    if rated:
        steps.append(Step("可评各项中最差的一档", worst.word))
    if held:
        steps.append(Step(f"可评的不足{_percent(rules)}，不亮“{worst.word}”", shown.word))
    inputs = tuple(Input(part.name, part.word, as_of, part.origin) for part in counted)
    return Light(
        colour=shown.key,
        word=shown.word if counted else NOTHING,
        shape=shown.shape,
        tone=shown.tone,
        rule="task.worst" if counted else "task.nothing",
        says=_says(parts, counted, rated, worst, held, rules),
        computed=shown.key,
        base=shown.key,
        as_of=as_of,
        rule_set=rules.name,
        version=rules.version,
        trace=Trace("任务灯色·取所属各项最差一档（争先项不计）", inputs, tuple(steps)),
        parts=(len(rated), len(counted)),
        edition=rules.edition,
    )


def _unrated(rules: RuleSet) -> Colour:
    """The colour that says nothing about the work."""
    return next((c for c in rules.colours.values() if not c.counts), rules.colours[rules.otherwise.colour])


def _is_held_back(colour: str, rated: int, counted: int, rules: RuleSet) -> bool:
    needed = rules.task
    return bool(needed and counted and colour in needed.favourable and Fraction(rated, counted) < needed.share)


def _percent(rules: RuleSet) -> str:
    return f"{fixed(rules.task.share * 100, 0)}%" if rules.task else ""


def _says(
    parts: Sequence[TaskPart],
    counted: Sequence[TaskPart],
    rated: Sequence[TaskPart],
    worst: Colour,
    is_held_back: bool,
    rules: RuleSet,
) -> str:
    if not counted:
        return "没有采纳可以评定的承诺事项"
    apart = len(parts) - len(counted)
    total = f"所属{len(counted)}项" + (f"（争先项{apart}项不计）" if apart else "")
    if not rated:
        return f"{total}都没有可评的数据"
    deciding = f"{sum(1 for part in rated if part.colour == worst.key)}项为{worst.word}"
    if is_held_back:
        return f"{total}中{len(rated)}项可评，{deciding}；可评的不足{_percent(rules)}，先不亮灯"
    if len(rated) < len(counted):
        return f"{total}中{len(rated)}项可评，取其中最差的一档，{deciding}"
    return f"取{total}中最差的一档，{deciding}"
