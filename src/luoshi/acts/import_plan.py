"""计划导入: a changed plan workbook: what differs is shown first, then amended, assigned anew and scheduled in one act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from luoshi.acts.assign_entries import Assignment, assign_entries, charge_id
from luoshi.acts.context import Context, act, decided, definition_of, held_all, refuse
from luoshi.acts.import_reports import CrossedCell
from luoshi.acts.plan_workbook import (
    ASSIGNED,
    ROWS,
    SCHEDULED,
    SHEETS,
    ReadPlan,
    SaidCell,
    called,
    plan_workbook,
    read_plan_workbook,
    same_value,
    told,
)
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.lists.entry import Entry, Value, county_of
from luoshi.people.role import Role
from luoshi.store import definitions, entries
from luoshi.store.append import append
from luoshi.store.rating import rate_touched
from luoshi.terms.refusal import FieldError, Refusal, Refused

_ORDER = ("task_number", "start")


@dataclass(frozen=True, slots=True)
class PlanImport:
    """计划导入结果: what changes, cell by cell; cells changed on both sides, left as they stand; what was passed over."""

    changes: tuple[CrossedCell, ...]
    crossed: tuple[CrossedCell, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Difference:
    """What a workbook says otherwise than the plan."""

    context: Context
    read: ReadPlan
    known: Mapping[str, Entry]
    typed: dict[str, dict[str, Value]] = field(default_factory=dict)
    changes: list[CrossedCell] = field(default_factory=list)
    crossed: list[CrossedCell] = field(default_factory=list)

    def run(self) -> None:
        for name, cells in self.read.cells.items():
            entry = self.known.get(name)
            if entry is None:
                where = next((cell.where.partition("!")[0] for cell in cells.values()), "")
                self.read.errors.append(
                    FieldError(where, f"{where}　条目{name}不是本计划的，请用本计划下载的表格。", name)
                )
                continue
            for spot, cell in cells.items():
                self._cell(entry, spot, cell)

    def _cell(self, entry: Entry, name: str, cell: SaidCell) -> None:
        definition = definitions.current(entry.list)
        spec, stands = definition.fields[name], entry[name]
        if isinstance(cell.value, FieldError):
            message = f"{cell.where}　填的是“{cell.value.got}”：{cell.value.message}"
            self.read.errors.append(FieldError(cell.where, message, cell.value.got))
            return
        base = self.read.bases.get(entry.id)
        if same_value(spec, cell.value, stands) or (base is not None and same_value(spec, cell.value, base.get(name))):
            return
        roster = self.context.circumstances.roster
        was = told(spec, base.get(name), roster) if base is not None else ""
        texts = (was, told(spec, stands, roster), told(spec, cell.value, roster))
        change = CrossedCell(entry.id, spec.label, cell.where, called(entry), *texts)
        if base is not None and not same_value(spec, base.get(name), stands):
            self.crossed.append(change)
            return
        self.changes.append(change)
        self.typed.setdefault(entry.id, {})[name] = _accepted(stands, cell.value) if name == "nodes" else cell.value


def _accepted(stands: Value, filled: Value) -> Value:
    """Nodes with the days of acceptance they have, whatever the workbook says."""
    rows = [row for row in stands if isinstance(row, Mapping)] if isinstance(stands, tuple) else []
    days = {str(row["id"]): row.get("accepted_on") for row in rows}
    if not isinstance(filled, tuple):
        return filled
    return tuple({**row, "accepted_on": days.get(str(row.get("id")))} for row in filled if isinstance(row, Mapping))


def plan_entries(plan: str) -> list[Entry]:
    """The plan's tasks and commitments that stand, in the order of the document."""
    found = [entry for name in SHEETS for entry in entries.find_where(plan, name) if entry.state != "withdrawn"]
    return sorted(found, key=lambda entry: (*(int(str(entry[name] or 999_999)) for name in _ORDER), entry.id))


def plan_workbook_of(context: Context, plan: str) -> bytes:
    """The workbook of a plan as it stands."""
    known = {name: definitions.current(name) for name in SHEETS}
    return plan_workbook(plan_entries(plan), known, context.circumstances.roster)


