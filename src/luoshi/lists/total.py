"""合计: the figures of a column added up where its definition says that they add; anything doubtful gives no sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from luoshi.lists.definition import Adding, Field
from luoshi.terms.number import exact
from luoshi.terms.unit import unit

Plain = Mapping[str, Any]


@dataclass(slots=True)
class ColumnTotal:
    """栏目合计: one column while its rows go by; ``amount`` is None as soon as the rows do not add.

    ``missing`` counts the rows in which nothing is filled in.
    """

    field: Field
    amount: Fraction | None = None
    symbol: str = ""
    missing: int = 0
    is_over: bool = False

    def take(self, row: Plain, first: Plain) -> None:
        """Add one row.

        Args:
            first: the first of all rows, which the others are compared with.
        """
        adds = self.field.adds
        if adds is None or self.is_over:
            return
        if not _fits(adds, row, first) or not may_add(self._unit(adds, row)):
            self.is_over, self.amount = True, None
            return
        written = row.get(self.field.name)
        if written in (None, ""):
            self.missing += 1
        else:
            self.amount = (self.amount or Fraction(0)) + exact(str(written))

    def _unit(self, adds: Adding, row: Plain) -> str:
        self.symbol = self.field.unit or str((row.get(adds.unit) if adds.unit else "") or "")
        return self.symbol


def totals(fields: Iterable[Field], rows: Iterable[Plain]) -> dict[str, ColumnTotal]:
    """The totals of those columns that add over all rows, by the column's name.

    Rows are read once, and no further than some column still adds; a single row has no total.

    Args:
        rows: values as kept, with the entry's ``state``.
    """
    columns = [ColumnTotal(field) for field in fields if field.adds]
    first: Plain = {}
    count = 0
    for count, row in enumerate(rows if columns else (), 1):
        first = row if count == 1 else first
        for column in columns:
            column.take(row, first)
        if all(column.is_over for column in columns):
            break
    return {column.field.name: column for column in columns if column.amount is not None and count > 1}


def may_add(symbol: str) -> bool:
    """Whether amounts in this unit add: rates, points and multiples do not; a bare number is a count and does."""
    return not symbol or unit(symbol).dimension != "ratio"


def _fits(adds: Adding, row: Plain, first: Plain) -> bool:
    alike = [name for name in (adds.unit, adds.parts_of) if name]
    if not (adds.parts_of and row.get(adds.parts_of)):
        alike += adds.alike
    if any((row.get(name) or "") != (first.get(name) or "") for name in alike):
        return False
    return all(str(row.get(name) or "") in values for name, values in adds.only.items())
