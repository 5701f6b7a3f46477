"""计划工作簿: the whole plan as a workbook (tasks, commitments, assignments, curves, nodes), and what a changed one says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from luoshi.acts.report_workbook import opened_workbook
from luoshi.acts.typed_sheet import Column, RowHints, TypedSheet, shown_in, tidy, typed_book
from luoshi.document.cells import CellBook, CellSheet, SheetCell
from luoshi.lists.definition import Definition, Field
from luoshi.lists.entry import Entry, Value
from luoshi.lists.value import decode, encode, parse
from luoshi.people.roster import Roster
from luoshi.terms.refusal import FieldError

SHEETS = {"task": "任务", "target": "目标"}
ROWS = {"curve": "月度计划曲线", "nodes": "节点"}
"""The sheet of each field of rows: one line for each of its rows."""
BASE = "底稿"
ASSIGNED = ("lead_body", "other_leads", "cooperating_bodies", "leader")
SCHEDULED = ("schedule", "starts_on", "due_on", *ROWS)
_KEYS = (Field("entry", "text", "条目编号"), Field("standing", "text", "状态"), Field("called", "long_text", "条目"))
_LOCKED = ("quote",)
_NOT_TYPED = {"start", "end", "sentence", "quote", "derivation"}
"""Where a promise stands in the document is the reader's to say, not a workbook's."""
_KEPT = {"accepted_on"}
"""Columns of rows that other acts fill: a node is accepted with the report that claims it."""
_NOTES = (
    "一、这里是整个计划：任务、目标各一张表，月度计划曲线和节点另成两张表，一行是其中的一行。只改白底各栏。",
    "二、上传后先列出改动的各处，看过再导入；没有改的不动。不要改条目编号；表里删去的条目不会撤销，新增的行不会登记。",
    "三、牵头单位、配合单位、责任领导的改动是重新交办；进度口径、时限、曲线、节点的改动是重新定进度；其余是更正，要写理由。",
    "四、下载之后别人改过的格不会被覆盖，会列出两边的内容。节点的验收日期由采信填报产生，不从表格导入。",
)


def typed_fields(definition: Definition) -> dict[str, Field]:
    """The fields of a commitment that a workbook may change and one cell can hold, in the order of the list."""
    sets = {name for move in ("assign", "schedule", "amend") for name in definition.moves[move].sets}
    kinds = {"rows", "reference", "references", "evidence"}
    return {
        name: each
        for name, each in definition.fields.items()
        if name in sets and name not in _NOT_TYPED and each.type not in kinds
    }


def plan_workbook(entries: Sequence[Entry], definitions: Mapping[str, Definition], roster: Roster) -> bytes:
    """The workbook of a plan.

    Args:
        entries: the plan's tasks and commitments, in the order in which they are shown.
        definitions: by list, those in force.
    """
    sheets = []
    for name, title in SHEETS.items():
        mine = [entry for entry in entries if entry.list == name]
        sheets.append(_entry_sheet(title, definitions[name], mine, roster))
    for name, title in ROWS.items():
        sheets.append(_row_sheet(title, definitions["target"].fields[name], entries))
    base = [["entry", "values"], *([entry.id, base_of(entry, definitions[entry.list])] for entry in entries)]
    sheets[0] = TypedSheet(sheets[0].title, sheets[0].columns, sheets[0].rows, RowHints(kept={BASE: base}))
    return typed_book(sheets, _NOTES)


def base_of(entry: Entry, definition: Definition) -> str:
    """What the entry says in the fields of the workbook, as text that can be compared."""
    names = [*typed_fields(definition), *(name for name in ROWS if name in definition.fields)]
    return json.dumps({name: encode(entry[name]) for name in names if entry[name] is not None}, ensure_ascii=False)


def _entry_sheet(title: str, definition: Definition, entries: Sequence[Entry], roster: Roster) -> TypedSheet:
    fields = typed_fields(definition)
    labels = tuple(body.label for body in roster.bodies.values())
    choices = {"choice": lambda each: tuple(each.of.values()), "body": lambda _: labels}
    columns = [Column(key, is_locked=True) for key in _KEYS]
    for each in fields.values():
        offered = choices[each.type](each) if each.type in choices else ()
        columns.append(Column(each, choices=offered))
    columns += [Column(definition.fields[name], is_locked=True) for name in _LOCKED]
    rows = [_row(entry, definition, fields, roster) for entry in entries]
    return TypedSheet(title, columns, rows)


def _row(entry: Entry, definition: Definition, fields: Mapping[str, Field], roster: Roster) -> dict[str, Value]:
    state = definition.states.get(entry.state)
    row: dict[str, Value] = {
        "entry": entry.id,
        "standing": state.label if state else entry.state,
        "called": called(entry),
    }
    row |= {name: entry[name] for name in _LOCKED}
    return row | {name: _named(each, entry[name], roster) for name, each in fields.items()}


def called(entry: Entry) -> str:
    """What people call a commitment."""
    return str(entry["indicator" if entry.list == "target" else "name"] or entry.id)


def _named(spec: Field, value: Value, roster: Roster) -> Value:
    """The value as it is typed: bodies by their names."""
    if spec.type == "body":
        return roster.label(str(value)) if value else None
    if spec.type == "bodies" and isinstance(value, tuple):
        return tuple(roster.label(str(code)) for code in value)
    return value


def _row_sheet(title: str, spec: Field, entries: Sequence[Entry]) -> TypedSheet:
    keys = [Column(key, is_locked=False) for key in (_KEYS[0], _KEYS[2])]
    columns = [*keys, *(Column(each, is_locked=each.name in _KEPT) for each in spec.columns.values())]
    rows: list[Mapping[str, Value]] = []
    for entry in entries:
        value = entry[spec.name]
        for row in value if isinstance(value, tuple) else ():
            rows += [{"entry": entry.id, "called": called(entry), **row}] if isinstance(row, Mapping) else []
    return TypedSheet(title, columns, rows)


@dataclass(frozen=True, slots=True)
class SaidCell:
    """表中一格: what a cell of the workbook says of an entry; a value, or what is wrong with it."""

    where: str
    value: Value | FieldError
    text: str = ""


@dataclass(slots=True)
class ReadPlan:
    """读出的计划: by entry and field what the workbook says, what it said when it was made, and what was passed over."""

    cells: dict[str, dict[str, SaidCell]] = field(default_factory=dict)
    bases: dict[str, dict[str, Value]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)


def read_plan_workbook(content: bytes, definitions: Mapping[str, Definition], roster: Roster) -> ReadPlan:
    """What a plan's workbook says.

    Raises:
        Refused: it is no workbook, or cannot be opened.
    """
    book = opened_workbook(content)
    found = ReadPlan()
    lists: dict[str, str] = {}
    for name, title in SHEETS.items():
        if title in book.titles:
            for entry in _read_entries(found, book.sheet(title), definitions[name], roster):
                lists[entry] = name
        else:
            found.notes.append(f"没有“{title}”这张表，其中的条目不动。")
    for name, title in ROWS.items():
        if title in book.titles:
            _read_rows(found, book.sheet(title), definitions["target"].fields[name], set(lists))
        else:
            found.notes.append(f"没有“{title}”这张表，各条目的{title}不动。")
    _read_bases(found, book, {entry: definitions[name] for entry, name in lists.items()})
    return found


def _lines(
    found: ReadPlan, sheet: CellSheet, fields: Mapping[str, Field]
) -> Iterator[tuple[int, str, Mapping[str, SheetCell], Mapping[str, int]]]:
    """The rows of a sheet with the entry each speaks of, its cells by field, and where the fields stand."""
    labels = {Column(each).head: name for name, each in fields.items()} | {_KEYS[0].label: "entry"}
    places: dict[str, int] = {}
    for number, row in sheet.filled():
        if not places:
            heads = {labels.get(cell.text.rstrip("*"), ""): place for place, cell in sorted(row.items(), reverse=True)}
            places = {name: place for name, place in heads.items() if name} if "entry" in heads else {}
            continue
        cells = {name: row[place] for name, place in places.items() if place in row}
        entry = cells["entry"].text if "entry" in cells else ""
        if not entry:
            found.notes.append(f"“{sheet.title}”第{number}行没有条目编号，没有读；新增条目请在清单里登记。")
            continue
        if number in sheet.hidden:
            found.notes.append(f"“{sheet.title}”第{number}行是隐藏的，照样读了。")
        for name, cell in cells.items():
            where = f"{sheet.title}!{get_column_letter(places[name])}{number}"
            if cell.is_formula and cell.value is None:
                found.errors.append(FieldError(where, f"{where}　公式没有算出的结果，请打开、保存后再上传。", "公式"))
            elif cell.is_formula:
                found.notes.append(f"{where}是公式，取的是最后一次算出的结果。")
        yield number, entry, cells, places
    if not places:
        found.errors.append(FieldError(sheet.title, f"“{sheet.title}”里没有“条目编号”一栏，请不要改动表头。"))


def _read_entries(found: ReadPlan, sheet: CellSheet, definition: Definition, roster: Roster) -> Iterator[str]:
    fields = typed_fields(definition)
    for number, entry, cells, places in _lines(found, sheet, fields):
        if entry in found.cells:
            where = f"{sheet.title}!{get_column_letter(places['entry'])}{number}"
            found.errors.append(FieldError(where, f"{where}　条目{entry}在表中出现了两次。", entry))
            continue
        said = found.cells.setdefault(entry, {})
        for name in places:
            if name in fields:
                cell = cells.get(name)
                where = f"{sheet.title}!{get_column_letter(places[name])}{number}"
                unit = cells["unit"].text if "unit" in cells else ""
                value = parse(fields[name], _typed(fields[name], cell, unit))
                said[name] = SaidCell(where, _coded(fields[name], value, roster), cell.text if cell else "")
        yield entry


def _typed(spec: Field, cell: SheetCell | None, unit: str) -> object:
    """What was typed in a cell; a figure shown as a percentage is one only where the promise is kept in percent."""
    if cell is None or not cell.is_percent or spec.type not in {"decimal", "integer"}:
        return tidy(cell.value if cell else None)
    return cell.text.removesuffix("%") if "%" in unit else cell.text


def _coded(spec: Field, value: Value | FieldError, roster: Roster) -> Value | FieldError:
    """The codes of bodies that are named; or which name is no body's."""
    if isinstance(value, FieldError) or value is None or spec.type not in {"body", "bodies"}:
        return value
    codes = []
    for written in value if isinstance(value, tuple) else (value,):
        body = roster.bodies.get(str(written)) or roster.named(str(written))
        if body is None:
            return FieldError(spec.name, f"花名册中没有“{written}”。", str(written))
        codes.append(body.code)
    return tuple(codes) if spec.type == "bodies" else codes[0]


