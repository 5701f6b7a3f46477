"""考核: the bodies that lead commitments with their points, each body's sheet down to the entries."""

from __future__ import annotations

from typing import Any

from luoshi.assessment.league import LeagueTable, Place
from luoshi.assessment.league_rules import CONTENDERS, FIGURES, MISSING, LeagueRules
from luoshi.people.role import Role
from luoshi.store.leagues import appraisal_now, appraisals, league_table
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.league_page import traced
from luoshi.store.queries.overview import months
from luoshi.terms.number import fixed, plain
from luoshi.terms.refusal import Refusal, Refused

Plain = dict[str, Any]
NOT_OFFICIAL = "以下计分办法是本系统的默认值，不是官方考核办法；本县的办法写在地方包里，会取代它。"


def appraisal_page(desk: Desk, name: str = "") -> Plain:
    """The points of the bodies the reader may see: all for readers of everything, else the reader's own."""
    found = _table(desk, name)
    if found is None:
        return {"rows": [], "title": "单位考核", "period": "", "sentence": "", "months": [], "groups": [], "method": []}
    rules, table, is_open = found
    mine = _seen(desk, table)
    return {
        "title": table.label,
        "period": table.period.label,
        "is_open": is_open,
        "sentence": f"{len(table.places)}个单位" if len(mine) == len(table.places) else "只显示本单位",
        "groups": [(each.name, each.label, each.name == rules.name) for each in appraisals(desk.plan, desk.period)],
        "months": months(desk),
        "dimensions": [{"label": each.label, "weight": plain(each.weight)} for each in rules.dimensions.values()],
        "rows": [_row(rules, place) for place in mine],
        "is_whole": len(mine) == len(table.places),
        "notice": "" if rules.source.is_verified and not rules.source.adr else NOT_OFFICIAL,
        "method": _method(rules),
        "version": table.version,
    }


def sheet(desk: Desk, body: str, name: str = "") -> Plain:
    """One body's sheet, each item with its arithmetic.

    Raises:
        Refused: the reader may not see it (403), or the body leads nothing (404).
    """
    found = _table(desk, name)
    place = found[1].place(body) if found else None
    if found is None or place is None:
        raise Refused(Refusal("store.not_appraised", "这一单位本期没有牵头事项，不参加考核。", 404))
    if place not in _seen(desk, found[1]):
        raise Refused(Refusal("store.not_visible", "其他单位的考核表由督查室、县领导和审计员查看。", 403))
    rules, table, is_open = found
    items = [
        {
            "label": dimension.label,
            "weight": plain(dimension.weight),
            "points": _points(place, key, rules),
            **traced(place.scores[key].trace),
            "source": "",  # the sheet names its source once
        }
        for key, dimension in rules.dimensions.items()
    ]
    added = [{"label": item.name, "text": item.value} for item in place.trace.inputs if item.name in {"加分", "减分"}]
    return {
        "title": f"{place.name}考核表",
        "period": table.period.label,
        "is_open": is_open,
        "body": place.name,
        "total": place.shown,
        "rank": place.rank if len(_seen(desk, table)) == len(table.places) else None,
        "of": len(table.places),
        "items": items,
        "added": added,
        "sum": traced(place.trace)["steps"][-2:],
        "notice": "" if rules.source.is_verified and not rules.source.adr else NOT_OFFICIAL,
        "source": str(rules.source),
        "version": table.version,
    }


def _table(desk: Desk, name: str) -> tuple[LeagueRules, LeagueTable, bool] | None:
    """The rules and the table of the month shown: as kept when it was closed, or as of now while it is open."""
    known = [each for each in appraisals(desk.plan, desk.period) if not name or each.name == name]
    if not known or desk.period is None:
        return None
    is_open = desk.open_period == desk.period
    kept = None if is_open else league_table(desk.plan_id, desk.period, known[0].name)
    if is_open:
        kept = appraisal_now(desk.plan_id, desk.period, known[0])
    return (known[0], kept, is_open) if kept else None


def _seen(desk: Desk, table: LeagueTable) -> list[Place]:
    if desk.actor.reads_everything:
        return list(table.places)
    own = {*desk.bodies_as(Role.UNIT_HEAD), *desk.bodies_as(Role.DESK_OFFICER)}
    return [place for place in table.places if place.key in own]


def _row(rules: LeagueRules, place: Place) -> Plain:
    added = [item for item in place.trace.inputs if item.name in {"加分", "减分"}]
    return {
        "body": place.name,
        "key": place.key,
        "rank": place.rank if place.rank is not None else "—",
        "points": [_points(place, name, rules) for name in rules.dimensions],
        "added": f"{len(added)}项" if added else "",
        "total": place.shown,
    }


def _points(place: Place, name: str, rules: LeagueRules) -> str:
    score = place.scores.get(name)
    return fixed(score.points, rules.decimals) if score and score.points is not None else "—"


def _method(rules: LeagueRules) -> list[str]:
    lines = [f"参加：{CONTENDERS[rules.contenders]}。没有数据的维度：{MISSING[rules.missing]}。"]
    lines += [
        f"{each.label}：{plain(each.weight)}分，{_TOLD.get(each.figure, FIGURES[each.figure])}"
        for each in rules.dimensions.values()
    ]
    told = [f"{one.label}：每项{'加' if one.points > 0 else '减'}{plain(abs(one.points))}分。" for one in rules.counted]
    lines += dict.fromkeys(told)
    lines.append(f"加分合计不超过{plain(rules.bonus_cap)}分，减分合计不超过{plain(rules.deduction_cap)}分。")
    return [*lines, "各项按未舍入的数计算，显示时四舍五入一次；月度结账后按当时的规则保存，不再改动。"]


_TOLD = {
    "pace": "到本月应完成的，实际完成了多少；每项最多按应完成计，没有采信数据的按未完成计，争先项不计。",
    "steady": "全年有灯的各月中，蓝、绿所占的比重。",
    "arrived": "全年应报的各月中，报送并采信的比重。",
}


def lines(page: Plain) -> tuple[list[str], list[list[str]]]:
    """The heads and lines of the table as a file."""
    heads = ["名次", "单位", *(each["label"] for each in page["dimensions"]), "加减分", "得分"]
    return heads, [[str(row["rank"]), row["body"], *row["points"], row["added"], row["total"]] for row in page["rows"]]
