"""A decomposition under review as its page shows it, and what was chosen on that page."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from luoshi.acts.assign_entries import Assignment
from luoshi.acts.assignment_proposal import (
    CHANGED,
    FAULTY,
    JOINED,
    NOT_LISTED,
    SAME,
    SKIPPED,
    UNMATCHED,
    AssignmentProposal,
    BodyRole,
    RowChoice,
    TableReview,
    propose,
)
from luoshi.acts.confirm_assignments import ConfirmedAssignments
from luoshi.acts.responsibility_row import PlannedStep
from luoshi.acts.schedule_entries import Schedule
from luoshi.acts.unknown_name import unknown_names
from luoshi.lists.entry import Entry
from luoshi.people.role import Role
from luoshi.store.queries.desk import Desk
from luoshi.terms.refusal import FieldError, Refusal, Refused

Plain = dict[str, Any]
Numbered = list[tuple[int, AssignmentProposal]]
"""Rows with their places in the document, in the order in which they are shown."""
PAGE = 10
ORDER = (UNMATCHED, FAULTY, CHANGED, JOINED, SAME, SKIPPED)
STATES = {
    UNMATCHED: "未配对",
    FAULTY: "待补正",
    CHANGED: "将交办",
    JOINED: "并入同项",
    SAME: "无变化",
    SKIPPED: "不办理",
}
ROLES = (("lead", "牵头"), ("share_lead", "分别牵头"), ("cooperate", "责任（配合）"))
KINDS = {"task": "任务", "target": "目标", "project": "项目", "honour": "荣誉", "event": "活动", "measure": "举措"}
LEAVE_OUT = "-"
_DATE_HELP = "2023-09-30"


def ordered(reader: Desk, review: TableReview, entries: Mapping[str, Entry]) -> Numbered:
    """The rows with their numbers, those that need a person first, each group in the document's order."""
    found = list(enumerate(propose(review, entries, reader.roster, reader.today), 1))
    return sorted(found, key=lambda item: ORDER.index(item[1].state))


def page(reader: Desk, review: TableReview, rows: Numbered, entries: Mapping[str, Entry], number: int) -> Plain:
    """One page of rows, with the names nobody knows and how many rows stand how."""
    counted = Counter(one.state for _, one in rows)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    return {
        "rows": [
            {**_row(reader, review, n, one), "entry_label": title(entries[one.entry]) if one.entry else ""}
            for n, one in shown
        ],
        "names": _names(reader, review),
        "bodies": [(body.code, body.label) for body in reader.roster.standing_on(reader.today)],
        "roles": ROLES,
        "leaders": _leaders(reader),
        "counts": [(STATES[state], counted[state]) for state in ORDER if counted[state]],
        "changed": counted[CHANGED],
        "total": len(rows),
    }


def _row(reader: Desk, review: TableReview, number: int, one: AssignmentProposal) -> Plain:
    leads = sum(body.role != "cooperate" for body in one.bodies)
    return {
        "n": number,
        "key": one.row.key,
        "where": one.row.where,
        "state": STATES[one.state],
        "is_open": one.state in {UNMATCHED, FAULTY},
        "cells": one.row.cells,
        "doubts": one.row.doubts,
        "guesses": "、".join(one.row.guesses),
        "is_checked": review.choices.get(one.row.key, RowChoice()).is_checked,
        "notes": one.notes,
        "faults": one.faults,
        "entry": one.entry or (LEAVE_OUT if one.state == SKIPPED else ""),
        "candidates": [
            {"id": found.adopted.id, "label": _label(found.adopted), "why": "".join(found.reasons)}
            for found in one.candidates
        ],
        "bodies": [
            {"code": body.code, "label": reader.label(body.code), "role": body.role, "share": body.share}
            for body in one.bodies
        ],
        "has_shares": leads > 1 or any(body.share for body in one.bodies),
        "leader": one.leader,
        "due_on": one.due_on,
        "with_parts": one.with_parts,
        "steps": steps_text(one.steps),
        "planned": steps_text(one.row.steps),
        "task": "",
        "touched": len(one.entries),
        "joins": one.joins,
        "differences": one.differences,
    }


def _label(found: Any) -> str:
    number = f"第{found.task}项" if found.task else "项外"
    kind = KINDS.get(found.kind, "事项")
    return f"{number}{kind}：{found.name if len(found.name) <= 40 else found.name[:40] + '……'}"


