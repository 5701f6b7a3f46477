"""采纳: proposals a person accepted become entries; the adopted plan is an immutable edition of entry ids and spans."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import orjson

from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.acts.open_entry import fresh_ids
from luoshi.acts.proposal import Proposal
from luoshi.acts.review import Review
from luoshi.acts.review_proposals import current_review, require_seen
from luoshi.acts.same_entry import same_entries
from luoshi.acts.withdraw_entries import withdrawals
from luoshi.lists.definition import Definition
from luoshi.lists.entry import Change, Entry, Value
from luoshi.lists.move import Birth
from luoshi.lists.value import encode, parse
from luoshi.people.role import Role
from luoshi.plan.edition import Edition, EditionDifference, EditionItem, difference, next_edition
from luoshi.store import definitions
from luoshi.store.append import append
from luoshi.store.entries import find_all, find_below, from_row, numbers_of
from luoshi.store.models import DocumentRow, EntryRow, IndexCell
from luoshi.store.rating import COMMITMENTS, rate_touched
from luoshi.terms.quotation import quoted
from luoshi.terms.refusal import FieldError
from luoshi.terms.span import Span

_AMENDABLE = (
    "indicator",
    "name",
    "kind",
    "value",
    "value_max",
    "unit",
    "baseline",
    "modality",
    "accumulation",
    "stage",
)
_PLACED = ("quote", "sentence", "start", "end", "task_number", "area", "qualitative")
"""Where an entry stands in the document of the edition in force."""
_HOME = {"target": "task", "task": "parent"}
"""The field that names the task an entry belongs to."""
_WITH_THE_WHOLE = ("quote", "sentence", "task_number", "area", "task")
"""What the parts of a divided target have of their whole, also when an edition moves it."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """采纳结果: the new edition, how it differs from the one before, and what became of the entries (ids).

    ``changes`` are all that was done to tasks and targets; ``renamed`` were recognised under another name.
    """

    edition: Edition
    difference: EditionDifference
    opened: tuple[str, ...]
    amended: tuple[str, ...]
    withdrawn: tuple[str, ...]
    kept: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    renamed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """已确认的差异: the digest of the difference a person agreed to, and which renamed entries are not the same after all.

    An empty digest asks no questions.
    """

    digest: str
    apart: frozenset[str] = frozenset()


def digest_of(changes: Sequence[Change]) -> str:
    """What tells one difference from another: entries, moves and values; not the time."""
    told = [[c.entry, c.move, {name: encode(value) for name, value in sorted(c.values.items())}] for c in changes]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


@act
def adopt_plan(
    context: Context, plan: str, document: str, seen: int | None = None, confirmed: Confirmed | None = None
) -> Adoption:
    """Adopt the accepted proposals of a document as the plan's next edition.

    Entries of the edition before are recognised (``same_entry``): they are kept or amended, never opened twice; those
    no longer proposed are withdrawn with the edition as the reason.

    Args:
        seen: the number of the last review record the person knew of; None asks no questions.
        confirmed: the difference the person was shown and agreed to; None asks no questions.

    Raises:
        Refused: the actor is no supervisor, nothing was accepted, a commitment was accepted without its task, or somebody else went on
            reviewing since; or the difference is no longer the one confirmed (``acts.other_difference``). Nothing is recorded.
    """
    head, row = _ready(context, plan, document, seen)
    accepted = _accepted(row)
    previous = edition_of(head)
    number = previous.number + 1 if previous else 1
    before = _former(previous)
    same = same_entries(accepted, [*before, *_carried(plan, before)], confirmed.apart if confirmed else frozenset())
    changes, items = _changes(context, plan, number, accepted, same.entries)
    edition = next_edition(previous, items, document)
    if edition is previous and not changes:
        raise refuse("acts.same_edition", "采纳的内容与现行版次完全相同，没有新的版次。", 409)
    changes += _withdrawals(context, before, edition)
    told = tuple(change for change in changes if change.list in COMMITMENTS)
    if confirmed and confirmed.digest and confirmed.digest != digest_of(told):
        raise refuse("acts.other_difference", "与现行版次的差异刚刚有变化，请重新核对后再采纳。", 409)
    rows = [{"entry": item.entry, "start": item.span.start, "end": item.span.end} for item in edition.items]
    typed = {"document": document, "document_name": row.called, "edition": number, "items": rows}
    if previous is None and _begun_by_another(plan, head, row):
        typed["title"] = row.called[:80]
    changes.append(decided(context, definition_of(head), head, "adopt_edition", typed))
    after = append(changes, context.act_id)
    rate_touched(after, context.today)
    touched = {change.entry: change.move for change in told}
    return Adoption(
        Edition(number, edition.document, edition.items),
        difference(previous, edition),
        tuple(name for name, move in touched.items() if move == "adopt"),
        tuple(name for name, move in touched.items() if move == "amend"),
        tuple(name for name, move in touched.items() if move == "withdraw"),
        tuple(name for name in edition.entries if touched.get(name, "place") == "place"),
        told,
        same.renamed,
    )


def _ready(context: Context, plan: str, document: str, seen: int | None) -> tuple[Entry, DocumentRow]:
    """The plan, locked, and its document, reviewed as the person saw it."""
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.not_supervisor", "只有督查室可以采纳。", 403)
    head = held(context, f"plan:{plan}")
    row = DocumentRow.objects.filter(sha256=document, plan=plan).first()
    if row is None:
        raise refuse("acts.unknown_document", "没有这份文件。", 404)
    if row.set_aside_at:
        raise refuse("acts.document_set_aside", "这份文件已移除；仍要用的，请重新上传。", 409)
    if seen is not None:
        require_seen(context, current_review(row), seen)
    return head, row


def _with_words(review: Review, proposal: Proposal) -> Proposal:
    """A task with the clauses of its text that are no commitment of their own (docs/adr/0012)."""
    if proposal.fields.get("kind") != "task":
        return proposal
    rows = [
        {"words": one.quote, "start": str(one.start), "end": str(one.end)} for one in review.qualitative(proposal.id)
    ]
    return replace(proposal, fields={**proposal.fields, "qualitative": rows})


def _accepted(row: DocumentRow) -> list[Proposal]:
    review = current_review(row)
    accepted = [_with_words(review, proposal) for proposal in review.accepted]
    if not accepted:
        raise refuse("acts.nothing_accepted", "还没有采纳任何条目，请先在识读复核中采纳。", 409)
    tasks = {proposal.id for proposal in accepted if proposal.fields.get("kind") == "task"}
    for proposal in accepted:
        if proposal.task and proposal.task not in tasks:
            message = f"{quoted(proposal.quote[:20])}所属的任务没有采纳，请先采纳该任务。"
            raise refuse("acts.task_not_accepted", message, 409, proposal=proposal.id)
    return sorted(accepted, key=lambda p: (p.fields.get("kind") != "task", p.start, p.end))


def edition_of(head: Entry) -> Edition | None:
    """The edition a plan entry holds, with the words of its document; None before the first adoption."""
    rows = head["items"]
    if not head["edition"] or not isinstance(rows, tuple):
        return None
    text = DocumentRow.objects.values_list("text", flat=True).get(sha256=head["document"])
    spans = {str(row["entry"]): Span(_place(row["start"]), _place(row["end"])) for row in rows if isinstance(row, dict)}
    items = tuple(EditionItem(entry, span, span.quote(text)) for entry, span in spans.items())
    return Edition(_place(head["edition"]), str(head["document"]), items)


def _place(value: Value) -> int:
    return int(str(value))


def _begun_by_another(plan: str, head: Entry, row: DocumentRow) -> bool:
    """Whether the plan bears the title of a file that was uploaded before and not adopted."""
    others = DocumentRow.objects.filter(plan=plan).exclude(pk=row.pk).only("sha256", "title", "name")
    return bool(row.called) and any(other.called[:80] == head["title"] for other in others)


def _former(previous: Edition | None) -> list[Entry]:
    """The entries of the edition before that were not withdrawn since, in text order."""
    known = find_all(previous.entries if previous else ())
    return [known[name] for name in (previous.entries if previous else ()) if known[name].state != "withdrawn"]


def _carried(plan: str, former: Sequence[Entry]) -> list[Entry]:
    """What was taken over from the year before and stands in no edition yet: the document may promise it again."""
    known = {entry.id for entry in former}
    wanted = IndexCell.objects.filter(plan=plan, field="carried_from").values("entry_id")
    rows = EntryRow.objects.filter(pk__in=wanted).exclude(state="withdrawn").order_by("id")
    return [entry for entry in map(from_row, rows) if entry.id not in known]


def _withdrawals(context: Context, former: Sequence[Entry], edition: Edition) -> list[Change]:
    """What is no longer listed is withdrawn with its parts; what was achieved or missed stays so."""
    dropped = [entry for entry in former if entry.id not in edition.entries]
    return withdrawals(context, dropped, f"第{edition.number}版不再列入", keep=frozenset(edition.entries))


def _changes(
    context: Context, plan: str, edition: int, accepted: Sequence[Proposal], same: Mapping[str, Entry]
) -> tuple[list[Change], list[EditionItem]]:
    opening = _Opening(context, plan)
    changes: list[Change] = []
    items: list[EditionItem] = []
    for proposal in accepted:
        entry = same.get(proposal.id)
        if entry is not None:
            opening.entry_of[proposal.id] = entry.id
            changed = _kept(context, entry, proposal, edition, opening.new_home(entry, proposal))
            changes += [changed] if changed else []
        else:
            changes.append(opening.opened(proposal))
        items.append(EditionItem(opening.entry_of[proposal.id], Span(proposal.start, proposal.end), proposal.quote))
    return changes + _parts_follow(context, plan, changes, edition), items


def _parts_follow(context: Context, plan: str, changes: Sequence[Change], edition: int) -> list[Change]:
    """The parts of divided targets move with their wholes: same words, same task; one query."""
    moved = {
        change.entry: {name: value for name, value in change.values.items() if name in _WITH_THE_WHOLE}
        for change in changes
        if change.list == "target" and change.move in {"amend", "place"}
    }
    followed = []
    for part in find_below(plan, "target", "parent", moved):
        typed = {n: value for n, value in moved[str(part["parent"])].items() if value != part[n]}
        move = definition_of(part).moves.get("place")
        typed = {name: value for name, value in typed.items() if move and name in move.sets}
        if typed and move and part.state in move.from_states:
            reason = f"第{edition}版采纳时修改"
            followed.append(decided(context, definition_of(part), part, "place", typed, reason))
    return followed


class _Opening:
    """Opens the entries of new proposals: fresh ids, and numbers that no entry of the plan ever had."""

    def __init__(self, context: Context, plan: str) -> None:
        self.context, self.plan = context, plan
        self.ids = {name: fresh_ids(name, plan) for name in ("task", "target")}
        self.serials = highest_serials(plan)
        self.entry_of: dict[str, str] = {}

    def opened(self, proposal: Proposal) -> Change:
        identity = self.entry_of[proposal.id] = next(self.ids[proposal.list])
        definition = definitions.current(proposal.list)
        return decided(self.context, definition, Birth(identity, self.plan), "adopt", self.typed(proposal))

    def typed(self, proposal: Proposal) -> dict[str, object]:
        typed: dict[str, object] = {name: value for name, value in proposal.fields.items() if value not in (None, "")}
        number = str(proposal.fields.get("task_number") or "0")
        if typed.get("kind") != "task":
            self.serials[number] = self.serials.get(number, 0) + 1
            number = f"{number}.{self.serials[number]:02d}"
        typed |= {
            "number": number,
            "start": proposal.start,
            "end": proposal.end,
            "derivation": "\n".join(proposal.rules),
        }
        task = self.entry_of.get(proposal.task, "")
        if task:
            typed[_HOME[proposal.list]] = task
        return typed

    def new_home(self, entry: Entry, proposal: Proposal) -> str:
        """The task that takes an entry in when its own is no longer in the document, say under another title."""
        is_homeless = entry[_HOME[entry.list]] not in self.entry_of.values()
        return self.entry_of.get(proposal.task, "") if is_homeless else ""


def highest_serials(plan: str) -> dict[str, int]:
    """The highest number given out below each task of the plan, withdrawn entries included; one query."""
    found: dict[str, int] = {}
    for number in numbers_of(plan, ("task", "target")):
        task, _, serial = number.partition(".")
        if serial.isdecimal():
            found[task] = max(found.get(task, 0), int(serial))
    return found


def _kept(context: Context, entry: Entry, proposal: Proposal, edition: int, home: str) -> Change | None:
    """What the new edition changes of an entry: its words and figures, or only where it stands in the document.

    An entry opened under a definition that knows no placing keeps its old place; the edition has the new one.
    """
    definition = definition_of(entry)
    amended, placed = (_differing(definition, entry, proposal, names) for names in (_AMENDABLE, _PLACED))
    if home:
        placed[_HOME[entry.list]] = home
    if definition.states[entry.state].closed:
        amended = {}
    move = definition.moves.get("amend" if amended else "place")
    typed = {name: value for name, value in {**amended, **placed}.items() if move and name in move.sets}
    if not typed or move is None:
        return None
    return decided(context, definition, entry, move.name, typed, f"第{edition}版采纳时修改")


def _differing(definition: Definition, entry: Entry, proposal: Proposal, names: Sequence[str]) -> dict[str, object]:
    """The proposal's fields that say something else than the entry."""
    said = {**proposal.fields, "quote": proposal.quote, "start": proposal.start, "end": proposal.end}
    typed: dict[str, object] = {}
    for name in names:
        if name in definition.fields and said.get(name) not in (None, ""):
            value = parse(definition.fields[name], said[name])
            if not isinstance(value, FieldError) and value != entry.values.get(name):
                typed[name] = said[name]
    return typed
