"""Proposals as plain rows: what a reading suggests, ready to be reviewed by a person and adopted.

A proposal says which list its entry would be in, with which fields; keys are fields of that list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from luoshi.document.model import Document, Task
from luoshi.reading.model import Commitment, Mention, Passage, Reading, Step
from luoshi.reading.passage import MEASURE
from luoshi.target.kind import accumulation_of, kind_of
from luoshi.terms.number import plain
from luoshi.terms.span import Span
from luoshi.terms.unit import unit

QUALITATIVE = "qualitative"
"""The kind of a proposal that is no entry: words of a task adopted with it, until a person makes them a measure."""
_CONNECTIVE = 4
"""Characters of a clause that only connects: 同时, 与此同时."""
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """识读建议: one entry that the reading proposes.

    ``task`` is the id of the proposed task it belongs to, "" for a task itself or outside tasks. ``doubt``
    says in Chinese why a person should look twice, ``doubtfulness`` how urgently (0 not at all); ``rules`` are the
    ids of the rules that fired, ``steps`` the same with the code points each fired on; ``sub`` is what kind of
    measure it is (plan, reform, service), where that is clear.
    """

    id: str
    list: str
    start: int
    end: int
    quote: str
    fields: dict[str, Any] = field(default_factory=dict)
    task: str = ""
    sentence_start: int = 0
    sentence_end: int = 0
    doubt: str = ""
    rules: tuple[str, ...] = ()
    doubtfulness: int = 0
    steps: tuple[Step, ...] = ()
    sub: str = ""


def proposal_of(data: dict[str, Any]) -> Proposal:
    """A proposal from the plain values it was kept as."""
    steps = tuple((rule, start, end) for rule, start, end in data.get("steps", ()))
    return Proposal(**{**data, "rules": tuple(data["rules"]), "steps": steps})


def proposals_of(reading: Reading) -> list[Proposal]:
    """Everything the reading proposes: the tasks, then what is in them, in text order; the vague clauses last."""
    tasks = list(_tasks(reading.document))
    by_place = [(task.start, task.end, task.id) for task in tasks]
    found = [_target(reading.document, mention, by_place) for mention in reading.targets]
    found += [_commitment(reading.document, one, by_place) for one in reading.commitments]
    vague = [_qualitative(reading.document, one, by_place) for one in reading.passages if one.role == MEASURE]
    return [*tasks, *_distinct(sorted(found, key=lambda p: (p.start, p.end, p.list, p.id))), *filter(None, vague)]


def _distinct(proposals: list[Proposal]) -> Iterator[Proposal]:
    seen: dict[str, int] = {}
    for proposal in proposals:
        seen[proposal.id] = seen.get(proposal.id, 0) + 1
        suffix = "" if seen[proposal.id] == 1 else f"-{seen[proposal.id]}"
        yield Proposal(**{**_shallow(proposal), "id": proposal.id + suffix})


def _shallow(proposal: Proposal) -> dict[str, Any]:
    return {name: getattr(proposal, name) for name in Proposal.__dataclass_fields__}


def _tasks(document: Document) -> Iterator[Proposal]:
    for task in document.tasks:
        yield _task(document, f"t{task.span.start}", task.title, task.span, _area(document, task.area), task)
    numbered = {task.area for task in document.tasks}
    for paragraph in document.paragraphs:
        first = min((t.span.start for t in document.tasks if t.area == paragraph.area), default=None)
        comes_after = first is not None and paragraph.span.start > first
        if paragraph.task is None and (comes_after or not document.tasks or paragraph.area not in numbered):
            if document.tasks and not comes_after:
                continue
            title = _title(document.quote(paragraph.span))
            yield _task(
                document, f"t{paragraph.span.start}", title, paragraph.span, _area(document, paragraph.area), None
            )


def _title(text: str) -> str:
    """What to call a paragraph without a heading: its first clause that says something (not 同时)."""
    clauses = [clause.strip() for clause in re.split("[，,。；：:]", text) if clause.strip()]
    found = next((clause for clause in clauses if len(clause) > _CONNECTIVE), clauses[0] if clauses else text)
    return found if len(found) <= _LONGEST_TITLE else found[: _LONGEST_TITLE - 1] + "…"


def _task(document: Document, identity: str, title: str, span: Span, area: str, task: Task | None) -> Proposal:
    text = document.quote(span)
    fields = {
        "name": title,
        "kind": "task",
        "area": area,
        "task_number": str(task.number) if task else None,
        "quote": text,
    }
    return Proposal(identity, "task", span.start, span.end, text, fields)


def _area(document: Document, index: int | None) -> str:
    return document.areas[index].title if index is not None else ""


def _home(start: int, tasks: list[tuple[int, int, str]]) -> str:
    return next((identity for first, last, identity in tasks if first <= start < last), "")


def _target(document: Document, mention: Mention, tasks: list[tuple[int, int, str]]) -> Proposal:
    kind = kind_of(
        mention.comparator, mention.basis, mention.indicator,
        document.text[mention.sentence[0] : mention.end], mention.value_max is not None,
    )  # fmt: skip
    accumulation = accumulation_of(kind, unit(mention.unit), mention.indicator)
    has_pace = kind.value in {"at_least", "exactly"} and accumulation.value == "cumulative"
    fields: dict[str, Any] = {
        "indicator": mention.indicator,
        "kind": kind.value,
        "value": plain(mention.value) if mention.value is not None else None,
        "value_max": plain(mention.value_max) if mention.value_max is not None else None,
        "unit": mention.unit,
        "comparator": mention.comparator,
        "basis": mention.basis,
        "baseline": mention.baseline,
        "modality": mention.modality,
        "accumulation": accumulation.value,
        "schedule": "months" if has_pace else "none",
        **_placed(document, mention),
    }
    return _proposal(f"n{mention.start}", "target", mention, fields, tasks)


def _commitment(document: Document, one: Commitment, tasks: list[tuple[int, int, str]]) -> Proposal:
    fields: dict[str, Any] = {
        "name": one.object,
        "kind": one.kind,
        "stage": one.stage,
        "modality": one.modality,
        "schedule": "nodes",
        **_placed(document, one),
    }
    return _proposal(f"c{one.start}", "task", one, fields, tasks)


def _qualitative(document: Document, one: Passage, tasks: list[tuple[int, int, str]]) -> Proposal | None:
    """The words of a passage without blanks and marks around them; None where nothing is left."""
    text = document.text
    start, end = one.start, one.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum() and text[end - 1] not in "”》）)":
        end -= 1
    if start == end:
        return None
    quote = text[start:end]
    fields: dict[str, Any] = {
        "name": _title(quote),
        "kind": QUALITATIVE,
        "quote": quote,
        "sentence": quote,
        "task_number": str(one.task) if one.task is not None else None,
        "area": _area(document, one.area),
    }
    return Proposal(f"q{start}", "task", start, end, quote, fields, _home(start, tasks), start, end)


def _placed(document: Document, one: Mention | Commitment) -> dict[str, Any]:
    return {
        "quote": one.quote,
        "sentence": document.text[one.sentence[0] : one.sentence[1]],
        "task_number": str(one.task) if one.task is not None else None,
        "area": _area(document, one.area),
    }


def _proposal(
    identity: str, name: str, one: Mention | Commitment, fields: dict[str, Any], tasks: list[tuple[int, int, str]]
) -> Proposal:
    rules = tuple(dict.fromkeys(step[0] for step in one.steps))
    return Proposal(
        identity,
        name,
        one.start,
        one.end,
        one.quote,
        fields,
        _home(one.start, tasks),
        *one.sentence,
        one.doubt,
        rules,
        one.doubtfulness,
        one.steps,
        one.sub if isinstance(one, Commitment) else "",
    )
