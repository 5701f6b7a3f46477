"""A published document as text with places; nothing here knows what the words mean."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from luoshi.document.table import Table
from luoshi.terms.finding import Finding
from luoshi.terms.span import Span


@dataclass(frozen=True, slots=True)
class Area:
    """板块: a headed part of the document, ``（一）现代化产业体系方面`` or ``一、…``.

    ``level`` is 1 for ``一、`` and 2 for ``（一）``; ``parent`` is the index of the level-1 area around it.
    ``number`` is 0 when the heading carries none. ``heading`` covers mark and title, ``span`` the whole part.
    """

    index: int
    level: int
    number: int
    title: str
    heading: Span
    span: Span
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """重点任务: one numbered task, ``1.深化县域创新体系建设。…``; ``area`` is the index of its area."""

    number: int
    title: str
    span: Span
    mark: Span
    area: int | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落: one paragraph of the body, without its heading number.

    ``task`` is the task's number, or None for an area's preamble and for paragraphs after the last task.
    """

    span: Span
    area: int | None
    task: int | None


@dataclass(frozen=True, slots=True)
class Region:
    """排除区: a place that is not read, and why (``页面附属信息``, ``标题序号``, ``名词解释``)."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Position:
    """版面位置: where on which page a line of the text stands.

    ``page`` counts from 1; ``box`` is left, top, right, bottom in points (1/72 inch) from the page's upper left corner.
    """

    span: Span
    page: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """文件: one published document.

    ``text`` is the text as Python reads it, without the byte order mark; line ends are kept as they are.
    ``sha256`` is of the bytes. ``encoding`` is empty when no text could be read; then a finding of level
    error says why and ``text`` is empty. ``tables`` are those of Word, Excel and HTML files and those drawn with
    lines in a PDF; ``positions`` say where on the page a line of a PDF, OFD or scan stands. ``scanned``: text
    came through character recognition and must be checked against the picture.
    """

    name: str
    text: str
    sha256: str
    format: str
    encoding: str
    title: Span | None = None
    areas: tuple[Area, ...] = ()
    tasks: tuple[Task, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    regions: tuple[Region, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    positions: tuple[Position, ...] = ()
    scanned: bool = False

    @property
    def called(self) -> str:
        """Its own title on one line; the file's name without its ending where it has none."""
        words = " ".join(self.quote(self.title).split()) if self.title else ""
        whole = words[1:-1] if words[:1] == "《" and words[-1:] == "》" and words.count("《") == 1 else words
        return whole or PurePath(self.name).stem

    def quote(self, span: Span) -> str:
        """The words at ``span``."""
        return self.text[span.start : span.end]
