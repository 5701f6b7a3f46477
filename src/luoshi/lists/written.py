"""What is written in a data file, held against its JSON schema; every mistake a finding with line and nearest word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from luoshi.lists.sense import nearest
from luoshi.terms.finding import Finding, Level, has_errors
from luoshi.terms.yaml_text import Path, YamlText, read_yaml


def read_written(text: str, name: str, schema: str) -> tuple[YamlText, tuple[Finding, ...]]:
    """The data of a YAML text and all that is wrong with its form.

    Args:
        name: the file's name, for the findings.
        schema: the schema's file in this room (``schema.json`` for lists, ``example.json`` for examples).
    """
    written = read_yaml(text, name, "lists")
    findings = list(written.findings)
    if not has_errors(findings):
        errors = [error for found in _validator(schema).iter_errors(written.data) for error in _deepest(found)]
        findings += [finding for error in errors for finding in _said(error, written, name)]
    return written, tuple(findings)


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = resources.files(__package__).joinpath(schema).read_text("utf-8")
    return Draft202012Validator(json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)


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
    if error.validator == "format" or "[0-9]{4}-" in str(wanted):
        return "日期写作2023-09-30。"
    if "day" in str(wanted):
        return "期限应写作“60 days”“5 working days”或“3 months”，数字为1至9999。"
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
