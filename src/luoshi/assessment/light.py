"""The light itself: colour, word, shape, the rule that decided, override beside the computed value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luoshi.assessment.plain_trace import Plain, trace_from_plain, trace_to_plain
from luoshi.assessment.rule_set import Colour, RuleSet
from luoshi.terms.refusal import FieldError, Refusal
from luoshi.terms.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class Override:
    """人工调整: another colour than the computed one, with its reason and who approved it."""

    colour: str
    reason: str
    approver: str
    on: date


@dataclass(frozen=True, slots=True)
class Light:
    """灯: what is shown for an item, frozen with the rules it was computed by.

    ``colour`` is the key shown, ``computed`` the key the rules gave, ``base`` the key before runs of colours
    (it goes into the next period's ``Standing.previous``). ``says`` is the rule's sentence. ``is_late`` stays
    once the last day has passed, also on what was finished afterwards (迟). ``version`` and ``edition`` name the wording
    of the rules. ``parts`` of a task's light: how many of
    its commitments could be rated, of how many.
    """

    colour: str
    word: str
    shape: str
    tone: str
    rule: str
    says: str
    computed: str
    base: str
    as_of: date
    rule_set: str
    version: str
    trace: Trace
    is_late: bool = False
    is_aspired: bool = False
    override: Override | None = None
    parts: tuple[int, int] | None = None
    edition: str = ""


def override_light(light: Light, rules: RuleSet, wanted: Override) -> Light | Refusal:
    """The light with another colour; the computed one stays beside it.

    Returns:
        The new light, or why not: no such colour, no reason, no approver, or other rules than it was made by.
    """
    errors = []
    if rules.version != light.version:
        errors.append(FieldError("rules", "规则集已变更，须按原规则集调整。", rules.version))
    if wanted.colour not in rules.colours:
        words = "、".join(f"{key}（{colour.word}）" for key, colour in rules.colours.items())
        errors.append(FieldError("colour", f"规则集没有这种灯色，可用：{words}。", wanted.colour))
    if not wanted.reason.strip():
        errors.append(FieldError("reason", "人工调整须写明理由。"))
    if not wanted.approver.strip():
        errors.append(FieldError("approver", "人工调整须写明批准人。"))
    if errors:
        return Refusal(
            "assessment.override_incomplete", "人工调整未记录。" + errors[0].message, 422, errors=tuple(errors)
        )
    step = Step(f"人工调整：{wanted.reason}（批准人：{wanted.approver}）", rules.colours[wanted.colour].word)
    trace = replace(light.trace, steps=(*light.trace.steps, step))
    painted = rules.colours[wanted.colour]
    return replace(paint(light, painted), override=wanted, trace=trace)


def paint(light: Light, colour: Colour) -> Light:
    """The light shown in another colour of its legend; what was computed stays beside it."""
    return replace(light, colour=colour.key, word=colour.word, shape=colour.shape, tone=colour.tone)


def count_lights(lights: Sequence[Light], rules: RuleSet) -> dict[str, int]:
    """How many lights of each colour, in the legend's order, zeros included."""
    return {key: sum(1 for light in lights if light.colour == key) for key in rules.colours}


def worst_colour(colours: Sequence[str], rules: RuleSet) -> str | None:
    """The worst of several colours by the legend; colours that count for nothing only when there are no others."""
    order = list(rules.colours)
    counted = [key for key in colours if rules.colours[key].counts] or list(colours)
    return max(counted, key=order.index, default=None)


def light_to_plain(light: Light) -> dict[str, Plain]:
    """The light as JSON without numbers."""
    plain: dict[str, Plain] = {
        name: getattr(light, name)
        for name in ("colour", "word", "shape", "tone", "rule", "says", "computed", "base", "rule_set", "version")
    }
    plain |= {"as_of": light.as_of.isoformat(), "trace": trace_to_plain(light.trace)}
    if light.parts:
        plain["parts"] = [str(number) for number in light.parts]
    if light.edition:
        plain["edition"] = light.edition
    plain |= {"is_late": light.is_late, "is_aspired": light.is_aspired, "override": None}
    if light.override:
        plain["override"] = {
            "colour": light.override.colour,
            "reason": light.override.reason,
            "approver": light.override.approver,
            "on": light.override.on.isoformat(),
        }
    return plain


def light_from_plain(plain: Mapping[str, Plain]) -> Light:
    """The light that was written by ``light_to_plain``."""
    override, trace = plain["override"], plain["trace"]
    parts = plain.get("parts")
    if not isinstance(trace, dict):
        raise ValueError(f"not a trace: {trace!r}")
    words = {name: str(plain[name]) for name in ("colour", "word", "shape", "tone", "rule", "says")}
    words |= {name: str(plain[name]) for name in ("computed", "base", "rule_set", "version")}
    made = None
    if isinstance(override, dict):
        made = Override(
            str(override["colour"]),
            str(override["reason"]),
            str(override["approver"]),
            date.fromisoformat(str(override["on"])),
        )
    return Light(
        **words,
        as_of=date.fromisoformat(str(plain["as_of"])),
        trace=trace_from_plain(trace),
        is_late=plain["is_late"] is True,
        is_aspired=plain["is_aspired"] is True,
        override=made,
        parts=(int(str(parts[0])), int(str(parts[1]))) if isinstance(parts, list) else None,
        edition=str(plain.get("edition") or ""),
    )


def write_light(light: Light) -> str:
    """The light as one line of JSON, the same bytes on every machine."""
    return json.dumps(light_to_plain(light), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
