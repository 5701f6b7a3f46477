"""合计行: what stands at the foot of a list: how many rows, and the figures that its definition lets add."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from luoshi.lists.definition import Field
from luoshi.lists.total import ColumnTotal, totals
from luoshi.store.models import EntryRow
from luoshi.store.queries import wording
from luoshi.terms.number import plain


def total_row(rows: QuerySet[EntryRow], columns: Sequence[Field], count: int) -> list[str]:
    """The foot of a table over all its pages: ``合计306条``, then a sum or nothing under each other column.

    One query where a column adds, none otherwise.

    Args:
        rows: all rows the reader may see that fit the filters.
        count: how many they are.
    """
    return [f"合计{count}条", *figures_row(rows, columns, tells_missing=True)[1:]]


def figures_row(rows: QuerySet[EntryRow], columns: Sequence[Field], *, tells_missing: bool = False) -> list[str]:
    """The sums alone, one text for each column; their unit stands under the column that holds the units.

    Args:
        tells_missing: whether a sum says in how many rows nothing is filled in.
    """
    found = _totals(rows, columns)
    units = {total.field.adds.unit: total.symbol for total in found.values() if total.field.adds}
    return [
        _shown(found[field.name], tells_missing=tells_missing) if field.name in found else units.get(field.name, "")
        for field in columns
    ]


def _totals(rows: QuerySet[EntryRow], columns: Sequence[Field]) -> dict[str, ColumnTotal]:
    if not any(field.adds for field in columns):
        return {}
    kept = rows.order_by().values_list("state", "values").iterator(chunk_size=200)
    return totals(columns, ({**wording.values(values), "state": state} for state, values in kept))


def _shown(total: ColumnTotal, *, tells_missing: bool) -> str:
    figure = wording.number(plain(total.amount or 0))
    return f"{figure}（{total.missing}条未填）" if total.missing and tells_missing else figure
