"""填报工作簿: a unit's month as a workbook; what was filled in comes back into the draft, each bad cell named."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.month_window import require_open
from luoshi.acts.save_draft import save_draft
from luoshi.acts.submit_reports import ReportRow, checked_row
from luoshi.acts.typed_sheet import Column, tidy, typed_workbook
from luoshi.document.archive import Archive
from luoshi.document.extract import UnreadableFile
from luoshi.lists.definition import Field
from luoshi.lists.value import half_width, parse
from luoshi.store import entries
from luoshi.store.reports import last_values
from luoshi.terms.number import plain
from luoshi.terms.period import Period
from luoshi.terms.refusal import FieldError, Refusal, Refused

_FIGURE = Field("value", "decimal", "本月累计")
_KEYS = (
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
_CELLS = (
    _FIGURE,
    Field("base", "decimal", "同期基数"),
    Field("node", "text", "已完成节点", help="节点的序号，用顿号分开；要写明日期的写作“1（2023年9月20日）”。"),
    Field("text", "long_text", "进展情况"),
    Field("problem", "long_text", "存在问题"),
    Field("next_step", "long_text", "下步举措"),
)
_LABELS = {each.label: each.name for each in (*_KEYS, *_CELLS)}
_NOTES = (
    "一、只填白底各栏，一行一个事项；灰底各栏用来认出事项，请勿改动。",
    "二、本月累计与上方目标同单位，也可以带单位填写；没有进展的行不必改动。",
    "三、上传后先只检查，再导入草稿；有一格不对就一格也不导入，并逐格说明。导入后仍须在填报页核对、提交。",
    "四、已签发、已采信的事项不会被改动；自己加的栏目、合计行不读。",
)
MOST = 20_000
"""Rows that are read."""


@dataclass(slots=True)
class FilledSheet:
    """填好的表: cells by row number, where each column stands, what was passed over, and what cannot be read."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)

    def say(self, number: int, name: str, got: str, message: str) -> None:
        """Keep what is wrong with a cell, under its place in the sheet."""
        where = f"{get_column_letter(self.places[name])}{number}" if name in self.places else f"第{number}行"
        label = next((label for label, known in _LABELS.items() if known == name), "")
        said = f"{where}　{f'“{label}”' if label else ''}{f'填的是“{got}”：' if got else '：'}{message}"
        self.errors.append(FieldError(where, said, got))


@dataclass(frozen=True, slots=True)
class DraftImport:
    """草稿导入: how many rows change the draft, how many say nothing new, and what was passed over or taken so."""

    changed: int
    unchanged: int
    notes: tuple[str, ...]


def report_workbook(found: Mapping[str, Any]) -> bytes:
    """The workbook of a unit's month, filled with what stands on its page.

    Args:
        found: the page of the sheet, as ``store.queries.sheet.sheet`` gives it.
    """
    keys = [Column(each, is_locked=True) for each in _KEYS]
    rows = [_written(found, line) for line in found["rows"]]
    return typed_workbook("填报表", [*keys, *(Column(each) for each in _CELLS)], rows, _NOTES)


