"""台账工作簿: a county's own ledger as rows with columns, whose meaning is suggested by their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from luoshi.acts.context import refuse
from luoshi.acts.report_workbook import opened_workbook
from luoshi.acts.responsibility_row import NamedBody, ResponsibilityRow
from luoshi.document.cells import CellSheet
from luoshi.lists.definition import Field
from luoshi.lists.value import parse
from luoshi.reading.columns import guess_role, is_sum, role_of
from luoshi.terms.refusal import FieldError
from luoshi.terms.yaml_text import read_yaml

LEFT_OUT = ""
"""The role of a column that is not read."""
REPORTED = ("value", "base", "text", "problem", "next_step")
"""Roles that are cells of a month's report."""
_FIRST_ROWS = 15
"""Rows among which the heads are looked for."""
_SAMPLES = 3
_OF_MONTH = re.compile(r"(?:截[至止]|至|到)?([0-9]{1,2})月(?:底|末|份|[0-9]{1,2}日|累计|完成|进展)")
_LIST = re.compile(r"[、，,；;/\n\s]+")
_DUE = Field("due_on", "date", "完成时限")


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """台账栏目: a column with the role suggested for it, and some of what stands in it.

    ``why`` says where the suggestion comes from: 上次, 同义词, 字词, or nothing.
    """

    index: int
    name: str
    role: str
    why: str = ""
    samples: tuple[str, ...] = ()


@dataclass(slots=True)
class LedgerTable:
    """台账表: one sheet of a ledger: where its heads stand, its columns, its rows as texts, and what was passed over."""

    title: str
    head: int
    columns: list[LedgerColumn] = field(default_factory=list)
    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    titles: tuple[str, ...] = ()


@cache
def _data() -> dict[str, Any]:
    written = (Path(__file__).parent / "ledger_columns.yaml").read_text(encoding="utf-8")
    found = read_yaml(written, "ledger_columns.yaml", "acts").data
    if not isinstance(found, dict):
        raise TypeError("ledger_columns.yaml")
    return found


def roles() -> dict[str, dict[str, Any]]:
    """What a column can be used as: by key, its label, its help and the names it goes by."""
    found: dict[str, dict[str, Any]] = _data()["roles"]
    return found


def plain_head(name: str) -> str:
    """A head without blanks and line breaks, by which a choice is remembered."""
    return re.sub(r"\s+", "", name)


def suggested(name: str, saved: Mapping[str, str]) -> tuple[str, str]:
    """The role of a column of this name and why: chosen before, a synonym, or words within the name.

    Args:
        saved: roles that people chose before, by head.
    """
    head = plain_head(name)
    if head in saved:
        return saved[head], "上次选定"
    short = re.sub(r"[（(][^（()）]*[)）]", "", head)
    bare = re.sub(_data()["before"], "", short)
    for one in (head, short, bare):
        role = next((role for role, each in roles().items() if one in each["names"]), "")
        if role:
            return role, "同义词"
    alike: dict[str, str] = _data()["alike"]
    known = role_of(name, 0)[0] or role_of(bare, 0)[0]
    if known in alike:
        return alike[known], "同义词"
    guess = guess_role(short)
    return (alike[guess], "栏名中的字词") if guess in alike else (LEFT_OUT, "")


def read_ledger(content: bytes, saved: Mapping[str, str], title: str = "", head: int = 0) -> LedgerTable:
    """A sheet of a ledger with suggested roles.

    Args:
        saved: roles chosen before, by head.
        title: the sheet; the visible one with the most rows when empty or unknown.
        head: the row of the heads, from 1; looked for when 0.

    Raises:
        Refused: it is no workbook, or no row of heads can be told.
    """
    book = opened_workbook(content)
    shown = tuple(name for name in book.titles if book.is_visible(name)) or book.titles
    sheet = book.sheet(title) if title in shown else max(map(book.sheet, shown[:12]), key=lambda one: len(one.rows))
    at = head if head in sheet.rows else _head_of(sheet, saved)
    if not at:
        message = "没有认出表头：前15行里没有一行同时写有事项和单位、进展等栏目。请指明表头在第几行。"
        raise refuse("acts.no_ledger", message, 422)
    last = at + 1 if _goes_on(sheet, at + 1, saved) else at
    found = LedgerTable(sheet.title, at, titles=shown)
    hidden = [name for name in book.titles if name not in shown]
    if hidden:
        found.notes.append(f"隐藏的工作表没有读：{'、'.join(hidden[:10])}。")
    names = {place: _name(sheet, (at, last), place) for place in sorted(_places(sheet, (at, last)))}
    _read_rows(found, sheet, last, names)
    found.columns = list(_columns(names, found.rows, saved))
    return found


def _head_of(sheet: CellSheet, saved: Mapping[str, str]) -> int:
    """The row whose cells name the most roles, at least two and one of them the task; 0 for none."""
    best, most = 0, 1
    for number, row in sheet.filled():
        if number > _FIRST_ROWS:
            break
        named = {suggested(cell.text, saved)[0] for cell in row.values() if cell.text} - {LEFT_OUT}
        if "task" in named and len(named) > most:
            best, most = number, len(named)
    return best


def _goes_on(sheet: CellSheet, number: int, saved: Mapping[str, str]) -> bool:
    """Whether a second row belongs to the heads: what stands in it lies under a wide head, and names columns."""
    own = [cell.text for cell in sheet.rows.get(number, {}).values() if cell.text]
    tops = {sheet.merged.get((number - 1, place)) for place in sheet.rows.get(number, {})}
    return bool(own) and tops != {None} and all(suggested(text, saved)[0] for text in own)


