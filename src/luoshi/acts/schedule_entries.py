"""定进度: choosing trajectory or nodes, by which entries are then judged, never by both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.acts.context import Context, act, decided, definition_of, held_all
from luoshi.lists.entry import Entry
from luoshi.store.append import append
from luoshi.store.rating import rate_touched


@dataclass(frozen=True, slots=True)
class Schedule:
    """进度安排: ``typed`` holds schedule, curve, nodes, starts_on, due_on as the list names them."""

    entry: str
    typed: Mapping[str, object]


@act
def schedule_entries(context: Context, schedules: Sequence[Schedule]) -> list[Entry]:
    """Set the schedule of entries in one act.

    Raises:
        Refused: a schedule that cannot be; nothing is recorded.
    """
    known = held_all([schedule.entry for schedule in schedules])
    changes = [
        decided(context, definition_of(known[schedule.entry]), known[schedule.entry], "schedule", schedule.typed)
        for schedule in schedules
    ]
    after = append(changes, context.act_id)
    rate_touched(after, context.today)
    return after
