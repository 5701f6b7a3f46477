"""The description of the interface: valid OpenAPI 3.1, made from the lists, and true."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from county import PLAN, PLANNING

from luoshi.api.description import openapi
from luoshi.store import definitions

META = json.loads((Path(__file__).parent / "openapi" / "schema-3.1.json").read_text("utf-8"))
"""The schema of OpenAPI 3.1 documents, as published by the OpenAPI Initiative (Apache-2.0)."""


@pytest.fixture
def description(desk):
    return desk.get("openapi.json").json()


def test_the_description_is_valid_openapi(description):
    described = {key: value for key, value in description.items() if key != "ok"}
    jsonschema.Draft202012Validator(META).validate(described)


def test_every_reference_leads_somewhere(description):
    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    named = set()

    def walk(node):
        if isinstance(node, dict):
            named.update([node["$ref"]] if "$ref" in node else [])
            for item in node.values():
                walk(item)
        elif isinstance(node, list):
            for item in node:
                walk(item)

    walk(description["paths"])
    assert named <= known
    assert len(named) > 5


def test_every_operation_has_a_name_of_its_own(description):
    names = [
        operation["operationId"]
        for path in description["paths"].values()
        for method, operation in path.items()
        if method in {"get", "post"}
    ]
    assert len(names) == len(set(names))


def test_every_list_in_force_is_described(description):
    for name in definitions.lists_in_force():
        assert f"/lists/{name}" in description["paths"]


def test_every_described_address_answers(description, supervisor):
    """Called empty, a move is refused for what it lacks or done, never for being unknown."""
    for path, item in description["paths"].items():
        given = path.replace("{id}", f"plan:{PLAN}").replace("{body}", PLANNING).replace("{period}", "2023-09")
        for method in {"get", "post"} & set(item):
            response = getattr(supervisor, method)(given.lstrip("/"))
            known = response.json().get("id", "")
            assert known not in {"api.unknown_address", "api.unknown_move", "api.no_method", "api.broken"}, (
                path,
                known,
            )


@pytest.mark.parametrize("name", ["target", "task", "problem", "supervision", "report", "body", "plan"])
def test_entries_are_as_described(description, supervisor, name):
    supervisor.post(
        "lists/problem/moves/file", {"fields": {"text": "材料不全", "body": PLANNING, "origin": "inspection"}}
    )
    schema = {**description["components"]["schemas"][name], "components": description["components"]}
    schema["properties"]["values"]["additionalProperties"] = False
    found = supervisor.get(f"lists/{name}", size="200").json()["entries"]
    for entry in found:
        jsonschema.Draft202012Validator(schema).validate(entry)


def test_a_list_written_by_a_county_is_described_too():
    """Nothing but its definition is needed."""
    definition = definitions.lists_in_force()["problem"]
    found = openapi([definition])
    assert {path for path in found["paths"] if path.startswith("/lists/problem")} >= {
        "/lists/problem",
        "/lists/problem/moves/file",
        "/lists/problem/moves/close",
        "/lists/problem/entries/{id}/moves/cure",
    }
    file = found["paths"]["/lists/problem/moves/file"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert file["properties"]["fields"]["required"] == ["text", "origin"]


def test_what_is_personal_is_said_to_be_masked(settings):
    settings.LUOSHI_PACKS = ["national", "petition"]
    definitions._signature_at.cache_clear()
    described = openapi([definitions.current("petition")])
    definitions._signature_at.cache_clear()
    told = json.dumps(described, ensure_ascii=False)
    assert told.count("脱敏后的内容") >= 3
