"""指派建议: rows of a decomposition matched to entries and bodies, with what a person chose laid over our reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from luoshi.acts.assign_entries import Assignment
from luoshi.acts.responsibility_row import NamedBody, PlannedStep, ResponsibilityRow
from luoshi.acts.row_matching import match_rows
from luoshi.acts.schedule_entries import Schedule
from luoshi.lists.entry import Entry
from luoshi.lists.value import encode
from luoshi.people.match import candidates, members
from luoshi.people.role import Role
from luoshi.people.roster import Roster
from luoshi.reading.matching import Adopted, MatchCandidate
from luoshi.store.entries import from_row
from luoshi.store.models import EntryRow
from luoshi.store.queries import wording
from luoshi.terms.period import chinese_date

UNMATCHED, FAULTY, CHANGED, SAME, SKIPPED = "unmatched", "faulty", "changed", "same", "skipped"
JOINED = "joined"
"""How a row stands, in the order in which a person should look at it."""
NOT_LISTED = "-"
"""What a written name is mapped to when it stays out: no body of the roster."""

_SHARE, _STEP = 60, 120
"""Characters kept of a row's own words as a body's part, and as the name of a step."""
_NAME = 16
"""Characters above which what stands in the column of leaders is no person's name."""
_GUESSED = "本行空白，暂按上一行填写，请对照原表核对，核对后勾选“已核对”。"
_ROLES = {"lead": "牵头单位", "share_lead": "分别牵头单位", "cooperate": "责任（配合）单位"}


