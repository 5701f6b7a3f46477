"""Entries as rows: written by ``append``, read back as ``lists.Entry``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from luoshi.lists.clock import clock_in, clock_out
from luoshi.lists.definition import Definition
from luoshi.lists.entry import Doing, Entry, Value
from luoshi.lists.value import decode, encode
from luoshi.store import definitions
from luoshi.store.models import EntryRow, IndexCell


def to_row(entry: Entry) -> EntryRow:
    """The row that keeps an entry."""
    return EntryRow(
        id=entry.id,
        list=entry.list,
        plan=entry.plan,
        definition=entry.definition,
        state=entry.state,
        version=entry.version,
        opened_on=entry.opened_on,
        values=_dump({name: encode(value) for name, value in entry.values.items()}),
        doings=_dump({move: _doing_out(doing) for move, doing in entry.doings.items()}),
        clocks=_dump({name: clock_out(clock) for name, clock in entry.clocks.items()}),
    )


def from_row(row: EntryRow) -> Entry:
    """The entry a row keeps."""
    definition = definitions.version(row.definition)
    return Entry(
        id=row.id,
        list=row.list,
        plan=row.plan,
        definition=row.definition,
        state=row.state,
        version=row.version,
        opened_on=row.opened_on,
        values=dict(_large_values(row.definition, row.values))
        if len(row.values) > _LARGE
        else values_of(definition, row.values),
        doings={
            move: Doing(account, body, date.fromisoformat(on), *acting_for)
            for move, (account, body, on, *acting_for) in orjson.loads(row.doings).items()
        },
        clocks={name: clock_in(days) for name, days in orjson.loads(row.clocks).items()},
    )


def _doing_out(doing: Doing) -> list[str]:
    """Account, body and day; a fourth item names whom a delegate acted for."""
    return [doing.account, doing.body, doing.on.isoformat(), *([doing.acting_for] if doing.acting_for else [])]


def values_of(definition: Definition, text: str) -> dict[str, Value]:
    """The values kept in a row's text, read with the definition they were written under."""
    return {name: decode(definition.fields[name], value) for name, value in orjson.loads(text).items()}


_LARGE = 8_000
"""Characters from which on remembering a row's text costs less than taking it apart: a plan with its items."""


@lru_cache(16)
def _large_values(version: str, text: str) -> dict[str, Value]:
    return values_of(definitions.version(version), text)


def find(entry_id: str) -> Entry | None:
    """The entry as it stands, or None."""
    row = EntryRow.objects.filter(pk=entry_id).first()
    return from_row(row) if row else None


def find_all(entry_ids: Iterable[str]) -> dict[str, Entry]:
    """The entries of these ids that exist, by id; one query."""
    return {row.id: from_row(row) for row in EntryRow.objects.filter(pk__in=list(entry_ids))}


def find_where(plan: str, name: str, **fields: str) -> list[Entry]:
    """The entries of a list whose indexed fields hold these texts, by id; one query."""
    rows = EntryRow.objects.filter(plan=plan, list=name)
    for field, text in fields.items():
        rows = rows.filter(pk__in=cells(plan, name, field).filter(text=text).values("entry_id"))
    return [from_row(row) for row in rows.order_by("id")]


def find_below(plan: str, name: str, field: str, above: Collection[str]) -> list[Entry]:
    """The entries of a list whose indexed field names one of these entries, by id; one query, none for none."""
    if not above:
        return []
    own = cells(plan, name, field).filter(text__in=list(above)).values("entry_id")
    return [from_row(row) for row in EntryRow.objects.filter(pk__in=own).order_by("id")]


def numbers_of(plan: str, lists: Sequence[str]) -> list[str]:
    """The field ``number`` of all entries of these lists, whatever their state; one query."""
    rows = EntryRow.objects.filter(plan=plan, list__in=lists).values_list("values", flat=True)
    return [str(number) for values in rows if (number := orjson.loads(values).get("number"))]


def cells(plan: str, name: str, field: str) -> Any:
    """The index cells of one field of a list."""
    return IndexCell.objects.filter(plan=plan, list=name, field=field)


def index_cells(entry: Entry, definition: Definition, touched: Mapping[str, Value] | None = None) -> list[IndexCell]:
    """The index cells of an entry's indexed fields (of the ``touched`` ones only, when given)."""
    found: list[IndexCell] = []
    for field in definition.indexed:
        if touched is not None and field.name not in touched:
            continue
        value = entry.values.get(field.name)
        items = value if isinstance(value, tuple) else (value,)
        found.extend(_cell(entry, field.name, item) for item in items if item is not None)
    return found


_LARGEST = Decimal(10) ** 21


def _cell(entry: Entry, field: str, value: Value) -> IndexCell:
    cell = IndexCell(entry_id=entry.id, list=entry.list, plan=entry.plan, field=field)
    if isinstance(value, Decimal):
        cell.number = value if abs(value) < _LARGEST else None
        cell.text = str(encode(value))
    elif isinstance(value, date):
        cell.day = value
        cell.text = value.isoformat()
    else:
        cell.text = str(encode(value))[:200]
    return cell


def _dump(data: object) -> str:
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode()
