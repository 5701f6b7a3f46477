"""The sheet of planning for September, as tests type into it and look at what came of it."""

from __future__ import annotations

from county import PLANNING

from luoshi.store.models import EntryRow

SHEET = f"/report/{PLANNING}/2023-09/"


def targets() -> list[str]:
    """The targets that planning leads, in the order of the sheet."""
    rows = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
    return list(rows.values_list("id", flat=True))


def typed(**cells: object) -> dict[str, object]:
    """The form of one row, numbered 1, for the first target of planning."""
    return {"row": f"1|{targets()[0]}", **{f"1-{name}": value for name, value in cells.items()}}


def report_on(identity: str) -> EntryRow:
    """The report of September on a commitment."""
    return EntryRow.objects.get(pk=f"report:{identity}:2023-09")
