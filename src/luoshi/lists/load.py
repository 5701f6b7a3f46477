"""Reading a list's YAML: checked against the schema, then for sense; every mistake a finding with its line."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from luoshi.lists.definition import ClockRule, Definition, Field, Move, State
from luoshi.people.actor import Grant
from luoshi.people.role import Role
from luoshi.terms.finding import Finding, Level, has_errors
from luoshi.terms.source import Source
from luoshi.terms.yaml_text import Path, YamlText, read_yaml


@cache
def _validator() -> Draft202012Validator:
    text = resources.files(__package__).joinpath("schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def read_definition(text: str, name: str) -> tuple[Definition | None, tuple[Finding, ...]]:
    """The list a YAML text defines, or None, and all that is to be said about it.

    Args:
        name: the file's name, for the findings.
    """
    written = read_yaml(text, name, "lists")
    findings = list(written.findings)
    if not has_errors(findings):
        findings += [finding for error in _errors(written.data) for finding in [_said(error, written, name)]]
    if has_errors(findings):
        return None, tuple(findings)
    definition = build(written.data, text)
    findings += check_sense(definition, written, name)
    return (None if has_errors(findings) else definition), tuple(findings)


def _errors(data: object) -> Iterable[ValidationError]:
    for error in _validator().iter_errors(data):
        yield from _deepest(error)


def _deepest(error: ValidationError) -> Iterable[ValidationError]:
    """Of the branches of a oneOf, the complaints of the one that came nearest."""
    if error.validator == "oneOf" and error.context:
        branches: dict[int, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(int(inner.schema_path[0]), []).append(inner)
        fitting = [b for b in branches.values() if not any(e.validator == "type" and not e.path for e in b)]
        best = min(fitting or branches.values(), key=len)
        for inner in best:
            yield from _deepest(inner)
    else:
        yield error


def _said(error: ValidationError, written: YamlText, name: str) -> Finding:
    path: Path = tuple(error.absolute_path)
    where = f"{name}:{written.line(path)}"
    place = ".".join(str(part) for part in path) or "文件"
    if error.validator == "additionalProperties":
        schema: Any = error.schema
        known = list(schema.get("properties", {}))
        unknown = [key for key in _any(error.instance) if key not in known]
        where = f"{name}:{written.line((*path, unknown[0]))}"
        return Finding(
            "lists.E003", Level.ERROR, where, f"{place}里没有“{unknown[0]}”这个词。", _nearest(unknown[0], known)
        )
    if error.validator == "required":
        missing = next(key for key in _any(error.validator_value) if key not in _any(error.instance))
        return Finding("lists.E004", Level.ERROR, where, f"{place}缺少“{missing}”。")
    if error.validator == "enum":
        allowed = [str(word) for word in _any(error.validator_value)]
        return Finding(
            "lists.E005",
            Level.ERROR,
            where,
            f"{place}的值“{error.instance}”不在允许之列。",
            _nearest(str(error.instance), allowed),
        )
    return Finding("lists.E006", Level.ERROR, where, f"{place}写得不对：得到“{error.instance}”。")


def _any(value: Any) -> Any:
    """jsonschema leaves these attributes open; here they are set."""
    return value


def _nearest(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, 1, 0.5)
    return f"是否应为“{near[0]}”？" if near else f"可用：{'、'.join(known)}。"


def _many(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value)  # type: ignore[attr-defined]


def build(data: Any, text: str = "") -> Definition:
    """The definition that schema-checked data spell out."""
    version = hashlib.sha256((text or json.dumps(data, ensure_ascii=False, sort_keys=True)).encode()).hexdigest()[:16]
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
        visible=data.get("visible", "owners"),
        owners=_many(data.get("owners")),
        numbering=data.get("numbering", ""),
        text=text,
    )


def _field(name: str, data: Mapping[str, Any]) -> Field:
    columns = {column: _field(column, inner) for column, inner in data.get("columns", {}).items()}
    return Field(
        name, data["type"], data["label"], data.get("fixed", False), data.get("required", False),
        data.get("indexed", False), data.get("of", {}), data.get("list", ""), columns,
        data.get("minimum"), data.get("maximum"), data.get("help", ""),
    )  # fmt: skip


def _state(name: str, data: str | Mapping[str, Any]) -> State:
    return State(name, data) if isinstance(data, str) else State(name, data["label"], data.get("closed", False))


def _grant(data: str | Mapping[str, Any]) -> Grant:
    return Grant(Role(data)) if isinstance(data, str) else Grant(Role(data["role"]), data.get("of"))


def _move(name: str, data: Mapping[str, Any]) -> Move:
    by = data["by"] if isinstance(data["by"], list) else [data["by"]]
    return Move(
        name, data["label"], data["fact"], _many(data.get("from")), data.get("to", ""),
        tuple(_grant(grant) for grant in by), _many(data.get("sets")), _many(data.get("needs")),
        _many(data.get("unless")), data.get("reason") == "required", data.get("opens", False),
    )  # fmt: skip


def _clock(name: str, data: Mapping[str, Any]) -> ClockRule:
    length, unit = data["length"].split()
    return ClockRule(
        name, data["label"], data["starts"], _many(data["stops"]), int(length),
        "months" if unit.startswith("month") else "days", data.get("counts", "calendar"), Source.of(data.get("source")),
    )  # fmt: skip


def check_sense(definition: Definition, written: YamlText, name: str) -> list[Finding]:
    """What a well-formed definition says that cannot be meant: names that point nowhere."""
    fields, states, moves = list(definition.fields), list(definition.states), list(definition.moves)
    pointers: list[tuple[Path, str, list[str]]] = []
    for move in definition.moves.values():
        at: Path = ("moves", move.name)
        pointers += [((*at, "from"), state, [*states, "*"]) for state in move.from_states]
        pointers += [((*at, "to"), move.to, states)] if move.to else []
        pointers += [((*at, "sets"), field, fields) for field in move.sets]
        pointers += [((*at, "needs"), field, fields) for field in move.needs]
        pointers += [((*at, "by"), grant.of, fields) for grant in move.by if grant.of]
        pointers += [((*at, "unless"), guard, [f"same_person_as_{m}" for m in moves]) for guard in move.unless]
    for clock in definition.clocks.values():
        pointers += [(("clocks", clock.name, "starts"), clock.starts, moves)]
        pointers += [(("clocks", clock.name, "stops"), stop, moves) for stop in clock.stops]
    pointers += [(("owners",), owner, fields) for owner in definition.owners]
    pointers += [(("title",), definition.title, fields)] if definition.title else []
    return [
        Finding("lists.E007", Level.ERROR, f"{name}:{written.line(path)}", f"{'.'.join(map(str, path))}所指的“{word}”不存在。", _nearest(word, known))
        for path, word, known in pointers
        if word not in known
    ] + _shape(definition, written, name)  # fmt: skip


def _shape(definition: Definition, written: YamlText, name: str) -> list[Finding]:
    found: list[Finding] = []

    def say(path: Path, message: str) -> None:
        found.append(Finding("lists.E008", Level.ERROR, f"{name}:{written.line(path)}", message))

    if not definition.opening_moves:
        say(("moves",), "没有一个动作能新建条目(opens: true)。")
    if not definition.source.is_verified:
        found.append(
            Finding(
                "lists.W001",
                Level.WARNING,
                f"{name}:{written.line(('source',))}",
                "来源为空：此清单不得作为正式规定展示。",
            )
        )
    for move in definition.moves.values():
        if not move.opens and not move.from_states:
            say(("moves", move.name), f"动作“{move.label}”没有写从哪个状态出发(from)。")
        if move.opens and not move.to:
            say(("moves", move.name), f"新建动作“{move.label}”没有写到哪个状态(to)。")
    for field in definition.fields.values():
        if field.type == "choice" and not field.of:
            say(("fields", field.name), f"“{field.label}”是选项，须用of写明各选项。")
        if field.type == "rows" and not field.columns:
            say(("fields", field.name), f"“{field.label}”是多行，须用columns写明各栏。")
        if field.indexed and field.type in {"rows", "long_text", "evidence"}:
            say(("fields", field.name), f"“{field.label}”的类型{field.type}不能建索引。")
    return found
