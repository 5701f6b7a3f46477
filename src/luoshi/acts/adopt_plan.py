"""采纳: proposals a person accepted become entries; the adopted plan is an immutable edition of entry ids and spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.acts.assign_entries import charges_of, relieve
from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.acts.open_entry import fresh_ids
from luoshi.acts.proposal import Proposal
from luoshi.acts.review_proposals import ACCEPTED, decisions, reviewed
from luoshi.lists.entry import Change, Entry, Value
from luoshi.lists.move import Birth
from luoshi.lists.value import parse
from luoshi.plan.edition import Edition, EditionDifference, EditionItem, difference, next_edition
from luoshi.store import definitions
from luoshi.store.append import append
from luoshi.store.entries import find_all
from luoshi.store.models import DocumentRow
from luoshi.store.rating import rate_touched
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


@dataclass(frozen=True, slots=True)
class Adoption:
    """采纳结果: the new edition, how it differs from the one before, and what became of the entries (ids)."""

    edition: Edition
    difference: EditionDifference
    opened: tuple[str, ...]
    amended: tuple[str, ...]
    withdrawn: tuple[str, ...]
    kept: tuple[str, ...]


@act
def adopt_plan(context: Context, plan: str, document: str) -> Adoption:
    """Adopt the accepted proposals of a document as the plan's next edition.

    Entries of the edition before are recognised by list, task number and name: they are kept or amended,
    never opened twice; those no longer proposed are withdrawn with the edition as the reason.

    Raises:
        Refused: nothing was accepted, or a commitment was accepted without its task; nothing is recorded.
    """
    head = held(context, f"plan:{plan}")
    row = DocumentRow.objects.filter(sha256=document, plan=plan).first()
    if row is None:
        raise refuse("acts.unknown_document", "没有这份文件。", 404)
    accepted = _accepted(row)
    previous = edition_of(head)
    number = previous.number + 1 if previous else 1
    before = _former(previous)
    changes, items = _changes(context, plan, number, accepted, {key: list(twins) for key, twins in before.items()})
    edition = next_edition(previous, items, document)
    if edition is previous and not changes:
        raise refuse("acts.same_edition", "采纳的内容与现行版次完全相同，没有新的版次。", 409)
    changes += _withdrawals(context, [entry for twins in before.values() for entry in twins], edition)
    rows = [{"entry": item.entry, "start": item.span.start, "end": item.span.end} for item in edition.items]
    typed = {"document": document, "document_name": row.name, "edition": number, "items": rows}
    changes.append(decided(context, definition_of(head), head, "adopt_edition", typed))
    after = append(changes, context.act_id)
    rate_touched(after, context.today)
    touched = {change.entry: change.move for change in changes if change.list in {"task", "target"}}
    return Adoption(
        Edition(number, edition.document, edition.items),
        difference(previous, edition),
        tuple(name for name, move in touched.items() if move == "adopt"),
        tuple(name for name, move in touched.items() if move == "amend"),
        tuple(name for name, move in touched.items() if move == "withdraw"),
        tuple(name for name in edition.entries if name not in touched),
    )


def _accepted(row: DocumentRow) -> list[Proposal]:
    decided_on = decisions(row)
    accepted = [proposal for proposal in reviewed(row) if decided_on.get(proposal.id) == ACCEPTED]
    if not accepted:
        raise refuse("acts.nothing_accepted", "还没有采纳任何条目，请先在识读复核中采纳。", 409)
    tasks = {proposal.id for proposal in accepted if proposal.fields.get("kind") == "task"}
    for proposal in accepted:
        if proposal.task and proposal.task not in tasks:
            message = f"“{proposal.quote[:20]}”所属的任务没有采纳，请先采纳该任务。"
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


_Key = tuple[str, str, str]


def _former(previous: Edition | None) -> dict[_Key, list[Entry]]:
    """The entries of the edition before by what they are recognised by; those of one name in text order."""
    known = find_all(previous.entries if previous else ())
    former: dict[_Key, list[Entry]] = defaultdict(list)
    for name in previous.entries if previous else ():
        if known[name].state != "withdrawn":
            former[_key_of(known[name])].append(known[name])
    return dict(former)


def _withdrawals(context: Context, former: Sequence[Entry], edition: Edition) -> list[Change]:
    """What is no longer listed is withdrawn and nobody answers for it; what was achieved or missed stays so."""
    dropped = [entry for entry in former if entry.id not in edition.entries]
    dropped = [entry for entry in dropped if not definition_of(entry).states[entry.state].closed]
    reason = f"第{edition.number}版不再列入"
    changes = [decided(context, definition_of(entry), entry, "withdraw", {}, reason) for entry in dropped]
    return changes + relieve(context, [charge for entry in dropped for charge in charges_of(entry)])


def _key_of(entry: Entry) -> _Key:
    name = entry["indicator"] if entry.list == "target" else entry["name"]
    group = "target" if entry.list == "target" else f"task.{entry['kind']}"
    return group, str(entry["task_number"] or ""), str(name)


def _key(proposal: Proposal) -> _Key:
    name = proposal.fields.get("indicator") if proposal.list == "target" else proposal.fields.get("name")
    group = "target" if proposal.list == "target" else f"task.{proposal.fields.get('kind')}"
    return group, str(proposal.fields.get("task_number") or ""), str(name)


def _changes(
    context: Context,
    plan: str,
    edition: int,
    accepted: Sequence[Proposal],
    former: dict[_Key, list[Entry]],
) -> tuple[list[Change], list[EditionItem]]:
    changes: list[Change] = []
    items: list[EditionItem] = []
    ids = {name: fresh_ids(name, plan) for name in ("task", "target")}
    serials: dict[str, int] = {}
    entry_of: dict[str, str] = {}
    for proposal in accepted:
        twins = former.get(_key(proposal))
        if twins:
            entry = _nearest(twins, proposal)
            twins.remove(entry)
            entry_of[proposal.id] = entry.id
            amended = _amendment(context, entry, proposal, edition)
            changes += [amended] if amended else []
        else:
            identity = entry_of[proposal.id] = next(ids[proposal.list])
            typed = _typed(proposal, entry_of.get(proposal.task, ""), serials)
            definition = definitions.current(proposal.list)
            changes.append(decided(context, definition, Birth(identity, plan), "adopt", typed))
        items.append(EditionItem(entry_of[proposal.id], Span(proposal.start, proposal.end), proposal.quote))
    return changes, items


def _nearest(twins: Sequence[Entry], proposal: Proposal) -> Entry:
    """Of entries with one name the one with the proposal's value and unit, else the first."""
    wanted = [str(proposal.fields.get(name) or "") for name in ("value", "unit")]
    return next((e for e in twins if [str(e["value"] or ""), str(e["unit"] or "")] == wanted), twins[0])


def _typed(proposal: Proposal, task: str, serials: dict[str, int]) -> dict[str, object]:
    typed: dict[str, object] = {name: value for name, value in proposal.fields.items() if value not in (None, "")}
    number = str(proposal.fields.get("task_number") or "0")
    if typed.get("kind") != "task":
        serials[number] = serials.get(number, 0) + 1
        number = f"{number}.{serials[number]:02d}"
    typed |= {"number": number, "start": proposal.start, "end": proposal.end, "derivation": "\n".join(proposal.rules)}
    if task:
        typed["task" if proposal.list == "target" else "parent"] = task
    return typed


def _amendment(context: Context, entry: Entry, proposal: Proposal, edition: int) -> Change | None:
    definition = definition_of(entry)
    typed: dict[str, object] = {}
    for name in _AMENDABLE:
        if name in definition.fields and proposal.fields.get(name) not in (None, ""):
            value = parse(definition.fields[name], proposal.fields[name])
            if not isinstance(value, FieldError) and value != entry.values.get(name):
                typed[name] = proposal.fields[name]
    if not typed:
        return None
    return decided(context, definition, entry, "amend", typed, f"第{edition}版采纳时修改")