def _read_rows(found: ReadPlan, sheet: CellSheet, spec: Field, known: set[str]) -> None:
    """The rows of a curve or of nodes, gathered by entry; an entry of which none is left has none."""
    gathered: dict[str, list[dict[str, Value]]] = {}
    first: dict[str, int] = {}
    for number, entry, cells, places in _lines(found, sheet, spec.columns):
        if entry not in known:
            note = f"“{sheet.title}”里条目{entry}的行没有读：任务、目标表里没有这一条目。"
            found.notes += [] if note in found.notes else [note]
            continue
        row: dict[str, Value] = {}
        for name, column in spec.columns.items():
            cell = cells.get(name)
            value = parse(column, _typed(column, cell, "%" if name == "percent" else ""))
            where = f"{sheet.title}!{get_column_letter(places[name])}{number}" if name in places else sheet.title
            if isinstance(value, FieldError):
                found.errors.append(FieldError(where, f"{where}　填的是“{value.got}”：{value.message}", value.got))
            elif value is None and column.required:
                found.errors.append(FieldError(where, f"{where}　“{column.label}”没有填写。"))
            elif value is not None:
                row[name] = value
        gathered.setdefault(entry, []).append(row)
        first.setdefault(entry, number)
    for entry in known:
        rows = tuple(gathered.get(entry, ()))
        where = f"{sheet.title}!第{first[entry]}行起" if entry in first else sheet.title
        found.cells[entry][spec.name] = SaidCell(where, rows or None)


