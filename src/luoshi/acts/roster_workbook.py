"""花名册工作簿: the roster as a workbook, written as a template and read back, each bad cell named.

The columns, choices and checks come from the lists ``body`` and ``post``, so a county's own words fit too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from luoshi.acts.typed_sheet import DATE, LAST, NumberedRow, tidy
from luoshi.document.cells import CellBook
from luoshi.document.extract import UnreadableFile
from luoshi.lists.definition import Field
from luoshi.lists.entry import Value
from luoshi.lists.value import parse, show
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster
from luoshi.store import definitions
from luoshi.terms.finding import Finding, Level
from luoshi.terms.refusal import FieldError

SHEETS = {"body": "单位", "post": "岗位"}
COLUMNS = {
    "body": ("code", "name", "short_name", "kind", "parent", "aliases", "since"),
    "post": ("body", "role", "title", "holder", "holder_name", "since", "until"),
}
_REQUIRED = {"post": {"body", "role", "title"}}
_NOTES = (
    "填表说明",
    "一、“单位”每行一个单位；单位代码一经使用不再更改，名称可以更改。",
    "二、“岗位”每行一个岗位；单位填代码、全称或简称均可；任职账号是登录用的名字，没有任职人的留空。",
    "三、每个单位至少设一名“单位负责人”（签发）和一名“经办人”（填报）。",
    "四、标*的必填。再次导入同一张表时，已有的更新，不会重复。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RosterRows:
    """花名册各行: what a workbook says, and everything that is wrong in it.

    ``has_bodies`` is False when the sheet of bodies is lost: then nothing can be said about names of bodies.
    """

    bodies: tuple[NumberedRow, ...]
    posts: tuple[NumberedRow, ...]
    findings: tuple[Finding, ...]
    has_bodies: bool = True


def columns(name: str) -> list[Field]:
    """The columns of one sheet, as fields of its list."""
    fields = definitions.current(name).fields
    return [fields[column] for column in COLUMNS[name]]


def roster_workbook(roster: Roster | None = None) -> bytes:
    """The workbook of a roster; without one, the empty template."""
    book = Workbook()
    book.remove(book.worksheets[0])
    held = roster or Roster()
    rows: dict[str, list[object]] = {"body": list(held.bodies.values()), "post": list(held.posts)}
    for name, title in SHEETS.items():
        _fill(book.create_sheet(title), name, rows[name])
    notes = book.create_sheet("说明")
    notes.column_dimensions["A"].width = 90
    for line in _NOTES:
        notes.append([line])
    notes["A1"].font = Font(bold=True)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: Any, name: str, rows: Sequence[object]) -> None:
    for place, field in enumerate(columns(name), 1):
        letter = get_column_letter(place)
        is_required = field.required or field.name in _REQUIRED.get(name, ())
        head = sheet.cell(1, place, field.label + ("*" if is_required else ""))
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF4")
        sheet.column_dimensions[letter].width = 30 if field.name in {"name", "aliases", "title"} else 16
        if field.help:
            head.comment = Comment(field.help, "Luoshi")
        _type(sheet, f"{letter}2:{letter}{LAST}", field)
        for line, row in enumerate(rows, 2):
            cell = sheet.cell(line, place, _shown(field, getattr(row, field.name)))
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if field.type == "date":
                cell.number_format = DATE
    sheet.freeze_panes = "A2"


def _type(sheet: Any, cells: str, field: Field) -> None:
    if field.type == "choice":
        listed = ",".join(field.of.values())
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
        rule.error, rule.errorTitle = f"请从下拉项中选择：{listed.replace(',', '、')}", field.label
    elif field.type == "date":
        rule = DataValidation(
            type="date", operator="greaterThan", formula1="1", allow_blank=True, showErrorMessage=True
        )
        rule.error, rule.errorTitle = "请填日期，如2023/9/30。", field.label
        sheet.column_dimensions[_column(cells)].number_format = DATE
    else:  # codes and accounts keep their leading zeros
        sheet.column_dimensions[_column(cells)].number_format = "@"
        return
    sheet.add_data_validation(rule)
    rule.add(cells)


def _column(cells: str) -> str:
    return cells.partition(":")[0].rstrip("0123456789")


def _shown(field: Field, value: Any) -> object:
    if field.type == "date":
        return value
    if isinstance(value, tuple):
        return "、".join(value)
    return show(field, str(value)) if value else None


def read_roster(content: bytes) -> RosterRows:
    """What a workbook says; whatever is wrong becomes a finding that names sheet, row, column and value."""
    findings: list[Finding] = []
    found: dict[str, tuple[NumberedRow, ...]] = {}
    try:
        book = CellBook(content)
        for name, title in SHEETS.items():
            if title not in book.titles:
                message = f"缺少“{title}”工作表，现有{'、'.join(book.titles)}。"
                findings.append(Finding("acts.E102", Level.ERROR, title, message))
                found[name] = ()
                continue
            reader = _Sheet(name, title)
            found[name] = tuple(reader.rows(book.sheet(title).table()))
            findings += reader.findings
    except UnreadableFile as error:
        message = f"这不是可以读取的xlsx工作簿：{error}"
        hint = "请用 luoshi init --print-roster-template 生成的模板填写。"
        return RosterRows((), (), (Finding("acts.E101", Level.ERROR, "花名册", message, hint),), has_bodies=False)
    has_bodies = not any(finding.where == SHEETS["body"] for finding in findings)
    return RosterRows(found["body"], found["post"], tuple(findings), has_bodies)


class _Sheet:
    """One sheet being read."""

    def __init__(self, name: str, title: str) -> None:
        self.name, self.title = name, title
        self.fields = {field.label: field for field in columns(name)}
        self.findings: list[Finding] = []
        self.seen: dict[tuple[str, ...], int] = {}

    def rows(self, cells: Iterator[tuple[Any, ...]]) -> Iterator[NumberedRow]:
        """The rows that are not empty, parsed."""
        heads = [str(cell or "").strip().rstrip("*") for cell in next(cells, ())]
        missing = [label for label in self.fields if label not in heads]
        if missing:
            message = f"第1行缺少栏目{'、'.join(missing)}。"
            self.findings.append(Finding("acts.E103", Level.ERROR, self.title, message, "请不要改动模板的表头。"))
            return
        for number, row in enumerate(cells, 2):
            if any(cell not in (None, "") for cell in row):
                yield number, self._row(number, dict(zip(heads, row, strict=False)))

    def _row(self, number: int, row: Mapping[str, Any]) -> Mapping[str, Value]:
        parsed: dict[str, Value] = {}
        for place, (label, field) in enumerate(self.fields.items(), 1):
            value = parse(field, tidy(row.get(label)))
            where = f"{self.title}!{get_column_letter(place)}{number}"
            if isinstance(value, FieldError):
                self._say("acts.E104", where, f"第{number}行“{label}”填的是“{value.got}”：{value.message}")
                continue
            if value is None and (field.required or field.name in _REQUIRED.get(self.name, ())):
                self._say("acts.E105", where, f"第{number}行“{label}”没有填写。")
            parsed[field.name] = value
        self._once(number, parsed)
        return parsed

    def _once(self, number: int, parsed: Mapping[str, Value]) -> None:
        named = ("code",) if self.name == "body" else ("body", "role", "title")
        key = tuple(str(parsed.get(name) or "") for name in named)
        if all(key):
            before = self.seen.setdefault(key, number)
            if before != number:
                self._say(
                    "acts.E106", f"{self.title}!A{number}", f"第{number}行与第{before}行重复（{'、'.join(key)}）。"
                )

    def _say(self, identity: str, where: str, message: str) -> None:
        self.findings.append(Finding(identity, Level.ERROR, where, message))


def body_of(row: Mapping[str, Value]) -> Body:
    """A row of the sheet of bodies as a body."""
    values: dict[str, Any] = {name: value for name, value in row.items() if value is not None}
    return Body(**values)


def post_of(row: Mapping[str, Value], identity: str) -> Post:
    """A row of the sheet of posts as a post; its body is a code by now."""
    values: dict[str, Any] = {name: value for name, value in row.items() if value is not None}
    return Post(**{**values, "id": identity, "role": Role(values["role"])})
