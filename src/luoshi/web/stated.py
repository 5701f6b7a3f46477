"""从文字填入: what a text says has been done, beside the commitments it can mean; and what was taken over from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from luoshi.acts.assignment_proposal import standing
from luoshi.acts.progress_proposal import ProgressProposal, propose_progress, reportable
from luoshi.document.model import Document
from luoshi.lists.amount import amount_in
from luoshi.store import definitions
from luoshi.store.queries.desk import Desk
from luoshi.terms.period import Period, chinese_date
from luoshi.terms.refusal import FieldError

Plain = dict[str, Any]
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_SHORTEST, _TOLD = 8, 30
"""Characters of what can be a sentence, and how many unread ones are told."""
LIMIT = 200
"""Statements shown at once; a month's text has some ten, a county's bulletin some fifty."""


def proposals(reader: Desk, document: Document, period: Period, rows: Mapping[str, Plain] | None) -> list[Plain]:
    """The statements of a document as the page shows them.

    Args:
        rows: the rows of a unit's sheet that may still be filled, by commitment; None for all units, to read only.
    """
    entries = reportable(standing(reader.plan_id).values())
    if rows is not None:
        entries = {name: entry for name, entry in entries.items() if name in rows}
    found = propose_progress(document, entries, period.start.year, period.last)
    leads = {name: reader.label(entry["lead_body"]) for name, entry in entries.items()}
    return [_line(n, one, leads, rows or {}) for n, one in enumerate(found[:LIMIT], 1)]


def _line(number: int, one: ProgressProposal, leads: Mapping[str, str], rows: Mapping[str, Plain]) -> Plain:
    return {
        "n": number,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "subject": one.subject,
        "as_of": _day(one.as_of) or one.as_of_words,
        "amount": f"{one.value}{one.unit}",
        "share": one.share,
        "growth": one.growth,
        "state": one.state,
        "doubts": one.doubts,
        "candidates": [
            {
                "id": candidate.entry,
                "label": f"{f'第{candidate.task}项　' if candidate.task else ''}{candidate.name}",
                "lead": leads.get(candidate.entry, ""),
                "why": "".join(candidate.reasons),
                "value": candidate.value,
                "now": rows.get(candidate.entry, {}).get("value", ""),
            }
            for candidate in one.candidates
        ],
        "entry": "",
        "value": f"{one.value}{one.unit}",
        "text": one.quote,
    }


def _day(iso: str) -> str:
    return chinese_date(date.fromisoformat(iso)) if iso else ""


def taken(posted: QueryDict, rows: Mapping[str, Plain]) -> tuple[dict[str, dict[str, str | None]], list[FieldError]]:
    """The cells to be laid over the draft, by commitment, and what cannot be taken.

    Words are put behind those typed before, and take the place of what was returned; a figure takes the place of the
    one before.
    """
    cells: dict[str, dict[str, str | None]] = {}
    errors: list[FieldError] = []
    field = definitions.current("report").fields["value"]
    for number in posted.getlist("line"):
        name = posted.get(f"{number}-entry", "")
        if name not in rows:
            continue
        row, mine = rows[name], cells.setdefault(name, {})
        value, text = posted.get(f"{number}-value", "").strip(), posted.get(f"{number}-text", "").strip()
        if value and row["numeric"]:
            amount = amount_in(field, value, row["unit"])
            if isinstance(amount, FieldError):
                errors.append(FieldError(f"{number}-value", amount.message, value))
                continue
            value = amount
            if mine.get("value", value) != value:
                message = f"“{row['name']}”填了两个不同的数（{mine['value']}和{value}），请只留一个。"
                errors.append(FieldError(f"{number}-value", message, value))
            mine["value"] = value
        before = mine.get("text") or _kept_words(row)
        if text and text not in before:
            mine["text"] = f"{before}\n{text}" if before else text
    return {name: mine for name, mine in cells.items() if mine}, errors


def _kept_words(row: Plain) -> str:
    """What was typed for the row; not the words that came back with a returned report and nobody touched since."""
    is_returned = row["report_state"] == "returned" and row["text"] == row["submitted"]["text"]
    return "" if is_returned else str(row["text"])


def unread(document: Document, lines: Sequence[Plain]) -> tuple[list[str], int]:
    """The sentences of a text in which nothing was read, and how many more there are than are told."""
    text = document.text
    read = [(line["start"], line["end"]) for line in lines]
    found = [
        one.group().strip()
        for one in _SENTENCE.finditer(text)
        if len(one.group().strip()) >= _SHORTEST and not any(s < one.end() and one.start() < e for s, e in read)
    ]
    return found[:_TOLD], max(0, len(found) - _TOLD)


def lay_over(lines: Sequence[Plain], posted: QueryDict) -> None:
    """Put back what was chosen and typed."""
    for line in lines:
        for name in ("entry", "value", "text"):
            line[name] = posted.get(f"{line['n']}-{name}", line[name])
