"""版次差异: what adopting would do to the entries that stand, told before anything is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from luoshi.acts.adopt_plan import Confirmed, adopt_plan, digest_of
from luoshi.acts.context import Context, act
from luoshi.lists.entry import Change, Entry, Value
from luoshi.lists.value import show
from luoshi.store import definitions
from luoshi.store.entries import cells, find_all
from luoshi.store.models import EntryRow
from luoshi.store.rating import COMMITMENTS

_UNTOLD = {"quote", "sentence", "start", "end", "task_number", "area", "qualitative", "task", "parent", "derivation"}
"""Where an entry stands in the document; said in the document itself."""


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """差异: one entry that is new, changed or no longer listed.

    ``body`` leads it so far, ``reports`` are those made on it; ``changes`` are label, before and after.
    """

    entry: str
    list: str
    title: str
    body: str = ""
    reports: int = 0
    changes: tuple[tuple[str, str, str], ...] = ()
    is_renamed: bool = False


@dataclass(frozen=True, slots=True)
class EditionPreview:
    """版次差异: what the next edition adds, changes and drops, and how many entries stay; ``digest`` is what is confirmed."""

    number: int
    added: tuple[DifferenceLine, ...]
    changed: tuple[DifferenceLine, ...]
    dropped: tuple[DifferenceLine, ...]
    kept: int
    digest: str


@act
def preview_edition(
    context: Context, plan: str, document: str, apart: frozenset[str] = frozenset(), seen: int | None = None
) -> EditionPreview:
    """Adopt, tell what that does, and take it back.

    Args:
        apart: entries recognised under another name that are not the same.

    Raises:
        Refused: as ``adopt_plan``.
    """
    rows = EntryRow.objects.filter(plan=plan, list__in=COMMITMENTS).values_list("id", flat=True)
    before = find_all(rows)
    adoption = adopt_plan(context, plan, document, seen, Confirmed("", apart) if apart else None)
    reports = _reports(plan, adoption.withdrawn)
    shown = EditionPreview(
        adoption.edition.number,
        tuple(_new(change) for change in adoption.changes if change.move == "adopt"),
        tuple(_changed(before[c.entry], c, adoption.renamed) for c in adoption.changes if c.move == "amend"),
        tuple(_dropped(before[c.entry], reports) for c in adoption.changes if c.move == "withdraw"),
        len(adoption.kept),
        digest_of(adoption.changes),
    )
    transaction.set_rollback(True)
    return shown


def _new(change: Change) -> DifferenceLine:
    return DifferenceLine(change.entry, change.list, _title(change.values))


def _dropped(entry: Entry, reports: Mapping[str, int]) -> DifferenceLine:
    return DifferenceLine(entry.id, entry.list, _title(entry.values), str(entry["lead_body"] or ""), reports[entry.id])


def _changed(entry: Entry, change: Change, renamed: frozenset[str]) -> DifferenceLine:
    fields = definitions.version(change.definition).fields
    changes = tuple(
        (fields[name].label, show(fields[name], entry[name]), show(fields[name], value))
        for name, value in change.values.items()
        if name not in _UNTOLD and value != entry[name]
    )
    body = str(entry["lead_body"] or "")
    return DifferenceLine(entry.id, entry.list, _title(entry.values), body, 0, changes, entry.id in renamed)


def _title(values: Mapping[str, Value]) -> str:
    return str(values.get("indicator") or values.get("name") or "")


def _reports(plan: str, entries: Sequence[str]) -> Counter[str]:
    """How many reports were made on each of these entries."""
    spoken: Iterable[str] = cells(plan, "report", "commitment").filter(text__in=entries).values_list("text", flat=True)
    return Counter(spoken)
