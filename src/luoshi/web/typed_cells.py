"""改动的格子: what was changed on a page of the sheet, told from what the page was shown with.

A page may be old: another window or a colleague has reported since. Only the cells whose text differs from what this
page showed were typed here; all others are left as they stand now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date

from luoshi.store.queries.sheet import CELLS
from luoshi.store.reports import claimed_days, write_claims


@dataclass(frozen=True, slots=True)
class TypedCell:
    """改动的格子: one cell: as typed, as it stands now, as submitted, and as the page had shown it."""

    name: str
    typed: str
    stands: str
    submitted: str
    shown: str | None

    @property
    def kept(self) -> str | None:
        """What the draft keeps; None where it is as it was submitted."""
        return None if self.typed == self.submitted else self.typed

    @property
    def is_crossed(self) -> bool:
        """Whether it was changed elsewhere to something else since the page was shown."""
        return self.shown is not None and self.stands not in {self.shown, self.typed}

    @property
    def elsewhere(self) -> str:
        """What to tell of a cell that was crossed."""
        return f"这一格刚在别处改为“{self.stands or '空'}”，现在是您填的；以您填的为准，请再提交一次。"

    def too_late(self, state: str) -> str:
        """What to tell of a cell of a row that can no longer be changed."""
        return f"这一项{state}，您改的没有收下；要改请先请负责人或督查室退回。"


def shown_cells(line: Mapping[str, Any]) -> str:
    """What the page shows in a row's cells, to come back with the form."""
    return json.dumps({name: _stands(line, name) for name in CELLS}, ensure_ascii=False)


def typed_cells(posted: QueryDict, number: str, line: Mapping[str, Any]) -> list[TypedCell]:
    """The cells of a row that were changed on this page.

    Args:
        number: by which the row's cells are named.
        line: the row as it stands now.
    """
    shown = _shown(posted.get(f"{number}-shown", ""))
    found = []
    for name in CELLS:
        if f"{number}-{name}" not in posted:
            continue
        text = _text(posted[f"{number}-{name}"])
        before = shown.get(name) if shown else None
        if name == "node":
            text = _claims(posted, number, before if before is not None else str(line["submitted"].get(name) or ""))
        if before is None or text != _text(before):
            found.append(TypedCell(name, text, _stands(line, name), str(line["submitted"].get(name) or ""), before))
    return found


def _text(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


def _stands(line: Mapping[str, Any], name: str) -> str:
    """A row's cell as the page shows it; a figure taken from another list is not typed there."""
    if name == "value" and line.get("fed"):
        return str(line.get("own_value") or "")
    return str(line.get(name) or "")


def _shown(written: str) -> dict[str, str]:
    try:
        found = json.loads(written) if written else {}
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def _claims(posted: QueryDict, number: str, before: str) -> str:
    """The nodes ticked, or typed, in a row, each with the day given for it; as before when it says the same."""
    claims: dict[str, date | None] = {}
    for text in posted.getlist(f"{number}-node"):
        for node, day in claimed_days(text).items():
            claims[node] = _day(posted.get(f"{number}-node-{node}", "")) or day
    return before if claims == claimed_days(before) else write_claims(claims)


def _day(text: str) -> date | None:
    """The day of a date field; None for an empty one, or one no browser sends."""
    try:
        return parse_date(text)
    except ValueError:
        return None