def _names(reader: Desk, review: TableReview) -> list[Plain]:
    everybody = [(body.code, body.label) for body in reader.roster.bodies.values()]
    found = []
    for n, one in enumerate(unknown_names(review, reader.roster, reader.today), 1):
        places = "、".join(one.where[:3]) + (f"等{len(one.where)}处" if len(one.where) > 3 else "")
        found.append({
            "n": n,
            "name": one.name,
            "where": places,
            "near": [(code, reader.label(code), why) for code, why in one.near],
            "others": [(code, label) for code, label in everybody if code not in dict(one.near)],
            "code": review.names.get(one.name, ""),
            "is_alias": one.name in review.aliases,
        })  # fmt: skip
    return found


def _leaders(reader: Desk) -> list[str]:
    posts = (p for p in reader.roster.posts if p.role is Role.LEADER and p.stands_on(reader.today))
    return list(dict.fromkeys(post.holder_name for post in posts if post.holder_name))


def steps_text(steps: Sequence[PlannedStep]) -> str:
    """Steps as they are typed: one a line, name and last day parted by ｜."""
    return "\n".join(f"{step.name}｜{step.due_on}" for step in steps)


def typed_names(posted: QueryDict) -> tuple[dict[str, str], list[str]]:
    """What was chosen for names the roster does not know: codes by name, and the names to keep as aliases."""
    codes: dict[str, str] = {}
    aliases: list[str] = []
    for written in posted.getlist("name"):
        number, _, name = written.partition("|")
        codes[name] = posted.get(f"name-{number}", "")
        if posted.get(f"alias-{number}") and codes[name] not in {"", NOT_LISTED}:
            aliases.append(name)
    return codes, aliases


def typed_rows(
    posted: QueryDict, review: TableReview, rows: Numbered, entries: Mapping[str, Entry]
) -> tuple[dict[str, RowChoice], list[FieldError]]:
    """What was chosen for the rows of a page where it differs from what the page showed, and what cannot be taken."""
    shown = {str(n): one for n, one in rows}
    choices: dict[str, RowChoice] = {}
    errors: list[FieldError] = []
    for number in posted.getlist("row"):
        one = shown.get(number)
        if one is None:
            continue
        wrong: list[FieldError] = []
        before = review.choices.get(one.row.key, RowChoice())
        after = _typed_row(_Cells(posted, number), one, before, entries, wrong)
        errors += wrong
        if after != before:
            choices[one.row.key] = after
    return choices, errors


def lay_over(rows: list[Plain], errors: Sequence[FieldError]) -> None:
    """Put back what was typed into fields that could not be taken."""
    by_number = {str(row["n"]): row for row in rows}
    for error in errors:
        number, _, name = error.field.partition("-")
        if number in by_number:
            by_number[number][name] = error.got


class _Cells:
    """The fields of one row in a posted form."""

    def __init__(self, posted: QueryDict, number: str) -> None:
        self._posted, self.number = posted, number

    def __call__(self, name: str) -> str:
        return self._posted.get(f"{self.number}-{name}", "").strip()

    def all(self, name: str) -> list[str]:
        return self._posted.getlist(f"{self.number}-{name}")

    def wrong(self, name: str, message: str) -> FieldError:
        return FieldError(f"{self.number}-{name}", message, self(name))


def _typed_row(
    cells: _Cells, one: AssignmentProposal, before: RowChoice, entries: Mapping[str, Entry], wrong: list[FieldError]
) -> RowChoice:
    entry = _typed_entry(cells, one, entries, wrong)
    shown = one.entry or (LEAVE_OUT if one.state == SKIPPED else "")
    chosen = before.entry
    if entry != shown:
        chosen = "" if entry == LEAVE_OUT else entry or None
    if not one.entry:
        return RowChoice(**{**_fields(before), "entry": chosen})  # nothing else was shown
    bodies = _typed_bodies(cells)
    due_on = _typed_day(cells("due_on"))
    if due_on is None:
        wrong.append(cells.wrong("due_on", f"{one.row.where}：完成时限应填日期，如{_DATE_HELP}。"))
    steps = _typed_steps(cells("steps"))
    if steps is None:
        wrong.append(cells.wrong("steps", f"{one.row.where}：节点每行一条，写作“完成招标｜{_DATE_HELP}”。"))
    leader, with_parts = cells("leader"), bool(cells("with_parts"))
    return RowChoice(
        chosen,
        before.bodies if bodies == one.bodies else bodies,
        before.leader if leader == one.leader else leader,
        before.due_on if due_on in {None, one.due_on} else due_on,
        before.with_parts if with_parts == one.with_parts else with_parts,
        before.steps if steps in (None, one.steps) else steps,
        bool(cells("checked")),
    )


