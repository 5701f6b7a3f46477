"""The review file of ``adopt``: one JSON line for each proposal a person accepts.

A line is one of ``luoshi read --format jsonl`` or ``commitments`` as it came out, or names a proposal by ``id``;
``fields`` in it holds what the person corrected. Numbers that are no targets are passed over.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luoshi.cli.language import said
from luoshi.cli.read import content_of
from luoshi.terms.refusal import FieldError, Refusal, Refused

if TYPE_CHECKING:
    from luoshi.acts.adopt_document import Choice


def read_choices(path: Path) -> list[Choice]:
    """The choices in a review file.

    Raises:
        Refused: lines that are no choices, each named.
    """
    from luoshi.acts.adopt_document import Choice

    choices: list[Choice] = []
    errors: list[FieldError] = []
    try:
        lines = content_of(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        message = said(f"复核文件“{path}”应为UTF-8编码。", f"{path} is not UTF-8.")
        raise Refused(Refusal("cli.bad_review", message, 422)) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        data = _data(line)
        if data is None:
            errors.append(FieldError(f"line {number}", f"第{number}行不是带id或起止位置的JSON。", line[:60]))
        elif data.get("role", "target") == "target":
            name = str(data.get("indicator") or data.get("object") or "")
            fields = {str(key): str(value) for key, value in data.get("fields", {}).items()}
            identity = str(data.get("id") or "")
            choices.append(Choice(number, identity, data.get("start"), data.get("end"), name, fields))
    if errors:
        message = said(f"复核文件有{len(errors)}行读不出来。", f"{len(errors)} lines of the review cannot be read.")
        raise Refused(Refusal("cli.bad_review", message, 422, errors=tuple(errors)))
    return choices


def _data(line: str) -> dict[str, Any] | None:
    try:
        data = json.loads(line)
    except ValueError:
        return None
    if not isinstance(data, dict) or not isinstance(data.get("fields", {}), dict):
        return None
    has_place = isinstance(data.get("start"), int) and isinstance(data.get("end"), int)
    return data if has_place or isinstance(data.get("id"), str) else None
