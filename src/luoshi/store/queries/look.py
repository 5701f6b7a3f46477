"""需要您看的: what is newly red or orange and what is stuck, a few lines, and how much more there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.store.models import EntryRow
from luoshi.store.queries import arrivals, lights, wording
from luoshi.store.queries.commitments import own_commitments
from luoshi.store.queries.desk import Desk
from luoshi.terms.number import exact, fixed

Plain = dict[str, Any]
AT_MOST = 7
STUCK_AT_MOST = 2
"""Lines of late bodies, and as many of reports that wait too long."""


def warnings(rules: Any) -> list[str]:
    """The two worst colours, the worst first."""
    return [key for key in list(rules.colours)[::-1] if rules.colours[key].counts][:2]


def look(desk: Desk, rules: Any, rated: Mapping[str, Plain], before: Mapping[str, str]) -> Plain:
    """Newly red first, then red for longer, worst first; with what is stuck at most seven lines.

    Returns:
        ``items``, how many commitments (``more_lights``) and bodies (``more_stuck``) are left out, the ``colours``
        looked at, and whether they are only the reader's ``own``.
    """
    worst, is_own = warnings(rules), not desk.actor.reads_everything
    own = set(own_commitments(desk).values_list("entry_id", flat=True)) if is_own else None
    found = [
        (row["entry_id"], row, before.get(row["entry_id"]) != row["colour"])
        for row in rated.values()
        if row["colour"] in worst and (own is None or row["entry_id"] in own)
    ]
    found.sort(key=lambda i: (worst.index(i[1]["colour"]), not i[2], exact(i[1]["percent"] or "1"), i[0]))
    late, waiting = ([], []) if is_own else (arrivals.overdue(desk), arrivals.stuck(desk))
    stuck = [*late[:STUCK_AT_MOST], *waiting[:STUCK_AT_MOST]]
    kept = found[: AT_MOST - len(stuck)]
    return {
        "items": [*_told(rules, kept, before), *stuck],
        "more_lights": len(found) - len(kept),
        "more_stuck": len(late) + len(waiting) - len(stuck),
        "colours": worst,
        "words": "、".join(rules.colours[key].word for key in worst),
        "own": is_own,
    }


def _told(rules: Any, kept: list[tuple[str, Plain, bool]], before: Mapping[str, str]) -> list[Plain]:
    rows = EntryRow.objects.filter(pk__in=[name for name, _, _ in kept]).values_list("id", "values")
    names = {name: wording.title(name, wording.values(written)) for name, written in rows}
    return [
        {
            "entry": name,
            "text": names.get(name, name),
            "why": (f"新转{row['word']}：" if is_new and before else "") + row["reason"] + _behind(row),
            **(lights.light(rules, row) or {}),
        }
        for name, row, is_new in kept
    ]


def _behind(row: Mapping[str, Any]) -> str:
    if not row["percent"] or not row["expected"]:
        return ""
    gap = exact(row["expected"]) - exact(row["percent"])
    return f"，低于序时{fixed(gap * 100, 2)}个百分点" if gap > 0 else ""
