"""Columns of decomposition tables by their names, which differ from county to county; headers of one or two rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.document.table import Table, TableCell
from luoshi.reading.deadline import TimeWords, time_words
from luoshi.reading.rule import declare
from luoshi.reading.words import mapping, words
from luoshi.terms.pattern import pattern

for _identity, _name, _doc in (
    ("name", "栏目名称", "例：牵头责任单位、分管县领导、目标与任务。 非例：县教育局。"),
    ("ending", "栏目名称末尾", "例：2023年度重点工作任务、县级配合单位。 非例：任务单。"),
    ("containing", "栏目名称所含字词", "例：牵头副县长、推进时序安排。 非例：经费。"),
    ("time", "时间栏目", "例：一季度、1—3月、6月底前进度。 非例：2023年度目标。"),
    ("header", "两行表头", "例：责任分工下分牵头单位、配合单位。 非例：表头下的第一项任务。"),
):
    declare(f"reading.columns.{_identity}", _name, _doc)

ROLES = (
    "number", "area", "task", "goal", "measure", "leader", "lead", "responsible", "cooperating", "deadline", "node",
    "progress", "rate", "problem", "contact", "remark",
)  # fmt: skip
"""What a column can hold."""

GUESSES = (
    "lead", "cooperating", "responsible", "leader", "contact", "deadline", "node", "rate", "progress", "problem",
    "goal", "task", "measure", "area", "number",
)  # fmt: skip
"""The order in which the patterns for unlisted names are tried."""

_GUESS = [(role, pattern(mapping("columns", "containing")[role])) for role in GUESSES]
_BLANK = pattern(r"[\s\u3000\xa0]+")
_ASIDE = pattern(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_YEAR = pattern(r"(?:20[0-9]{2}|今|本)年(?:度)?")
_ROLE_OF = {word: role for role in reversed(ROLES) for word in words("columns", role)}
_SUMS = frozenset(words("columns", "total"))
_LONGEST, _LONGEST_PREFIX = 24, 8
_TOP = 8
_BEARING = {"task", "goal"}
_TELLING = {"leader", "lead", "responsible", "cooperating", "deadline", "node", "progress", "goal"}


@dataclass(frozen=True, slots=True)
class Column:
    """表格栏目: one column of a decomposition table.

    ``role`` is one of ``ROLES`` or empty when the name is not understood; ``time`` is what a column such as
    一季度 means. ``is_guess``: the name is not listed, words within it tell the role.
    """

    index: int
    name: str
    role: str
    time: TimeWords | None = None
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """表头: the columns of a table and the first row behind its header."""

    columns: tuple[Column, ...]
    first_row: int

    def of(self, role: str) -> tuple[Column, ...]:
        """The columns that hold this role, from left to right."""
        return tuple(column for column in self.columns if column.role == role)


def role_of(name: str, year: int) -> tuple[str, TimeWords | None]:
    """What a column of this name holds, and the time it names, if it is one of the plan's steps.

    >>> role_of("牵头责任单位", 2023)[0], role_of("第一季度目标", 2023)[0], role_of("经费", 2023)[0]
    ('lead', 'node', '')
    """
    plain = _BLANK.sub("", name)
    if not plain or len(plain) > _LONGEST:
        return "", None
    short = _ASIDE.sub("", plain).rstrip("：:") or plain
    for one in (plain, short, _YEAR.sub("", short)):
        if one in _ROLE_OF:
            return _ROLE_OF[one], None
    step = next(time_words(short, 0, len(short), year), None)
    if step and step.last and step.span.start == 0 and not _YEAR.fullmatch(step.words):
        return "node", step
    for begin in range(1, min(_LONGEST_PREFIX + 1, len(short) - 2)):
        if len(short) <= _LONGEST_PREFIX + 8 and short[begin:] in _ROLE_OF:
            return _ROLE_OF[short[begin:]], None
    return "", None


def is_sum(text: str) -> bool:
    """Whether a cell heads a row of sums, which is no task.

    >>> is_sum("合 计"), is_sum("小计（12项）"), is_sum("合计安置群众一百二十户")
    (True, True, False)
    """
    plain = _ASIDE.sub("", _BLANK.sub("", text)).rstrip("：:")
    return plain in _SUMS or (plain[-2:] in _SUMS and len(plain) <= _LONGEST_PREFIX)


def guess_role(name: str) -> str:
    """What a column with an unlisted name seems to hold, or nothing.

    >>> guess_role("牵头副县长"), guess_role("工程名称"), guess_role("经费")
    ('leader', 'task', '')
    """
    plain = _ASIDE.sub("", _BLANK.sub("", name)).rstrip("：:")
    if not plain or len(plain) > _LONGEST:
        return ""
    return next((role for role, pattern in _GUESS if pattern.search(plain)), "")


def read_header(table: Table, text: str, year: int) -> Header | None:
    """The header of a table, or None when its top names no task with who answers for it or by when.

    Args:
        table: the table; merged cells stand at every place they cover.
        text: the document.
        year: the plan's year.
    """
    for top in range(min(_TOP, len(table.rows))):
        named = _distinct(table.rows[top], text)
        known = _known(table.rows[top], text, year)
        guessed = [cell for cell in named if cell not in known and guess_role(cell.span.quote(text))]
        if not known or len(known) + len(guessed) < 2 or 2 * (len(known) + len(guessed)) < len(named):
            continue
        last = top
        while last + 1 < len(table.rows) and last - top < 2 and _goes_on(table, last + 1, text, year):
            last += 1
        columns = _columns(table, (top, last), text, year)
        roles = {column.role for column in columns}
        if roles & _BEARING and roles & _TELLING:
            return Header(columns, last + 1)
    return None


def _distinct(row: Sequence[TableCell], text: str) -> list[TableCell]:
    return [cell for cell in dict.fromkeys(row) if cell.span.quote(text).strip()]


def _known(row: Sequence[TableCell], text: str, year: int) -> list[TableCell]:
    return [cell for cell in _distinct(row, text) if role_of(cell.span.quote(text), year)[0]]


def _goes_on(table: Table, row: int, text: str, year: int) -> bool:
    """Whether a row belongs to the header still: all that is new in it names columns."""
    own = [cell for cell in _distinct(table.rows[row], text) if cell.row == row]
    return bool(own) and all(role_of(cell.span.quote(text), year)[0] for cell in own)


def _columns(table: Table, rows: tuple[int, int], text: str, year: int) -> tuple[Column, ...]:
    columns = []
    for index in range(len(table.rows[rows[0]])):
        names = [table.rows[row][index].span.quote(text) for row in range(rows[0], rows[1] + 1)]
        named = [_BLANK.sub("", name) for name in dict.fromkeys(names) if name.strip()]
        found = next(((name, *read) for name in reversed(named) if (read := role_of(name, year))[0]), None)
        if found:
            columns.append(Column(index, *found))
            continue
        guess = next(((name, role) for name in reversed(named) if (role := guess_role(name))), None)
        name, role = guess or (named[-1] if named else "", "")
        columns.append(Column(index, name, role, None, bool(guess)))
    return tuple(columns)
