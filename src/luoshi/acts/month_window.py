"""月度窗口: whether a plan takes reports for a month, and under which key a unit's sheet of it is kept."""

from __future__ import annotations

from luoshi.acts.context import Context, refuse
from luoshi.lists.entry import county_of
from luoshi.store import entries
from luoshi.store.append import hold
from luoshi.terms.period import Period


def sheet_key(plan: str, period: Period) -> str:
    """The key of a unit's draft for a month."""
    return f"report:{plan}:{period}"


def require_open(context: Context, plan: str, period: Period) -> None:
    """Refuse unless the plan's window for this month is open; it then stays so until the act ends.

    Raises:
        Refused: it is not.
    """
    if not is_open(context, plan, str(period)):
        raise refuse("acts.window_closed", f"{period.label}的填报窗口未开启或已结账。", 409, period=period)


def is_open(context: Context, plan: str, period: str) -> bool:
    """Whether the plan's window for this month is open; the answer holds until the act ends.

    Raises:
        Refused: no such plan in the actor's county.
    """
    hold(f"plan:{plan}")
    entry = entries.find(f"plan:{plan}")
    if entry is None or county_of(plan) != context.county:
        raise refuse("acts.unknown_plan", "没有这一计划。", 404, plan=plan)
    return entry["open_period"] == period