def _written(found: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    texts = {each.name: str(line.get(each.name) or "") for each in (*_KEYS, *_CELLS)}
    figures = {name: parse(_FIGURE, texts[name]) for name in ("value", "base")}
    known = {name: figure for name, figure in figures.items() if isinstance(figure, Decimal)}
    return {**texts, **known, "body": found["body"], "period": found["period"], "state": line["state"] or "未报"}


def read_report_workbook(content: bytes) -> FilledSheet:
    """What a filled workbook says, in text by field; rows that are no commitment are passed over and told.

    Raises:
        Refused: it is no workbook, unpacks beyond the limits, or has no column 条目编号.
    """
    formulas, results = _opened(content, data_only=False), _opened(content, data_only=True)
    title = "填报表" if "填报表" in results.sheetnames else results.sheetnames[0]
    sheet, typed = results[title], formulas[title]
    head, places = _head(sheet)
    filled = FilledSheet(places=places)
    for number in range(head + 1, min(sheet.max_row, MOST) + 1):
        cells = {name: sheet.cell(number, place) for name, place in places.items()}
        if all(cell.value in (None, "") for cell in cells.values()):
            continue
        if not str(cells["id"].value or "").strip():
            filled.notes.append(f"第{number}行没有条目编号（如合计行、合并的标题行），没有读。")
            continue
        if sheet.row_dimensions[number].hidden:
            filled.notes.append(f"第{number}行是隐藏的，照样读了。")
        counted = [name for name, place in places.items() if typed.cell(number, place).data_type == "f"]
        filled.notes += [_counted(number, places[name]) for name in counted]
        for name in counted:
            if cells[name].value is None:
                filled.say(number, name, "公式", "公式没有算出的结果，请在电子表格里打开、保存后再上传，或改填数值。")
        filled.rows.append((number, {name: _text(cell) for name, cell in cells.items()}))
    return filled


def _opened(content: bytes, *, data_only: bool) -> Any:
    try:
        Archive(content)
        return load_workbook(io.BytesIO(content), data_only=data_only)
    except UnreadableFile as error:
        raise refuse("acts.no_workbook", f"打不开这个文件：{error}请用下载的xlsx表格填写。", 422) from error
    except Exception as error:  # whatever a damaged part makes the library raise
        message = "这不是可以读取的xlsx工作簿，请用下载的表格填写。"
        raise refuse("acts.no_workbook", message, 422) from error


def _head(sheet: Any) -> tuple[int, dict[str, int]]:
    """The row of the heads, and where each column stands; columns of one's own are not read."""
    for number, row in enumerate(sheet.iter_rows(max_row=10, values_only=True), 1):
        heads = {_LABELS.get(str(cell or "").strip().rstrip("*")): place for place, cell in enumerate(row, 1)}
        places = {name: place for name, place in heads.items() if name}
        if "id" in places:
            return number, places
    raise refuse("acts.no_workbook", "表里没有“条目编号”一栏，请用下载的表格填写，不要改动表头。", 422)


def _counted(number: int, place: int) -> str:
    return f"{get_column_letter(place)}{number}是公式，取的是最后一次算出的结果。"


def _text(cell: Any) -> str:
    """A cell as one types it: 0.085 shown as a percentage is 8.5%."""
    value = cell.value
    if isinstance(value, float | int) and not isinstance(value, bool):
        number = Fraction(Decimal(f"{value:.15g}"))
        is_percent = "%" in str(cell.number_format)
        return f"{plain(number * 100)}%" if is_percent else plain(number)
    kept = tidy(value)
    return kept.isoformat() if isinstance(kept, date) else str(kept if kept is not None else "").strip()


@act
def import_reports(
    context: Context, plan: str, period: Period, found: Mapping[str, Any], content: bytes, *, dry_run: bool = False
) -> DraftImport:
    """Lay a filled workbook over the draft of a unit's sheet; nothing is submitted.

    Args:
        found: the sheet's page as it stands, for the one who imports.
        dry_run: everything is checked and counted, nothing is kept.

    Raises:
        Refused: as ``save_draft``; another unit's or month's workbook; or any bad cell, each named; nothing is kept.
    """
    require_open(context, plan, period)
    filled = read_report_workbook(content)
    _require_same(found, filled)
    lines = {line["id"]: line for line in found["rows"]}
    changed = dict(_changes(filled, lines))
    numbers = {cells["id"]: number for number, cells in filled.rows}
    _check(plan, period, filled, {name: (numbers[name], lines[name], cells) for name, cells in changed.items()})
    if filled.errors:
        message = f"表中有{len(filled.errors)}处需要修改，一格也没有导入。"
        raise Refused(Refusal("acts.bad_report_sheet", message, 422, errors=tuple(filled.errors)))
    if not dry_run and changed:
        save_draft(context, plan, period, str(found["body_code"]), _kept(changed, lines))
    return DraftImport(len(changed), len(filled.rows) - len(changed), tuple(filled.notes))


def _require_same(found: Mapping[str, Any], filled: FilledSheet) -> None:
    for number, cells in filled.rows:
        for name, what in (("body", "单位"), ("period", "月份")):
            if cells.get(name) and cells[name] != found[name]:
                message = f"这是{cells[name]}的填报表（第{number}行），这里是{found[name]}，{what}不同，没有导入。"
                raise refuse("acts.other_sheet", message, 409)


def _changes(filled: FilledSheet, lines: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The cells that say something else than the page does, by commitment."""
    seen: set[str] = set()
    for number, cells in filled.rows:
        name = cells["id"]
        if name not in lines:
            filled.say(number, "id", name, "不是本单位本月填报的事项，请勿改动条目编号。")
        elif name in seen:
            filled.say(number, "id", name, "在表中出现了两次。")
        else:
            line = lines[name]
            names = [each.name for each in _CELLS if each.name in cells]
            changed = {cell: cells[cell] for cell in names if not _same(cells[cell], str(line[cell] or ""))}
            if changed and line["locked"]:
                filled.notes.append(f"第{number}行{line['state']}，不能再改，没有动。")
            elif changed:
                yield name, changed
        seen.add(name)


def _same(typed: str, stands: str) -> bool:
    figures = [parse(_FIGURE, half_width(text)) for text in (typed, stands)]
    is_number = all(isinstance(figure, Decimal) for figure in figures)
    return figures[0] == figures[1] if is_number else typed.split() == stands.split()


_Changed = tuple[int, Mapping[str, Any], Mapping[str, str]]


def _check(plan: str, period: Period, filled: FilledSheet, changed: Mapping[str, _Changed]) -> None:
    """Say what would be refused when the changed rows are submitted."""
    known = entries.find_all(list(changed))
    before = last_values(plan, list(changed), period)
    for name, (number, line, cells) in changed.items():
        whole = {each.name: cells.get(each.name, str(line[each.name] or "")) for each in _CELLS}
        _, errors = checked_row(known[name], ReportRow(name, whole), before.get(name))
        for error in errors:
            cell = error.field.rpartition(".")[2]
            filled.say(number, cell, whole.get(cell, ""), error.message)


def _kept(
    changed: Mapping[str, Mapping[str, str]], lines: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, str | None]]:
    """The changed cells as the draft keeps them: None where one is again as it was submitted."""
    return {
        name: {cell: None if text == lines[name]["submitted"][cell] else text for cell, text in cells.items()}
        for name, cells in changed.items()
    }
