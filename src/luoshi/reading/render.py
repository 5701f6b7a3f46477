"""A reading as lines: exactly the fields of the guides of annotation, and the whole as JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from luoshi.reading.model import Commitment, Mention, Reading


def render_jsonl(reading: Reading) -> str:
    """One JSON line per number mention with the fields of the guide, in text order."""
    return "".join(_line(mention_row(one)) for one in reading.mentions)


def render_commitments(reading: Reading) -> str:
    """One JSON line per commitment without a number, in text order."""
    return "".join(_line(commitment_row(one)) for one in reading.commitments)


def mention_row(mention: Mention) -> dict[str, Any]:
    """The fields of the guide; those of a target only when it is one."""
    row: dict[str, Any] = {"task": mention.task, "start": mention.start, "end": mention.end, "quote": mention.quote}
    row["role"] = mention.role
    if mention.role != "target":
        return row
    row |= {"indicator": mention.indicator, "value": _number(mention.value)}
    if mention.value_max is not None:
        row["value_max"] = _number(mention.value_max)
    return row | {
        "unit": mention.unit,
        "comparator": mention.comparator,
        "basis": mention.basis,
        "baseline": mention.baseline,
        "modality": mention.modality,
    }


def commitment_row(commitment: Commitment) -> dict[str, Any]:
    """The fields of the guide for commitments."""
    row: dict[str, Any] = {
        "task": commitment.task,
        "start": commitment.start,
        "end": commitment.end,
        "quote": commitment.quote,
        "kind": commitment.kind,
        "object": commitment.object,
        "stage": commitment.stage,
        "modality": commitment.modality,
    }
    return row | ({"sub": commitment.sub} if commitment.sub else {})


def _number(value: Decimal | None) -> int | float | None:
    """A JSON number that writes the decimal exactly as JSON readers show it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
