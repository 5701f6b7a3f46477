"""识读复核的经过: what persons decided about a document's proposals, record after record, and what it comes to.

No record is ever changed or removed; taking one back is a record of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from luoshi.acts.proposal import QUALITATIVE, Proposal, proposal_of

ACCEPTED, REJECTED, OPEN = "accepted", "rejected", ""
DECIDE, CORRECT, SPLIT, MERGE, ADD, UNDO = "decide", "correct", "split", "merge", "add", "undo"


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """复核记录: one thing a person did to proposals.

    ``ids`` are the proposals it is about, ``made`` those it brought forth (split, merged, added); ``place`` is a
    corrected start and end; ``of`` is the number of the record an undo takes back.
    """

    number: int
    what: str
    by: str
    name: str
    at: str
    ids: tuple[str, ...] = ()
    decision: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    place: tuple[int, int] | None = None
    made: tuple[Proposal, ...] = ()
    of: int = 0

    @property
    def concerned(self) -> set[str]:
        """The ids of all proposals it touched or made."""
        return {*self.ids, *(proposal.id for proposal in self.made)}


@dataclass(frozen=True, slots=True)
class Review:
    """复核现状: the proposals as persons left them, in text order, and what was decided about each.

    ``decisions`` leaves out what nobody decided; ``origin`` says of a proposal that it was corrected, split off,
    merged or added; ``touched`` is the last record about each proposal, also of those that are no more. ``vague`` are
    the clauses that are adopted with their task as its qualitative measures, unless they are rejected; nobody has to
    decide about them.
    """

    proposals: tuple[Proposal, ...]
    decisions: Mapping[str, str]
    origin: Mapping[str, str]
    touched: Mapping[str, ReviewRecord]
    records: tuple[ReviewRecord, ...]
    vague: tuple[Proposal, ...] = ()

    def find(self, identity: str) -> Proposal | None:
        """The proposal of this id, unless it was split or merged."""
        return next((one for one in (*self.proposals, *self.vague) if one.id == identity), None)

    def qualitative(self, task: str) -> list[Proposal]:
        """The vague clauses that go with a task: all of it that nobody rejected, in text order."""
        return [one for one in self.vague if one.task == task and self.decisions.get(one.id) != REJECTED]

    @property
    def accepted(self) -> list[Proposal]:
        """What was accepted: as read, corrected, split, merged or added."""
        return [proposal for proposal in self.proposals if self.decisions.get(proposal.id) == ACCEPTED]


def review_of(text: str, read: Sequence[Proposal]) -> Review:
    """What the records in ``text`` make of the proposals as they were read."""
    return folded(read, records_of(text))


def folded(read: Sequence[Proposal], records: Sequence[ReviewRecord]) -> Review:
    """What these records, in order, make of the proposals as they were read."""
    undone = {record.of for record in records if record.what == UNDO}
    live = {proposal.id: proposal for proposal in read}
    decisions: dict[str, str] = {}
    origin: dict[str, str] = {}
    touched: dict[str, ReviewRecord] = {}
    for record in records:
        touched |= dict.fromkeys(record.concerned, record)
        if record.what != UNDO and record.number not in undone:
            _take(record, live, decisions, origin)
    order = sorted(live.values(), key=lambda p: (p.start, -p.end if p.fields.get("kind") == "task" else p.end))
    decided = {identity: word for identity, word in decisions.items() if word and identity in live}
    vague = tuple(one for one in order if one.fields.get("kind") == QUALITATIVE)
    rest = tuple(one for one in order if one.fields.get("kind") != QUALITATIVE)
    return Review(rest, decided, origin, touched, tuple(records), vague)


def _take(record: ReviewRecord, live: dict[str, Proposal], decisions: dict[str, str], origin: dict[str, str]) -> None:
    if record.what == DECIDE:
        decisions |= dict.fromkeys(record.ids, record.decision)
    elif record.what == CORRECT:
        for identity in record.ids:
            live[identity] = corrected(live[identity], record.fields, record.place)
            decisions[identity], origin[identity] = ACCEPTED, CORRECT
    else:
        for identity in record.ids:
            live.pop(identity, None)
        for proposal in record.made:
            live[proposal.id] = proposal
            decisions[proposal.id], origin[proposal.id] = ACCEPTED, record.what


def corrected(proposal: Proposal, fields: Mapping[str, str], place: tuple[int, int] | None) -> Proposal:
    """The proposal with these fields, at this place; its quote must be among the fields when the place is."""
    found = dataclasses.replace(proposal, fields={**proposal.fields, **fields})
    if place is None:
        return found
    return dataclasses.replace(found, start=place[0], end=place[1], quote=fields["quote"])


def last_of(review: Review, account: str) -> ReviewRecord | None:
    """The last thing this person did that still holds."""
    undone = {record.of for record in review.records if record.what == UNDO}
    return next(
        (r for r in reversed(review.records) if r.by == account and r.what != UNDO and r.number not in undone), None
    )


def in_the_way(review: Review, record: ReviewRecord) -> ReviewRecord | None:
    """A later record, still holding, about a proposal that this one touched: it must be taken back first."""
    undone = {one.of for one in review.records if one.what == UNDO}
    later = (one for one in review.records if one.number > record.number)
    return next(
        (r for r in later if r.what != UNDO and r.number not in undone and r.concerned & record.concerned), None
    )


def records_of(text: str) -> tuple[ReviewRecord, ...]:
    """The records kept with a document, one JSON object a line."""
    found: list[ReviewRecord] = []
    for line in text.split("\n") if text else ():
        data = orjson.loads(line)
        found += [_record(data)] if "number" in data else _former(data)
    return tuple(found)


def _former(data: dict[str, Any]) -> list[ReviewRecord]:
    """What was kept before there were records: of each proposal only how it stood."""
    found: list[ReviewRecord] = []
    for number, (identity, kept) in enumerate(data.items(), 1):
        record = ReviewRecord(number, DECIDE, "", "", "", (identity,), kept.get("decision", OPEN))
        if "added" in kept:
            record = dataclasses.replace(record, what=ADD, ids=(), made=(proposal_of(kept["added"]),))
        elif "fields" in kept and record.decision == ACCEPTED:
            record = dataclasses.replace(record, what=CORRECT, fields=kept["fields"])
        found.append(record)
    return found


def _record(data: dict[str, Any]) -> ReviewRecord:
    made = tuple(proposal_of(one) for one in data.pop("made", ()))
    place = data.pop("place", None)
    ids = tuple(data.pop("ids", ()))
    return ReviewRecord(**data, ids=ids, made=made, place=(place[0], place[1]) if place else None)


def with_record(text: str, record: ReviewRecord) -> str:
    """The records of a document with one more."""
    kept = {name: value for name, value in dataclasses.asdict(record).items() if value or name == "decision"}
    line = orjson.dumps(kept).decode()
    return f"{text}\n{line}" if text not in {"", "{}"} else line


def ids_of(proposals: Iterable[Proposal]) -> list[str]:
    """The ids of proposals."""
    return [proposal.id for proposal in proposals]
