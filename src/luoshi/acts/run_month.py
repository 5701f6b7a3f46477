"""The month's window: opening it, and closing the books with a snapshot whose hash stands in a fact."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from luoshi.acts.context import Context, act, decided, definition_of, held, held_all, refuse
from luoshi.acts.tell import tell_opened
from luoshi.lists.entry import Change, Entry, Value
from luoshi.store.append import append
from luoshi.store.checkpoints import take_checkpoint
from luoshi.store.models import EntryRow
from luoshi.store.open_work import PENDING, OpenWork, open_work
from luoshi.store.rating import rate_plan
from luoshi.store.rules import fix_rules
from luoshi.store.snapshots import take_snapshot
from luoshi.terms.period import Period


@act
def open_month(context: Context, plan: str, period: Period, closes_on: date) -> Entry:
    """Open the reporting window of a month; every assigned commitment is then unreported (grey).

    Raises:
        Refused: another month is open, this one was closed already, or there are no sound rules valid in it.
    """
    entry = held(context, f"plan:{plan}")
    if entry["open_period"]:
        raise refuse("acts.month_open", f"{Period.parse(str(entry['open_period'])).label}的填报尚未结账。")
    if entry["closed_period"] and str(period) <= str(entry["closed_period"]):
        raise refuse("acts.month_closed", f"{period.label}已经结账，之后的变动请用更正。")
    if period.months != 1 or period.start.year != int(str(entry["year"])):
        raise refuse("acts.month_outside", f"填报按月开启，月份应在{entry['year']}年之内。", 422)
    if closes_on < period.start:
        raise refuse("acts.window_backwards", "填报截止日不能早于本月。", 422)
    typed: dict[str, object] = {"open_period": str(period), "window_closes_on": closes_on}
    if "rules" in definition_of(entry).fields:  # else opened under a definition that did not fix them
        typed["rules"] = _fixed(entry, period)
    after = append([decided(context, definition_of(entry), entry, "open_month", typed)], context.act_id)[0]
    rate_plan(plan, period, context.today)
    tell_opened(context, plan, period, closes_on)
    return after


def _fixed(plan: Entry, period: Period) -> list[dict[str, Value]]:
    try:
        return fix_rules(plan, period)
    except ImproperlyConfigured as error:
        raise refuse("acts.rules_unusable", f"{period.label}未开启：{error}", 409) from None


LAPSED = "月份已结账，未及核实"
RETURNED_LAPSED = "月份已结账，退回后未重报"


@act
def close_month(context: Context, plan: str, seen: OpenWork | None = None) -> Entry:
    """Close the open month: rate everything once more, rank, keep the snapshot, and sign a checkpoint after it.

    Reports that are not accepted become 未核实, each with a reason: they do not count for the month, and nothing
    but a correction can change them (docs/adr/0006).

    Args:
        seen: the open work the actor was shown and closes the month with; None when none was shown.

    Raises:
        Refused: no month is open, or work is open that the actor has not seen: ``acts.open_work`` with its counts.
    """
    entry = held(context, f"plan:{plan}")
    if not entry["open_period"]:
        raise refuse("acts.no_month_open", "目前没有开启填报的月份。")
    period = Period.parse(str(entry["open_period"]))
    work = open_work(plan, period)
    if not work.is_none and work != seen:
        message = f"{period.label}还有{work.text}。确认按这一情况结账的，请核对后再次确认。"
        raise refuse("acts.open_work", message, 409, period=period, **dataclasses.asdict(work))
    append(_lapsed(context, plan), context.act_id)
    rate_plan(plan, period, context.today)
    digest = take_snapshot(plan, period, context.now)
    typed = {"open_period": None, "closed_period": str(period), "snapshot": digest}
    transaction.on_commit(partial(take_checkpoint, Path(settings.LUOSHI_HOME)), robust=True)
    return append([decided(context, definition_of(entry), entry, "close_month", typed)], context.act_id)[0]


def _lapsed(context: Context, plan: str) -> list[Change]:
    waiting = EntryRow.objects.filter(plan=plan, list="report", state__in=PENDING).order_by("id")
    changes = []
    for report in held_all(context, list(waiting.values_list("id", flat=True))).values():
        reason = RETURNED_LAPSED if report.state == "returned" else LAPSED
        changes.append(decided(context, definition_of(report), report, "lapse", {}, reason))
    return changes
