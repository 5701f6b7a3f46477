"""编号: the next number of a list's series, as its definition writes it (新政督〔2023〕12号)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from luoshi.acts.context import Context
from luoshi.lists.definition import Definition
from luoshi.lists.entry import county_of
from luoshi.store import entries
from luoshi.store.append import lock
from luoshi.store.models import EntryRow, IndexCell

FIELD = "number"


def numbered(context: Context, plan: str, definition: Definition, typed: dict[str, object]) -> dict[str, object]:
    """What was typed, with the next number where the list numbers its entries; a number typed is not kept.

    No leading zeros, one series a year and county (domain.md §14.1); the plan's stream is locked, so that no
    number is given twice.
    """
    if not definition.numbering or FIELD not in definition.fields:
        return typed
    return {**typed, FIELD: next(free_numbers(context, plan, definition))}


def free_numbers(context: Context, plan: str, definition: Definition) -> Iterator[str]:
    """The numbers of the list's series that are not given out yet, in order; none twice while the act lasts."""
    lock([f"plan:{plan}"])
    head = entries.find(f"plan:{plan}")
    name = str(head["county"]) if head else ""
    plans = EntryRow.objects.filter(list="plan", id__startswith=f"plan:{county_of(plan)}-").values("plan")
    given = IndexCell.objects.filter(plan__in=plans, list=definition.name, field=FIELD)
    known = set(given.values_list("text", flat=True))
    pattern = definition.numbering
    numbers = (pattern.format(county_short=name[:1], year=context.today.year, serial=serial) for serial in count(1))
    return (number for number in numbers if number not in known)