def _fields(choice: RowChoice) -> Plain:
    return {name: getattr(choice, name) for name in RowChoice.__dataclass_fields__}


def _typed_entry(cells: _Cells, one: AssignmentProposal, entries: Mapping[str, Entry], wrong: list[FieldError]) -> str:
    number = cells("task").removeprefix("第").removesuffix("项")
    if not number:
        return cells("entry")
    found = [e.id for e in entries.values() if e["kind"] == "task" and str(e["task_number"]) == number]
    if len(found) != 1:
        wrong.append(cells.wrong("task", f"{one.row.where}：没有第{number}项任务，或者已经办结。"))
        return cells("entry")
    return found[0]


def _typed_bodies(cells: _Cells) -> tuple[BodyRole, ...]:
    found = {
        code: BodyRole(code, cells(f"role-{code}"), cells(f"share-{code}"))
        for code in cells.all("code")
        if cells(f"role-{code}")
    }
    if cells("add"):
        found[cells("add")] = BodyRole(cells("add"), cells("add-role") or "cooperate")
    return tuple(found.values())


def _typed_day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        return None


def _typed_steps(text: str) -> tuple[PlannedStep, ...] | None:
    steps = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, day = line.replace("|", "｜").rpartition("｜")
        due_on = _typed_day(day.strip())
        if not name.strip() or not due_on:
            return None
        steps.append(PlannedStep(name.strip(), due_on))
    return tuple(steps)


def summary(rows: Numbered, entries: Mapping[str, Entry]) -> Plain:
    """What confirming would do, row by row, and which rows it leaves out."""
    going = [one for _, one in sorted(rows, key=lambda item: item[0]) if one.state == CHANGED]
    left = [one for _, one in sorted(rows, key=lambda item: item[0]) if one.state in {UNMATCHED, FAULTY}]
    return {
        "going": [
            {
                "where": one.row.where,
                "name": title(entries[one.entry]),
                "others": len(one.entries) - 1,
                "differences": [change for change in one.differences if change.entry == one.entry]
                or list(one.differences[:3]),
            }
            for one in going
        ],
        "left": [
            {"where": one.row.where, "state": STATES[one.state], "words": one.row.words[:60],
             "faults": [f"{column}：{message}" for column, message in one.faults]}
            for one in left
        ],
        "entries": sum(len({a.entry for a in one.assignments} | {s.entry for s in one.schedules}) for one in going),
        "seen": json.dumps({name: entries[name].version for one in going for name in one.entries}),
    }  # fmt: skip


def title(entry: Entry) -> str:
    """What an entry is called."""
    name = str(entry["name"] or entry["indicator"] or entry.id)
    return f"第{entry['task_number']}项　{name}" if entry["task_number"] else name


def shown_mark(wanted: ConfirmedAssignments) -> str:
    """What tells one set of assignments to be confirmed from another."""
    parts = (sorted(map(repr, wanted.assignments)), sorted(map(repr, wanted.schedules)), sorted(wanted.aliases.items()))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def require_shown(wanted: ConfirmedAssignments, entries: Mapping[str, Entry], mark: str) -> None:
    """Refuse to confirm anything else than the summary showed, say rows that another person chose meanwhile.

    Entries that were changed themselves are left to the act, which names them.

    Raises:
        Refused: 409.
    """
    touched = {one.entry for one in wanted.assignments} | {one.entry for one in wanted.schedules}
    touched &= wanted.seen.keys()
    if mark != shown_mark(wanted) and all(entries[name].version == wanted.seen[name] for name in touched):
        message = "要交办的内容与您核对时不同，现在的差别已经显示出来，请重新核对后再确认。"
        raise Refused(Refusal("web.changed_meanwhile", message, 409))


def confirmed(reader: Desk, review: TableReview, rows: Numbered, seen: str) -> ConfirmedAssignments:
    """Everything that is ready, to be confirmed at once.

    Args:
        seen: the versions of the entries as the summary showed them, as JSON.
    """
    assignments: list[Assignment] = []
    schedules: list[Schedule] = []
    for _, one in rows:
        if one.state == CHANGED:
            assignments += one.assignments
            schedules += one.schedules
    aliases: dict[str, tuple[str, ...]] = {}
    for name in sorted(review.aliases):
        code = review.names.get(name, "")
        if code in reader.roster.bodies and reader.roster.named(name) is None:
            aliases[code] = (*aliases.get(code, ()), name)
    try:
        versions = {str(name): int(version) for name, version in json.loads(seen or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        versions = {}
    return ConfirmedAssignments(tuple(assignments), tuple(schedules), aliases, versions)
