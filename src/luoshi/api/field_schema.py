"""A field of a list as JSON Schema: what is sent for it, and what is read back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luoshi.lists.definition import Field

Plain = dict[str, Any]

_NUMBER = r"^-?\d+(\.\d+)?$"
_PLAIN: dict[str, Plain] = {
    "text": {"type": "string"},
    "long_text": {"type": "string"},
    "person": {"type": "string"},
    "body": {"type": "string", "description": "花名册中的单位代码"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "string", "pattern": r"^-?\d+$"},
    "decimal": {"type": "string", "pattern": _NUMBER},
    "date": {"type": "string", "format": "date"},
    "period": {"type": "string", "pattern": r"^\d{4}(-\d{2})?"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "bodies": {"type": "array", "items": {"type": "string"}},
    "references": {"type": "array", "items": {"type": "string"}},
    "evidence": {"type": "array", "items": {"type": "string"}},
}
FILE: Plain = {
    "type": "object",
    "required": ["name", "base64"],
    "properties": {
        "name": {"type": "string", "description": "文件名"},
        "base64": {"type": "string", "contentEncoding": "base64"},
    },
}


def read_schema(field: Field) -> Plain:
    """What a field is read back as: numbers as exact text."""
    if field.type == "rows":
        columns = {name: read_schema(column) for name, column in field.columns.items()}
        return _told(field, {"type": "array", "items": {"type": "object", "properties": columns}})
    if field.type == "choice":
        return _told(field, {"type": "string", "enum": list(field.of)})
    if field.type == "reference":
        return _told(field, {"type": "string", "description": f"清单“{field.list}”的条目编号"})
    return _told(field, _PLAIN[field.type])


def sent_schema(field: Field) -> Plain:
    """What may be sent for a field: numbers also as JSON numbers, files with their content, null to empty it."""
    schema = read_schema(field)
    if field.type in {"integer", "decimal"}:
        return {**schema, "type": ["string", "number", "null"]}
    if field.type == "rows":
        columns = {name: sent_schema(column) for name, column in field.columns.items()}
        needed = [name for name, column in field.columns.items() if column.required]
        row: Plain = {"type": "object", "properties": columns, "additionalProperties": False}
        return {**schema, "type": ["array", "null"], "items": {**row, "required": needed} if needed else row}
    if field.type == "evidence":
        return {**schema, "type": ["array", "null"], "items": {"anyOf": [{"type": "string"}, FILE]}}
    if field.type == "choice":
        return {**schema, "type": ["string", "null"], "enum": [*field.of, None]}
    return {**schema, "type": [schema["type"], "null"]}


def values_schema(fields: Iterable[Field]) -> Plain:
    """The values of an entry; empty fields are left out."""
    return {"type": "object", "properties": {field.name: read_schema(field) for field in fields}}


def _told(field: Field, schema: Plain) -> Plain:
    """The schema with what the list says about the field."""
    personal = "个人信息：无权查看全文的，读到的是脱敏后的内容；删除后读到“（已删除）”" if field.personal else ""
    said = [text for text in (schema.get("description", ""), field.help, personal) if text]
    if field.type == "choice":
        said.append("；".join(f"{value}：{label}" for value, label in field.of.items()))
    limits = [
        f"{word}{limit}" for word, limit in (("不小于", field.minimum), ("不大于", field.maximum)) if limit is not None
    ]
    told: Plain = {**schema, "title": field.label}
    if said or limits:
        told["description"] = "。".join([*said, *limits])
    if field.unit:
        told["x-unit"] = field.unit
    return told
