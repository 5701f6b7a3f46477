"""晾晒: a league table of a month with movement, and the arithmetic of every score."""

from __future__ import annotations

import json
from typing import Any

from luoshi.assessment.league import LeagueTable, Place, table_from_plain
from luoshi.assessment.league_rules import METHODS, LeagueRules
from luoshi.store.entries import cells
from luoshi.store.leagues import appraisals
from luoshi.store.models import EntryRow, LeagueRow, Rating
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.rules import league_rules, league_rules_of
from luoshi.terms.number import exact, fixed
from luoshi.terms.period import Period
from luoshi.terms.trace import Trace

Plain = dict[str, Any]


def league_page(desk: Desk, league: str = "") -> Plain:
    """The table of a league for the month shown, or of the newest month before it that has one."""
    known = LeagueRow.objects.filter(plan=desk.plan_id).exclude(
        league__in=[rules.name for rules in appraisals(desk.plan, desk.period)]
    )
    if league:
        known = known.filter(league=league)
    keys = sorted(set(known.values_list("league", "period")), key=lambda key: key[1])
    shown = [key for key in keys if desk.period is None or key[1] <= str(desk.period)]
    if not shown:
        return {
            "rows": [],
            "title": "晾晒",
            "period": "",
            "sentence": "",
            "groups": [],
            "periods": [],
            "method": [],
            "version": "",
        }
    name, period = shown[-1]
    row = LeagueRow.objects.get(plan=desk.plan_id, league=name, period=period)
    table = table_from_plain(json.loads(row.table))
    rules = _rules(desk, name, period)
    goals, reasons = _goals(desk, name, period), rank_reasons(table, _table_before(desk, name, period))
    weight = sum((d.weight * (d.cap or 1) for d in rules.dimensions.values()), exact(0)) or exact(1)
    return {
        "title": table.label,
        "period": wording.month(period),
        "sentence": f"{len(table.places)}个单位，{'、'.join(d.label for d in rules.dimensions.values())}计分",
        "groups": [
            (key, _rules(desk, key, period).label, key == name) for key in dict.fromkeys(key for key, _ in keys)
        ],
        "periods": [(month, wording.month(month), month == period) for key, month in reversed(keys) if key == name],
        "measures": ["年度任务", "累计完成", "完成率(%)"],
        "dimensions": [{"label": dimension.label} for dimension in rules.dimensions.values()],
        "rows": [
            {**_row(rules, place, number, goals, weight), "reason": reasons.get(place.key, "")}
            for number, place in enumerate(table.places, 1)
        ],
        "method": _method(rules),
        "version": rules.version,
        "edition": rules.edition,
    }


def _table_before(desk: Desk, league: str, period: str) -> LeagueTable | None:
    rows = LeagueRow.objects.filter(plan=desk.plan_id, league=league, period__lt=period).order_by("-period")
    written = rows.values_list("table", flat=True).first()
    return table_from_plain(json.loads(written)) if written else None


def rank_reasons(table: LeagueTable, before: LeagueTable | None) -> dict[str, str]:
    """Why a rank is shared, and why it is another than in the table before; by body, none where nothing is to say."""
    found = {}
    for place in table.places:
        peers = _sharing(table, place)
        parts = [f"与{'、'.join(peers)}同分，并列第{place.rank}名"] if peers else []
        former = before.place(place.key) if before else None
        if before and former and place.movement:
            shared = _sharing(before, former)
            with_whom = f"与{'、'.join(shared)}并列" if shared else ""
            parts.append(f"上月{with_whom}第{former.rank}名")
            parts += _passed(table, before, place, former)
        if parts:
            found[place.key] = "；".join(parts)
    return found


def _sharing(table: LeagueTable, place: Place) -> list[str]:
    return [other.name for other in table.places if other.key != place.key and place.rank and other.rank == place.rank]


def _passed(table: LeagueTable, before: LeagueTable, place: Place, former: Place) -> list[str]:
    """Who stood not before this body and stands before it now, or the other way round."""
    ranks = {other.key: other.rank for other in before.places if other.rank}
    own, then = place.rank or 0, former.rank or 0
    others = [other for other in table.places if other.rank and other.key in ranks and other.key != place.key]
    ahead = [other.name for other in others if (other.rank or 0) < own and ranks[other.key] >= then]
    behind = [other.name for other in others if (other.rank or 0) > own and ranks[other.key] <= then]
    if own > then:
        return [f"本月{'、'.join(ahead)}得分更高"] if ahead else []
    return [f"本月得分超过{'、'.join(behind)}"] if behind else []


