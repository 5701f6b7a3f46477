"""提示: what catches the eye in a row of a sheet, told to whoever fills it in before anybody else sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from luoshi.lists.value import parse
from luoshi.store import definitions, entries
from luoshi.store.repeated_files import repeated_files
from luoshi.store.reports import flags_of, in_own_units, last_values
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError

_TYPED = ("value", "base", "text")


def hints(plan: str, period: Period, body: str, lines: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """By commitment, the hints on what stands in its row: typed or submitted; four queries, none for an empty sheet.

    Args:
        lines: rows of the sheet, each with ``id``, its cells, its ``files`` and those its report holds.
    """
    filled = [line for line in lines if line["value"] or line["text"] or line["files"]]
    if not filled:
        return {}
    names = [str(line["id"]) for line in filled]
    known, before = entries.find_all(names), last_values(plan, names, period)
    field = definitions.current("report").fields["value"]
    seen = repeated_files(body, [([file["id"] for file in line["files"]], line["held_files"]) for line in filled])
    found: dict[str, list[str]] = {}
    for line, repeated in zip(filled, seen, strict=True):
        name = str(line["id"])
        typed, wrong = in_own_units(known[name], {cell: line[cell] for cell in _TYPED if line[cell]})
        value = parse(field, typed.get("value"))
        if wrong:
            found[name] = [wrong[0].message]
        elif isinstance(value, FieldError):
            found[name] = [value.message]
        else:
            found[name] = flags_of(known[name], value, typed, before.get(name))
        found[name] += repeated
    return found
