"""The examples of docs/api.md, sent one after the other as they stand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
BLOCK = re.compile(r"^```\n(GET|POST) (/api/v1/\S+)\n(?:Idempotency-Key: (\S+)\n\n(.+)\n)?```$", re.MULTILINE)


def test_every_example_does_what_the_guide_says(desk, supervisor):
    examples = BLOCK.findall(GUIDE.read_text("utf-8"))
    assert len(examples) == GUIDE.read_text("utf-8").count("```") / 2 >= 7
    for method, address, key, body in examples:
        caller = desk if "/reports/" in address else supervisor
        heads = {**caller._heads(), **({"Idempotency-Key": key} if key else {})}
        send = getattr(caller.client, method.lower())
        more = {"data": body, "content_type": "application/json"} if body else {}
        response = send(address, headers=heads, **more)
        assert response.status_code in {200, 201}, (address, response.json())


@pytest.mark.parametrize("address", ["/api/v1/openapi.json"])
def test_the_description_is_where_the_guide_says(supervisor, address):
    assert address in GUIDE.read_text("utf-8")
    found = supervisor.client.get(address, headers=supervisor._heads())
    assert json.loads(found.content)["openapi"].startswith("3.1")
