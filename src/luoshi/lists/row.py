"""An entry as a row of what formulas see: its fields, its state, the days of its clocks and of its moves."""

from __future__ import annotations

from luoshi.lists.entry import Entry
from luoshi.lists.formula.evaluate import worth
from luoshi.lists.formula.tree import Worth


def row_of(entry: Entry) -> dict[str, Worth]:
    """The entry as a row for formulas: its fields, its state, the days of its clocks and of its moves."""
    row: dict[str, Worth] = {name: worth(value) for name, value in entry.values.items()}
    row |= {"id": entry.id, "state": entry.state, "opened_on": entry.opened_on}
    for name, clock in entry.clocks.items():
        row |= {f"{name}.due_on": clock.due_on, f"{name}.stopped_on": clock.stopped_on}
        row[f"{name}.first_due_on"] = clock.first_due_on
    row |= {f"{name}.on": doing.on for name, doing in entry.doings.items()}
    return row
