"""投票: a sealed vote as its voters see it: what is voted on, how many marks, whether one's ballot is in."""

from __future__ import annotations

from typing import Any

from luoshi.lists.definition import Definition, Field
from luoshi.lists.entry import Entry
from luoshi.lists.move import bodies_of
from luoshi.lists.sealed import choices_of, most_marks
from luoshi.people.actor import post_for
from luoshi.store import definitions
from luoshi.store.ballots import has_voted, voters_of
from luoshi.store.entries import from_row
from luoshi.store.models import EntryRow, IndexCell, RollMark
from luoshi.store.queries import history, wording
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import is_visible
from luoshi.terms.refusal import Refusal, Refused

Plain = dict[str, Any]
_TOLD = {"long_text", "decimal", "date", "body", "choice"}
"""Kinds of fields that a ballot tells of each choice."""


def is_voter(desk: Desk, definition: Definition, entry: Entry) -> bool:
    """Whether the reader stands on the roll of this vote."""
    sealed = definition.sealed
    if sealed is None:
        return False
    return post_for(desk.actor, sealed.roll, bodies_of(definition, entry.values), desk.roster) is not None


def is_open(definition: Definition, entry: Entry) -> bool:
    """Whether ballots are cast now."""
    return definition.sealed is not None and entry.state == definition.moves[definition.sealed.opens].to


def to_vote(desk: Desk) -> list[str]:
    """The open votes in which the reader still has a ballot to cast; no query where no list votes."""
    voting = [each for each in definitions.lists_in_force().values() if each.sealed]
    mine = [each for each in voting if each.sealed and any(desk.actor.has(grant.role) for grant in each.sealed.roll)]
    found: list[str] = []
    for definition in mine:
        rows = EntryRow.objects.filter(plan=desk.plan_id, list=definition.name).order_by("id")
        for entry in map(from_row, rows):
            own = definitions.version(entry.definition)
            if is_open(own, entry) and is_voter(desk, own, entry):
                found.append(entry.id)
    voted = set(RollMark.objects.filter(vote__in=found, voter=desk.actor.account).values_list("vote", flat=True))
    return [name for name in found if name not in voted]


def ballot_page(desk: Desk, entry: Entry) -> Plain:
    """Everything the page for casting shows; of the ballots cast no more than their number.

    Raises:
        Refused: the entry is no vote (404).
    """
    definition = definitions.version(entry.definition)
    sealed = definition.sealed
    if sealed is None:
        raise Refused(Refusal("store.no_vote", "这一条目不是表决事项。", 404))
    may, open_now = is_voter(desk, definition, entry), is_open(definition, entry)
    voted = has_voted(entry.id, desk.actor.account)
    told = _told_choices(desk, definition, entry)
    return {
        "title": wording.title(entry.id, entry.values),
        "list_label": definition.label,
        "state": definition.states[entry.state].label,
        "most": most_marks(sealed, entry),
        "returned": len(voters_of(entry.id)),
        "may_cast": may and open_now and not voted,
        "why_not": _why_not(may=may, open_now=open_now, voted=voted),
        "choices": [
            {"n": n, "name": name, **told.get(name, {"entry": "", "facts": []})}
            for n, name in enumerate(choices_of(sealed, entry), 1)
        ],
    }


def _why_not(*, may: bool, open_now: bool, voted: bool) -> str:
    if voted:
        return "您的表决票已经投出。投出的票不记名，不能查看，也不能更改。"
    if not open_now:
        return "现在不在投票时间内。"
    return "" if may else "您不在这次表决的投票人之列。"


def _told_choices(desk: Desk, definition: Definition, vote: Entry) -> dict[str, Plain]:
    """By name, each choice's entry and what it says; two queries for each kind of choice."""
    found: dict[str, Plain] = {}
    for choice in definition.sealed.choices if definition.sealed else ():
        own = IndexCell.objects.filter(plan=vote.plan, list=choice.list, field=choice.by, text=vote.id)
        for row in EntryRow.objects.filter(pk__in=own.values("entry_id")).order_by("id"):
            kept, listed = wording.values(row.values), definitions.version(row.definition)
            name = str(kept.get(listed.title) or row.id)
            seen = is_visible(desk, listed, kept)
            facts = [_fact(desk, field, kept) for field in listed.fields.values() if seen and _is_told(field, kept)]
            found[name] = {"entry": row.id if seen else "", "facts": facts}
    return found


def _is_told(field: Field, kept: Plain) -> bool:
    return field.type in _TOLD and not field.personal and kept.get(field.name) not in (None, "")


def _fact(desk: Desk, field: Field, kept: Plain) -> Plain:
    return {"label": field.label, "text": f"{history.shown(desk, field, kept[field.name])}{field.unit}"}
