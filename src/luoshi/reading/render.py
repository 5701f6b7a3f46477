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


def render_json(reading: Reading) -> str:
    """The whole plan as one JSON object: areas, tasks, commitments, excluded regions, findings, derivations."""
    return json.dumps(reading_row(reading), ensure_ascii=False, indent=1) + "\n"


def reading_row(reading: Reading) -> dict[str, Any]:
    """The whole reading in plain values; targets stand among ``mentions`` with role ``target``."""
    document = reading.document
    return {
        "document": {
            "name": document.name, "sha256": document.sha256, "format": document.format,
            "encoding": document.encoding, "characters": len(document.text),
            "title": document.quote(document.title) if document.title else None,
        },
        "areas": [
            {"index": one.index, "level": one.level, "number": one.number, "title": one.title,
             "parent": one.parent, "start": one.span.start, "end": one.span.end}
            for one in document.areas
        ],
        "tasks": [
            {"number": one.number, "title": one.title, "area": one.area, "start": one.span.start, "end": one.span.end}
            for one in document.tasks
        ],
        "mentions": [_with_place(mention_row(one), one) for one in reading.mentions],
        "commitments": [_with_place(commitment_row(one), one) for one in reading.commitments],
        "qualitative": [
            {"task": one.task, "area": one.area, "start": one.start, "end": one.end,
             "quote": document.text[one.start : one.end].strip()}
            for one in reading.passages if one.role == "measure"
        ],
        "excluded": [
            {"name": one.name, "start": one.span.start, "end": one.span.end, "quote": document.quote(one.span)[:80]}
            for one in document.regions
        ],
        "findings": [
            {"id": one.id, "level": str(one.level), "where": one.where, "message": one.message, "hint": one.hint,
             "start": one.start, "end": one.end}
            for one in reading.findings
        ],
    }  # fmt: skip


def _with_place(row: dict[str, Any], one: Mention | Commitment) -> dict[str, Any]:
    return row | {
        "area": one.area,
        "sentence": list(one.sentence),
        "doubts": [{"code": doubt.code, "weight": doubt.weight, "message": doubt.message} for doubt in one.doubts],
        "derivation": [{"rule": identity, "start": start, "end": end} for identity, start, end in one.steps],
    }


def mention_row(mention: Mention) -> dict[str, Any]:
    """The fields of the guide; those of a target only when it is one."""
    row: dict[str, Any] = {"task": mention.task, "start": mention.start, "end": mention.end, "quote": mention.quote}
    row["role"] = mention.role
    if mention.role != "target":
        return row
    row |= {"indicator": mention.indicator, "value": json_number(mention.value)}
    if mention.value_max is not None:
        row["value_max"] = json_number(mention.value_max)
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


def json_number(value: Decimal | None) -> int | float | None:
    """A JSON number that shows the decimal as written; only lines and files hold it, never a computation."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
