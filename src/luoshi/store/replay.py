"""重演: all facts folded anew and held against the entries and index cells that are kept for reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from luoshi.ledger.fold import fold
from luoshi.store import definitions, facts
from luoshi.store.entries import index_cells, to_row
from luoshi.store.models import EntryRow, IndexCell, SearchText
from luoshi.store.search_text import row_from
from luoshi.terms.finding import Finding, Level

COLUMNS = {
    "list": "清单",
    "plan": "计划",
    "definition": "定义版本",
    "state": "状态",
    "version": "版本",
    "opened_on": "建立日期",
    "values": "内容",
    "doings": "办理人",
    "clocks": "时限",
}
_CELL = ("field", "text", "number", "day")


def replay(progress: Callable[[int], object] = lambda _: None) -> Iterator[Finding]:
    """Each entry that is not what its facts add up to; an empty result means that all are."""
    rows = {row.id: row for row in EntryRow.objects.all().iterator(chunk_size=2000)}
    cells: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for name, *cell in IndexCell.objects.values_list("entry_id", *_CELL).iterator(chunk_size=5000):
        cells[name].append(tuple(cell))
    words = {row.entry_id: (row.now, row.former) for row in SearchText.objects.all().iterator(chunk_size=2000)}
    for stream, group in groupby(facts.all_facts(), key=lambda fact: fact.stream):
        told = list(group)
        progress(len(told))
        entry = fold(told, definitions.version)
        row = rows.pop(stream, None)
        if entry is None or row is None:
            yield _error("store.E311", stream, "有事实，没有条目。")
            continue
        wanted = to_row(entry)
        different = [label for column, label in COLUMNS.items() if getattr(wanted, column) != getattr(row, column)]
        if different:
            yield _error("store.E312", stream, f"条目与事实不符：{'、'.join(different)}。")
        expected = [_plain(cell) for cell in index_cells(entry, definitions.version(entry.definition))]
        if sorted(expected, key=str) != sorted(map(_same, cells.pop(stream, [])), key=str):
            yield _error("store.E313", stream, "条目的索引与事实不符。")
        found = row_from(told)
        if found is None or words.pop(stream, None) != (found.now, found.former):
            yield _error("store.E322", stream, "条目的检索文字与事实不符。")
    for name in rows:
        yield _error("store.E314", name, "有条目，没有事实。")
    for name in cells:
        yield _error("store.E315", name, "有索引，没有条目。")


def _plain(cell: IndexCell) -> tuple[Any, ...]:
    return _same(tuple(getattr(cell, name) for name in _CELL))


def _same(cell: tuple[Any, ...]) -> tuple[Any, ...]:
    """Numbers as their value: the column pads them with zeros."""
    field, text, number, day = cell
    return field, text, None if number is None else number.normalize(), day


def _error(identity: str, where: str, message: str) -> Finding:
    return Finding(identity, Level.ERROR, where, message, "台账中的事实为准；请用备份核对是谁改了数据表。")
