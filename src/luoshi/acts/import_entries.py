"""表格导入: a move of a list made by a filled workbook: entries opened, or moved, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from openpyxl.utils import get_column_letter

from luoshi.acts.chosen_references import require_near
from luoshi.acts.context import Context, act, decided, definition_of, held_all, refuse, require_no_own_act
from luoshi.acts.numbering import FIELD, free_numbers
from luoshi.acts.open_entry import fresh_ids
from luoshi.acts.typed_sheet import Column, NumberedRow, SheetRows, read_sheet, typed_workbook
from luoshi.acts.withdraw_entries import withdrawals
from luoshi.lists.definition import Definition, Field, Move
from luoshi.lists.entry import Change, Entry, Value
from luoshi.lists.move import Birth
from luoshi.lists.value import encode
from luoshi.store import definitions
from luoshi.store.append import append
from luoshi.store.entries import find, from_row
from luoshi.store.models import EntryRow
from luoshi.store.own_acts import can_be_made_together, has_own_act
from luoshi.store.rating import COMMITMENTS, rate_touched
from luoshi.terms.finding import has_errors
from luoshi.terms.refusal import FieldError, Refusal, Refused

_KEYS = (
    Field("entry", "text", "条目编号"),
    Field("version", "integer", "版本"),
    Field("title", "text", "条目"),
)
"""What tells the rows of entries apart; a version that is no longer the newest is not overwritten."""
_MARK = Field("made", "boolean", "办理", help="要办理的填“是”，其余各行不动。")
_NO_CELL = {"rows", "evidence"}
"""Kinds of fields that no single cell can hold."""


@dataclass(frozen=True, slots=True)
class Imported:
    """导入结果: how many entries were opened or moved, and how many rows said nothing new."""

    done: int
    unchanged: int


def is_importable(definition: Definition, move: Move) -> bool:
    """Whether a workbook can make this move."""
    if move.opens:
        return not has_own_act(definition.name, move.name) and definition.name != "plan"
    return can_be_made_together(definition, move) and not has_own_act(definition.name, move.name)


def import_template(
    context: Context, definition: Definition, move: Move, shown: list[tuple[Entry, str]] | None = None
) -> bytes:
    """The workbook of a move: empty for opening entries, with those that may be moved otherwise.

    Args:
        shown: the entries and what they are called, for a move on entries.
    """
    open_fields = [name for name, each in definition.fields.items() if not each.personal]
    rows: list[Mapping[str, Value]] = [
        {"entry": entry.id, "version": str(entry.version), "title": title}
        | {
            name: _written(context, definition.fields[name], entry[name])
            for name in open_fields
            if name in entry.values
        }
        for entry, title in shown or ()
    ]
    notes = [
        "一、一行一条；标*的必填；表头不要改动，自己加的栏目不读。",
        "二、单位填简称、全称或代码均可；日期如2023/9/30；多个单位用顿号分开。",
        "三、先检查、后导入：有一格不对，就一条也不导入，并逐格说明。",
        "四、同样的条目已有的不会重复登记。" if move.opens else "四、“办理”填“是”的才办理；灰底各栏请勿改动。",
    ]
    return typed_workbook(_title(definition, move), _columns(context, definition, move), rows, notes)


def _written(context: Context, spec: Field, value: Value) -> Value:
    """The value as it is typed: bodies by their names."""
    roster = context.circumstances.roster
    if spec.type == "body":
        return roster.label(str(value)) if value else None
    if spec.type == "bodies" and isinstance(value, tuple):
        return tuple(roster.label(str(code)) for code in value)
    return value


def _title(definition: Definition, move: Move) -> str:
    return f"{definition.label}·{move.label}"


def _columns(context: Context, definition: Definition, move: Move) -> list[Column]:
    names = move.sets or (tuple(definition.fields) if move.opens else ())
    fields = [definition.fields[name] for name in names if definition.fields[name].type not in _NO_CELL]
    fields = [each for each in fields if not (each.name == FIELD and definition.numbering)]
    needed = {*move.needs, *(each.name for each in fields if move.opens and each.required)}
    own = [Column(each, move.opens and each.name in needed, choices=_choices(context, each)) for each in fields]
    if move.opens:
        return own
    keys = [Column(key, is_locked=True) for key in _KEYS]
    reason = [Column(Field("reason", "long_text", "理由"))] if move.reason else []
    return [*keys, Column(_MARK, choices=("是",)), *own, *reason]


def _choices(context: Context, spec: Field) -> tuple[str, ...]:
    if spec.type == "choice":
        return tuple(spec.of.values())
    if spec.type == "boolean":
        return ("是", "否")
    if spec.type == "body":
        return tuple(body.label for body in context.circumstances.roster.bodies.values())
    return ()


@act
def import_entries(
    context: Context, name: str, plan: str, move: str, content: bytes, *, dry_run: bool = False
) -> Imported:
    """Make a move by a workbook.

    Args:
        content: the filled template of the move.
        dry_run: everything is checked and counted, nothing is kept.

    Raises:
        Refused: an unknown list, plan or move; or any bad cell or row, each named by sheet, column and row.
    """
    if name not in definitions.lists_in_force():
        raise refuse("acts.unknown_list", "没有这张清单。", 404, list=name)
    definition = definitions.current(name)
    wanted = definition.moves.get(move)
    if wanted is None or not is_importable(definition, wanted):
        raise refuse("acts.not_importable", "这一动作不能用表格办理。", 409, list=name, move=move)
    if find(f"plan:{plan}") is None:
        raise refuse("acts.unknown_plan", "没有这一计划。", 404, plan=plan)
    require_no_own_act(definition, move)
    columns = _columns(context, definition, wanted)
    sheet = read_sheet(content, _title(definition, wanted), columns)
    _refuse_findings(sheet)
    reader = _Reader(context, definition, wanted, plan, [column.field.name for column in columns])
    changes = list(reader.openings(sheet.rows) if wanted.opens else reader.moves(sheet.rows))
    if reader.errors:
        raise _bad(reader.errors)
    told = _with_consequences(context, changes) if move == "withdraw" and name in COMMITMENTS else changes
    rate_touched(append(told, context.act_id), context.today)
    if dry_run:
        transaction.set_rollback(True)
    return Imported(len(changes), len(sheet.rows) - len(changes))


def _with_consequences(context: Context, chosen: list[Change]) -> list[Change]:
    """What is withdrawn with the chosen entries, each once and the chosen ones for the reasons of their own rows."""
    known = held_all(context, [change.entry for change in chosen])
    found: dict[str, Change] = {}
    for change in chosen:
        found |= {each.entry: each for each in withdrawals(context, [known[change.entry]], change.reason)}
    return list((found | {change.entry: change for change in chosen}).values())


def _refuse_findings(sheet: SheetRows) -> None:
    if has_errors(sheet.findings):
        raise _bad([FieldError(each.where, f"{each.where}　{each.message}{each.hint}") for each in sheet.findings])


def _bad(errors: list[FieldError]) -> Refused:
    message = f"表中有{len(errors)}处需要修改，一条也没有导入。"
    return Refused(Refusal("acts.bad_sheet", message, 422, errors=tuple(errors)))


class _Reader:
    """The rows of one sheet on their way to changes."""

    def __init__(self, context: Context, definition: Definition, move: Move, plan: str, columns: list[str]) -> None:
        self.context, self.definition, self.move, self.plan = context, definition, move, plan
        self.columns = columns
        self.errors: list[FieldError] = []

    def openings(self, rows: list[NumberedRow]) -> Iterator[Change]:
        """New entries; a row that says what an entry of the list says already opens none."""
        identities = fresh_ids(self.definition.name, self.plan)
        is_numbered = bool(self.definition.numbering) and FIELD in self.definition.fields
        numbers = free_numbers(self.context, self.plan, self.definition) if is_numbered else None
        compared = [name for name in self.columns if not self.definition.fields[name].personal]
        known = self._known(compared)
        for number, row in rows:
            typed = {name: value for name, value in row.items() if value is not None}
            cells = {**typed, FIELD: next(numbers)} if numbers else typed
            change = self._decided(number, Birth(next(identities), self.plan), cells)
            if change is None:
                continue
            said = _said(change.values, compared)
            if said not in known:
                known.add(said)
                yield change

    def moves(self, rows: list[NumberedRow]) -> Iterator[Change]:
        """The marked entries moved."""
        marked = [(number, row) for number, row in rows if row["made"] is True]
        if not marked:
            return
        ids = [str(row["entry"] or "") for _, row in marked]
        known = held_all(self.context, list(dict.fromkeys(ids)))
        for place, (number, row) in enumerate(marked):
            entry = known[ids[place]]
            if entry.list != self.definition.name or entry.plan != self.plan:
                self._say("entry", number, "不是这张清单的条目。")
            elif str(entry.version) != str(row["version"]):
                self._say("version", number, f"“{row['title']}”在下载之后已有变动，请重新下载后再填。")
            elif ids[place] in ids[:place]:
                self._say("entry", number, f"“{row['title']}”在表中出现了两次。")
            else:
                own = {name: row[name] for name in self.columns if name in self.definition.fields}
                typed = {name: value for name, value in own.items() if value is not None}
                change = self._decided(number, entry, typed, str(row.get("reason") or ""))
                if change is not None:
                    yield change

    def _decided(
        self, number: int, subject: Entry | Birth, typed: Mapping[str, object], reason: str = ""
    ) -> Change | None:
        definition = self.definition if isinstance(subject, Birth) else definition_of(subject)
        try:
            require_near(self.context, definition, subject, typed)
            return decided(self.context, definition, subject, self.move.name, typed, reason)
        except Refused as refused:
            errors = refused.refusal.errors or (FieldError("", refused.refusal.message),)
            for error in errors:
                self._say(error.field, number, error.message)
            return None

    def _say(self, field: str, number: int, message: str) -> None:
        column = get_column_letter(self.columns.index(field) + 1) if field in self.columns else ""
        where = f"{column}{number}" if column else f"第{number}行"
        self.errors.append(FieldError(where, f"{where}　{message}"))

    def _known(self, columns: list[str]) -> set[str]:
        """What the entries of the list say in these columns; the hashes of personal words are never equal."""
        rows = EntryRow.objects.filter(plan=self.plan, list=self.definition.name)
        return {_said(from_row(row).values, columns) for row in rows}


def _said(values: Mapping[str, Value], columns: list[str]) -> str:
    return json.dumps([encode(values.get(name)) for name in columns], ensure_ascii=False)
