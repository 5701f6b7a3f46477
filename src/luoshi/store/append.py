"""Appending: changes become facts and entries in one transaction; stream heads are locked meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import OperationalError, connection

from luoshi.ledger.fact import Fact, record
from luoshi.ledger.fold import fold
from luoshi.lists.entry import Change, Entry
from luoshi.store import definitions
from luoshi.store.entries import find_all, index_cells, to_row
from luoshi.store.models import EntryRow, FactRow, IndexCell, SearchText, StreamHeadRow
from luoshi.store.personal import concealed, keep_personal
from luoshi.store.search_text import rows_after
from luoshi.terms.refusal import Refusal, Refused

_wanted: ContextVar[set[str] | None] = ContextVar("wanted", default=None)


@contextmanager
def wanted_locks() -> Iterator[set[str]]:
    """The streams asked to be locked within, the outermost ones' included; it outlives a transaction that was ended."""
    outer = _wanted.get()
    wanted: set[str] = set() if outer is None else outer
    token = _wanted.set(wanted)
    try:
        yield wanted
    finally:
        _wanted.reset(token)


def lock(streams: Iterable[str]) -> dict[str, StreamHeadRow]:
    """The heads of these streams, locked until the transaction ends; missing ones are made.

    Streams are locked in one order, so that two writers never wait for each other. On SQLite the
    IMMEDIATE transaction already holds the only write lock.
    """
    names = sorted(set(streams))
    _require_transaction()
    wanted = _wanted.get()
    if wanted is not None:
        wanted.update(names)
    known = _locked(names)
    missing = [name for name in names if name not in known]
    if missing:
        StreamHeadRow.objects.bulk_create((StreamHeadRow(stream=name) for name in missing), ignore_conflicts=True)
        known = _locked(names)
    return known


def hold(stream: str) -> None:
    """Keep a stream from being appended to until the transaction ends; others may hold it at the same time."""
    _require_transaction()
    if connection.features.has_select_for_update:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM store_streamheadrow WHERE stream = %s FOR SHARE", [stream])


def _locked(names: list[str]) -> dict[str, StreamHeadRow]:
    found: dict[str, StreamHeadRow] = {}
    for start in range(0, len(names), 500):
        rows = StreamHeadRow.objects.filter(stream__in=names[start : start + 500]).order_by("stream")
        if connection.features.has_select_for_update:
            rows = rows.select_for_update()
        found.update((row.stream, row) for row in rows)
    return found


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("facts are appended inside the transaction of an act")


def was_deadlocked(error: OperationalError) -> bool:
    """Whether PostgreSQL ended the transaction because it and another one waited for each other."""
    return getattr(error.__cause__, "sqlstate", "") in {"40P01", "40001"}


def append(changes: Sequence[Change], act_id: str) -> list[Entry]:
    """Record the changes of one act, in order, and bring the entries up to date.

    Returns:
        The entries after the act, one for each stream touched, in the order first touched.

    Raises:
        Refused: another act changed an entry since these changes were decided (``store.stale``), or the year they
            belong to is sealed (``store.plan_sealed``).
    """
    _require_unsealed(changes)
    streams = list(dict.fromkeys(change.entry for change in changes))
    heads = lock(streams)
    before = find_all(stream for stream in streams if heads[stream].version)
    changes, kept = concealed(changes, before)
    facts: list[Fact] = []
    touched: dict[str, dict[str, object]] = {stream: {} for stream in streams}
    for change in changes:
        head = heads[change.entry]
        if head.version != change.entry_version:
            raise Refused(stale(change.entry))
        fact = record(change, act_id, head.hash)
        head.version, head.hash = fact.version, fact.hash
        facts.append(fact)
        touched[change.entry].update(change.values)
    after = _folded(facts, before)
    _write(facts, heads, before, after, touched)
    keep_personal(kept, changes)
    return list(after.values())


_OF_THE_YEAR = frozenset({"plan", "task", "target", "report", "responsibility"})
"""Lists whose entries end with their plan; problems and supervision go on until they are closed."""


def _require_unsealed(changes: Sequence[Change]) -> None:
    plans = sorted({change.plan for change in changes if change.list in _OF_THE_YEAR})
    for plan in plans:
        hold(f"plan:{plan}")
    sealed = EntryRow.objects.filter(pk__in=[f"plan:{plan}" for plan in plans], state="sealed") if plans else None
    for name in sealed.values_list("pk", flat=True) if sealed is not None else ():
        year = name.rpartition("-")[2]
        raise Refused(Refusal("store.plan_sealed", f"{year}年的计划已经封存，不能再改动。", 409, data={"plan": name}))


def stale(entry_id: str) -> Refusal:
    """The refusal of a change decided on a state that is no longer the newest."""
    return Refusal("store.stale", "这一条刚刚被他人更新，请查看最新内容后再办理。", 409, data={"entry": entry_id})


def _folded(facts: Sequence[Fact], before: dict[str, Entry]) -> dict[str, Entry]:
    """The entries as the recorded facts say, not as the changes meant: what is kept is what can be replayed."""
    after: dict[str, Entry] = {}
    for fact in facts:
        start = after.get(fact.stream, before.get(fact.stream))
        entry = fold([fact], definitions.version, start)
        if entry is None:
            raise RuntimeError(f"{fact.stream}: a fact folds to nothing")
        after[fact.stream] = entry
    return after


def _write(
    facts: Sequence[Fact],
    heads: dict[str, StreamHeadRow],
    before: dict[str, Entry],
    after: dict[str, Entry],
    touched: dict[str, dict[str, object]],
) -> None:
    definitions.keep(definitions.version(identity) for identity in {entry.definition for entry in after.values()})
    FactRow.objects.bulk_create((_fact_row(fact) for fact in facts), batch_size=400)
    _upsert(StreamHeadRow, heads.values(), "stream", ["version", "hash"])
    columns = ["definition", "state", "version", "values", "doings", "clocks"]
    _upsert(EntryRow, (to_row(entry) for entry in after.values()), "id", columns)
    cells: list[IndexCell] = []
    for name, entry in after.items():
        definition = definitions.version(entry.definition)
        is_new = name not in before
        is_renewed = not is_new and before[name].definition != entry.definition
        indexed = {field.name for field in definition.indexed} & touched[name].keys()
        if is_renewed:  # another definition may index other fields
            IndexCell.objects.filter(entry_id=name).delete()
        elif not is_new and indexed:
            IndexCell.objects.filter(entry_id=name, field__in=indexed).delete()
        if is_new or is_renewed or indexed:
            whole = is_new or is_renewed
            cells += index_cells(entry, definition, entry.values if whole else dict.fromkeys(indexed))
    IndexCell.objects.bulk_create(cells, batch_size=400)
    _upsert(SearchText, rows_after(facts, before, after), "entry", ["now", "former"])


def _upsert(model: Any, rows: Iterable[object], key: str, columns: list[str]) -> None:
    """Insert or update by key; Django's bulk_update writes one CASE per row and column and is five times slower."""
    model.objects.bulk_create(rows, batch_size=400, update_conflicts=True, unique_fields=[key], update_fields=columns)


def _fact_row(fact: Fact) -> FactRow:
    return FactRow(
        stream=fact.stream,
        version=fact.version,
        kind=fact.kind,
        actor=fact.actor,
        body=fact.body,
        act_id=fact.act_id,
        occurred_on=fact.occurred_on,
        recorded_at=fact.recorded_at,
        payload=fact.payload,
        prev_hash=fact.prev_hash,
        hash=fact.hash,
    )
