"""The description of the interface (OpenAPI 3.1), made anew from the lists in force each time it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi import __version__
from luoshi.acts.move_entries import MOST
from luoshi.api.answer import Plain
from luoshi.api.door import Caller
from luoshi.api.field_schema import FILE, sent_schema, values_schema
from luoshi.api.own_acts import MOVES, OPENINGS
from luoshi.lists.definition import Definition, Move
from luoshi.store import definitions
from luoshi.store.own_acts import can_be_made_together, has_own_act
from luoshi.store.queries import plain_entries

VERSION = "3.1.0"
_TEXT: Plain = {"type": "string"}
_NUMBER: Plain = {"type": "integer", "minimum": 1}


def document(caller: Caller) -> Plain:
    """The whole description; ``caller`` needs no right but a token."""
    del caller
    return openapi(list(definitions.lists_in_force().values()))


def openapi(lists: Sequence[Definition]) -> Plain:
    """The description of these lists."""
    paths: Plain = {}
    for definition in lists:
        paths |= _paths_of(definition)
    schemas = {definition.name: _entry_schema(definition) for definition in lists}
    return {
        "openapi": VERSION,
        "info": {"title": "落实 接口", "version": __version__, "description": _ABOUT},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {**_common_paths(), **paths},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "一个单位的接口令牌"}},
            "schemas": {**schemas, "_refusal": _REFUSAL, "_file": FILE},
        },
    }


_ABOUT = (
    "各清单的读取和办理，与网页是同一套规则。数字以文字给出，不作舍入；办理须带 Idempotency-Key，"
    "同一编号重发只办一次；拒绝时按 id 判断，message 给人看。"
)
_REFUSAL: Plain = {
    "type": "object",
    "required": ["ok", "id", "message", "errors", "status"],
    "properties": {
        "ok": {"const": False},
        "id": {**_TEXT, "description": "稳定不变，程序据此判断"},
        "message": _TEXT,
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"field": _TEXT, "message": _TEXT, "got": _TEXT}},
        },
        "status": {"type": "integer"},
        "basis": _TEXT,
        "data": {"type": "object", "additionalProperties": _TEXT},
    },
}
_KEY: Plain = {
    "name": "Idempotency-Key", "in": "header", "required": True, "schema": {**_TEXT, "minLength": 8, "maxLength": 64},
    "description": "本次请求的编号，由调用方自定；重发同一请求用同一编号。",
}  # fmt: skip


def _entry_schema(definition: Definition) -> Plain:
    """An entry of a list as it is read."""
    return {
        "type": "object",
        "title": definition.label,
        "required": ["id", "list", "plan", "state", "version", "values"],
        "properties": {
            "id": _TEXT,
            "list": {"const": definition.name},
            "plan": _TEXT,
            "state": {**_TEXT, "description": "；".join(f"{s.name}：{s.label}" for s in definition.states.values())},
            "version": {"type": "integer"},
            "definition": _TEXT,
            "opened_on": {**_TEXT, "format": "date"},
            "values": values_schema(definition.fields.values()),
            "computed": {
                "type": "object",
                "properties": {f.name: {**_TEXT, "title": f.label} for f in definition.reckoning.formulas},
            },
            "light": {"type": "object", "description": "本月的灯，只有亮灯的清单才有"},
        },
    }


def _paths_of(definition: Definition) -> Plain:
    own: Plain = {f"/lists/{definition.name}": {"get": _reading(definition)}}
    for move in definition.moves.values():
        if _is_offered(definition, move):
            own[f"/lists/{definition.name}/moves/{move.name}"] = {"post": _moving(definition, move)}
        if not move.opens and _is_offered_for_one(definition, move):
            own[f"/lists/{definition.name}/entries/{{id}}/moves/{move.name}"] = {
                "parameters": [_at_path("id", f"清单“{definition.label}”的条目编号")],
                "post": _moving(definition, move, is_for_one=True),
            }
    return own


def _is_offered(definition: Definition, move: Move) -> bool:
    if move.opens:
        return not has_own_act(definition.name, move.name) or (definition.name, move.name) in OPENINGS
    return can_be_made_together(definition, move)


def _is_offered_for_one(definition: Definition, move: Move) -> bool:
    has_own = has_own_act(definition.name, move.name)
    return not has_own or (definition.name, move.name) in MOVES or can_be_made_together(definition, move)


def _reading(definition: Definition) -> Plain:
    filters = [
        {"name": name, "in": "query", "schema": _TEXT, "description": _filter_words(definition, name)}
        for name in plain_entries.filters_of(definition)
    ]
    sortable = [field.name for field in definition.indexed]
    orders = [order for name in sortable for order in (name, f"-{name}")]
    shown = [
        {"name": "sort", "in": "query", "schema": {"enum": orders}, "description": "前加减号为倒序"},
        {"name": "page", "in": "query", "schema": _NUMBER},
        {"name": "size", "in": "query", "schema": {**_NUMBER, "maximum": plain_entries.MOST}},
        {"name": "plan", "in": "query", "schema": _TEXT, "description": "计划编号，默认为当前计划"},
    ]
    if not sortable:
        shown = shown[1:]
    entries = {"type": "array", "items": {"$ref": f"#/components/schemas/{definition.name}"}}
    return {
        "summary": f"{definition.label}：条目",
        "tags": [definition.label],
        "operationId": f"list_{definition.name}",
        "parameters": [*filters, *shown],
        "responses": _responses("200", {"total": _NUMBER, "page": _NUMBER, "pages": _NUMBER, "entries": entries}),
    }


def _filter_words(definition: Definition, name: str) -> str:
    field = definition.fields.get(name)
    return field.label if field else {"state": "状态", "q": "含文字", "light": "灯"}[name]


def _moving(definition: Definition, move: Move, *, is_for_one: bool = False) -> Plain:
    names = move.sets or (tuple(definition.fields) if move.opens else ())
    fields: Plain = {"type": "object", "properties": {name: sent_schema(definition.fields[name]) for name in names}}
    needed = [*move.needs, *(name for name in names if move.opens and definition.fields[name].required)]
    if needed:
        fields["required"] = list(dict.fromkeys(needed))
    body: Plain = {"fields": fields}
    required = ["fields"] if needed else []
    if move.reason:
        body["reason"] = {**_TEXT, "minLength": 1, "description": "理由"}
        required.append("reason")
    if move.opens:
        body["plan"] = {**_TEXT, "description": "计划编号，默认为当前计划"}
    elif is_for_one:
        body["version"] = {**_NUMBER, "description": "读取时的版本；已有变动的不予办理"}
    else:
        body["entries"] = _ENTRIES
        required.append("entries")
    schema = {"type": "object", "properties": body, **({"required": required} if required else {})}
    one = {"entry": {"$ref": f"#/components/schemas/{definition.name}"}}
    many = {"entries": {"type": "array", "items": one["entry"]}}
    single = move.opens or is_for_one
    return {
        "summary": f"{definition.label}：{move.label}" + ("" if single else "（多条一次办理，要么都办，要么都不办）"),
        "tags": [definition.label],
        "operationId": f"{'one' if is_for_one else 'list'}_{definition.name}_{move.name}",
        "parameters": [_KEY],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": _responses("201" if move.opens else "200", one if single else many),
    }


_ENTRIES: Plain = {
    "type": "array", "minItems": 1, "maxItems": MOST,
    "items": {"type": "object", "required": ["id"], "properties": {"id": _TEXT, "version": {"type": "integer"}}},
}  # fmt: skip


def _responses(status: str, properties: Plain) -> Plain:
    done = {"type": "object", "required": ["ok"], "properties": {"ok": {"const": True}, **properties}}
    refusal = {"schema": {"$ref": "#/components/schemas/_refusal"}}
    return {
        status: {"description": "已办", "content": {"application/json": {"schema": done}}},
        "default": {"description": "没有办理，附理由", "content": {"application/json": refusal}},
    }


def _at_path(name: str, words: str) -> Plain:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT, "description": words}


def _common_paths() -> Plain:
    entry = {"entry": {"type": "object"}}
    rows = {"type": "array", "items": {"type": "object"}}
    body, period = _at_path("body", "单位代码"), _at_path("period", "月份，如 2023-09")
    row = {"type": "object", "required": ["commitment"], "properties": {"commitment": _TEXT}}
    sent = {"type": "object", "required": ["rows"], "properties": {"rows": {"type": "array", "items": row}}}
    return {
        "/lists": {"get": _common("各清单和条数", "lists", {"lists": rows})},
        "/entries/{id}": {
            "parameters": [_at_path("id", "条目编号")],
            "get": _common("一个条目，连同可办的动作和历史", "entry", entry),
        },
        "/entries/{id}/why/{period}": {
            "parameters": [_at_path("id", "条目编号"), period],
            "get": _common("为什么是这个灯", "why", {"why": {"type": "object"}}),
        },
        "/reports/{body}/{period}": {
            "parameters": [body, period],
            "get": _common("一个单位本月要填报的各行", "due", {"rows": rows}),
            "post": {
                **_common("填报，报后等待单位负责人签发", "submit", {"entries": rows}, "201"),
                "parameters": [_KEY],
                "requestBody": {"required": True, "content": {"application/json": {"schema": sent}}},
            },
        },
    }


def _common(summary: str, name: str, properties: Plain, status: str = "200") -> Plain:
    return {"summary": summary, "tags": ["通用"], "operationId": name, "responses": _responses(status, properties)}
