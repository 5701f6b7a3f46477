"""What a loader takes out of a file, before its lines are read; the same for every format."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.document.model import Position, Region
from luoshi.document.table import Grid, Table, lay_out, shape_of
from luoshi.terms.finding import Finding, Level
from luoshi.terms.span import Span

TEXT_LIMIT = 3_000_000
"""Code points taken from one file; the longest work report known has 60,000."""


class UnreadableFile(ValueError):
    """A file cannot be read: ``identity`` of the finding, its message and what to do, Chinese sentences."""

    def __init__(self, identity: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.identity = identity
        self.hint = hint

    def finding(self, name: str) -> Finding:
        """The finding about the file called ``name``."""
        return Finding(self.identity, Level.ERROR, name, str(self), self.hint)


@dataclass(frozen=True, slots=True)
class Extract:
    """抽取结果: the text of a file with what its format knew about places in it.

    ``regions`` are places that are no part of the body (footers, footnotes, contents); ``scanned`` says that
    some of the text came through character recognition.
    """

    text: str
    format: str
    encoding: str = "utf-8"
    regions: tuple[Region, ...] = ()
    tables: tuple[Table, ...] = ()
    positions: tuple[Position, ...] = ()
    scanned: bool = False
    findings: tuple[Finding, ...] = ()

    def shape(self) -> str:
        """The text as a reader of lines shall see it, of the same length: cells end lines, regions are blank."""
        if not self.regions and not self.tables:
            return self.text
        seen = list(self.text)
        for table in self.tables:
            for place, character in shape_of(table, self.text):
                seen[place] = character
        for region in self.regions:
            seen[region.span.start : region.span.end] = "\n" * len(region.span)
        return "".join(seen)


@dataclass(slots=True)
class Writer:
    """抽取过程: collects lines and tables in the order of the file; what is no body comes last."""

    format: str
    name: str
    parts: list[str] = field(default_factory=list)
    at: int = 0
    tables: list[Table] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether no more text is taken."""
        return self.at >= TEXT_LIMIT

    def line(self, words: str) -> Span:
        """Add one paragraph; its span is without the line end."""
        room = max(0, TEXT_LIMIT - self.at)
        words = words[:room]
        span = Span(self.at, self.at + len(words))
        self.parts.append(words + "\n")
        self.at = span.end + 1
        return span

    def table(self, grid: Grid, name: str = "") -> None:
        """Add a table; an empty one is left out."""
        if self.full or not any(block.text.strip() for row in grid.places for _, _, block in row):
            return
        words, table = lay_out(grid, self.at, name)
        self.parts.append(words)
        self.at += len(words)
        self.tables.append(table)
        if grid.cut:
            message = f"{'工作表' + name if name else '表格'}太长，末尾{grid.cut}行没有读。"
            hint = "请拆成几份文件后再读。"
            self.findings.append(Finding("document.W005", Level.WARNING, self.name, message, hint))

    def finish(self, encoding: str = "utf-8", *, scanned: bool = False) -> Extract:
        """What was collected, with the asides as named regions at the end."""
        if self.full:
            message = f"文字超过{TEXT_LIMIT}字，后面的没有读。"
            hint = "请拆成几份文件后再读。"
            self.findings.append(Finding("document.W006", Level.WARNING, self.name, message, hint))
        regions = []
        for region, words in self.aside:
            regions.append(Region(region, self.line(words)))
        return Extract(
            "".join(self.parts), self.format, encoding, tuple(regions), tuple(self.tables), tuple(self.positions),
            scanned, tuple(self.findings),
        )  # fmt: skip
