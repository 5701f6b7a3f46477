"""Lights as pages show them: colour, word, reason, arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from luoshi.assessment.rule_set import RuleSet
from luoshi.store.definitions import pack_files
from luoshi.store.models import Rating
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import lit
from luoshi.store.rules import LIGHT, in_force, light_rules_of, rule_set
from luoshi.terms.period import Period
from luoshi.terms.source import Source

Plain = dict[str, Any]
RATED = ("target", "task")
"""The lists whose entries have lights."""
COLUMNS = (
    "entry_id",
    "period",
    "colour",
    "computed_colour",
    "word",
    "actual",
    "expected",
    "percent",
    "reason",
    "arrival",
    "parts",
)


def rules_of(desk: Desk) -> RuleSet:
    """The rule set the plan is judged by in the month shown."""
    return light_rules_of(desk.plan, desk.period)


def ratings(desk: Desk, period: Period | None, entries: Iterable[str] | None = None) -> dict[str, Plain]:
    """The ratings of a month whose lights the reader sees, by entry; one query."""
    if period is None:
        return {}
    rows = Rating.objects.filter(lit(desk, RATED), plan=desk.plan_id, period=str(period))
    if entries is not None:
        rows = rows.filter(entry_id__in=list(entries))
    return {row["entry_id"]: row for row in rows.values(*COLUMNS)}


def light(rules: RuleSet, rating: Mapping[str, Any] | None) -> Plain | None:
    """A rating as a badge: ``colour`` is the paint, ``key`` the rule set's own name for it."""
    if not rating:
        return None
    colour = rules.colours.get(rating["colour"])
    shown = {"colour": colour.tone if colour else "grey", "key": rating["colour"], "word": rating["word"]}
    return {**shown, "note": coverage(rating.get("parts", "")), "finished": _is_finished(rules, rating)}


def _is_finished(rules: RuleSet, rating: Mapping[str, Any]) -> bool:
    """Whether the light says that the work is done, not only that it is ahead; an overridden light says neither."""
    is_computed = rating.get("computed_colour", rating["colour"]) == rating["colour"]
    return is_computed and rating.get("reason", "") in rules.finished_words


def coverage(parts: str) -> str:
    """11项中1项可评, 5项均无可评数据; empty when all could be rated, or none is there to be."""
    rated, _, total = parts.partition("/")
    if total in {"", "0", rated}:
        return ""
    return f"{total}项均无可评数据" if rated == "0" else f"{total}项中{rated}项可评"


def no_light(rules: RuleSet) -> Plain:
    """The badge of what was not rated."""
    for colour in rules.colours.values():
        if not colour.counts:
            return {"colour": colour.tone, "key": colour.key, "word": colour.word}
    return {"colour": "grey", "key": "", "word": "未评"}


def figures(rating: Mapping[str, Any] | None, unit: object = "") -> Plain:
    """The numbers beside a light."""
    if not rating:
        rating = {"actual": "", "expected": "", "percent": "", "reason": ""}
    done, due = wording.percent(rating["percent"]), wording.percent(rating["expected"])
    return {
        "actual": wording.amount(rating["actual"], unit),
        "percent_text": done,
        "expected_text": due,
        "percent": wording.bar(rating["percent"]),
        "expected": wording.bar(rating["expected"]),
        "bar_text": f"完成率{done}%，序时{due}%" if done else "",
        "reason": rating["reason"],
    }


def why(desk: Desk, entry: str, period: Period) -> Plain | None:
    """Rule, inputs, arithmetic and source of one light; one query."""
    row = Rating.objects.filter(entry_id=entry, period=str(period)).first()
    if row is None:
        return None
    data, rules = orjson.loads(row.light), light_rules_of(desk.plan, period)
    trace = data["trace"]
    rating = {"colour": row.colour, "word": row.word, "parts": row.parts}
    return {
        "light": light(rules, rating),
        "period": period.label,
        "reason": row.reason,
        "rule": _rule(trace["rule"], data["says"]),
        "set": _set_in_force(desk, data["rule_set"], period),
        "version": data["version"],
        "inputs": [_input(item) for item in trace["inputs"]],
        "taken": _taken(trace["inputs"], period),
        "steps": [{"text": step["text"], "result": step["result"]} for step in trace["steps"]],
        "source": str(Source.of(trace["source"])),
        "rated_on": wording.day(row.rated_on),
        "override": _override(data, rules),
    }


def _rule(rule: str, says: str) -> str:
    """The rule in words: its id is for programs."""
    label, _, name = rule.rpartition("·")
    return f"{label}：{says}" if name.isascii() else rule


def _set_in_force(desk: Desk, name: str, period: Period) -> str:
    """五色图（默认），2023年1月起用于本计划。 A set that was used before months had their own is named without its days."""
    known = light_rules_of(desk.plan, period)
    if known.name != name or desk.plan is None:
        return f"{rule_set(name).label if name in pack_files('light') else name}（当时所用）。"
    fixed = in_force(desk.plan, LIGHT, period)
    if fixed is not None:
        return f"{known.called}，{wording.month(fixed['since'])}起用于本计划。"
    chosen = desk.plan.doings.get("choose_rules")
    return f"{known.called}，{wording.day(chosen.on if chosen else desk.plan.opened_on)}起用于本计划。"


def _taken(inputs: Sequence[Mapping[str, Any]], period: Period) -> str:
    """Where inputs come from that name no place of their own: the entry itself."""
    if not inputs or any(item["on"] or item["origin"] for item in inputs):
        return ""
    return f"取自本条目登记的内容，截至{wording.day(period.last)}。"


def _input(item: Mapping[str, Any]) -> Plain:
    origin = item["origin"]
    is_entry = origin.split(":", 1)[0] in {"report", "target", "task", "plan", "statistic"}
    return {
        "name": item["name"],
        "value": item["value"],
        "on": wording.day(item["on"]),
        "origin": _origin(origin) if is_entry else origin,
        "entry": origin if is_entry else "",
    }


def _origin(entry: str) -> str:
    name, _, rest = entry.partition(":")
    if name == "report":
        return f"{wording.month(rest[-7:])}月报"
    return {"target": "目标清单", "task": "任务清单", "plan": "计划", "statistic": "公布数据"}[name]


def _override(data: Mapping[str, Any], rules: RuleSet) -> str:
    made = data.get("override")
    if not made:
        return ""
    computed = rules.colours.get(data["computed"])
    word = computed.word if computed else data["computed"]
    painted = rules.colours.get(made["colour"])
    shown = painted.word if painted else made["colour"]
    by = f"{made['approver']}{wording.day(made.get('on'))}批准"
    return f"人工定灯：规则算得“{word}”，{by}改为“{shown}”；理由：{made['reason'].rstrip('。')}。"
