"""标注: what persons accepted of a reading, as the lines by which readers are examined.

The fields are those of the annotation guides: one line per target, one line per commitment without a number, in
text order, with ``text[start:end] == quote``. What was rejected or not yet looked at is left out.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from luoshi.acts.proposal import Proposal
from luoshi.acts.review_proposals import current_review
from luoshi.reading.render import json_number
from luoshi.store.models import DocumentRow

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of files in an archive whose bytes depend on nothing but its content."""


def target_lines(proposals: Iterable[Proposal]) -> str:
    """One JSON line for each accepted target."""
    return "".join(_line(target_row(one)) for one in proposals if one.list == "target")


def commitment_lines(proposals: Iterable[Proposal]) -> str:
    """One JSON line for each accepted project, honour, event or measure; tasks are no promises of their own."""
    return "".join(
        _line(commitment_row(one)) for one in proposals if one.list == "task" and one.fields.get("kind") != "task"
    )


def annotation_files(row: DocumentRow) -> dict[str, bytes]:
    """The text and its lines by file name: ``a.txt``, ``a.gold.jsonl`` and ``a.commitments.jsonl``."""
    stem = PurePath(row.name).stem or "document"
    accepted = current_review(row).accepted
    return {
        f"{stem}.txt": row.text.encode(),
        f"{stem}.gold.jsonl": target_lines(accepted).encode(),
        f"{stem}.commitments.jsonl": commitment_lines(accepted).encode(),
    }


def annotation_archive(row: DocumentRow) -> bytes:
    """The same files in one ZIP archive; equal reviews give equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in annotation_files(row).items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def target_row(proposal: Proposal) -> dict[str, Any]:
    """The fields of the guide for a target."""
    fields = proposal.fields
    row = {**_place(proposal), "role": "target", "indicator": str(fields.get("indicator") or "")}
    row["value"] = _number(fields.get("value"))
    if fields.get("value_max") not in (None, ""):
        row["value_max"] = _number(fields["value_max"])
    return row | {
        "unit": str(fields.get("unit") or ""),
        "comparator": str(fields.get("comparator") or "="),
        "basis": str(fields.get("basis") or "absolute"),
        "baseline": fields.get("baseline") or None,
        "modality": str(fields.get("modality") or "firm"),
    }


def commitment_row(proposal: Proposal) -> dict[str, Any]:
    """The fields of the guide for a commitment without a number."""
    fields = proposal.fields
    kind = str(fields.get("kind") or "")
    row = {
        **_place(proposal),
        "kind": kind,
        "object": str(fields.get("name") or ""),
        "stage": (fields.get("stage") or None) if kind == "project" else None,
        "modality": str(fields.get("modality") or "firm"),
    }
    return row | ({"sub": proposal.sub} if proposal.sub and kind == "measure" else {})


def _place(proposal: Proposal) -> dict[str, Any]:
    number = str(proposal.fields.get("task_number") or "")
    return {
        "task": int(number) if number.isdecimal() else None,
        "start": proposal.start,
        "end": proposal.end,
        "quote": proposal.quote,
    }


def _number(value: object) -> int | float | None:
    return json_number(Decimal(str(value))) if value not in (None, "") else None


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
