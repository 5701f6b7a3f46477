"""A whole bulletin or progress table: its statements, each with the task it stands under or the row it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from luoshi.document.model import Document
from luoshi.reading.decomposition import DecompositionRow, read_decompositions
from luoshi.reading.number import numbers
from luoshi.reading.progress import ProgressStatement, progress_statements
from luoshi.reading.reported import figure_of
from luoshi.reading.rule import declare
from luoshi.terms.span import Span

declare("reading.bulletin.rate", "完成率栏", "例：完成进度(%)栏写90%。 非例：完成情况栏写增长90%。")

_NAMES = 4
"""Characters from which words name a thing of their own and not only what was done to the row's task (已建成)."""
_PLANNED = {"task", "goal", "measure", "node", "deadline"}


def read_progress(document: Document, year: int, report_day: date | None = None) -> tuple[ProgressStatement, ...]:
    """The statements of a document in text order, each with the number of the task around it.

    In a table, the columns that hold tasks, goals and nodes are plans and no progress.

    Args:
        document: a loaded document.
        year: the year its months belong to where none is written.
        report_day: see ``progress_statements``.
    """
    starts = [task.span.start for task in document.tasks]
    rows = [row for table in read_decompositions(document, year) for row in table.rows]
    planned = sorted(span for row in rows for role, span in row.places if role in _PLANNED)
    found = []
    for one in progress_statements(document.text, 0, len(document.text), year, report_day):
        around = bisect_right(planned, Span(one.span.end, one.span.end)) - 1
        if around >= 0 and planned[around].overlaps(one.span):
            continue
        at = bisect_right(starts, one.span.start) - 1
        task = document.tasks[at] if at >= 0 and one.span.start < document.tasks[at].span.end else None
        found.append(replace(one, task=task.number if task else None))
    return tuple(found)


def row_statements(
    row: DecompositionRow, text: str, year: int, report_day: date | None = None
) -> Iterator[ProgressStatement]:
    """What the progress columns of one row say; a column of rates (90%) gives a share of the row's task.

    Args:
        row: a row of a progress table.
        text: the text of its document.
        year: the year of its months.
        report_day: the day of the table.
    """
    number = row.item or row.number
    for role, span in row.places:
        if role == "progress":
            for one in progress_statements(text, span.start, span.end, year, report_day):
                yield replace(one, subject=one.subject if len(one.subject) >= _NAMES else row.task, task=number)
        if role == "rate":
            rates = [found for found in numbers(text, span.start, span.end) if found.category == "percent"]
            if len(rates) == 1:
                share = figure_of(rates[0], "share")
                yield ProgressStatement(span, row.task, share=share, task=number, rules=("reading.bulletin.rate",))
