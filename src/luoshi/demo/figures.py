"""What the demo's units report: numbers, nodes and words for each commitment and month, from a fixed seed."""

from __future__ import annotations

import random
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import partial

from luoshi.demo.county import YEAR, script
from luoshi.demo.words import Writing, problem_texts, progress_text
from luoshi.lists.entry import Entry
from luoshi.terms.number import plain
from luoshi.terms.unit import unit

SEED = "luoshi-2023"
FEW = 5
"""Goals up to this many pieces are planned month by month."""

_NODES = {
    "project": [
        ("完成年度前期手续", 3, 20),
        ("施工进度过半", 6, 30),
        ("主要工程量完成", 9, 30),
        ("年度建设任务完成", 12, 20),
    ],
    "honour": [
        ("创建方案印发", 3, 20),
        ("自评和佐证材料报送", 6, 30),
        ("上级部门评审", 9, 30),
        ("创建结果确认", 12, 20),
    ],
    "event": [("活动方案确定", 3, 30), ("筹备到位", 6, 30), ("活动举办", 9, 30), ("总结归档", 12, 10)],
    "measure": [("工作方案起草", 3, 25), ("方案印发实施", 6, 25), ("中期评估", 9, 25), ("年度总结", 12, 25)],
    "task": [("任务分解到科室", 3, 25), ("半年推进情况汇总", 6, 25), ("三季度督导", 9, 25), ("年度总结", 12, 25)],
}


def nodes_for(entry: Entry) -> list[dict[str, str]]:
    """A plan of four dated nodes by the kind of work."""
    return [
        {
            "id": str(number),
            "name": name,
            "due_on": date(YEAR, month, 20 if month == 12 else {3: 31, 6: 30, 9: 30}[month]).isoformat(),
            "weight": str(weight),
            "mark": "文件或现场照片",
        }
        for number, (name, month, weight) in enumerate(_NODES[str(entry["kind"])], 1)
    ]


def curve_for(entry: Entry) -> list[dict[str, str]] | None:
    """A plan by months for goals of a few pieces, where a straight line would ask for a third of a school."""
    goal = entry["value"]
    if entry["schedule"] != "months" or not _is_count(entry) or not isinstance(goal, Decimal) or goal > FEW:
        return None
    due = [Decimal(int(goal * month / 12)) / goal * 100 for month in range(1, 13)]
    return [{"month": str(m), "percent": plain(p.quantize(Decimal("0.01"), ROUND_DOWN))} for m, p in enumerate(due, 1)]


def dice(entry: Entry, salt: str = "") -> random.Random:
    """The entry's own dice: the same rolls whatever the order in which entries are visited."""
    return random.Random(f"{SEED}:{entry['number']}:{entry['indicator'] or entry['name']}:{salt}")


def cells_for(entry: Entry, month: int) -> dict[str, str]:
    """What the desk officer types for a commitment in a month."""
    cells = _numbers(entry, month) if entry.list == "target" else _claimed(entry, month)
    own = partial(dice, entry)
    writing = Writing(entry, month, cells.get("value", ""), _figure_before(entry, month), cells.get("node", ""))
    cells["text"] = progress_text(_copied(writing), own)
    if dice(entry, f"p{month}").random() < 0.12:
        cells["problem"], cells["next_step"] = problem_texts(writing, own)
    return cells


LAZY = 0.03
"""How often an officer hands in the words of the month before."""


def _figure_before(entry: Entry, month: int) -> str:
    return _numbers(entry, month - 1).get("value", "") if entry.list == "target" and month > 1 else ""


def _copied(writing: Writing) -> Writing:
    """The writing of the month; of the month before where the officer copies it."""
    entry, month = writing.entry, writing.month
    if month == 1 or writing.nodes or dice(entry, f"z{month}").random() >= LAZY:
        return writing
    return Writing(entry, month - 1, _figure_before(entry, month), _figure_before(entry, month - 1))


def _scripted(table: str, entry: Entry) -> list[Decimal] | None:
    for words, values in script()[table].items():
        if words in str(entry["indicator"]):
            return [Decimal(value) for value in values]
    return None


def _numbers(entry: Entry, month: int) -> dict[str, str]:
    typed = _scripted("months", entry)
    if typed:
        cells = {"value": plain(typed[month - 1])}
        base = _scripted("base", entry)
        return cells | ({"base": plain(base[month - 1])} if base else {})
    goal = entry["value"]
    if not isinstance(goal, Decimal):
        return {}
    if entry["accumulation"] == "level":
        return {"value": _rounded(entry, goal + _drift(entry, goal, month))}
    pace = _scripted("pace", entry)
    share = pace[month - 1] / 100 if pace else _share(entry, month)
    return {"value": _rounded(entry, goal * share)}


def _share(entry: Entry, month: int) -> Decimal:
    rolls = dice(entry)
    final = Decimal(str(round(rolls.triangular(0.97, 1.22, 1.04), 3)))
    bend = rolls.triangular(0.85, 1.18, 0.98)
    return final * Decimal(str(round((month / 12) ** bend, 4)))


def _drift(entry: Entry, goal: Decimal, month: int) -> Decimal:
    """A rate that sets out somewhat short of its goal and ends near it."""
    rolls = dice(entry)
    start = Decimal(str(round(rolls.uniform(-0.10, 0.0), 4)))
    end = Decimal(str(round(rolls.uniform(-0.004, 0.02), 4)))
    moved = goal * (start + (end - start) * month / 12)
    if entry["unit"] == "%" and entry["basis"] == "share" and goal + moved > 100:
        return Decimal(100) - goal
    return -abs(moved) if entry["kind"] == "at_most" else moved


def _rounded(entry: Entry, value: Decimal) -> str:
    if _is_count(entry) and entry["accumulation"] == "cumulative":
        return str(int(value))
    return plain(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _is_count(entry: Entry) -> bool:
    dimension = unit(str(entry["unit"] or "")).dimension
    return dimension.startswith("count:") or dimension in {"people", "trips"}


def _claimed(entry: Entry, month: int) -> dict[str, str]:
    """The nodes a unit claims in a month: most on time, some a month late, the scripted one much later."""
    nodes = entry["nodes"]
    claimed = []
    for row in nodes if isinstance(nodes, tuple) else ():
        if isinstance(row, dict) and isinstance(row["due_on"], date):
            claimed += [str(row["id"])] if row["due_on"].month + _lateness(entry, str(row["id"])) == month else []
    return {"node": "、".join(claimed)} if claimed else {}


def _lateness(entry: Entry, node: str) -> int:
    slipping = script()["slipping"]
    if entry["name"] == slipping["name"] and node == slipping["node"]:
        return int(slipping["months"])
    if node == "4" and entry["kind"] == "honour":
        return 9 if entry["name"] == script()["missed"]["name"] else 0
    roll = dice(entry, f"n{node}").random()
    return 0 if roll < 0.93 else 1 if roll < 0.985 else 2
