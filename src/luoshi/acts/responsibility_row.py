"""分解表行: what a document says about who answers for what, as plain rows that wait for a person's review."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.document.model import Document
from luoshi.reading.decomposition import (
    DecompositionReading,
    DecompositionRow,
    PlannedNode,
    read_decompositions,
)
from luoshi.reading.parties import NamedParty
from luoshi.reading.responsibility import Responsibility, read_responsibilities
from luoshi.terms.finding import Finding
from luoshi.terms.span import Span

_LONGEST = 400
_HEAD = re.compile(r"\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳])?\s*")
_MARK = re.compile(r"\s*(?:[①-⑳]|[（(][0-9]{1,2}[)）]|[0-9]{1,2}[.．、](?![0-9]))?\s*")


@dataclass(frozen=True, slots=True)
class NamedBody:
    """单位提法: a body as a document names it; ``role`` is lead, share_lead or cooperate, ``share`` its own part.

    ``is_group`` is true of 各乡镇（街道）, which names nobody in particular.
    """

    name: str
    role: str
    share: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """节点提法: a step as a table plans it, with its last day (``YYYY-MM-DD``)."""

    name: str
    due_on: str


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """责任分工行: one task as a table's row or a tail in the text says it, nothing matched yet.

    ``key`` names the row within its document and stays the same when it is read again. ``item`` is the number of
    the task that the text itself names, ``number`` the row's own. ``cells`` are the row's words by column name.
    Rows that divide one task among them have the same ``group``; ``heading`` are the words they share, ``line``
    those of this row alone. ``guesses`` are the columns of who answers that were blank and took the row above.
    """

    key: str
    where: str
    words: str
    goal: str = ""
    item: int | None = None
    number: int | None = None
    bodies: tuple[NamedBody, ...] = ()
    leaders: tuple[str, ...] = ()
    due_on: str = ""
    steps: tuple[PlannedStep, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    group: str = ""
    heading: str = ""
    line: str = ""
    guesses: tuple[str, ...] = ()


def responsibility_rows(document: Document, year: int) -> tuple[list[ResponsibilityRow], list[Finding]]:
    """The rows of a document's decomposition tables and the tails in its text, in order, and what was not understood.

    Args:
        document: a loaded document.
        year: the plan's year, for deadlines without one.
    """
    tables = read_decompositions(document, year)
    rows: list[ResponsibilityRow] = []
    for index, table in enumerate(tables, 1):
        mark = f"表{index}" if len(tables) > 1 else "表"
        rows += [_of_row(document.text, table, row, f"t{index}", mark) for row in table.rows]
    within = [table.table.span for table in tables]
    rows += _of_tails(document, (one for one in read_responsibilities(document, year)), within)
    return _grouped(rows), [finding for table in tables for finding in table.findings]


def _grouped(rows: list[ResponsibilityRow]) -> list[ResponsibilityRow]:
    """The rows, a group only where several share it."""
    sizes = Counter(row.group for row in rows)
    return [row if sizes[row.group] > 1 else dataclasses.replace(row, group="") for row in rows]


def to_plain(rows: Iterable[ResponsibilityRow]) -> list[dict[str, Any]]:
    """The rows as JSON."""
    return [dataclasses.asdict(row) for row in rows]


def from_plain(data: Mapping[str, Any]) -> ResponsibilityRow:
    """A row from JSON."""
    return ResponsibilityRow(**{
        **data,
        "bodies": tuple(NamedBody(**body) for body in data["bodies"]),
        "leaders": tuple(data["leaders"]),
        "steps": tuple(PlannedStep(**step) for step in data["steps"]),
        "cells": tuple((name, words) for name, words in data["cells"]),
        "doubts": tuple(data["doubts"]),
        "guesses": tuple(data.get("guesses", ())),
    })  # fmt: skip


def _of_row(text: str, table: DecompositionReading, row: DecompositionRow, key: str, mark: str) -> ResponsibilityRow:
    one = row.responsibility
    names = {column.role: column.name for column in reversed(table.header.columns) if column.role}
    columns = [(table.table.rows[row.row][column.index].span, column.name) for column in table.header.columns]
    return ResponsibilityRow(
        f"{key}r{row.row}",
        f"{mark}第{row.row + 1}行",
        _plain(row.task.quote(text)),
        _plain(row.goal.quote(text)) if row.goal else "",
        row.item,
        row.number,
        _bodies(one, text),
        tuple(leader.plain for leader in one.leaders),
        one.deadline.last.isoformat() if one.deadline and one.deadline.last else "",
        tuple(
            PlannedStep(_step_name(text, node), node.deadline.last.isoformat())
            for node in row.nodes
            if node.deadline.last
        ),
        tuple(
            (_cell_name(columns, names, row, role, span), span.quote(text).strip())
            for role, span in row.places
            if len(span)
        ),
        one.doubts,
        f"{key}g{row.first}",
        _plain(row.heading.quote(text)) if row.heading else "",
        "，".join(_plain(span.quote(text)) for span in row.own),
        tuple(names.get(role, role) for role in row.carried if role in {"leader", "lead"}),
    )


def _cell_name(
    columns: list[tuple[Span, str]], names: Mapping[str, str], row: DecompositionRow, role: str, span: Span
) -> str:
    """The name of the words' column; words taken from the row above are not the row's own and say so."""
    if role in row.carried:
        return f"{names.get(role, role)}（本行空白，沿用上一行）"
    return next((name for cell, name in columns if span in cell), names.get(role, role))


def _step_name(text: str, node: PlannedNode) -> str:
    """What is to stand: the step's words without its mark and without the day before them (①6月底前开工: 开工)."""
    begin = node.span.start
    head = _MARK.match(text, begin, node.span.end)
    begin = head.end() if head else begin
    if node.deadline.span.start == begin:
        begin = node.deadline.span.end
    name = _plain(text[begin : node.span.end]).strip("：:，,；;。")
    return (name if len(name) > 1 else _plain(node.span.quote(text)))[:120]


