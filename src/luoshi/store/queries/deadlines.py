"""到期事项: the days that matter to a reader: the window, what waits for a move, and what the reader's bodies lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.people.role import Role
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk, turned_to
from luoshi.store.queries.turns import turns, waiting_ids

REPORTING = (Role.DESK_OFFICER, Role.UNIT_HEAD, Role.SUPERVISOR)
LEADING = (Role.DESK_OFFICER, Role.UNIT_HEAD)


@dataclass(frozen=True, slots=True)
class Deadline:
    """到期事项: a day, what falls due on it, and the page where it is done.

    Args:
        key: the same as long as it is the same duty, whatever its day becomes.
    """

    key: str
    day: date
    title: str
    target: tuple[str, ...]


def deadlines(desk: Desk) -> list[Deadline]:
    """The reader's deadlines in all plans of the county, the earliest first.

    Entries of registers are named by their list alone: the words of an entry may be nobody else's business.
    """
    found = [one for plan in desk.plans for one in _of_plan(turned_to(desk, plan))]
    return sorted(found, key=lambda one: (one.day, one.key))


def _of_plan(desk: Desk) -> Iterator[Deadline]:
    closes = desk.plan["window_closes_on"] if desk.plan else None
    period = desk.open_period
    if period and isinstance(closes, date) and any(desk.actor.has(role) for role in REPORTING):
        yield Deadline(f"window:{desk.plan_id}:{period}", closes, f"{period.label}填报截止", ("todo",))
    waiting = turns(desk, waiting_ids(desk))
    for item in waiting:
        if item["due"]:
            label = f"{str(item['text']).partition('：')[0]}：{item['action']}"
            yield Deadline(f"turn:{item['id']}", item["due"], label, ("entry", item["id"]))
    yield from _led(desk)


def _led(desk: Desk) -> Iterator[Deadline]:
    """What the reader's bodies lead and is not done."""
    own = [code for role in LEADING for code in desk.bodies_as(role)]
    if not own:
        return
    cells = IndexCell.objects.filter(plan=desk.plan_id, list__in=("target", "task"))
    led = cells.filter(field="lead_body", text__in=own, entry__state="assigned").values("entry_id")
    days = dict(cells.filter(field="due_on", entry_id__in=led).exclude(day=None).values_list("entry_id", "day"))
    rows = EntryRow.objects.filter(pk__in=days).values_list("id", "values")
    for name, text in rows:
        title = wording.title(name, wording.values(text))
        yield Deadline(f"led:{name}", days[name], f"完成时限：{title}", ("entry", name))
