"""栏目选择: which fields and computed columns of a list are shown as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from luoshi.lists.definition import Definition, Field
from luoshi.lists.formula.reckoning import Formula

Plain = dict[str, Any]
MOST = 9
"""How many columns a list shows by itself; whoever wants more chooses them."""


def columns_of(definition: Definition) -> list[Field]:
    """The columns of the table: those the list names; else its name, its figures, and what can be filtered."""
    if definition.table:
        return [definition.fields[name] for name in definition.table if name in definition.fields]
    fields = [definition.fields[definition.title]] if definition.title else []
    figures = [definition.fields[name] for name in ("value", "unit") if name in definition.fields]
    for field in (*definition.indexed[:2], *figures, *definition.indexed[2:]):
        if field not in fields and field.type not in {"rows", "long_text"} and field.name not in HIDDEN:
            fields.append(field)
    return fields[:MOST]


def chosen_columns(definition: Definition, names: tuple[str, ...]) -> tuple[list[Field], list[Formula]]:
    """The fields and formulas to show: the chosen ones that there are, in the list's order; its own for none."""
    fields = [definition.fields[name] for name in definition.fields if name in names and name not in HIDDEN_IN_EXPORT]
    formulas = [formula for formula in definition.reckoning.formulas if formula.name in names]
    if not fields:
        return columns_of(definition), formulas or formulas_of(definition)
    first = definition.fields.get(definition.title)
    if first and first not in fields:
        fields.insert(0, first)
    return fields, formulas


def choosable(definition: Definition, shown: Sequence[str]) -> list[Plain]:
    """Every field and formula that can be a column, with whether it is one now."""
    fields = [field for field in definition.fields.values() if field.name not in HIDDEN_IN_EXPORT]
    named = [(field.name, field.label) for field in fields]
    named += [(formula.name, formula.label) for formula in definition.reckoning.formulas]
    return [{"name": name, "label": label, "chosen": name in shown} for name, label in named]


HIDDEN = {"parent", "task", "number", "other_leads", "cooperating_bodies", "zone_group", "area"}
HIDDEN_IN_EXPORT = {"start", "end", "derivation", "items"}


def formulas_of(definition: Definition) -> list[Formula]:
    """The computed columns of the table: those the list names, else all."""
    formulas = {formula.name: formula for formula in definition.reckoning.formulas}
    if definition.table:
        return [formulas[name] for name in definition.table if name in formulas]
    return list(formulas.values())
