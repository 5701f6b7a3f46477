"""A fact: one past-tense line of the ledger, with canonical bytes and the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from luoshi.lists.clock import clock_in, clock_out
from luoshi.lists.definition import Definition
from luoshi.lists.entry import Change
from luoshi.lists.value import Plain, decode, encode

BEGINNING = ""
"""The ``prev_hash`` of the first fact of a stream."""


@dataclass(frozen=True, slots=True)
class Fact:
    """事实: what was done to one entry. (stream, version) is its key; ``payload`` is canonical JSON."""

    stream: str
    version: int
    kind: str
    actor: str
    body: str
    act_id: str
    occurred_on: date
    recorded_at: datetime
    payload: str
    prev_hash: str
    hash: str

    def data(self) -> dict[str, Plain]:
        """The payload as plain JSON."""
        found: dict[str, Plain] = json.loads(self.payload)
        return found


def canonical(data: Plain) -> str:
    """JSON with sorted keys, no spaces, UTF-8 characters as they are and no numbers.

    Raises:
        TypeError: a number (numbers are written as strings) or another foreign value.
    """
    _refuse_numbers(data)
    return _ENCODER.encode(data)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _refuse_numbers(data: object) -> None:
    if isinstance(data, str) or data is None or isinstance(data, bool):
        return
    if isinstance(data, list):
        for item in data:
            if type(item) is not str:
                _refuse_numbers(item)
    elif isinstance(data, dict):
        for key, item in data.items():
            if not isinstance(key, str):
                raise TypeError(f"key {key!r} of a payload is no string")
            if type(item) is not str:
                _refuse_numbers(item)
    else:
        raise TypeError(f"{data!r} cannot stand in a payload")


def instant(moment: datetime) -> str:
    """An aware instant as UTC with microseconds: ``2023-09-30T08:00:00.000000Z``."""
    if moment.tzinfo is None:
        raise ValueError("an instant without a zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def digest(fact: Fact, algorithm: str = "sha256") -> str:
    """The hash of everything the fact says and of the hash before it, in hexadecimal."""
    envelope: dict[str, Plain] = {
        "stream": fact.stream,
        "version": str(fact.version),
        "kind": fact.kind,
        "actor": fact.actor,
        "body": fact.body,
        "act_id": fact.act_id,
        "occurred_on": fact.occurred_on.isoformat(),
        "recorded_at": instant(fact.recorded_at),
        "payload": fact.payload,
        "prev_hash": fact.prev_hash,
    }
    return hashlib.new(algorithm, _ENCODER.encode(envelope).encode()).hexdigest()


def record(change: Change, act_id: str, prev_hash: str) -> Fact:
    """The fact that states a change, next in its stream after the fact hashed ``prev_hash``."""
    payload: dict[str, Plain] = {
        "list": change.list,
        "plan": change.plan,
        "definition": change.definition,
        "move": change.move,
        "from": change.from_state,
        "to": change.to_state,
        "values": {name: encode(value) for name, value in change.values.items()},
    }
    if change.clocks:
        payload["clocks"] = {name: clock_out(clock) for name, clock in change.clocks.items()}
    if change.reason:
        payload["reason"] = change.reason
    if change.acting_for:
        payload["acting_for"] = change.acting_for
    bare = Fact(
        change.entry, change.entry_version + 1, change.fact, change.account, change.body, act_id,
        change.occurred_on, change.recorded_at.astimezone(UTC), canonical(payload), prev_hash, "",
    )  # fmt: skip
    return _with_hash(bare)


def _with_hash(fact: Fact) -> Fact:
    return Fact(
        fact.stream, fact.version, fact.kind, fact.actor, fact.body, fact.act_id, fact.occurred_on,
        fact.recorded_at, fact.payload, fact.prev_hash, digest(fact),
    )  # fmt: skip


def change_of(fact: Fact, definition: Definition) -> Change:
    """The change a fact states, read with the definition it was made under.

    Raises:
        ValueError: another version of the definition, or a payload that states no change.
    """
    data = fact.data()
    if data["definition"] != definition.version:
        raise ValueError(f"{fact.stream}@{fact.version}: made under {data['definition']}, not {definition.version}")
    values, clocks = data["values"], data.get("clocks", {})
    if not isinstance(values, dict) or not isinstance(clocks, dict):
        raise ValueError(f"{fact.stream}@{fact.version}: payload without values")
    return Change(
        entry=fact.stream,
        list=str(data["list"]),
        plan=str(data["plan"]),
        definition=str(data["definition"]),
        move=str(data["move"]),
        fact=fact.kind,
        from_state=str(data["from"]),
        to_state=str(data["to"]),
        entry_version=fact.version - 1,
        occurred_on=fact.occurred_on,
        recorded_at=fact.recorded_at,
        account=fact.actor,
        body=fact.body,
        values={name: decode(definition.fields[name], value) for name, value in values.items()},
        clocks={name: clock_in(clock) for name, clock in clocks.items()},
        reason=str(data.get("reason", "")),
        acting_for=str(data.get("acting_for", "")),
    )


def broken(facts: Iterable[Fact]) -> tuple[Fact, str] | None:
    """The first fact of a stream (in version order) that does not hold, and why; None when all do.

    A cut tail still holds by itself: it is found by the stream's head and by checkpoints.
    """
    before, expected, stream = BEGINNING, 1, None
    for fact in facts:
        stream = stream or fact.stream
        if fact.stream != stream:
            return fact, f"属于另一条目“{fact.stream}”。"
        if fact.version != expected:
            return fact, f"版本应为{expected}，实为{fact.version}。"
        if fact.prev_hash != before:
            return fact, "与前一条事实的哈希不相接。"
        if digest(fact) != fact.hash:
            return fact, "内容与其哈希不符。"
        before, expected = fact.hash, expected + 1
    return None