def _read_bases(found: ReadPlan, book: CellBook, definitions: Mapping[str, Definition]) -> None:
    if BASE not in book.titles:
        return
    for row in book.sheet(BASE).table():
        entry, written = (str(cell or "") for cell in (*row, "", "")[:2])
        if entry in definitions:
            try:
                data: dict[str, Any] = json.loads(written)
                fields = definitions[entry].fields
                found.bases[entry] = {name: decode(fields[name], value) for name, value in data.items()}
            except (ValueError, KeyError, AttributeError):
                found.notes.append(f"“{BASE}”里{entry}的内容被改动过，没有采用。")


def same_value(spec: Field, mine: Value, other: Value) -> bool:
    """Whether two values say the same in a workbook: words without regard to blanks, rows without their days of acceptance."""
    if spec.type == "rows":
        return _bare(mine) == _bare(other)
    if spec.type in {"text", "long_text"}:
        return str(mine or "").split() == str(other or "").split()
    return mine == other or shown_in(spec, mine) == shown_in(spec, other)


def _bare(value: Value) -> list[dict[str, Value]]:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
    return [{n: cell for n, cell in row.items() if cell is not None and n not in _KEPT} for row in rows]


def told(spec: Field, value: Value, roster: Roster) -> str:
    """A value as the preview shows it."""
    if spec.type == "rows":
        lines = ["、".join(str(shown_in(spec.columns[n], c)) for n, c in row.items()) for row in _bare(value)]
        return "；".join(lines)
    written = shown_in(spec, _named(spec, value, roster))
    return "" if written is None else str(written)
