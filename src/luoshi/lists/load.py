"""Reading a list's YAML: checked against the schema, then for sense; every mistake a finding with its line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from luoshi.lists.definition import ClockRule, Definition, Escalation, Field, Length, Move, State
from luoshi.lists.sense import check_sense, nearest
from luoshi.people.actor import Grant
from luoshi.people.role import Role
from luoshi.terms.finding import Finding, Level, has_errors
from luoshi.terms.source import Source
from luoshi.terms.yaml_text import Path, YamlText, read_yaml

if TYPE_CHECKING:
    from luoshi.lists.formula.build import Mistake


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
        findings += [finding for error in _errors(written.data) for finding in _said(error, written, name)]
    if has_errors(findings):
        return None, tuple(findings)
    definition, mistakes = _with_reckoning(build(written.data, text), written.data)
    findings += check_sense(definition, written, name)
    findings += [
        Finding("lists.E010", Level.ERROR, f"{name}:{written.line(mistake.path)}", mistake.message, mistake.hint)
        for mistake in mistakes
    ]
    return (None if has_errors(findings) else definition), tuple(findings)


def _errors(data: object) -> Iterable[ValidationError]:
    for error in _validator().iter_errors(data):
        yield from _deepest(error)


def _deepest(error: ValidationError) -> Iterable[ValidationError]:
    """Of the branches of a oneOf, the complaints of the one that came nearest."""
    if error.validator != "oneOf" or not error.context:
        yield error
        return
    branches = _branches(error)
    fitting = [branch for branch in branches if not any(_is_of_other_kind(inner) for inner in branch)]
    for inner in min(fitting or branches, key=len):
        yield from _deepest(inner)


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    found: dict[int, list[ValidationError]] = {}
    for inner in error.context or ():
        found.setdefault(int(inner.schema_path[0]), []).append(inner)
    return list(found.values())


def _is_of_other_kind(error: ValidationError) -> bool:
    """Whether the branch wanted a value of another kind altogether: a word where a list was written."""
    if error.path:
        return False
    if error.validator == "oneOf":
        return all(any(_is_of_other_kind(inner) for inner in branch) for branch in _branches(error))
    return error.validator == "type"


def _said(error: ValidationError, written: YamlText, name: str) -> Iterable[Finding]:
    path: Path = tuple(error.absolute_path)
    where = f"{name}:{written.line(path)}"
    place = ".".join(str(part) for part in path) or "文件"
    got = _shown(error.instance)
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, written, name, place)
    elif error.validator == "required":
        for key in _any(error.validator_value):
            if f"'{key}' is" in error.message:
                yield Finding("lists.E004", Level.ERROR, where, f"{place}缺少“{key}”。")
    elif error.validator == "enum":
        allowed = [str(word) for word in _any(error.validator_value)]
        message = f"{place}的值“{got}”不在允许之列。"
        yield Finding("lists.E005", Level.ERROR, where, message, nearest(got, allowed))
    elif "propertyNames" in error.relative_schema_path:
        where = f"{name}:{written.line((*path, str(error.instance)))}"
        yield Finding("lists.E006", Level.ERROR, where, f"{place}里的名称“{got}”写得不对。", _NAMES)
    else:
        yield Finding("lists.E006", Level.ERROR, where, f"{place}写得不对：得到“{got}”。", _expected(error))


def _unknown_keys(error: ValidationError, written: YamlText, name: str, place: str) -> Iterable[Finding]:
    schema: Any = error.schema
    known = list(schema.get("properties", {}))
    for key in _any(error.instance):
        if key not in known:
            where = f"{name}:{written.line((*error.absolute_path, key))}"
            yield Finding("lists.E003", Level.ERROR, where, f"{place}里没有“{key}”这个词。", nearest(key, known))


_NAMES = "名称以小写英文字母开头，只用小写字母、数字和下划线，不超过30个字符。"
_KINDS = {"object": "映射（键: 值）", "array": "列表", "string": "文字", "boolean": "true或false", "null": "空"}


def _expected(error: ValidationError) -> str:
    """What may stand there, in words."""
    wanted: Any = error.validator_value
    if error.validator == "type":
        return f"应为{_KINDS[wanted]}。"
    if error.validator in {"minLength", "minItems", "minProperties"}:
        return "不能为空。"
    if error.validator == "maxLength" or "a-z" in str(wanted):
        return _NAMES
    if "day" in str(wanted):
        return "期限应写作“60 days”“5 days”或“3 months”，数字为1至9999。"
    return "应为写在引号里的数字。"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping | list):
        return "映射" if isinstance(value, Mapping) else "列表"
    text = "空" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _any(value: Any) -> Any:
    """The library leaves these attributes open; here they are set."""
    return value


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


def _with_reckoning(definition: Definition, data: Any) -> tuple[Definition, tuple[Mistake, ...]]:
    """The definition with what it computes; sqlglot is loaded only for lists that compute."""
    if not any(key in data for key in ("parameters", "formulas", "measures")):
        return definition, ()
    from luoshi.lists.formula.build import build as build_reckoning
    from luoshi.lists.formula.build import columns_of

    states = {state.name: state.label for state in definition.states.values()}
    reckoning, mistakes = build_reckoning(data, columns_of(definition.fields.values(), states), definition.label)
    return replace(definition, reckoning=reckoning), mistakes


def _field(name: str, data: Mapping[str, Any]) -> Field:
    columns = {column: _field(column, inner) for column, inner in data.get("columns", {}).items()}
    return Field(
        name, data["type"], data["label"], data.get("fixed", False), data.get("required", False),
        data.get("indexed", False), data.get("of", {}), data.get("list", ""), columns,
        data.get("minimum"), data.get("maximum"), data.get("help", ""), data.get("unit", ""),
    )  # fmt: skip


def _state(name: str, data: str | Mapping[str, Any]) -> State:
    return State(name, data) if isinstance(data, str) else State(name, data["label"], data.get("closed", False))


def _grant(data: str | Mapping[str, Any]) -> Grant:
    return Grant(Role(data)) if isinstance(data, str) else Grant(Role(data["role"]), data.get("of"))


def _grants(data: Any) -> tuple[Grant, ...]:
    return tuple(_grant(grant) for grant in (data if isinstance(data, list) else [data]))


def _move(name: str, data: Mapping[str, Any]) -> Move:
    return Move(
        name, data["label"], data["fact"], _many(data.get("from")), data.get("to", ""),
        _grants(data["by"]), _many(data.get("sets")), _many(data.get("needs")),
        _many(data.get("unless")), data.get("reason") == "required", data.get("opens", False),
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
    )  # fmt: skip


def _length(text: str) -> Length:
    count, unit = text.split(" ", 1)
    return Length(int(count), unit if unit.endswith("s") else f"{unit}s")
