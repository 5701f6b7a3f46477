"""Decomposition tables: each row becomes a task with who answers for it, by when and in which steps.

Merged cells come filled from the loader; where a table was flattened, a blank 牵头单位 takes that of the row above
and says so. Nothing is matched to adopted tasks or to the roster here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from luoshi.document.model import Document
from luoshi.document.table import Table, TableCell
from luoshi.reading.columns import Column, Header, read_header
from luoshi.reading.deadline import TimeWords, read_deadline
from luoshi.reading.responsibility import Responsibility, combine
from luoshi.reading.rule import declare
from luoshi.reading.words import words
from luoshi.terms.finding import Finding, Level
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

for _identity, _name, _doc in (
    ("row", "任务行", "例：12 | 新建泵站3座 | 张甲 | 县水利局。 非例：合计 | 3项。"),
    ("section", "分块行", "例：一、水利工程（12项）。 非例：1 | 新建泵站3座。"),
    ("total", "合计行", "例：合计、小计。 非例：合计安置120户。"),
    ("carried", "承上栏", "例：牵头单位空着，沿用上一行。 非例：配合单位空着。"),
    ("split", "一项分行", "例：第3项下分两行，各有牵头单位和时限。 非例：分块名称合并了几行、各行任务不同。"),
    ("node", "节点栏", "例：一季度：完成招标；①3月底前完成招标②6月底前开工。 非例：完成时限：6月底前。"),
):
    declare(f"reading.decomposition.{_identity}", _name, _doc)

_ANSWERS = ("leader", "lead", "responsible", "cooperating", "deadline")
_CARRIED = ("number", "area", "leader", "lead")
_SAID = ("task", "goal", "measure")
"""Columns whose words say what is to be done."""
_NUMBER = pattern(r"\s*[（(]?(?P<number>[0-9]{1,4})[)）.．、]?\s*\Z")
_ITEM = pattern(r"\s*(?P<item>[0-9]{1,3})(?:[.．](?![0-9])|、)")
_STEPS = pattern(r"[①-⑳]|(?<=[；;\n])|[（(][0-9]{1,2}[)）]")
_TOTAL = pattern(rf"(?:{'|'.join(words('columns', 'total'))})(?:[（(：:0-9项个件]|\Z)")
_QUOTED = pattern("“(?P<words>[^”]+)”")
_HEADING = pattern(
    r"\s*[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\s*第[一二三四五六七八九十]{1,3}(?:部分|方面|板块|类)"
)
_SHOWN = {
    "number": "序号", "area": "类别", "task": "工作任务", "goal": "年度目标", "measure": "工作措施", "leader": "牵头领导",
    "lead": "牵头单位", "responsible": "责任单位", "cooperating": "配合单位", "deadline": "完成时限", "node": "进度安排",
    "progress": "进展情况", "rate": "完成率", "problem": "存在问题", "contact": "联系人", "remark": "备注",
}  # fmt: skip
_PIPE = pattern(r"[ \u3000]*\|[ \u3000]*")


@dataclass(frozen=True, slots=True)
class PlannedNode:
    """节点安排: what is to stand by when, as a table plans it; ``span`` are the words of the step."""

    span: Span
    deadline: TimeWords


@dataclass(frozen=True, slots=True)
class DecompositionRow:
    """分解表行: one task of a decomposition table; a proposal.

    ``row`` counts from 0 in the table; ``number`` is the row's own number, ``item`` the task number its words
    begin with (56.做好…). ``section`` is the heading above it or its area; ``places`` hold each cell with its
    role. ``carried`` are the roles taken from the row above because the cell is blank. Where one task is divided
    among several rows, ``first`` is the row it begins with (else the row itself), ``heading`` the words they share
    and ``own`` those of this row alone.
    """

    row: int
    number: int | None
    item: int | None
    section: Span | None
    task: Span
    goal: Span | None
    responsibility: Responsibility
    nodes: tuple[PlannedNode, ...]
    places: tuple[tuple[str, Span], ...]
    carried: tuple[str, ...] = ()
    first: int = -1
    heading: Span | None = None
    own: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class DecompositionReading:
    """分解表识读: a table's rows with what was not understood; ``totals`` are the rows of 合计 and 小计."""

    table: Table
    header: Header
    rows: tuple[DecompositionRow, ...]
    totals: tuple[int, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Walk:
    text: str
    year: int
    header: Header
    merged: frozenset[int]
    section: Span | None = None
    above: dict[int, TableCell] = field(default_factory=dict)
    rows: list[DecompositionRow] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_decompositions(document: Document, year: int) -> tuple[DecompositionReading, ...]:
    """The decomposition tables of a document; of a text without tables those written with | between cells.

    Args:
        document: a loaded document.
        year: the plan's year.
    """
    tables = document.tables or tuple(lined_tables(document.text))
    read: list[DecompositionReading] = []
    above: Header | None = None
    for table in tables:
        found = read_decomposition(table, document.text, year, above)
        above = found.header if found else None
        read.extend([found] if found else [])
    return tuple(read)


def read_decomposition(table: Table, text: str, year: int, above: Header | None = None) -> DecompositionReading | None:
    """A table read as a decomposition, or None when its header names no tasks with their responsibilities.

    Args:
        table: a table of the document.
        text: the document's text.
        year: the plan's year, for deadlines without one.
        above: the header of the table right before; a table without a header that has as many columns goes on
            with it, as when a long table is cut at the page.
    """
    header = read_header(table, text, year)
    if header is None and above and table.rows and len(table.rows[0]) == len(above.columns) >= 3:
        header = Header(above.columns, 0)
    if header is None:
        return None
    merged = frozenset(cell.column for cell in table.cells() if cell.height > 1 and cell.row >= header.first_row)
    walk = _Walk(text, year, header, merged)
    _note_columns(walk, table)
    seen: set[TableCell] = set()
    for row in range(header.first_row, len(table.rows)):
        _read_row(walk, table, row, seen)
    return DecompositionReading(table, header, tuple(walk.rows), tuple(walk.totals), tuple(walk.findings))


def _note_columns(walk: _Walk, table: Table) -> None:
    """What the header leaves unknown or lets only be guessed."""
    last = walk.header.first_row - 1
    for column in walk.header.columns if last >= 0 else ():
        if column.name and not column.role:
            _note(walk, (last, table.rows[last]), column, "reading.N201", "这一栏的名称不认识，没有读取。")
        elif column.is_guess:
            message = f"这一栏的名称没有收录，按其中的字词当作“{_SHOWN[column.role]}”读取。"
            _note(walk, (last, table.rows[last]), column, "reading.N204", message)


def lined_tables(text: str) -> Iterator[Table]:
    """Tables written as lines with | between the cells; lines that follow one another make one table."""
    rows: list[list[Span]] = []
    for line in re.finditer(r"[^\n]*\n?", text):
        cells = _lined(text, line.start(), line.start() + len(line.group().rstrip("\n")))
        if len(cells) >= 3:
            rows.append(cells)
            continue
        if len(rows) >= 2:
            yield _table(rows)
        rows = []
    if len(rows) >= 2:
        yield _table(rows)


def _lined(text: str, start: int, end: int) -> list[Span]:
    spans, begin = [], start
    for mark in _PIPE.finditer(text, start, end):
        spans.append(Span(begin, mark.start()))
        begin = mark.end()
    return [*spans, Span(begin, end)] if spans else []


def _table(rows: list[list[Span]]) -> Table:
    width = max(len(row) for row in rows)
    filled = []
    for r, row in enumerate(rows):
        end = row[-1].end
        spans = [*row, *[Span(end, end)] * (width - len(row))]
        filled.append(tuple(TableCell(span, r, c) for c, span in enumerate(spans)))
    return Table(Span(rows[0][0].start, rows[-1][-1].end), tuple(filled))


def _read_row(walk: _Walk, table: Table, row: int, seen: set[TableCell]) -> None:
    text, cells = walk.text, table.rows[row]
    filled = [cell for cell in dict.fromkeys(cells) if cell.span.quote(text).strip()]
    own = [cell for cell in filled if cell not in seen]
    seen.update(filled)
    if not own or _repeats_header(walk, cells):
        return
    if _TOTAL.match(re.sub(r"\s", "", own[0].span.quote(text))):
        walk.totals.append(row)
        return
    tasks = [cells[column.index] for column in walk.header.of("task") or walk.header.of("goal")]
    tasks = [cell for cell in tasks if cell.span.quote(text).strip()]
    if len(filled) == 1 and (
        filled[0].width > 1 or filled[0] not in tasks or _HEADING.match(filled[0].span.quote(text))
    ):
        walk.section = _trimmed(text, filled[0].span)
        return
    if not tasks and not (tasks := _task_above(walk, cells)):
        _note(walk, (row, cells), None, "reading.W202", "没有写工作任务，没有读取。")
        return
    one = _row(walk, cells, row, tasks[-1])
    walk.rows.append(replace(one, **_shared(walk, cells, one, tasks)))


def _task_above(walk: _Walk, cells: tuple[TableCell, ...]) -> list[TableCell]:
    """The task of the row above, when a row leaves its own blank and only says what, by when or who else."""
    columns = walk.header.of("task") or walk.header.of("goal")
    above = walk.above.get(columns[-1].index)
    tells = any(_said(walk, cells, role) for role in ("goal", "measure", "lead", "responsible", "deadline", "node"))
    return [above] if above and tells and walk.rows and not _said(walk, cells, "number") else []


def _said(walk: _Walk, cells: tuple[TableCell, ...], role: str) -> bool:
    return any(cells[column.index].span.quote(walk.text).strip() for column in walk.header.of(role))


def _shared(walk: _Walk, cells: tuple[TableCell, ...], one: DecompositionRow, tasks: list[TableCell]) -> dict[str, Any]:
    """What a row has in common with those above it: the row its task begins with, the words of both and its own."""
    own = [
        cells[column.index] for column in walk.header.columns
        if column.role in _SAID and cells[column.index].row == one.row and cells[column.index].height == 1
    ]  # fmt: skip
    heading = tasks[0] if len(tasks) > 1 or tasks[0].row < one.row or tasks[0].height > 1 else None
    words = [_trimmed(walk.text, cell.span) for cell in dict.fromkeys(own) if cell.span.quote(walk.text).strip()]
    last = walk.rows[-1] if walk.rows else None
    goes_on = last is not None and _goes_on(walk, cells, one, last)
    return {
        "first": last.first if last and goes_on else one.row,
        "heading": _trimmed(walk.text, heading.span) if heading else None,
        "own": tuple(span for span in words if heading is None or span != _trimmed(walk.text, heading.span)),
    }


def _goes_on(walk: _Walk, cells: tuple[TableCell, ...], one: DecompositionRow, last: DecompositionRow) -> bool:
    """Whether a row says more of the task of the row before it."""
    if one.section != last.section:
        return False
    columns = [*walk.header.of("number"), *walk.header.of("task")[:1]]
    if any(cells[c.index].row < one.row and cells[c.index].span.quote(walk.text).strip() for c in columns):
        return True
    words = [place.quote(walk.text) for place in (one.task, last.task)]
    named = one.number is not None and one.number == last.number
    return named or words[0] == words[1] or (one.item is not None and one.item == last.item)


def _repeats_header(walk: _Walk, cells: tuple[TableCell, ...]) -> bool:
    named = [column for column in walk.header.columns if column.role]
    same = sum(re.sub(r"\s", "", cells[column.index].span.quote(walk.text)) == column.name for column in named)
    return same >= 2 and 2 * same >= len(named)


def _row(walk: _Walk, cells: tuple[TableCell, ...], row: int, task: TableCell) -> DecompositionRow:
    text = walk.text
    places, carried = _places(walk, cells)
    values = [(role, span) for role, span in places if role in _ANSWERS]
    span = Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
    responsibility = combine(values, text, walk.year, span)
    _doubt(walk, row, responsibility, cells)
    first = dict(reversed(places))
    number = _NUMBER.match(first["number"].quote(text)) if "number" in first else None
    item = _ITEM.match(text, task.span.start, task.span.end)
    return DecompositionRow(
        row,
        int(number["number"]) if number else None,
        int(item["item"]) if item else None,
        first.get("area", walk.section),
        _trimmed(text, task.span),
        first.get("goal"),
        responsibility,
        tuple(_nodes(walk, cells)),
        tuple(places),
        carried,
    )


def _places(walk: _Walk, cells: tuple[TableCell, ...]) -> tuple[list[tuple[str, Span]], tuple[str, ...]]:
    """The filled cells of a row by role; in a flattened table blank ones of some roles are those above."""
    places, carried = [], []
    for column in walk.header.columns:
        cell = cells[column.index]
        if not cell.span.quote(walk.text).strip():
            above = walk.above.get(column.index)
            if column.role not in _CARRIED or column.index in walk.merged or above is None:
                continue
            cell = above
            carried.append(column.role)
        walk.above[column.index] = cell
        if column.role:
            places.append((column.role, _trimmed(walk.text, cell.span)))
    return places, tuple(carried)


def _nodes(walk: _Walk, cells: tuple[TableCell, ...]) -> Iterator[PlannedNode]:
    for column in walk.header.of("node"):
        span = _trimmed(walk.text, cells[column.index].span)
        if column.time is not None and len(span) and span.quote(walk.text) not in {"/", "-", "—", "——", "无"}:
            yield PlannedNode(span, column.time)
        elif column.time is None:
            yield from _steps(walk, span)
    for column in walk.header.of("deadline"):
        yield from _steps(walk, _trimmed(walk.text, cells[column.index].span))


def _steps(walk: _Walk, span: Span) -> Iterator[PlannedNode]:
    """The steps of one cell: ①3月底前完成招标；②6月底前开工. One time alone is a deadline and no step."""
    cuts = [span.start, *(mark.start() for mark in _STEPS.finditer(walk.text, span.start, span.end)), span.end]
    found = []
    for begin, end in pairwise(cuts):
        read = read_deadline(walk.text, begin, end, walk.year) if end - begin > 1 else None
        if read and read.last:
            found.append(PlannedNode(_trimmed(walk.text, Span(begin, end)), read))
    if len(found) >= 2 or (found and span.quote(walk.text)[0] in "①（("):
        yield from found


def _doubt(walk: _Walk, row: int, one: Responsibility, cells: tuple[TableCell, ...]) -> None:
    """Each doubt about a row, at the column whose words it quotes."""
    answering = [column for column in walk.header.columns if column.role in _ANSWERS]
    names_bodies = any(column.role in {"lead", "responsible"} for column in answering)
    for doubt in one.doubts:
        quoted = _QUOTED.match(doubt)
        if quoted is None and not names_bodies:
            continue
        words_of = quoted["words"] if quoted else ""
        named = (column for column in answering if words_of and words_of in cells[column.index].span.quote(walk.text))
        _note(walk, (row, cells), next(named, None), "reading.W203", doubt)


def _note(
    walk: _Walk, row: tuple[int, tuple[TableCell, ...]], column: Column | None, identity: str, message: str
) -> None:
    number, cells = row
    where = f"第{number + 1}行" + (f"第{column.index + 1}栏“{column.name}”" if column else "")
    place = (
        cells[column.index].span
        if column
        else Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
    )
    level = Level.NOTE if identity.startswith("reading.N") else Level.WARNING
    hint = "请对照原表核对。" if level is Level.WARNING else ""
    walk.findings.append(Finding(identity, level, where, message, hint, place.start, place.end))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in " \u3000\xa0\t\r\n":
        start += 1
    while start < end and text[end - 1] in " \u3000\xa0\t\r\n":
        end -= 1
    return Span(start, end)
