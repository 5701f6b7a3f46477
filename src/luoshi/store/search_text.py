"""检索文字: the words of an entry kept for finding it, as its facts add them up; nothing personal is among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from luoshi.ledger.fact import Fact
from luoshi.ledger.fold import fold
from luoshi.lists.definition import Definition
from luoshi.lists.entry import Entry, Value
from luoshi.store import definitions, facts
from luoshi.store.models import EntryRow, SearchText

_WORDS = frozenset({"text", "long_text", "texts", "person"})
_NO_WORDS = frozenset({"derivation", "snapshot"})
LONGEST = 4000
"""Characters kept of what was said before: a text rewritten every month must not grow for ever."""


def words_of(definition: Definition, values: Mapping[str, Value]) -> list[str]:
    """Each thing an entry says in words, once; what is contained in another is left out."""
    found: list[str] = []
    for field in definition.fields.values():
        if field.type in _WORDS and not field.personal and field.name not in _NO_WORDS:
            value = values.get(field.name)
            found += [str(item) for item in (value if isinstance(value, tuple) else (value,)) if item]
        elif field.type == "rows" and isinstance(values.get(field.name), tuple):
            found += _cells(definition, field.name, values)
    return [text for text in dict.fromkeys(found) if not any(text != other and text in other for other in found)]


def _cells(definition: Definition, name: str, values: Mapping[str, Value]) -> list[str]:
    columns = [c.name for c in definition.fields[name].columns.values() if c.type in _WORDS and not c.personal]
    rows = values[name]
    return [
        str(row[column]) for row in (rows if isinstance(rows, tuple) else ()) if isinstance(row, Mapping)
        for column in columns if row.get(column)
    ]  # fmt: skip


def former_after(former: str, before: Entry | None, after: Entry, fact: Fact) -> str:
    """What was said before, after one more fact: the words it took the place of, and the reason it gives."""
    lines = former.split("\n") if former else []
    if before is not None:
        now = words_of(definitions.version(after.definition), after.values)
        then = words_of(definitions.version(before.definition), before.values)
        lines += [text.replace("\n", " ") for text in then if text not in now]
    if '"reason":' in fact.payload:
        lines.append(str(fact.data().get("reason") or "").replace("\n", " "))
    kept: list[str] = []
    length = 0
    for line in dict.fromkeys(lines):
        length += len(line) + 1
        if line and length <= LONGEST:
            kept.append(line)
    return "\n".join(kept)


def search_row(entry: Entry, former: str) -> SearchText:
    """The row that keeps an entry's words."""
    now = "\n".join(words_of(definitions.version(entry.definition), entry.values))
    return SearchText(entry_id=entry.id, list=entry.list, plan=entry.plan, now=now, former=former)


def rows_after(told: Sequence[Fact], before: Mapping[str, Entry], after: Mapping[str, Entry]) -> list[SearchText]:
    """The rows of the entries touched by these facts, brought up to date; one query.

    Args:
        before: the entries as they stood before all of the facts; new ones are not there.
        after: the entries as the facts leave them.
    """
    known = dict(SearchText.objects.filter(pk__in=list(before)).values_list("pk", "former"))
    number = Counter(fact.stream for fact in told)
    standing: dict[str, Entry] = dict(before)
    for fact in told:
        was = standing.get(fact.stream)
        entry = after[fact.stream] if number[fact.stream] == 1 else fold([fact], definitions.version, was)
        if entry is not None:
            known[fact.stream] = former_after(known.get(fact.stream, ""), was, entry, fact)
            standing[fact.stream] = entry
    return [search_row(after[name], known[name]) for name in number]


def row_from(told: Iterable[Fact]) -> SearchText | None:
    """The row that all facts of one stream add up to."""
    entry: Entry | None = None
    former = ""
    for fact in told:
        was, entry = entry, fold([fact], definitions.version, entry)
        if entry is not None:
            former = former_after(former, was, entry, fact)
    return search_row(entry, former) if entry else None


def rebuild() -> int:
    """Make all rows anew from the facts, for a database that was kept without them; how many there are."""
    SearchText.objects.all().delete()
    waiting: list[SearchText] = []
    number = 0
    for _, told in groupby(facts.all_facts(), key=lambda fact: fact.stream):
        row = row_from(told)
        if row is not None:
            waiting.append(row)
            number += 1
        if len(waiting) >= 500:
            SearchText.objects.bulk_create(waiting)
            waiting = []
    SearchText.objects.bulk_create(waiting)
    return number


def is_complete() -> bool:
    """Whether every entry has its row."""
    return not EntryRow.objects.filter(words__isnull=True).exists()
