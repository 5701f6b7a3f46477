"""封存: a plan whose year is over and whose promises are all settled is closed for good, with a signed checkpoint."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.lists.entry import Entry
from luoshi.plan.year_end import Ending, summed_up
from luoshi.store.append import append
from luoshi.store.checkpoints import take_checkpoint
from luoshi.store.models import EntryRow
from luoshi.store.rating import COMMITMENTS
from luoshi.store.results import is_year_closed, last_month, to_be_settled


def unsettled(plan: str) -> int:
    """How many promises and tasks of a plan nobody has settled; one query."""
    return EntryRow.objects.filter(plan=plan, list__in=COMMITMENTS, state__in=("adopted", "assigned")).count()


@act
def seal_plan(context: Context, plan: str, reason: str) -> Entry:
    """Close a plan for good: its promises, reports and charges can no longer be changed (``store.plan_sealed``).

    Problems and supervision of the year go on until they are closed themselves.

    Raises:
        Refused: a month is open or not closed yet, or something is not settled (its number is told).
    """
    head = held(context, f"plan:{plan}")
    if not is_year_closed(head):
        raise refuse("acts.year_open", f"{last_month(head).label}结账以后才能封存。", 409)
    left = unsettled(plan)
    if left:
        raise refuse(
            "acts.unsettled", f"还有{left}项没有交账，交账以后才能封存；不再实施的请先撤销。", 409, number=left
        )
    states = to_be_settled(plan).values_list("state", flat=True)
    typed = {"settled": summed_up(Ending(state) for state in states) or "没有承诺"}
    transaction.on_commit(partial(take_checkpoint, Path(settings.LUOSHI_HOME)), robust=True)
    return append([decided(context, definition_of(head), head, "seal", typed, reason)], context.act_id)[0]
