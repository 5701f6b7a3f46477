"""Lines to areas, tasks and paragraphs; places only, no meaning (domain.md §16: the document's shape)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from luoshi.document.model import Area, Paragraph, Region, Task
from luoshi.document.ordinal import ordinal
from luoshi.document.wordlist import load_lexicon
from luoshi.terms.finding import Finding, Level
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

_LINE = pattern(r"[^\r\n]+")
_BLANK = " \t\u3000\xa0\ufeff\u200b"
_HEADING = pattern(
    r"(?P<part>[一二三四五六七八九十]{1,3})、"
    r"|[（(](?P<area>[一二三四五六七八九十]{1,3})[）)][、.．]?"
    r"|(?P<task>[0-9０-９]{1,3})(?:[.．、](?![0-9０-９])|\s*[．、])"
)
_TITLE_END = pattern("[。：:；;！？]")
_TITLE_LIMIT = 80
_WORDS = load_lexicon(Path(__file__).parent / "lexicon")["furniture"]
_FURNITURE = pattern("|".join(f"(?:{word})" for word in _WORDS["line_starts"]))
_GLOSSARY = pattern("|".join(f"(?:{word})" for word in _WORDS["glossary_starts"]))

_ITEM = pattern(r"[（(]\s*\d{1,3}\s*[）)][、.．]?\s*")
_NOTE = pattern(r"[\[［〔【]\s*\d{1,3}\s*[\]］〕】]\s*[^。]{1,40}?[:：]")
_EXPLAINED = pattern(r"\d{1,3}[.．、]\s*[^。；]{1,40}?[：:。，]?(?:是指|指的是|主要指|[：:]指|即指)")

FURNITURE, MARK, GLOSSARY = "页面附属信息", "标题序号", "名词解释"


@dataclass(frozen=True, slots=True)
class Structure:
    """结构: what one reading of the lines found; the fields are those of ``Document``."""

    title: Span | None
    areas: tuple[Area, ...]
    tasks: tuple[Task, ...]
    paragraphs: tuple[Paragraph, ...]
    regions: tuple[Region, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Builder:
    text: str
    title: Span | None = None
    areas: list[Area] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    part: int | None = None
    area: int | None = None
    task: int | None = None
    open_areas: dict[int, int] = field(default_factory=dict)

    def add_line(self, line: Span) -> None:
        """Take one line without its outer blanks."""
        words = self.text[line.start : line.end]
        if _FURNITURE.match(words):
            self.regions.append(Region(FURNITURE, line))
            return
        if self.areas and (_NOTE.match(words) or _EXPLAINED.match(words)):
            self.regions.append(Region(GLOSSARY, line))
            return
        item = _ITEM.match(words)
        if item:
            self.regions.append(Region(MARK, Span(line.start, line.start + item.end())))
            line = Span(line.start + item.end(), line.end)
            if len(line):
                self._add_body(line)
            return
        heading = _HEADING.match(words)
        if heading is None:
            self._add_body(line)
        elif heading["task"]:
            self._add_task(line, line.start + heading.end(), heading["task"])
        else:
            self._add_area(line, line.start + heading.end(), heading)

    def _add_body(self, line: Span) -> None:
        if self.title is None and not self.paragraphs and len(line) <= _TITLE_LIMIT and self.text[line.end - 1] != "。":
            self.title = line
        self.paragraphs.append(Paragraph(line, self.area, self.task))
        if self.task is not None:
            last = self.tasks[-1]
            self.tasks[-1] = Task(last.number, last.title, Span(last.span.start, line.end), last.mark, last.area)

    def _add_task(self, line: Span, body: int, digits: str) -> None:
        mark = Span(line.start, body)
        self.regions.append(Region(MARK, mark))
        number = int(digits)
        title = self._title(body, line.end)
        self.tasks.append(Task(number, title, line, mark, self.area))
        # A heading that stands alone owns the paragraphs under it; a task told in its own line ends with it.
        self.task = number if len(title) >= line.end - body - 1 else None
        self.paragraphs.append(Paragraph(Span(body, line.end), self.area, number))

    def _add_area(self, line: Span, body: int, heading: re.Match[str]) -> None:
        level = 1 if heading["part"] else 2
        index = len(self.areas)
        for open_level in [one for one in self.open_areas if one >= level]:
            self._close(self.open_areas.pop(open_level), line.start)
        title = self._title(body, line.end)
        number = ordinal(heading["part"] or heading["area"])
        end = min(line.end, body + len(title))
        parent = self.open_areas.get(1) if level == 2 else None
        self.areas.append(Area(index, level, number, title, Span(line.start, end), line, parent))
        self.open_areas[level] = index
        self.area, self.task = index, None
        self.regions.append(Region(MARK, Span(line.start, body)))
        if body < line.end:
            self.paragraphs.append(Paragraph(Span(body, line.end), index, None))

    def _title(self, start: int, end: int) -> str:
        stop = _TITLE_END.search(self.text, start, end)
        return self.text[start : stop.start() if stop else end].strip(_BLANK)

    def _close(self, index: int, end: int) -> None:
        area = self.areas[index]
        span = Span(area.span.start, max(area.span.end, end))
        self.areas[index] = Area(area.index, area.level, area.number, area.title, area.heading, span, area.parent)

    def finish(self, end: int) -> None:
        """Close what is still open at the end of the body."""
        for index in self.open_areas.values():
            self._close(index, end)


def structure(text: str, name: str) -> Structure:
    """The structure of ``text``; every line is in a paragraph or in a named region.

    Args:
        text: the document's text; it is not changed.
        name: how the document is called in findings.
    """
    builder = _Builder(text)
    end = len(text)
    for found in _LINE.finditer(text):
        line = _trimmed(text, found.start(), found.end())
        if line is None:
            continue
        if builder.areas and len(line) <= _TITLE_LIMIT and _GLOSSARY.match(text, line.start, line.end):
            builder.regions.append(Region(GLOSSARY, Span(line.start, len(text))))
            end = line.start
            break
        builder.add_line(line)
    builder.finish(end)
    findings = _numbering(builder.tasks, name)
    return Structure(
        builder.title, tuple(builder.areas), tuple(builder.tasks), tuple(builder.paragraphs), tuple(builder.regions),
        findings,
    )  # fmt: skip


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end) if start < end else None


def _numbering(tasks: list[Task], name: str) -> tuple[Finding, ...]:
    """Findings on heading numbers; numbering that starts anew at 1 under each area is no fault."""
    if not tasks:
        message = "没有找到带序号的重点任务，按段落识读。"
        return (Finding("document.W001", Level.WARNING, name, message, "若文件有任务序号，请检查序号是否在行首。"),)
    findings: list[Finding] = []
    seen: dict[int, Task] = {}
    last: Task | None = None
    for task in tasks:
        if task.number == 1 and last is not None and task.area != last.area:
            seen, last = {}, None
        findings.extend(_number_findings(task, seen, last))
        seen.setdefault(task.number, task)
        last = task
    return tuple(findings)


def _number_findings(task: Task, seen: dict[int, Task], last: Task | None) -> list[Finding]:
    if task.number in seen:
        first = seen[task.number].mark
        message = f"任务序号{task.number}重复，先前一次在第{first.start}字处。"
        return [_at(task, "document.W003", message, "请核对原文序号；两处都已识读。")]
    highest = max(seen, default=0)
    if last is not None and task.number < highest:
        return [_at(task, "document.W004", f"任务序号{task.number}排在{highest}之后。", "请核对原文顺序。")]
    missing = list(range(highest + 1, task.number))
    if not missing:
        return []
    listed = f"{missing[0]}" if len(missing) == 1 else f"{missing[0]}至{missing[-1]}"
    return [_at(task, "document.W002", f"任务序号{task.number}之前缺少{listed}。", "请核对原文是否漏了任务。")]


def _at(task: Task, identity: str, message: str, hint: str) -> Finding:
    where = f"全文[{task.mark.start}, {task.mark.end})"
    return Finding(identity, Level.WARNING, where, message, hint, task.mark.start, task.mark.end)
