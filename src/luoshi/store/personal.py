"""个人信息: words kept beside the ledger under their salted hashes, and erased with a fact that says so."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from luoshi.lists.entry import Change, Entry, Value
from luoshi.lists.personal import is_sealed, personal_fields, sealed
from luoshi.store import definitions, facts
from luoshi.store.models import EntryRow, FactRow, PersonalText
from luoshi.terms.finding import Finding, Level


def concealed(changes: Sequence[Change], before: Mapping[str, Entry]) -> tuple[list[Change], list[PersonalText]]:
    """The changes with hashes in the place of personal words, and the words to be kept.

    Words that the entry holds already are no change.
    """
    found: list[Change] = []
    kept: list[PersonalText] = []
    for change in changes:
        values = dict(change.values)
        for name in _personal_names(change):
            if values.get(name) is None:
                continue
            text, entry = str(values[name]), before.get(change.entry)
            if entry and texts([entry[name]]).get(str(entry[name])) == text:
                del values[name]
                continue
            salt = secrets.token_hex(32)
            values[name] = sealed(text, salt)
            kept.append(PersonalText(token=values[name], entry=change.entry, field=name, salt=salt, text=text))
        found.append(dataclasses.replace(change, values=values) if values != change.values else change)
    return found, kept


def _personal_names(change: Change) -> list[str]:
    return [
        field.name for field in personal_fields(definitions.version(change.definition)) if field.name in change.values
    ]


def keep_personal(kept: Sequence[PersonalText], changes: Iterable[Change]) -> None:
    """Keep the words, and erase those that a change erases; inside the act's transaction."""
    PersonalText.objects.bulk_create(kept, batch_size=400)
    for change in changes:
        move = definitions.version(change.definition).moves.get(change.move)
        if move and move.erases:
            PersonalText.objects.filter(entry=change.entry, field__in=move.erases).delete()


def texts(tokens: Iterable[Value]) -> dict[str, str]:
    """The words of these hashes that were not erased; one query, none for no hashes."""
    wanted = {str(token) for token in tokens if is_sealed(token)}
    return dict(PersonalText.objects.filter(pk__in=wanted).values_list("token", "text")) if wanted else {}


def check_personal() -> Iterator[Finding]:
    """Words that are not what their fact says, that are gone without a fact, or back after they were erased."""
    rows = {row.token: row for row in PersonalText.objects.all().iterator(chunk_size=2000)}
    for row in rows.values():
        if sealed(row.text, row.salt) != row.token:
            yield _error("store.E318", f"{row.entry} {row.field}", "个人信息与台账中的哈希不符。")
    seen: set[str] = set()
    for stream, told in _streams():
        yield from _of_stream(stream, told, rows, seen)
    for token in rows.keys() - seen:
        yield _error("store.E321", f"{rows[token].entry} {rows[token].field}", "个人信息在台账中没有对应的事实。")


Told = tuple[Mapping[str, str], tuple[str, ...]]
"""The hashes a fact sets, by field, and the fields it erased."""


def _streams() -> Iterator[tuple[str, list[Told]]]:
    """By entry of a list that keeps personal words, each fact's hashes by field and the fields it erased."""
    names = set(EntryRow.objects.order_by().values_list("list", "definition").distinct())
    lists = {name for name, version in names if personal_fields(definitions.version(version))}
    own = EntryRow.objects.filter(list__in=lists).values("id")
    rows = FactRow.objects.filter(stream__in=own).order_by("stream", "version").iterator(chunk_size=2000)
    for stream, group in groupby(map(facts.to_fact, rows), key=lambda fact: fact.stream):
        told: list[Told] = []
        for fact in group:
            data = fact.data()
            definition, values = definitions.version(str(data["definition"])), data["values"]
            move = definition.moves.get(str(data["move"]))
            held = values if isinstance(values, dict) else {}
            hashes = {f.name: str(held[f.name]) for f in personal_fields(definition) if is_sealed(held.get(f.name))}
            told.append((hashes, move.erases if move else ()))
        yield stream, told


def _of_stream(
    stream: str,
    told: Sequence[Told],
    rows: Mapping[str, PersonalText],
    seen: set[str],
) -> Iterator[Finding]:
    last = {name: at for at, (_, erased) in enumerate(told) for name in erased}
    for at, (hashes, _) in enumerate(told):
        for name, token in hashes.items():
            seen.add(token)
            is_erased = last.get(name, -1) > at
            if is_erased and token in rows:
                yield _error("store.E320", f"{stream} {name}", "已删除的个人信息又出现了。")
            elif not is_erased and token not in rows:
                yield _error("store.E319", f"{stream} {name}", "个人信息不见了，台账中没有删除的记录。")


def _error(identity: str, where: str, message: str) -> Finding:
    return Finding(identity, Level.ERROR, where, message, "请查明是谁改了数据表。")
