"""The proposals of a document as the review page shows them: marked text, one card, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from luoshi.acts.proposal import Proposal
from luoshi.acts.review_proposals import ACCEPTED, REJECTED, decisions, reviewed
from luoshi.reading.rule import RULES
from luoshi.store import definitions
from luoshi.store.models import DocumentRow
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.entry_page import form_field
from luoshi.store.queries.task import cut
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.form import blank

Plain = dict[str, Any]
CORRECTABLE = {
    "target": ("indicator", "kind", "value", "value_max", "unit", "baseline", "modality", "accumulation"),
    "task": ("name", "kind", "stage", "modality"),
}
STATES = {ACCEPTED: "已采纳", REJECTED: "已不采", "": "待看"}
TARGET = "target"


@dataclass(frozen=True, slots=True)
class Placed:
    """补充: a place in the text and the fields of the entry it is to become."""

    list: str
    start: int
    end: int
    fields: dict[str, str]


def page(desk: Desk, row: DocumentRow, at: str, show: str) -> Plain:
    """Marked text, the card of the proposal ``at`` (else the first open one), and progress."""
    everything, decided = reviewed(row), decisions(row)
    queue = _queue(everything, show)
    current = next((p for p in everything if p.id == at), None) or next(
        (p for p in queue if not decided.get(p.id)), None
    )
    done = sum(1 for p in everything if decided.get(p.id))
    accepted = sum(1 for p in everything if decided.get(p.id) == ACCEPTED)
    left = len(everything) - done
    edition = int(str(desk.plan["edition"] or 0)) + 1 if desk.plan else 1
    note = f"已采纳{accepted}条" + (f"；还有{left}条没有看，没看过的不会采纳。" if left else "，全部看过。")
    return {
        "passages": _passages(row.text, everything, decided, current),
        "progress": {"done": done, "total": len(everything)},
        "card": _card(desk, everything, decided, current) if current else None,
        "links": {"previous": _beside(queue, current, -1), "next": _beside(queue, current, 1)},
        "edition": edition,
        "can_adopt": bool(accepted) and desk.is_supervisor,
        "adoption": note,
    }


def _queue(everything: list[Proposal], show: str) -> list[Proposal]:
    """The order of the review: doubtful ones first, each group in the order of the text."""
    doubtful = [p for p in everything if p.doubt]
    return doubtful if show == "doubtful" else [*doubtful, *(p for p in everything if not p.doubt)]


def _beside(queue: list[Proposal], current: Proposal | None, step: int) -> str:
    if current is None or current not in queue:
        return ""
    place = queue.index(current) + step
    return queue[place].id if 0 <= place < len(queue) else ""


def following(row: DocumentRow, chosen: str, show: str) -> str:
    """The next proposal of the queue that nobody has decided."""
    decided = decisions(row)
    queue = _queue(reviewed(row), show)
    ids = [p.id for p in queue]
    start = ids.index(chosen) + 1 if chosen in ids else 0
    return next((name for name in [*ids[start:], *ids[:start]] if name != chosen and not decided.get(name)), "")


def open_ids(row: DocumentRow) -> list[str]:
    """The proposals nobody has decided."""
    decided = decisions(row)
    return [p.id for p in reviewed(row) if not decided.get(p.id)]


def _passages(
    text: str, everything: list[Proposal], decided: dict[str, str], current: Proposal | None
) -> list[list[Plain]]:
    marks: list[Plain] = [
        {
            "start": p.start,
            "end": p.end,
            "proposal": p.id,
            "href": "#",
            "colour": _colour(p, decided.get(p.id, "")),
            "here": current is not None and p.id == current.id,
        }
        for p in everything
        if p.fields.get("kind") != "task"
    ]
    seen: dict[tuple[int, int], Plain] = {}
    for mark in marks:
        held = seen.setdefault((mark["start"], mark["end"]), mark)
        if mark["here"]:
            held |= {"here": True, "proposal": mark["proposal"]}
    pieces = cut(text, 0, len(text), list(seen.values()))
    return [[{"proposal": "", "here": False, **piece} for piece in passage] for passage in pieces]


def _colour(proposal: Proposal, decision: str) -> str:
    if decision:
        return "green" if decision == ACCEPTED else "red"
    return "yellow" if proposal.doubt else "grey"


def _card(desk: Desk, everything: list[Proposal], decided: dict[str, str], current: Proposal) -> Plain:
    definition = definitions.current(current.list)
    kinds = definitions.current("task").fields["kind"].of
    task = next((p for p in everything if p.id == current.task), None)
    place = f"{'第' + str(current.fields['task_number']) + '项' if current.fields.get('task_number') else '项外'}"
    name = f"　{task.fields.get('name')}" if task else ""
    names = CORRECTABLE[current.list]
    return {
        "id": current.id,
        "kind": "量化目标" if current.list == TARGET else kinds.get(str(current.fields.get("kind")), "事项"),
        "n": everything.index(current) + 1,
        "state": STATES[decided.get(current.id, "")],
        "doubt": current.doubt,
        "quote": current.quote if len(current.quote) <= 120 else f"{current.quote[:120]}……",
        "place": f"{place}{name}　全文第{current.start}至{current.end}字",
        "derivation": [_told(name) for name in current.rules],
        "fields": [
            form_field(desk, definition.fields[field], current.fields.get(field), definition.fields[field].required)
            for field in names
        ],
    }


def _told(name: str) -> str:
    """A rule of the reader by its Chinese name."""
    rule = RULES.get(name)
    return rule.name if rule else name


def corrected(row: DocumentRow, chosen: str, posted: QueryDict) -> dict[str, str]:
    """The fields that were typed differently from what the proposal says."""
    proposal = next((p for p in reviewed(row) if p.id == chosen), None)
    if proposal is None:
        return {}
    names = CORRECTABLE[proposal.list]
    return {
        name: posted[name].strip()
        for name in names
        if name in posted and posted[name].strip() != str(proposal.fields.get(name) or "")
    }


def add_fields() -> list[Plain]:
    """The form that adds what the reader missed."""
    kinds = definitions.current("task").fields["kind"].of
    choices = [(TARGET, "量化目标"), *((key, label) for key, label in kinds.items() if key != "task")]
    return [
        {**blank("quote", "原文中的文字"), "help": "与原文逐字相同；在左边选中文字会自动填入。", "needed": True},
        {**blank("as", "作为", "choice"), "options": choices, "needed": True},
        {**blank("name", "名称或指标"), "needed": True},
        {**blank("value", "目标值", "decimal"), "help": "量化目标填写。"},
        blank("unit", "单位"),
    ]


def placed(row: DocumentRow, posted: QueryDict) -> Placed:
    """Where the added words stand, and what they are to become.

    Raises:
        Refused: the words are not in the text, or something is missing.
    """
    quote, kind = posted.get("quote", "").strip(), posted.get("as", "")
    name, value = posted.get("name", "").strip(), posted.get("value", "").strip()
    start = row.text.find(quote) if quote else -1
    errors = []
    if start < 0:
        errors.append(FieldError("quote", "原文中没有这段文字，请从左边复制。", quote))
    if not kind:
        errors.append(FieldError("as", "请选择作为哪一类。"))
    if not name:
        errors.append(FieldError("name", "请填写名称或指标。"))
    if kind == TARGET and not value:
        errors.append(FieldError("value", "请填写目标值。"))
    if errors:
        raise Refused(Refusal("web.bad_values", errors[0].message, 422, errors=tuple(errors)))
    if kind == TARGET:
        fields = {
            "indicator": name,
            "value": value,
            "unit": posted.get("unit", "").strip(),
            "kind": "at_least",
            "modality": "firm",
        }
        return Placed(
            TARGET,
            start,
            start + len(quote),
            {**fields, "schedule": "months", "accumulation": "cumulative", "basis": "absolute"},
        )
    return Placed(
        "task", start, start + len(quote), {"name": name, "kind": kind, "modality": "firm", "schedule": "nodes"}
    )