def _of_tails(document: Document, tails: Iterable[Responsibility], tables: list[Span]) -> Iterator[ResponsibilityRow]:
    text, begin = document.text, 0
    for one in tails:
        if any(table.overlaps(one.span) for table in tables):
            continue
        start = max(begin, text.rfind("\n", 0, one.span.start) + 1, one.span.start - _LONGEST)
        if not text[start : one.span.start].strip():  # a line of its own tells of what stands before it
            start = max(begin, text.rfind("\n", 0, len(text[: one.span.start].rstrip())) + 1)
        task = next((task for task in reversed(document.tasks) if task.span.start <= one.span.start), None)
        if task and not (one.span in task.span or start < task.span.end):
            task = None
        head = _HEAD.match(text, start, one.span.start)
        words = text[head.end() if head else start : one.span.start]
        begin = one.span.end
        yield ResponsibilityRow(
            f"s{one.span.start}",
            f"第{task.number}项" if task else f"原文第{one.span.start}字",
            _plain(words),
            "",
            task.number if task else None,
            None,
            _bodies(one, text),
            tuple(leader.plain for leader in one.leaders),
            one.deadline.last.isoformat() if one.deadline and one.deadline.last else "",
            (),
            (("原文", f"{words.strip()}{one.span.quote(text)}"),),
            one.doubts,
            f"sg{task.span.start}" if task else "",
            "",
            _plain(words),
        )


def _bodies(one: Responsibility, text: str) -> tuple[NamedBody, ...]:
    """Every body once, with the first role it has; the first lead answers for the report (docs/adr/0010)."""
    named: dict[str, NamedBody] = {}
    parties = [(party, "share_lead" if at else "lead") for at, party in enumerate(one.leads)]
    parties += [(party, "cooperate") for party in (*one.joint, *one.cooperating)]
    for party, role in parties:
        named.setdefault(party.plain, NamedBody(party.plain, role, _part(party, text), party.is_group))
    return tuple(named.values())


def _part(party: NamedParty, text: str) -> str:
    return _plain(party.part.quote(text)) if party.part else ""


def _plain(words: str) -> str:
    return re.sub(r"\s+", "", words)
