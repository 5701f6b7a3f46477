"""Which plan and which month a command speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from luoshi.cli.language import said
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refusal, Refused

if TYPE_CHECKING:
    from luoshi.lists.entry import Entry


class Month(click.ParamType):
    """月份: ``2023-09``."""

    name = "month"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:  # noqa: ARG002
        """The month typed."""
        if isinstance(value, Period):
            return value
        try:
            period = Period.parse(str(value))
        except ValueError:
            period = None
        if period is None or period.months != 1:
            message = f"月份应写作2023-09，得到“{value}”。"
            raise click.UsageError(said(message, f"A month is written 2023-09, got {value}."), ctx)
        return period


def plan_named(identity: str | None) -> Entry:
    """The plan of this identity, or the installation's own county's: with an open month, else the newest.

    Raises:
        Refused: there is none.
    """
    from luoshi.store.entries import find
    from luoshi.store.queries.desk import plans_of
    from luoshi.store.rosters import home_county

    wanted = plans_of(home_county())[1] if identity is None else identity.removeprefix("plan:")
    found = find(f"plan:{wanted}")
    if found is None:
        named = f"“{identity}”" if identity else ""
        message = said(
            f"没有{named}计划，请先 luoshi adopt 采纳文件。", "There is no such plan; adopt a document first."
        )
        raise Refused(Refusal("cli.no_plan", message, 404))
    return found


def month_of(plan: Entry, month: Period | None) -> Period:
    """The month asked for, or the newest one that was opened.

    Raises:
        Refused: no month was opened yet, or not this one.
    """
    from luoshi.store.models import Rating

    newest = plan["open_period"] or plan["closed_period"]
    if newest is None:
        message = said("这个计划还没有开启过填报。", "No month of this plan has been opened yet.")
        raise Refused(Refusal("cli.no_month", message))
    chosen = month or Period.parse(str(newest))
    if not Rating.objects.filter(plan=plan.plan, period=str(chosen)).exists():
        message = said(f"{chosen.label}没有亮灯结果，不能出材料。", f"Nothing was rated in {chosen}.")
        raise Refused(Refusal("cli.no_month", message))
    return chosen
