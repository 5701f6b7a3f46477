"""``luoshi coverage``: how much of the adopted document's text belongs to an entry, and which passages do not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.language import said

if TYPE_CHECKING:
    from luoshi.document.model import Document

SHOWN = 12


@click.command(
    "coverage",
    cls=ChineseCommand,
    help=said(
        "所采纳文件的正文有多少文字落到了条目。有任务段落不属于任何条目，或低于所定比例时，退出码为1。",
        "How much of the adopted document belongs to entries. Exits 1 when a task has none, or below the limit.",
    ),
)
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option(
    "--at-least", type=click.FloatRange(0, 100), metavar="%",
    help=said("承诺和目标所在句至少占正文的百分之几。", "Least share of the body, in per cent."),
)  # fmt: skip
@click.option(
    "--rules", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar=said("文件夹", "FOLDER"),
    help=said("改为统计识读规则在这些文件上各用到多少次。", "Tell instead how often each rule of the reader fires on these."),
)  # fmt: skip
def command(plan: str | None, at_least: float | None, folder: Path | None) -> int:
    """Tell the coverage of a plan's newest edition, or the use of the reader's rules."""
    if folder is not None:
        click.echo(_rules(folder))
        return DONE
    from luoshi.cli.started import start

    start()
    covered = _coverage(plan)
    share = covered.share
    click.echo(said(
        f"《{covered.name}》正文{covered.body}字，{covered.owned}字属于条目（{_percent(covered.owned, covered.body)}%）；"
        f"其中承诺和目标所在句{covered.promised}字（{share}%）。",
        f"{covered.name}: {covered.body} characters, {covered.owned} in entries, {covered.promised} in promises.",
    ))  # fmt: skip
    for passage in covered.left[:SHOWN]:
        click.echo(said(f"  不属于任何条目：{passage}", f"  in no entry: {passage}"))
    if len(covered.left) > SHOWN:
        click.echo(f"  …… {len(covered.left)}")
    if covered.lost_tasks:
        numbers = "、".join(map(str, covered.lost_tasks))
        click.echo(said(f"第{numbers}项任务没有列入计划。", f"Tasks in no plan: {numbers}."), err=True)
    is_short = at_least is not None and float(share) < at_least
    return FAILED if covered.lost_tasks or is_short else DONE


def _rules(folder: Path) -> str:
    """How often each rule of the reader fires on the files under a folder; those that never do come last."""
    from luoshi.cli.read import content_of
    from luoshi.document.load import load
    from luoshi.reading.reading import read
    from luoshi.reading.rule import RULES
    from luoshi.reading.rule_use import rule_use

    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    used = rule_use(read(load(content_of(path), path.name)) for path in files)
    lines = [f"{count:>8}  {identity}  {RULES[identity].name}" for identity, count in used.items() if count]
    never = [f"{identity}（{RULES[identity].name}）" for identity, count in used.items() if not count]
    told = said(f"{len(files)}份文件，{len(used)}条规则；", f"{len(files)} files, {len(used)} rules; ")
    told += said("从未用到：", "never fired: ") + "、".join(never) if never else said("全部用到。", "all fired.")
    return "\n".join([*lines, told])


@dataclass(frozen=True, slots=True)
class _Coverage:
    """Characters of the body (blanks and excluded regions left out), and what has no entry."""

    name: str
    body: int
    owned: int
    promised: int
    left: list[str]
    lost_tasks: list[int]

    @property
    def share(self) -> str:
        return _percent(self.promised, self.body)


def _percent(part: int, whole: int) -> str:
    from luoshi.terms.number import exact, fixed

    return fixed(exact(part) * 100 / exact(whole), 1) if whole else "0.0"


def _coverage(plan: str | None) -> _Coverage:
    from luoshi.cli.choosing import plan_named
    from luoshi.document.load import load
    from luoshi.store.entries import find_all
    from luoshi.store.models import DocumentRow
    from luoshi.terms.refusal import Refusal, Refused

    head = plan_named(plan)
    row = DocumentRow.objects.filter(sha256=str(head["document"])).first()
    rows = head["items"]
    if row is None or not isinstance(rows, tuple):
        raise Refused(Refusal("cli.nothing_adopted", said("这个计划还没有采纳文件。", "Nothing was adopted yet."), 409))
    items = [item for item in rows if isinstance(item, dict)]
    entries = find_all(str(item["entry"]) for item in items)
    document = load(bytes(row.content), row.name)
    owned, promised = bytearray(len(row.text)), bytearray(len(row.text))
    for item in items:
        entry, start, end = entries[str(item["entry"])], int(str(item["start"])), int(str(item["end"]))
        owned[start:end] = b"\1" * (end - start)
        if entry["kind"] != "task":
            sentence = str(entry["sentence"] or "")
            first = row.text.rfind(sentence, 0, end + len(sentence)) if sentence else -1
            first, last = (first, first + len(sentence)) if 0 <= first <= start else (start, end)
            promised[first:last] = b"\1" * (last - first)
    body = _body(document, row.text)
    lost = [task.number for task in document.tasks if not any(owned[task.span.start : task.span.end])]
    paragraphs = [one.span for one in document.paragraphs]
    left = [
        " ".join(row.text[span.start : span.end].split())[:40] for span in paragraphs
        if body and not any(owned[span.start : span.end]) and any(body[span.start : span.end])
    ]  # fmt: skip
    return _Coverage(document.called, sum(body), _shared(body, owned), _shared(body, promised), left, lost)


def _shared(body: bytearray, marks: bytearray) -> int:
    return sum(a & b for a, b in zip(body, marks, strict=True))


def _body(document: Document, text: str) -> bytearray:
    marks = bytearray(0 if sign.isspace() else 1 for sign in text)
    for region in document.regions:
        marks[region.span.start : region.span.end] = bytes(len(region.span))
    return marks