def _places(sheet: CellSheet, heads: tuple[int, int]) -> set[int]:
    merged = {column for row, column in sheet.merged if row in heads}
    return {place for row in heads for place in sheet.rows.get(row, {})} | merged


def _name(sheet: CellSheet, heads: tuple[int, int], place: int) -> str:
    names = dict.fromkeys(plain_head(sheet.spread(row, place).text) for row in range(heads[0], heads[1] + 1))
    return "".join(list(names)[-1:]) or "".join(names)


def _read_rows(found: LedgerTable, sheet: CellSheet, last: int, names: Mapping[int, str]) -> None:
    formulas, hidden = 0, []
    for number, row in sheet.filled():
        if number <= last:
            continue
        texts = {place: text for place in names if (text := sheet.spread(number, place).text)}
        own = {cell.text for cell in row.values() if cell.text}
        if any(is_sum(text) for text in own):
            found.notes.append(f"第{number}行是合计行，没有读。")
        elif len(set(texts.values())) < 2:
            found.notes.append(f"第{number}行只有“{next(iter(texts.values()), '')[:20]}”，当作分块标题，没有读。")
        else:
            found.rows.append((number, texts))
            formulas += sum(cell.is_formula for cell in row.values())
            hidden += [number] if number in sheet.hidden else []
    if formulas:
        found.notes.append(f"有{formulas}格是公式，取的是最后一次算出的结果。")
    if hidden:
        found.notes.append(f"第{'、'.join(map(str, hidden[:20]))}行是隐藏的，照样读了。")
    if sheet.cut:
        found.notes.append(f"表格太长，后面的{sheet.cut}格没有读。")


def _columns(
    names: Mapping[int, str], rows: Sequence[tuple[int, dict[int, str]]], saved: Mapping[str, str]
) -> Iterator[LedgerColumn]:
    """The columns; of several with the same suggestion, words of a task and bodies aside, the last is taken.

    Ledgers that are kept up by month put the newest month to the right.
    """
    read = {place: suggested(name, saved) for place, name in names.items()}
    counted = Counter(role for role, _ in read.values())
    lasts = {role: place for place, (role, _) in read.items()}
    for place, name in names.items():
        role, why = read[place]
        is_double = counted[role] > 1 and role not in {"task", "lead", "cooperating"} and lasts[role] != place
        texts = dict.fromkeys(texts[place] for _, texts in rows if place in texts)
        samples = tuple(text[:40] for text in list(texts)[:_SAMPLES])
        yield LedgerColumn(place, name, LEFT_OUT if is_double else role, "" if is_double else why, samples)


def other_months(table: LedgerTable, chosen: Mapping[int, str], month: int) -> list[str]:
    """The heads of columns with figures or words for a report that name another month: 截至8月底完成数."""
    found = []
    for column in table.columns:
        named = _OF_MONTH.search(column.name)
        if chosen.get(column.index) in REPORTED and named and int(named[1]) != month:
            found.append(column.name)
    return found


def responsibility_rows(table: LedgerTable, chosen: Mapping[int, str]) -> list[ResponsibilityRow]:
    """The rows of a ledger as those of a decomposition, to be matched and, where wanted, assigned.

    Args:
        chosen: the role of each column.
    """
    by_role: dict[str, list[int]] = {}
    for place, role in sorted(chosen.items()):
        by_role.setdefault(role, []).append(place)
    names = {column.index: column.name for column in table.columns}
    found = []
    for number, texts in table.rows:
        cells = {role: [texts[place] for place in places if place in texts] for role, places in by_role.items()}
        words = " ".join(cells.get("task", ()))
        if not words:
            continue
        due = parse(_DUE, (cells.get("deadline") or [""])[0])
        serial = (cells.get("number") or [""])[0]
        found.append(
            ResponsibilityRow(
                key=f"r{number}",
                where=f"第{number}行",
                words=words,
                number=int(serial) if serial.isascii() and serial.isdigit() and len(serial) < 5 else None,
                bodies=tuple(_bodies(cells.get("lead", ()), cells.get("cooperating", ()))),
                leaders=tuple(name for text in cells.get("leader", ()) for name in _LIST.split(text) if name),
                due_on=due.isoformat() if isinstance(due, date) else "",
                doubts=(f"时限“{due.got}”没有读懂，请核对。",) if isinstance(due, FieldError) else (),
                cells=tuple((names[place], text) for place, text in texts.items() if place in names),
            )
        )
    return found


def _bodies(leads: Iterable[str], helpers: Iterable[str]) -> Iterator[NamedBody]:
    """The bodies named; the first leads, those named with it help, unless they lead in a column of their own."""
    named = [name for text in leads for name in _LIST.split(text) if name]
    for at, name in enumerate(dict.fromkeys(named)):
        yield NamedBody(name, "lead" if at == 0 else "cooperate")
    for name in dict.fromkeys(name for text in helpers for name in _LIST.split(text) if name):
        if name not in named:
            yield NamedBody(name, "cooperate")


def report_cells(table: LedgerTable, chosen: Mapping[int, str]) -> dict[str, dict[str, str]]:
    """What each row says in the cells of a report, by the row's key; a figure with the unit of its own column."""
    found: dict[str, dict[str, str]] = {}
    units = [place for place, role in chosen.items() if role == "unit_of"]
    for number, texts in table.rows:
        cells = {role: texts[place] for place, role in sorted(chosen.items()) if role in REPORTED and place in texts}
        symbol = next((texts[place] for place in units if place in texts), "")
        for name in ("value", "base"):
            if symbol and name in cells and re.fullmatch(r"[+\-−]?[\d,.]+", cells[name]):
                cells[name] += symbol
        if cells:
            found[f"r{number}"] = cells
    return found
