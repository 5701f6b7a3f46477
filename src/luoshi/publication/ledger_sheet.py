"""工作台账: what one row of a plan's ledger holds, and the columns it is shown in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise

import yaml

from luoshi.publication.legend import ShownLight, light_of
from luoshi.publication.wording import one_line, printable
from luoshi.terms.period import Period

Shown = str | int | Fraction | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """台账行: one commitment of a task. ``actual`` is in the unit named by ``indicator``; shares are of 1."""

    area: str
    number: int | None
    task: str
    target: str
    light: str
    indicator: str = ""
    nodes: tuple[str, ...] = ()
    leader: str = ""
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    contact: str = ""
    progress: str = ""
    actual: Fraction | None = None
    completion: Fraction | None = None
    expected: Fraction | None = None
    problem: str = ""
    next_step: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class LedgerHistoryLine:
    """变动记录: one fact as a sentence, with the day it holds for and the day it was recorded."""

    recorded_on: date
    effective_on: date
    subject: str
    sentence: str
    actor: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class PlanLedger:
    """计划台账: the whole ledger of a plan as of a month."""

    title: str
    issuer: str
    period: Period
    made_on: date
    legend: tuple[ShownLight, ...]
    rows: tuple[LedgerRow, ...]
    history: tuple[LedgerHistoryLine, ...] = ()
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """台账栏目: a column's key, name, width in digits of 宋体 11 pt, number format and meaning."""

    key: str
    name: str
    width: int
    meaning: str
    format: str = ""


@cache
def ledger_columns() -> tuple[LedgerColumn, ...]:
    """The columns in their order."""
    data = yaml.safe_load(resources.files(__package__).joinpath("ledger_columns.yaml").read_text("utf-8"))
    return tuple(LedgerColumn(**column) for column in data["columns"])


def row_values(row: LedgerRow, legend: tuple[ShownLight, ...]) -> Mapping[str, Shown]:
    """What each column shows of a row; numbers stay numbers.

    Raises:
        KeyError: the row's light is not in the legend.
    """
    return {
        "area": one_line(row.area),
        "number": row.number,
        "task": printable(row.task).strip(),
        "target": printable(row.target).strip(),
        "indicator": one_line(row.indicator),
        "nodes": "\n".join(map(one_line, row.nodes)),
        "leader": one_line(row.leader),
        "lead": f"▲{one_line(row.lead)}" if row.lead.strip() else "",
        "cooperating": "、".join(map(one_line, row.cooperating)),
        "contact": one_line(row.contact),
        "progress": printable(row.progress).strip(),
        "actual": row.actual,
        "completion": row.completion,
        "expected": row.expected,
        "light": light_of(legend, row.light).shown,
        "problem": printable(row.problem).strip(),
        "next_step": printable(row.next_step).strip(),
        "evidence": "\n".join(map(one_line, row.evidence)),
        "note": printable(row.note).strip(),
    }


def task_groups(rows: tuple[LedgerRow, ...]) -> list[tuple[int, int]]:
    """First and last index of each run of neighbouring rows of one task."""
    return _groups([(row.area, row.number, row.task) for row in rows])


def area_groups(rows: tuple[LedgerRow, ...]) -> list[tuple[int, int]]:
    """First and last index of each run of neighbouring rows of one area."""
    return _groups([(row.area,) for row in rows])


def split_groups(groups: list[tuple[int, int]], starts: list[int]) -> list[tuple[int, int]]:
    """The groups, each cut before every row that begins a new page."""
    parts: list[tuple[int, int]] = []
    for first, last in groups:
        cuts = [first, *(start for start in starts if first < start <= last), last + 1]
        parts += [(begin, end - 1) for begin, end in pairwise(cuts)]
    return parts


def _groups(keys: list[tuple[object, ...]]) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    for index, key in enumerate(keys):
        if index and keys[index - 1] == key:
            groups[-1] = (groups[-1][0], index)
        else:
            groups.append((index, index))
    return groups
