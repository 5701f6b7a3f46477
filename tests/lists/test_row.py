"""What formulas see of an entry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from luoshi.lists.entry import Clock, Doing, Entry
from luoshi.lists.row import row_of


def test_formulas_see_fields_state_and_the_days_of_clocks_and_moves():
    day, due = date(2023, 3, 1), date(2023, 3, 16)
    entry = Entry(
        "petition:p:1", "petition", "p", "v", "registered", 1, day, {"money": Decimal("1.5")},
        {"register": Doing("li", "B1", day)}, {"transfer": Clock(day, due, due)},
    )  # fmt: skip
    row = row_of(entry)
    assert (row["id"], row["state"], row["opened_on"]) == ("petition:p:1", "registered", day)
    assert row["money"] == Fraction(3, 2)
    assert row["transfer.due_on"] == row["transfer.first_due_on"] == due
    assert row["transfer.stopped_on"] is None
    assert row["register.on"] == day
