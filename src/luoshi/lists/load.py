"""Reading a list's YAML: checked against the schema, then for sense; every mistake a finding with its line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from luoshi.lists.definition import (
    Adding,
    BallotChoice,
    ClockRule,
    Definition,
    Escalation,
    Feed,
    Field,
    Length,
    Move,
    SealedVote,
    State,
)
from luoshi.lists.personal import masks
from luoshi.lists.sense import check_sense
from luoshi.lists.written import read_written
from luoshi.people.actor import Grant
from luoshi.people.role import Role
from luoshi.terms.finding import Finding, Level, has_errors
from luoshi.terms.source import Source

if TYPE_CHECKING:
    from luoshi.lists.formula.build import Mistake


def read_definition(text: str, name: str) -> tuple[Definition | None, tuple[Finding, ...]]:
    """The list a YAML text defines, or None, and all that is to be said about it.

    Args:
        name: the file's name, for the findings.
    """
    written, found = read_written(text, name, "schema.json")
    findings = list(found)
    if has_errors(findings):
        return None, tuple(findings)
    definition, mistakes = _with_reckoning(build(written.data, text), written.data)
    findings += check_sense(definition, written, name)
    findings += [
        Finding("lists.E010", Level.ERROR, f"{name}:{written.line(mistake.path)}", mistake.message, mistake.hint)
        for mistake in mistakes
    ]
    return (None if has_errors(findings) else definition), tuple(findings)


def _many(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value)  # type: ignore[attr-defined]


def build(data: Any, text: str = "") -> Definition:
    """The definition that schema-checked data spell out."""
    version = hashlib.sha256((text or json.dumps(data, ensure_ascii=False, sort_keys=True)).encode()).hexdigest()[:16]
    circles = data.get("visible", "owners")
    if isinstance(circles, str):
        circles = {"entry": circles}
    entry = circles["entry"]
    return Definition(
        name=data["list"],
        label=data["label"],
        version=version,
        source=Source.of(data["source"]),
        fields={name: _field(name, field) for name, field in data["fields"].items()},
        states={name: _state(name, state) for name, state in data["states"].items() if state is not None},
        moves={name: _move(name, move) for name, move in data["moves"].items() if move is not None},
        clocks={name: _clock(name, clock) for name, clock in data.get("clocks", {}).items()},
        title=data.get("title", ""),
        period=data.get("period", ""),
        visible=entry,
        lights=circles.get("lights", entry),
        measures=circles.get("measures", "public" if entry == "public" else "county"),
        owners=_many(data.get("owners")),
        numbering=data.get("numbering", ""),
        table=_many(data.get("table")),
        text=text,
        sealed=_sealed(data["sealed"]) if "sealed" in data else None,
        feeds=_feeds(data.get("feeds", ())),
    )


def _feeds(data: Any) -> tuple[Feed, ...]:
    written = [data] if isinstance(data, Mapping) else data
    return tuple(Feed(one["commitment"], one["from"]) for one in written)


def _sealed(data: Mapping[str, Any]) -> SealedVote:
    choices = tuple(BallotChoice(**choice) for choice in data["choices"])
    return SealedVote(**{**data, "roll": _grants(data["roll"]), "choices": choices})


def _with_reckoning(definition: Definition, data: Any) -> tuple[Definition, tuple[Mistake, ...]]:
    """The definition with what it computes; sqlglot is loaded only for lists that compute."""
    if not any(key in data for key in ("parameters", "formulas", "measures")):
        return definition, ()
    from luoshi.lists.formula.build import build as build_reckoning
    from luoshi.lists.formula.build import columns_of

    states = {state.name: state.label for state in definition.states.values()}
    clocks = {clock.name: clock.label for clock in definition.clocks.values()}
    moves = {move.name: move.label for move in definition.moves.values()}
    columns = columns_of(definition.fields.values(), states, clocks, moves)
    reckoning, mistakes = build_reckoning(data, columns, definition.label)
    return replace(definition, reckoning=reckoning), mistakes


def _field(name: str, data: Mapping[str, Any]) -> Field:
    columns = {column: _field(column, inner) for column, inner in data.get("columns", {}).items()}
    return Field(
        name, data["type"], data["label"], data.get("fixed", False), data.get("required", False),
        data.get("indexed", False), data.get("of", {}), data.get("list", ""), columns,
        data.get("minimum"), data.get("maximum"), data.get("help", ""), data.get("unit", ""),
        _adding(data.get("adds")), data.get("personal", False), masks()[data["mask"]] if "mask" in data else None,
        _grants(data["shown_to"]) if "shown_to" in data else (), _many(data.get("kinds")),
    )  # fmt: skip


def _adding(data: bool | Mapping[str, Any] | None) -> Adding | None:
    if not data and not isinstance(data, Mapping):
        return None
    said = data if isinstance(data, Mapping) else {}
    only = {name: _many(values) for name, values in said.get("only", {}).items()}
    return Adding(said.get("unit", ""), said.get("parts_of", ""), _many(said.get("alike")), only)


def _state(name: str, data: str | Mapping[str, Any]) -> State:
    if isinstance(data, str):
        return State(name, data)
    return State(name, data["label"], data.get("closed", False), data.get("next", ""))


def _grant(data: str | Mapping[str, Any]) -> Grant:
    return Grant(Role(data)) if isinstance(data, str) else Grant(Role(data["role"]), data.get("of"))


def _grants(data: Any) -> tuple[Grant, ...]:
    return tuple(_grant(grant) for grant in (data if isinstance(data, list) else [data]))


def _move(name: str, data: Mapping[str, Any]) -> Move:
    return Move(
        name, data["label"], data["fact"], _many(data.get("from")), data.get("to", ""),
        _grants(data["by"]), _many(data.get("sets")), _many(data.get("needs")),
        _many(data.get("unless")), data.get("reason") == "required", data.get("opens", False),
        _many(data.get("erases")), dict(data.get("after") or {}),
    )  # fmt: skip


def _clock(name: str, data: Mapping[str, Any]) -> ClockRule:
    length, unit = data.get("length", "0 days").split()
    return ClockRule(
        name, data["label"], data["starts"], _many(data["stops"]), int(length),
        "months" if unit.startswith("month") else "days", data.get("counts", "calendar"), Source.of(data.get("source")),
        _many(data.get("resumes")), data.get("roll", "none"), data.get("due", ""), _many(data.get("suspends")),
        _many(data.get("continues")), {move: _length(text) for move, text in data.get("extends", {}).items()},
        int(data.get("extensions", 1)), tuple(_length(text) for text in data.get("warn", ())),
        tuple(Escalation(_length(step["after"]), step["label"], _grants(step["to"])) for step in data.get("escalates", ())),
        data.get("lapses", False), data.get("by", ""),
        {choice: _length(text) for choice, text in data.get("lengths", {}).items()},
    )  # fmt: skip


def _length(text: str) -> Length:
    count, unit = text.split(" ", 1)
    return Length(int(count), unit if unit.endswith("s") else f"{unit}s")