def _rules(desk: Desk, league: str, period: str) -> LeagueRules:
    """The rules the month was ranked by; those of a league begun later, as they are now."""
    return league_rules_of(desk.plan, Period.parse(period), league) or league_rules(league)


def _goals(desk: Desk, league: str, period: str) -> dict[str, Plain]:
    """The year's task and the figure so far of each body."""
    own = cells(desk.plan_id, "target", "zone_group").filter(text=league).values("entry_id")
    rated = Rating.objects.filter(plan=desk.plan_id, period=period, entry_id__in=own)
    figures = {row["entry_id"]: row for row in rated.values("entry_id", "actual", "percent")}
    found = {}
    for name, text in EntryRow.objects.filter(pk__in=own).values_list("id", "values"):
        entry = wording.values(text)
        figure = figures.get(name, {"actual": "", "percent": ""})
        found[str(entry.get("lead_body"))] = {
            "entry": name,
            "goal": wording.amount(entry.get("value"), entry.get("unit")),
            "actual": wording.amount(figure["actual"], entry.get("unit")),
            "percent": wording.percent(figure["percent"]),
        }
    return found


def _row(rules: LeagueRules, place: Place, number: int, goals: dict[str, Plain], weight: Any) -> Plain:
    own = goals.get(place.key, {"goal": "", "actual": "", "percent": "", "entry": ""})
    start = 0.0
    parts = []
    for name, dimension in rules.dimensions.items():
        score = place.scores.get(name)
        points = score.points if score and score.points is not None else exact(0)
        width = round(float(points / weight * 100), 1)
        parts.append({"start": start, "width": width, "label": dimension.label, "score": fixed(points, rules.decimals)})
        start += width
    return {
        "n": number,
        "rank": place.rank if place.rank is not None else "—",
        "movement": _movement(place.movement),
        "body": place.name,
        "entry": own["entry"],
        "measures": [own["goal"], own["actual"], own["percent"]],
        "score": place.shown,
        "parts": parts,
        "text": f"{place.name}{place.shown}分：" + "，".join(f"{part['label']}{part['score']}分" for part in parts),
        "traces": [
            *(
                {
                    "label": rules.dimensions[name].label,
                    "score": fixed(score.points or 0, rules.decimals),
                    **traced(score.trace),
                }
                for name, score in place.scores.items()
                if name in rules.dimensions
            ),
            {"label": "合计", "score": place.shown, **traced(place.trace)},
        ],
    }


def _movement(steps: int | None) -> str:
    if steps is None:
        return "—"
    return f"升{steps}位" if steps > 0 else f"降{-steps}位" if steps < 0 else "持平"


def traced(trace: Trace) -> Plain:
    """A trace as the page shows it."""
    return {
        "rule": trace.rule,
        "inputs": [
            {
                "name": item.name,
                "value": item.value,
                "on": wording.day(item.on),
                "origin": "" if ":" in item.origin else item.origin,
                "entry": item.origin if ":" in item.origin else "",
            }
            for item in trace.inputs
        ],
        "steps": [{"text": step.text, "result": step.result} for step in trace.steps],
        "source": str(trace.source),
    }


def _method(rules: LeagueRules) -> list[str]:
    lines = [
        f"{d.label}：权重{fixed(d.weight, 0)}分，{METHODS.get(d.method, d.method)}"
        + (f"，最高得权重的{fixed(d.cap * 100, 0)}%" if d.cap is not None else "")
        + ("，越低越好" if d.is_lower_better else "")
        + "。"
        for d in rules.dimensions.values()
    ]
    lines.append("比较用未舍入的得分，显示时四舍五入一次；同分同名次，其后名次空出。")
    if rules.objection_days:
        lines.append(f"公布后{rules.objection_days}日内可以提出异议。")
    if rules.bonus_cap or rules.deduction_cap:
        lines.append(f"加分合计不超过{fixed(rules.bonus_cap, 1)}分，扣分合计不超过{fixed(rules.deduction_cap, 1)}分。")
    lines.append("过去各期按当期规则保存，不再改动。")
    return lines
