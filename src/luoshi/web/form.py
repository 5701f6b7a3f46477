"""What forms need: errors by field, what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from luoshi.lists.definition import Field
from luoshi.store.queries.form_field import typed_rows
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.paging import whole_number


def errors_of(refusal: Refusal | None) -> dict[str, str]:
    """The messages of a refusal by field."""
    return {error.field: error.message for error in refusal.errors} if refusal else {}


def typed_of(posted: QueryDict, fields: Mapping[str, Field], names: tuple[str, ...]) -> dict[str, object]:
    """What was typed for these fields of a list, in the shapes ``lists.value.parse`` takes; evidence comes as files."""
    typed: dict[str, object] = {}
    for name in names:
        field = fields[name]
        if name not in posted:
            continue
        if field.type in {"bodies", "references"} and len(posted.getlist(name)) > 1:
            typed[name] = posted.getlist(name)
        elif field.type == "rows":
            typed[name] = typed_rows(field, posted[name])
        elif field.type != "evidence":
            typed[name] = posted[name]
    return typed


def kept(fields: list[dict[str, Any]], posted: QueryDict | None) -> list[dict[str, Any]]:
    """The fields with what was typed, after a refusal."""
    if posted is None:
        return fields
    return [
        {
            **field,
            "value": posted.getlist(field["name"])
            if field["type"] in {"bodies", "references"}
            else posted[field["name"]],
        }
        if field["name"] in posted
        else field
        for field in fields
    ]


def chosen_versions(chosen: list[str]) -> dict[str, int | None]:
    """The ticked lines of a table, each with the version it was shown at: ``report:…|3``; None where none is told."""
    found: dict[str, int | None] = {}
    for text in chosen:
        name, mark, version = text.rpartition("|")
        found[name if mark else text] = whole_number(version) if mark else None
    return found


def as_seen(chosen: Mapping[str, int | None]) -> dict[str, int]:
    """The versions that were told."""
    return {name: version for name, version in chosen.items() if version is not None}


def require_choice(chosen: list[str], what: str = "填报") -> None:
    """Refuse an act on nothing.

    Raises:
        Refused: no line of the table was chosen.
    """
    if not chosen:
        raise Refused(Refusal("web.nothing_chosen", f"请先在表中选中要办理的{what}。", 422))


def refuse_if(errors: list[FieldError], message: str = "") -> None:
    """Refuse values that cannot be taken.

    Raises:
        Refused: with every error; its message is the first one's unless another is given.
    """
    if errors:
        raise Refused(Refusal("web.bad_values", message or errors[0].message, 422, errors=tuple(errors)))
