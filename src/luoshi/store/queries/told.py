"""个人信息的查看: the words of personal fields as this reader may be told them: whole, masked, or that they were erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from luoshi.lists.definition import Definition, Field
from luoshi.lists.personal import ERASED, is_sealed, masked, may_be_told, personal_fields
from luoshi.store.personal import texts
from luoshi.store.queries.desk import Desk

Values = dict[str, Any]
Asked = tuple[Definition, Values, Values]
"""A definition, values in which words take the place of hashes, and the entry's values by which rights are judged."""


def tell(desk: Desk, definition: Definition, rows: Sequence[Values]) -> None:
    """Put words in the place of the hashes in the values of these entries; one query for all, none without hashes."""
    tell_each(desk, [(definition, row, row) for row in rows] if personal_fields(definition) else [])


def tell_each(desk: Desk, asked: Iterable[Asked]) -> None:
    """The same for values of different lists or of single facts."""
    found = [(each, field) for each in asked for field in personal_fields(each[0]) if each[1].get(field.name)]
    known = texts(values[field.name] for (_, values, _), field in found)
    shown = [_shown(desk, each, field, known) for each, field in found]  # before any is put in
    for ((_, values, _), field), text in zip(found, shown, strict=True):
        values[field.name] = text


def _shown(desk: Desk, asked: Asked, field: Field, known: dict[str, str]) -> str:
    definition, values, entry = asked
    held = values[field.name]
    text = known.get(held) if is_sealed(held) else str(held)  # typed before the list called it personal
    if text is None:
        return ERASED
    if may_be_told(definition, field, _bodies(entry), desk.actor, desk.roster):
        return text
    return masked(field.mask, text)


def _bodies(entry: Values) -> Values:
    """Lists as tuples, as rights take them."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
