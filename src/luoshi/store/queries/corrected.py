"""结账后更正: the marks that pages of a closed month carry beside lights that stay as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.lists.entry import Entry
from luoshi.store import corrections, definitions
from luoshi.store.corrections import Correction
from luoshi.store.models import EntryRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import is_visible
from luoshi.store.rating import light_now
from luoshi.terms.period import Period
from luoshi.terms.quotation import quoted

Plain = dict[str, Any]
FIELDS = {"value": "本月累计", "base": "同期基数", "text": "进展情况", "problem": "存在问题", "next_step": "下步举措"}


@dataclass(frozen=True, slots=True)
class Marks:
    """更正标记: what was corrected since a month was closed, by entry, and the sentence that stands above its lights.

    ``of`` also holds the wholes and tasks that corrected commitments belong to. Both are empty while nothing was.
    """

    of: Mapping[str, str]
    notice: str = ""


def marks(desk: Desk, period: Period | None) -> Marks:
    """The marks of a month; one query when nothing was corrected, else three."""
    found = corrections.after_close(desk.plan_id, period) if period else []
    if not found or period is None:
        return Marks({})
    goals = commitments_of(found)
    told: dict[str, list[str]] = {}
    for one in found:
        goal = goals.get(one.commitment, {})
        definition = definitions.current(one.commitment.partition(":")[0])
        said = sentence(one, goal) if is_visible(desk, definition, goal) else "已作更正"
        told.setdefault(one.commitment, []).append(said)
        for above in dict.fromkeys((goal.get("parent"), goal.get("task"))):
            if above:
                told.setdefault(str(above), []).append(f"{quoted(wording.title(one.commitment, goal))}{said}")
    notice = f"{period.label}结账后有{len(found)}项作了更正；灯色、排名和通报仍为结账时的结果，更正另行列明。"
    return Marks({name: "；".join(lines) for name, lines in told.items()}, notice)


def explained(desk: Desk, entry: Entry, period: Period) -> str:
    """Beside the light of a closed month: what was corrected, and the light there would be now; empty for nothing."""
    mark = marks(desk, period).of.get(entry.id)
    if not mark:
        return ""
    now = light_now(entry, period, desk.today)
    told = f"按更正后的数据计算为“{now.word}”，{now.reason}；" if now else ""
    return f"{mark}。{told}当月灯色仍为结账时的结果，不因更正而改动。"


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
    return f"由{before}更正为{after}（{one.reason.rstrip('。')}）"


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
