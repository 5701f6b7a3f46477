"""签发、审核: reports that wait, with what changed against last month and what catches the eye."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count

from luoshi.people.role import Role
from luoshi.store.entries import cells
from luoshi.store.fed import fed_figures
from luoshi.store.models import EntryRow, Evidence
from luoshi.store.queries import wording
from luoshi.store.queries.arrivals import LIMIT, waiting_days
from luoshi.store.queries.desk import Desk
from luoshi.store.reports import claimed_nodes
from luoshi.terms.number import plain
from luoshi.terms.period import Period
from luoshi.terms.quotation import quoted

Plain = dict[str, Any]
PAGE = 50
TABS = (("signed", "待审核"), ("submitted", "待签发"), ("returned", "已退回"), ("unverified", "结账未核实"))


def to_sign(desk: Desk) -> list[Plain]:
    """What waits for the signature of the reader as head of a unit."""
    own = desk.bodies_as(Role.UNIT_HEAD)
    return waiting(desk, "submitted", own) if own else []


def counts(desk: Desk) -> dict[str, int]:
    """How many reports wait in each state; one query."""
    rows = EntryRow.objects.filter(plan=desk.plan_id, list="report", state__in=[state for state, _ in TABS])
    counted = dict(rows.order_by().values_list("state").annotate(number=Count("id")))
    return {state: counted.get(state, 0) for state, _ in TABS}


def waiting(desk: Desk, state: str, bodies: Sequence[str] | None = None, page: int = 1) -> list[Plain]:
    """A page of the reports in a state (of some bodies all of them), longest waiting first."""
    rows = EntryRow.objects.filter(plan=desk.plan_id, list="report", state=state)
    if bodies is not None:
        rows = rows.filter(pk__in=cells(desk.plan_id, "report", "body").filter(text__in=bodies).values("entry_id"))
    versions = dict(rows.values_list("id", "version"))
    days = waiting_days(desk, versions)
    ordered = sorted(versions, key=lambda name: (-days.get(name, 0), name))
    if bodies is None:
        ordered = ordered[(page - 1) * PAGE : page * PAGE]
    held = {
        name: wording.values(text) for name, text in EntryRow.objects.filter(pk__in=ordered).values_list("id", "values")
    }
    goals = _commitments([entry["commitment"] for entry in held.values()])
    last = _last(desk, held)
    files = _files(held)
    now = _fed_now(desk, held, goals)
    lines = [
        _line(desk, name, held[name], goals.get(held[name]["commitment"], {}), last.get(name, {})) for name in ordered
    ]
    for number, line in enumerate(lines, 1):
        line["flags"] += now.get(line["id"], [])
        line["version"] = versions[line["id"]]
        line |= {"n": number, "age": days.get(line["id"], 0), "limit": LIMIT, "stuck": days.get(line["id"], 0) > LIMIT}
        line["files"] = [
            {"id": key, "name": files[key]} for key in held[line["id"]].get("evidence") or () if key in files
        ]
    return lines


def _fed_now(desk: Desk, held: dict[str, Plain], goals: dict[str, Plain]) -> dict[str, list[str]]:
    """What other lists compute otherwise by now than when the report was filed, by report."""
    fed = {name: entry for name, entry in held.items() if entry.get("fed_value")}
    found: dict[str, list[str]] = {}
    for month in {str(entry["period"]) for entry in fed.values()}:
        mine = {name: str(e["commitment"]) for name, e in fed.items() if e["period"] == month}
        figures = fed_figures(desk.plan_id, {c: goals.get(c, {}) for c in mine.values()}, Period.parse(month))
        for name, commitment in mine.items():
            was, figure = fed[name]["fed_value"], figures.get(commitment)
            if figure and figure.value != Decimal(was):
                now = wording.number(plain(Fraction(figure.value)))
                found[name] = [f"填报以后，系统取数由{wording.number(was)}变为{now}"]
    return found


def _commitments(names: Sequence[str]) -> dict[str, Plain]:
    rows = EntryRow.objects.filter(pk__in=set(names)).values_list("id", "values")
    return {name: wording.values(text) for name, text in rows}


def _last(desk: Desk, held: dict[str, Plain]) -> dict[str, Plain]:
    """The accepted report of the newest earlier month of the same commitment."""
    names = {entry["commitment"] for entry in held.values()}
    wanted = cells(desk.plan_id, "report", "commitment").filter(text__in=names).values("entry_id")
    former: dict[str, list[Plain]] = {}
    for text in EntryRow.objects.filter(pk__in=wanted, state="accepted").values_list("values", flat=True):
        entry = wording.values(text)
        former.setdefault(entry["commitment"], []).append(entry)
    found = {}
    for name, entry in held.items():
        earlier = [one for one in former.get(entry["commitment"], ()) if one["period"] < entry["period"]]
        found[name] = max(earlier, key=lambda one: str(one["period"]), default={})
    return found


def _files(held: dict[str, Plain]) -> dict[str, str]:
    wanted = [key for entry in held.values() for key in entry.get("evidence") or ()]
    return dict(Evidence.objects.filter(pk__in=wanted).values_list("id", "name")) if wanted else {}


def _line(desk: Desk, name: str, entry: Plain, goal: Plain, last: Plain) -> Plain:
    unit = goal.get("unit") or ""
    return {
        "id": name,
        "commitment": entry["commitment"],
        "name": wording.title(entry["commitment"], goal),
        "period": wording.month(entry["period"]),
        "target": wording.goal(goal),
        "body": desk.label(entry.get("body")),
        "before": wording.amount(last.get("value"), unit),
        "now": wording.amount(entry.get("value"), unit),
        "delta": wording.difference(entry.get("value"), last.get("value")),
        **(_steps(entry, goal) if goal.get("nodes") and not entry.get("value") else {}),
        "text": entry.get("text") or "",
        "problem": entry.get("problem") or "",
        "next_step": entry.get("next_step") or "",
        "flags": [flag for flag in str(entry.get("flags") or "").split("；") if flag],
        "chosen": False,
    }


def _steps(entry: Plain, goal: Plain) -> Plain:
    """Work by nodes: how many were accepted before, how many with those claimed now, and which these are."""
    nodes = {str(node["id"]): node for node in goal["nodes"]}
    accepted = {name for name, node in nodes.items() if node.get("accepted_on")}
    claimed = [name for name in dict.fromkeys(claimed_nodes(entry.get("node"))) if name in nodes]
    fresh = [name for name in claimed if name not in accepted]
    told = [f"新报完成第{name}个节点{quoted(str(nodes[name]['name']))}" for name in fresh]
    told += [f"第{name}个节点以前已验收" for name in claimed if name in accepted]
    return {
        "before": f"{len(accepted)}/{len(nodes)}个节点",
        "now": f"{len(accepted) + len(fresh)}/{len(nodes)}个节点",
        "delta": "；".join(told),
        "unchanged": "" if told else "没有新报节点",
    }
