"""结账后更正: the marks that pages of a closed month carry beside lights that stay as they were."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luoshi.store import corrections
from luoshi.store.corrections import Correction
from luoshi.store.models import EntryRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.terms.period import Period

Plain = dict[str, Any]
MARK = "结账后更正"
FIELDS = {"value": "本月累计", "base": "同期基数", "text": "进展情况", "problem": "存在问题", "next_step": "下步举措"}


def marks(desk: Desk, period: Period | None) -> dict[str, str]:
    """What was corrected since the month was closed, by commitment; the wholes and tasks it belongs to too."""
    found = corrections.after_close(desk.plan_id, period) if period else []
    goals = commitments_of(found)
    told: dict[str, list[str]] = {}
    for one in found:
        goal = goals.get(one.commitment, {})
        said = sentence(one, goal)
        told.setdefault(one.commitment, []).append(said)
        for above in dict.fromkeys((goal.get("parent"), goal.get("task"))):
            if above:
                told.setdefault(str(above), []).append(f"{wording.title(one.commitment, goal)}{said}")
    return {name: "；".join(lines) for name, lines in told.items()}


def commitments_of(found: Iterable[Correction]) -> dict[str, Plain]:
    """The commitments that corrections speak of; one query, none for no corrections."""
    names = [one.commitment for one in found]
    if not names:
        return {}
    rows = EntryRow.objects.filter(pk__in=names).values_list("id", "values")
    return {name: wording.values(text) for name, text in rows}


def sentence(one: Correction, goal: Plain) -> str:
    """由24亿元更正为20亿元 (统计核减)."""
    before, after = change(one, goal)
    return f"由{before}更正为{after}（{one.reason}）"


def change(one: Correction, goal: Plain) -> tuple[str, str]:
    """What stood before and what stands now: the figure, or which words were changed."""
    unit = goal.get("unit") if not one.after.get("base") else ""
    was, now = (wording.amount(side.get("value"), unit) for side in (one.before, one.after))
    if not one.was_verified:
        return f"未核实{f'（所报{was}）' if was else ''}", f"已核实{now}"
    if was != now:
        return was or "未填数", now or "不填数"
    changed = [label for name, label in FIELDS.items() if one.before.get(name) != one.after.get(name)]
    return (f"原{'、'.join(changed)}", "新的内容") if changed else (was or "原内容", "原内容（核对无误）")
