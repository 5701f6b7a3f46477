"""填报工作簿: the reports of a month as a workbook, of one unit or of all; and what a filled one says, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from luoshi.acts.context import refuse
from luoshi.acts.typed_sheet import Column, RowHints, typed_workbook
from luoshi.document.cells import CellBook, CellSheet, SheetCell
from luoshi.document.extract import UnreadableFile
from luoshi.lists.definition import Field
from luoshi.lists.value import parse
from luoshi.reading.columns import is_sum
from luoshi.terms.refusal import FieldError

TITLE, BASE = "填报表", "底稿"
"""The sheet that is filled in, and the hidden one that keeps what it said when it was made."""
FIGURE = Field("value", "decimal", "本月累计")
KEYS = (
    Field("id", "text", "条目编号"),
    Field("body", "text", "填报单位"),
    Field("period", "text", "月份"),
    Field("task", "text", "第几项"),
    Field("name", "long_text", "事项"),
    Field("target", "text", "目标"),
    Field("unit", "text", "单位"),
    Field("previous", "text", "上月累计"),
    Field("state", "text", "已报"),
)
CELLS = (
    FIGURE,
    Field("base", "decimal", "同期基数"),
    Field("node", "text", "已完成节点", help="节点的序号，用顿号分开；要写明日期的写作“1（2023年9月20日）”。"),
    Field("text", "long_text", "进展情况"),
    Field("problem", "long_text", "存在问题"),
    Field("next_step", "long_text", "下步举措"),
)
LABELS = {each.label: each.name for each in (*KEYS, *CELLS)}
_NOTES = (
    "一、只填白底各栏，一行一个事项；灰底各栏用来认出事项，请勿改动。系统取数的“本月累计”也是灰底，不从表格导入。",
    "二、本月累计与上方目标同单位，也可以带单位填写；没有进展的行不必改动，没填完的也可以先导入。",
    "三、上传后先只检查，再导入草稿；不对的格逐格说明。导入后仍须在填报页核对、提交。",
    "四、已签发、已采信的事项不会被改动；自己加的栏目、合计行不读。",
    "五、下载之后别人在填报页改过的格不会被覆盖，会列出两边的内容请您选。",
)


@dataclass(slots=True)
class FilledSheet:
    """填好的表: cells by row number, where each column stands, what was passed over, and what cannot be read.

    ``bases`` is what the rows said when the workbook was made, by commitment; none for one copied into another file.
    """

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    bases: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)

    def place(self, number: int, name: str) -> str:
        """The name of a cell, as the sheet shows it: J5; of a column that is not there, the row."""
        return f"{get_column_letter(self.places[name])}{number}" if name in self.places else f"第{number}行"

    def say(self, number: int, name: str, got: str, message: str) -> None:
        """Keep what is wrong with a cell, under its place in the sheet."""
        where = self.place(number, name)
        label = next((label for label, known in LABELS.items() if known == name), "")
        said = f"{where}　{f'“{label}”' if label else ''}{f'填的是“{got}”：' if got else '：'}{message}"
        self.errors.append(FieldError(where, said, got))


def report_workbook(found: Mapping[str, Any]) -> bytes:
    """The workbook of a unit's month, filled with what stands on its page.

    Args:
        found: the page of the sheet, as ``store.queries.sheet.sheet`` gives it; or that of all units, as
            ``store.queries.month_sheet.month_sheet`` does: its rows then name their bodies.
    """
    lines: Sequence[Mapping[str, Any]] = found["rows"]
    rows = [_written(found, line) for line in lines]
    columns = [*(Column(each, is_locked=True) for each in KEYS), *(Column(each) for each in CELLS)]
    locked = {(at, "value") for at, line in enumerate(lines) if line.get("fed")}
    base = [["id", *(each.name for each in CELLS)]]
    base += [[str(line["id"]), *(str(line.get(each.name) or "") for each in CELLS)] for line in lines]
    return typed_workbook(TITLE, columns, rows, _NOTES, RowHints(frozenset(locked), _steps(lines), {BASE: base}))


def _steps(lines: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[str, ...]]]:
    """What the drop-down of the nodes offers in each row: the first of them, the first two, and so on."""
    found: list[tuple[str, ...]] = []
    for line in lines:
        names = [str(node["id"]) for node in line.get("nodes") or ()]
        found.append(tuple("、".join(names[: at + 1]) for at in range(len(names))))
    return {"node": found}


def _written(found: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    texts = {each.name: str(line.get(each.name) or "") for each in (*KEYS, *CELLS)}
    figures = {name: parse(FIGURE, texts[name]) for name in ("value", "base")}
    known = {name: figure for name, figure in figures.items() if isinstance(figure, Decimal)}
    body = line.get("body") or found["body"]
    return {**texts, **known, "body": body, "period": found["period"], "state": line["state"] or "未报"}


def read_report_workbook(content: bytes) -> FilledSheet:
    """What a filled workbook says, in text by field; rows that are no commitment are passed over and told.

    Raises:
        Refused: it is no workbook, unpacks beyond the limits, or has no column 条目编号.
    """
    book = opened_workbook(content)
    sheet = book.sheet(TITLE if TITLE in book.titles else book.titles[0])
    head, places = _head(sheet)
    filled = FilledSheet(places=places, bases=_bases(book))
    for number, row in sheet.filled():
        if number <= head:
            continue
        cells = {name: row[place] for name, place in places.items() if place in row}
        if not any(cell.text or cell.is_formula for cell in cells.values()):
            continue
        if "id" not in cells or not cells["id"].text:
            filled.notes.append(f"第{number}行{_sums(row)}，没有读。")
            continue
        _formulas(filled, number, cells)
        if number in sheet.hidden:
            filled.notes.append(f"第{number}行是隐藏的，照样读了。")
        filled.rows.append((number, {name: cells[name].text if name in cells else "" for name in places}))
    if sheet.cut:
        filled.notes.append(f"表格太长，后面的{sheet.cut}格没有读。")
    return filled


def opened_workbook(content: bytes) -> CellBook:
    """The workbook, its sheets read within limits.

    Raises:
        Refused: it is none, or is one that cannot be opened.
    """
    try:
        book = CellBook(content)
        book.sheet(book.titles[0])
    except UnreadableFile as error:
        raise refuse("acts.no_workbook", f"打不开这个文件：{error}请用下载的xlsx表格填写。", 422) from error
    return book


def _sums(row: Mapping[int, SheetCell]) -> str:
    return "是合计行" if any(is_sum(cell.text) for cell in row.values()) else "没有条目编号（如合并的标题行）"


def _formulas(filled: FilledSheet, number: int, cells: Mapping[str, SheetCell]) -> None:
    for name, cell in cells.items():
        if not cell.is_formula:
            continue
        filled.notes.append(f"{filled.place(number, name)}是公式，取的是最后一次算出的结果。")
        if cell.value is None:
            filled.say(number, name, "公式", "公式没有算出的结果，请在电子表格里打开、保存后再上传，或改填数值。")


def _head(sheet: CellSheet) -> tuple[int, dict[str, int]]:
    """The row of the heads, and where each column stands; columns of one's own are not read."""
    for number, row in sheet.filled():
        if number > 10:
            break
        heads = {LABELS.get(cell.text.rstrip("*")): place for place, cell in sorted(row.items(), reverse=True)}
        places = {name: place for name, place in heads.items() if name}
        if "id" in places:
            return number, places
    raise refuse("acts.no_workbook", "表里没有“条目编号”一栏，请用下载的表格填写，不要改动表头。", 422)


def _bases(book: CellBook) -> dict[str, dict[str, str]]:
    if BASE not in book.titles:
        return {}
    rows = [[str(cell or "") for cell in row] for row in book.sheet(BASE).table()]
    names = {each.name for each in CELLS}
    heads = rows[0] if rows else []
    found = {}
    for row in rows[1:]:
        texts = {head: row[at] if at < len(row) else "" for at, head in enumerate(heads)}
        found[texts.pop("id", "")] = {name: text for name, text in texts.items() if name in names}
    return found