@act
def import_plan(context: Context, plan: str, content: bytes, reason: str = "", *, dry_run: bool = False) -> PlanImport:
    """Take a changed plan workbook in: all its changes or none.

    What was changed here since the workbook was made is left as it stands and shown with both values.

    Args:
        reason: why the wording or the figures of promises are amended; needed as soon as one is.
        dry_run: everything is checked as if it were made; nothing is kept.

    Raises:
        Refused: the actor is no supervisor; no workbook of this plan; or anything that cannot be so, each cell named.
    """
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.no_plan_import", "计划的表格由督查室导入。", 403)
    if entries.find(f"plan:{plan}") is None or county_of(plan) != context.county:
        raise refuse("acts.unknown_plan", "没有这一计划。", 404, plan=plan)
    known = {name: definitions.current(name) for name in SHEETS}
    read = read_plan_workbook(content, known, context.circumstances.roster)
    standing = {entry.id: entry for entry in plan_entries(plan)}
    if read.cells and not read.cells.keys() & standing.keys():
        raise refuse("acts.other_plan", "这不是本计划的表格，没有导入。请用本计划下载的表格。", 409)
    difference = _Difference(context, read, standing)
    difference.run()
    left = len(standing.keys() - read.cells.keys())
    notes = [*read.notes, *([f"表里没有的{left}个条目没有动。"] if left else [])]
    _refuse_errors(read.errors)
    _apply(context, difference, reason.strip(), dry_run=dry_run)
    if dry_run:
        transaction.set_rollback(True)
    return PlanImport(tuple(difference.changes), tuple(difference.crossed), tuple(notes))


def _refuse_errors(errors: list[FieldError]) -> None:
    if errors:
        message = f"表中有{len(errors)}处需要修改，一处也没有导入。"
        raise Refused(Refusal("acts.bad_plan_sheet", message, 422, errors=tuple(errors)))


def _apply(context: Context, difference: _Difference, reason: str, *, dry_run: bool) -> None:
    typed = difference.typed
    amended = {name: cells for name, all_cells in typed.items() if (cells := dict(_amended(all_cells)))}
    if amended and not reason and not dry_run:
        error = FieldError("reason", "请写明更正的理由。")
        raise Refused(Refusal("acts.no_reason", error.message, 422, errors=(error,)))
    places = {(one.commitment, one.cell): one.where for one in difference.changes}
    errors: list[FieldError] = []
    changes = []
    held = held_all(context, list(typed)) if typed else {}
    for name, cells in amended.items():
        try:
            definition = definition_of(held[name])
            changes.append(decided(context, definition, held[name], "amend", cells, reason or "（预览）"))
        except Refused as refused:
            errors += _placed(held[name], refused.refusal, places)
    _refuse_errors(errors)
    rate_touched(append(changes, context.act_id), context.today)
    for name, cells in typed.items():
        try:
            if cells.keys() & set(ASSIGNED):
                assign_entries(context, [_assignment(held[name], cells)])
            if cells.keys() & set(SCHEDULED):
                schedule_entries(context, [_schedule(held[name], cells)])
        except Refused as refused:
            errors += _placed(held[name], refused.refusal, places)
    _refuse_errors(errors)


def _amended(cells: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    return ((name, value) for name, value in cells.items() if name not in ASSIGNED and name not in SCHEDULED)


def _placed(entry: Entry, refusal: Refusal, places: Mapping[tuple[str, str], str]) -> list[FieldError]:
    """What is refused of an entry, each error under the cell that asked for it."""
    fields = definitions.current(entry.list).fields
    found = []
    for error in refusal.errors or (FieldError("", refusal.message),):
        label = fields[error.field].label if error.field in fields else ""
        own = next((where for (name, _), where in places.items() if name == entry.id), "")
        where = places.get((entry.id, label), own)
        found.append(FieldError(where, f"{where}　“{called(entry)}”：{error.message}", error.got))
    return found


def _assignment(entry: Entry, cells: Mapping[str, Value]) -> Assignment:
    """The assignment as it stands, with what the workbook says otherwise; each body keeps its share."""
    lead, others, helpers, leader = (cells.get(name, entry[name]) for name in ASSIGNED)
    if not lead:
        error = FieldError("lead_body", "已交办的事项要有牵头单位。" if entry["lead_body"] else "交办要写牵头单位。")
        raise Refused(Refusal("acts.no_lead", error.message, 422, errors=(error,)))
    plain = Assignment(entry.id, str(lead), _codes(helpers), str(leader or ""), None, _codes(others))
    charges = entries.find_all([charge_id(entry.id, code, role) for code, role in plain.roles.items()])
    shares = {
        str(one["body"]): str(one["share"]) for one in charges.values() if one["share"] and one.state == "standing"
    }
    return Assignment(
        entry.id, plain.lead_body, plain.cooperating_bodies, plain.leader, None, plain.other_leads, shares
    )


def _codes(value: Value) -> tuple[str, ...]:
    return tuple(str(code) for code in value) if isinstance(value, tuple) else ()


def _schedule(entry: Entry, cells: Mapping[str, Value]) -> Schedule:
    """The schedule with what the workbook says otherwise; what is emptied is emptied."""
    names = [name for name in SCHEDULED if name in cells]
    typed: dict[str, object] = {name: cells[name] if cells[name] is not None else _empty(name) for name in names}
    return Schedule(entry.id, {"schedule": entry["schedule"], **typed})


def _empty(name: str) -> object:
    return () if name in ROWS else ""
