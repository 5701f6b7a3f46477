"""应报: which commitments are to be reported on for a month, and by whom; the one answer for sheets, counts and to-dos."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from luoshi.store.entries import cells
from luoshi.store.models import IndexCell, Rating
from luoshi.terms.period import Period

LISTS = ("target", "task")
ENDINGS = ("achieve", "miss", "carry_over", "withdraw")
"""Moves after which an entry is no longer reported on."""


def due(plan: str, period: Period, bodies: Iterable[str] | None = None) -> dict[str, str]:
    """The commitments to be reported on for a month that was opened, with their lead bodies; one query.

    Those that had been handed out and stood open at the month's end: what was done, missed or withdrawn within it is
    not asked for any more, what ended later still was. The document's tasks themselves and the wholes of handed-out
    targets are computed, never reported.

    Args:
        bodies: only what these bodies lead; None for all.
    """
    rated = Rating.objects.filter(plan=plan, period=str(period)).values("entry_id")
    rows = IndexCell.objects.filter(plan=plan, list__in=LISTS, field="lead_body", entry_id__in=rated)
    rows = rows.exclude(entry_id__in=cells(plan, "task", "kind").filter(text="task").values("entry_id"))
    rows = rows.exclude(entry_id__in=cells(plan, "target", "parent").exclude(text="").values("text"))
    if bodies is not None:
        rows = rows.filter(text__in=list(bodies))
    told = rows.order_by("entry_id").values_list("entry_id", "text", "entry__state", "entry__doings")
    return {
        name: body for name, body, state, doings in told if state == "assigned" or _ended_on(doings) > str(period.last)
    }


def reported(plan: str, period: Period, bodies: Iterable[str] | None = None) -> dict[str, tuple[str, str]]:
    """The commitments a month's reports speak of, with the state of the report and the body that gave it; one query."""
    of_month = cells(plan, "report", "period").filter(text=str(period)).values("entry_id")
    rows = IndexCell.objects.filter(plan=plan, list="report", field__in=("commitment", "body"), entry_id__in=of_month)
    if bodies is not None:
        own = cells(plan, "report", "body").filter(text__in=list(bodies)).values("entry_id")
        rows = rows.filter(entry_id__in=own)
    told: dict[str, dict[str, str]] = {}
    for report, field, text, state in rows.values_list("entry_id", "field", "text", "entry__state"):
        told.setdefault(report, {"state": state})[field] = text
    return {one["commitment"]: (one["state"], one["body"]) for one in told.values()}


def _ended_on(doings: str) -> str:
    """The day of the last ending; empty while there was none."""
    made = orjson.loads(doings)
    return max((str(made[move][2]) for move in ENDINGS if move in made), default="")
