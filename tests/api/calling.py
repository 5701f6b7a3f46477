"""Another system that calls the interface, and what a refusal looks like."""

from __future__ import annotations

import itertools
import json

SHAPE = {"ok", "id", "message", "errors", "status", "basis", "data"}


class System:
    """Another system that calls with a token."""

    def __init__(self, client, written):
        self.client, self.written = client, written
        self.keys = (f"request-{number:06d}" for number in itertools.count())

    def get(self, address, **query):
        return self.client.get(f"/api/v1/{address}", query, headers=self._heads())

    def post(self, address, sent=None, key=None):
        heads = {**self._heads(), "Idempotency-Key": next(self.keys) if key is None else key}
        text = sent if isinstance(sent, str) else json.dumps(sent or {})
        return self.client.post(f"/api/v1/{address}", text, content_type="application/json", headers=heads)

    def _heads(self):
        return {"Authorization": f"Bearer {self.written}"}


def refused(response, status, identity):
    """The refusal, which must have this status, this id and the shape of all."""
    found = response.json()
    assert (response.status_code, found["status"], found["id"]) == (status, status, identity), found
    assert set(found) == SHAPE
    assert not found["ok"]
    return found