@dataclass(frozen=True, slots=True)
class BodyRole:
    """单位角色: a body of the roster with its role (lead, share_lead, cooperate) and its part of the work."""

    code: str
    role: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class RowChoice:
    """行的选择: what a person chose for a row; None leaves our reading, an empty ``entry`` leaves the row out.

    ``is_checked``: what a blank cell took from the row above was held against the table.
    """

    entry: str | None = None
    bodies: tuple[BodyRole, ...] | None = None
    leader: str | None = None
    due_on: str | None = None
    with_parts: bool | None = None
    steps: tuple[PlannedStep, ...] | None = None
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class TableReview:
    """分解表复核: the rows of a document and what a person decided about them.

    ``names`` maps names as written to codes of bodies (or ``NOT_LISTED``); those in ``aliases`` are to be kept.
    """

    rows: tuple[ResponsibilityRow, ...]
    choices: Mapping[str, RowChoice] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """交办差别: what confirming a row would change in one entry."""

    entry: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AssignmentProposal:
    """指派建议: one row as it would be carried out, and what stands against it.

    ``faults`` are (column, sentence) that keep it from being confirmed, ``notes`` what a person should know.
    ``entries`` are the ids it touches: the chosen one and, ``with_parts``, what belongs to it. ``joins`` is where
    the row stands that this one says more of; what it says is carried out with that row.
    """

    row: ResponsibilityRow
    candidates: tuple[MatchCandidate, ...] = ()
    entry: str = ""
    state: str = UNMATCHED
    bodies: tuple[BodyRole, ...] = ()
    leader: str = ""
    due_on: str = ""
    with_parts: bool = False
    steps: tuple[PlannedStep, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    entries: tuple[str, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    joins: str = ""


def standing(plan: str) -> dict[str, Entry]:
    """The tasks and commitments of a plan that can be assigned, by id; one query."""
    rows = EntryRow.objects.filter(plan=plan, list__in=("task", "target"), state__in=("adopted", "assigned"))
    return {row.id: from_row(row) for row in rows.order_by("id")}


def adopted(entries: Iterable[Entry]) -> list[Adopted]:
    """Entries as the matcher compares them: a task with all its words, a commitment with its clause."""
    found = []
    for entry in entries:
        kept: dict[str, Any] = {name: encode(value) for name, value in entry.values.items()}
        is_task = kept.get("kind") == "task"
        words = str(kept.get("quote") or "") if is_task else wording.clause(kept)
        number = int(kept["task_number"]) if kept.get("task_number") else None
        kind = str(kept.get("kind")) if entry.list == "task" else entry.list
        found.append(Adopted(entry.id, wording.title(entry.id, kept), number, str(kept.get("unit") or ""), kind, words))
    return found


def propose(review: TableReview, entries: Mapping[str, Entry], roster: Roster, today: date) -> list[AssignmentProposal]:
    """Every row as it would be carried out, in the order of the document.

    Args:
        review: the rows and what was decided so far.
        entries: what can be assigned, by id.
        roster: the county's bodies and posts.
        today: only bodies and posts that stand on this day are found by name.
    """
    decided = {key: choice.entry for key, choice in review.choices.items() if choice.entry is not None}
    matches = match_rows(review.rows, decided, adopted(entries.values()))
    owned = {match.entry for match in matches.values() if match.entry}
    ends = {row.group: max(other.due_on for other in review.rows if other.group == row.group) for row in review.rows}
    first: dict[str, AssignmentProposal] = {}
    read: list[AssignmentProposal] = []
    for row in review.rows:
        match, choice = matches[row.key], review.choices.get(row.key, RowChoice())
        one = AssignmentProposal(row, match.candidates, match.entry)
        if not one.entry:
            read.append(replace(one, state=SKIPPED if choice.entry == "" else UNMATCHED))
            continue
        head = first.get(one.entry)
        joins = head is not None and row.group != "" and row.group == head.row.group
        one = replace(
            one, joins=head.row.where if head and joins else "", notes=(match.reason,) if match.reason else ()
        )
        one = _planned(_named(one, choice, review.names, roster, today), choice, entries[one.entry], ends)
        if head and not joins:
            said = f"与{head.row.where}指向同一事项，请改选或不办理其中一行。"
            one = replace(one, faults=(*one.faults, ("事项", said)))
        first.setdefault(one.entry, one)
        read.append(one)
    return [_weighed(one, read, entries, owned, roster) for one in read]


def _weighed(
    one: AssignmentProposal,
    rows: Sequence[AssignmentProposal],
    entries: Mapping[str, Entry],
    owned: set[str],
    roster: Roster,
) -> AssignmentProposal:
    """A row with what it would change, together with the rows that join it, and with how it stands."""
    if not one.entry:
        return one
    if one.joins:
        head = next(row for row in rows if row.entry == one.entry and not row.joins)
        faults = (*one.faults, *([("事项", f"请先补正{head.row.where}，这一行并入它。")] if head.faults else []))
        return replace(one, faults=faults, state=FAULTY if faults else JOINED)
    joining = [row for row in rows if row.joins and row.entry == one.entry and not row.faults]
    divided = [row for row in rows if row.entry and row.row.group == one.row.group != ""] or [one]
    whole = _joined(one, joining, [row.due_on for row in divided], entries[one.entry])
    parts = _parts(one.entry, entries, owned) if one.with_parts else []
    compared = _compared(whole, [one.entry, *parts], entries, roster)
    state = FAULTY if one.faults else CHANGED if compared.differences else SAME
    return replace(
        one, differences=compared.differences, entries=compared.entries, assignments=compared.assignments,
        schedules=compared.schedules, notes=whole.notes, state=state,
    )  # fmt: skip


def _joined(
    one: AssignmentProposal, others: Sequence[AssignmentProposal], dues: Sequence[str], entry: Entry
) -> AssignmentProposal:
    """A row with the bodies and steps of the rows that say more of its task; the last deadline is the task's.

    Args:
        one: the first row of the task; its lead answers for the whole.
        others: the rows that join it; what leads in them leads its own part (docs/adr/0010).
        dues: the deadlines of all rows of the task, of those with a commitment of their own too.
        entry: what all of them are about.
    """
    if not others and len(set(filter(None, dues))) < 2:
        return one
    bodies = {body.code: body for body in one.bodies}
    for other in others:
        for body in other.bodies:
            leads = body.role != "cooperate"
            share = body.share or (other.row.line[:_SHARE] if leads else "")
            known = bodies.get(body.code)
            if known is None or (leads and known.role == "cooperate"):
                bodies[body.code] = BodyRole(body.code, "share_lead" if leads else "cooperate", share)
    notes = list(one.notes)
    if others:
        notes.append(f"{'、'.join(other.row.where for other in others)}的单位和节点并入这一行，一并交办。")
    if entry.list != "task" or entry["kind"] != "task":
        return replace(one, bodies=tuple(bodies.values()), notes=tuple(notes))
    last = one.due_on if one.due_on != one.row.due_on else max(filter(None, dues), default="")
    if last != one.due_on:
        notes.append(f"各行时限不同，整项任务取最晚的{chinese_date(date.fromisoformat(last))}。")
    steps = sorted(dict.fromkeys(step for row in (one, *others) for step in row.steps), key=lambda step: step.due_on)
    return replace(one, bodies=tuple(bodies.values()), due_on=last, steps=tuple(steps), notes=tuple(notes))


def _named(
    one: AssignmentProposal, choice: RowChoice, names: Mapping[str, str], roster: Roster, today: date
) -> AssignmentProposal:
    """The proposal with the bodies and the leader of the roster that the row's names mean."""
    leaders, said = _leaders(one.row.leaders, roster, today)
    notes = [*one.notes, *said]
    leader = choice.leader if choice.leader is not None else leaders
    faults = [] if choice.is_checked or one.joins else [(name, _GUESSED) for name in one.row.guesses]
    if choice.bodies is not None:
        bodies = choice.bodies
    else:
        found: dict[str, BodyRole] = {}
        for body in one.row.bodies:
            codes, note = _codes(body, names, roster, today)
            if not codes and note and not body.is_group:
                faults.append((_column(one.row, body), note))
            elif note:
                notes.append(note)
            for code in codes:
                found.setdefault(code, BodyRole(code, body.role, body.share))
        bodies = tuple(found.values())
    leads = [body.code for body in bodies if body.role == "lead"]
    if len(leads) > 1 or not (leads or one.joins):
        told = "没有牵头单位，请选定一个。" if not leads else "只能有一个牵头单位对填报负责，其余请选“分别牵头”。"
        faults.append((_ROLES["lead"], told))
    return replace(one, bodies=bodies, leader=leader, faults=tuple(faults), notes=tuple(notes))


def _column(row: ResponsibilityRow, body: NamedBody) -> str:
    """The column in which a body is named; what it is named as, where the text is no table."""
    named = (name for name, words in row.cells if body.name in re.sub(r"\s", "", words) and len(row.cells) > 1)
    return next(named, _ROLES[body.role])


def _codes(body: NamedBody, names: Mapping[str, str], roster: Roster, today: date) -> tuple[list[str], str]:
    """The bodies a name means, and what is to be said about it."""
    if body.name in names:
        code = names[body.name]
        return ([code], "") if code in roster.bodies else ([], f"“{body.name}”不列入。" if body.is_group else "")
    if body.is_group:
        every = [member.code for member in members(body.name, roster, today)]
        said = f"按名录中的{len(every)}个单位列入" if every else "没有逐一写明，未列入"
        return every, f"“{body.name}”是统称，{said}。"
    found = candidates(body.name, roster, today)
    if len(found) == 1:
        return [found[0].code], ""
    return [], f"“{body.name}”" + ("不在单位名录中，请选定单位。" if not found else "可指名录中的几个单位，请选定。")


def _leaders(written: Sequence[str], roster: Roster, today: date) -> tuple[str, list[str]]:
    """The leaders by the names of those who hold their posts, and which names are no leader's."""
    known: dict[str, str] = {}
    for post in roster.posts:
        if post.role is Role.LEADER and post.stands_on(today) and post.holder_name:
            bare = post.holder_name.split("（")[0]
            known |= dict.fromkeys((post.holder_name, bare, post.title, f"{post.title}{bare}"), post.holder_name)
    strange = [name for name in written if name not in known]
    notes = [
        f"岗位名录中没有县领导“{name}”，按原文记录。"
        if len(name) <= _NAME
        else f"“{name[:_NAME]}……”不像人名，没有填入责任领导。"
        for name in strange
    ]
    kept = (known.get(name, name) for name in written if name in known or len(name) <= _NAME)
    return "、".join(dict.fromkeys(kept)), notes


def _planned(one: AssignmentProposal, choice: RowChoice, entry: Entry, ends: Mapping[str, str]) -> AssignmentProposal:
    """The proposal with its deadline and steps; steps become nodes of tasks, never by themselves of a measured target.

    A row of a divided task that ends before the task does becomes a step of it, by its own words.
    """
    row = one.row
    own = (PlannedStep(row.line[:_STEP], row.due_on),)
    is_part = entry["kind"] == "task" and row.group and row.line and row.due_on and row.due_on < ends[row.group]
    given = (row.steps or (own if is_part else ())) if entry.list == "task" else ()
    steps = choice.steps if choice.steps is not None else given
    notes = list(one.notes)
    if one.row.steps and entry.list == "target" and choice.steps is None:
        notes.append("事项有量化目标，按序时考核；表中节点没有采用，需要时可以选用。")
    return replace(
        one,
        due_on=choice.due_on if choice.due_on is not None else one.row.due_on,
        with_parts=choice.with_parts if choice.with_parts is not None else entry["kind"] == "task" and not one.joins,
        steps=steps,
        notes=tuple(notes),
    )


def _parts(entry: str, entries: Mapping[str, Entry], owned: set[str]) -> list[str]:
    """The commitments of a task that have no row of their own."""
    return [
        other.id for other in entries.values()
        if entry in {other["task"], other["parent"]} and other.id not in owned and other.id != entry
    ]  # fmt: skip


def _compared(
    one: AssignmentProposal, touched: list[str], entries: Mapping[str, Entry], roster: Roster
) -> AssignmentProposal:
    """The proposal with what it would change, entry by entry; entries it would leave as they are take no part."""
    differences: list[Difference] = []
    assignments: list[Assignment] = []
    schedules: list[Schedule] = []
    if sum(body.role == "lead" for body in one.bodies) != 1:
        return replace(one, entries=tuple(touched))
    for name in touched:
        entry = entries[name]
        wanted = _assignment(one, entry)
        changed = list(_changes(wanted, entry, roster))
        if changed or entry.state == "adopted":
            assignments.append(wanted)
            differences += changed or [Difference(name, "状态", "待交办", "交办")]
        if one.steps and name == one.entry and _steps_of(entry) != list(one.steps):
            schedules.append(Schedule(name, {"schedule": "nodes", "nodes": _nodes(one.steps)}))
            differences.append(Difference(name, "节点", _told(_steps_of(entry)), _told(one.steps)))
    return replace(
        one,
        differences=tuple(differences),
        entries=tuple(touched),
        assignments=tuple(assignments),
        schedules=tuple(schedules),
    )


def _assignment(one: AssignmentProposal, entry: Entry) -> Assignment:
    def of(role: str) -> tuple[str, ...]:
        return tuple(body.code for body in one.bodies if body.role == role)

    due = date.fromisoformat(one.due_on) if one.due_on else None
    shares = {body.code: body.share for body in one.bodies if body.share}
    leader = one.leader or str(entry["leader"] or "")
    return Assignment(entry.id, of("lead")[0], of("cooperate"), leader, due, of("share_lead"), shares)


def _changes(wanted: Assignment, entry: Entry, roster: Roster) -> Iterable[Difference]:
    def labels(codes: object) -> str:
        return "、".join(roster.label(str(code)) for code in codes) if isinstance(codes, tuple) else ""

    due = entry["due_on"] if isinstance(entry["due_on"], date) else None
    pairs = [
        ("牵头单位", roster.label(str(entry["lead_body"] or "")), roster.label(wanted.lead_body)),
        ("分别牵头单位", labels(entry["other_leads"]), labels(wanted.other_leads)),
        ("责任（配合）单位", labels(entry["cooperating_bodies"]), labels(wanted.cooperating_bodies)),
        ("责任领导", str(entry["leader"] or ""), wanted.leader),
    ]
    if wanted.due_on:
        pairs.append(("完成时限", chinese_date(due) if due else "", chinese_date(wanted.due_on)))
    yield from (Difference(entry.id, label, before, after) for label, before, after in pairs if before != after)


def _steps_of(entry: Entry) -> list[PlannedStep]:
    rows: Any = entry["nodes"] or ()
    return [PlannedStep(str(row["name"]), row["due_on"].isoformat()) for row in rows]


def _told(steps: Sequence[PlannedStep]) -> str:
    return "；".join(f"{step.name}（{chinese_date(date.fromisoformat(step.due_on))}）" for step in steps)


def _nodes(steps: Sequence[PlannedStep]) -> list[dict[str, str]]:
    return [{"id": str(n), "name": step.name, "due_on": step.due_on} for n, step in enumerate(steps, 1)]
