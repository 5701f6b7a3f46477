"""所选条目: what a form refers to is an entry of the actor's county, and of the same plan unless it is of the same list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luoshi.acts.context import Context
from luoshi.lists.definition import Definition, Field
from luoshi.lists.entry import Entry, Value, county_of
from luoshi.lists.move import Birth
from luoshi.lists.value import parse
from luoshi.store.entries import find_all
from luoshi.terms.refusal import FieldError, Refusal, Refused


def require_near(context: Context, definition: Definition, subject: Entry | Birth, typed: Mapping[str, object]) -> None:
    """Refuse references to entries out of bounds; what the entry refers to already stays.

    Raises:
        Refused: 422, each field named; an entry of another county is refused in the same words as an unknown one.
    """
    chosen = dict(_chosen(definition, subject, typed))
    known = find_all({item for _, items in chosen.values() for item in items}) if chosen else {}
    errors = [
        FieldError(name, f"没有“{item}”这一条目，请从所列的条目中选。", item)
        for name, (field, items) in chosen.items()
        for item in items
        if not _is_near(context, field, definition, subject.plan, known.get(item))
    ]
    if errors:
        raise Refused(Refusal("acts.foreign_reference", errors[0].message, 422, errors=tuple(errors)))


def _chosen(
    definition: Definition, subject: Entry | Birth, typed: Mapping[str, object]
) -> Iterator[tuple[str, tuple[Field, list[str]]]]:
    for name, content in typed.items():
        field = definition.fields.get(name)
        if field is None or field.type not in {"reference", "references"}:
            continue
        value = parse(field, content)
        if isinstance(value, FieldError):
            continue  # said with the other bad values
        before = _listed(subject[name]) if isinstance(subject, Entry) else []
        items = [item for item in _listed(value) if item not in before]
        if items:
            yield name, (field, items)


def _listed(value: Value) -> list[str]:
    return [str(item) for item in (value if isinstance(value, tuple) else (value,)) if item]


def _is_near(context: Context, field: Field, definition: Definition, plan: str, entry: Entry | None) -> bool:
    if entry is None or county_of(entry.plan) != context.county:
        return False
    is_register = plan == context.county or definition.name == "plan"
    return entry.plan == plan or is_register or county_of(entry.plan) == entry.plan or field.list == definition.name
