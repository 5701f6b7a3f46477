"""``luoshi bench reading``: our reader beside a pattern and beside libraries, on the same texts: score and speed."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said
from luoshi.cli.rival_readers import READERS, ReadAmount, Reader, base_value

_DIGIT = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千万半]")
_NOISE = re.compile(r"[\s“”‘’\"'()（）、,，。;；:：·\-—]|的")
_ALIKE = 0.8
"""Character F1 from which an indicator counts as right."""
_FOLDED = {"recognizers-text", "duckling"}
"""Readers that give amounts in base units already."""


@dataclass(slots=True)
class Tally:
    """计分: how a reader did over all texts; ``missing`` when its library is not installed."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    missing: bool = False


@click.command(
    "reading",
    cls=ChineseCommand,
    help=said(
        "识读对比：本系统、单一正则，以及装有的第三方库（没有装的注明未安装）。旁边有“文件名.gold.jsonl”标注的才计分。",
        "Our reader, a pattern, and the libraries that are installed; texts with FILE.gold.jsonl beside them are scored.",
    ),
)
@click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件…", "FILES")
)
def command(files: tuple[Path, ...]) -> int:
    """Print the table."""
    chosen = files or tuple(sorted(Path("examples").glob("*/document.txt")))
    if not chosen:
        raise click.UsageError(said("请写明要识读的文件。", "Name the texts to read."))
    texts = [(path.read_text("utf-8"), _targets(path.with_suffix(".gold.jsonl"))) for path in chosen]
    click.echo(table([tally(name, texts) for name in READERS], sum(len(gold) for _, gold in texts)))
    return DONE


def _targets(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if row["role"] == "target"]


def tally(name: str, texts: Sequence[tuple[str, list[dict[str, Any]]]]) -> Tally:
    """A reader's score and time over texts, each with its annotated targets."""
    held = Tally(name)
    try:
        reader = READERS[name]()
        reader(texts[0][0][:200])  # what is loaded at the first call is no time of reading
    except ImportError:
        held.missing = True
        return held
    for text, gold in texts:
        found, seconds = _timed(reader, text)
        held.seconds += seconds
        held.counts["characters"] += len(text)
        if gold:
            held.counts += score(found, gold, folded=name in _FOLDED)
    return held


def _timed(reader: Reader, text: str) -> tuple[list[ReadAmount], float]:
    """What was read, and the best of three times; for printing only."""
    times, found = [], []
    for _ in range(3):
        begun = time.process_time()
        found = reader(text)
        times.append(time.process_time() - begun)
    return found, min(times)


def score(found: Iterable[ReadAmount], gold: Iterable[dict[str, Any]], *, folded: bool) -> Counter[str]:
    """How many are annotated, read, at the right place, with the right amount, and right in everything.

    A mention is told by where its number starts; one that serves two indicators counts twice on both sides.

    Args:
        folded: the amounts read are in base units.
    """
    left: dict[int, list[ReadAmount]] = {}
    counts: Counter[str] = Counter()
    for one in found:
        counts["read"] += 1
        left.setdefault(one.start, []).append(one)
    for row in gold:
        counts["gold"] += 1
        number = _DIGIT.search(row["quote"])
        place = row["start"] + (number.start() if number else 0)
        here = left.get(place) or left.get(row["start"]) or []
        if not here:
            continue
        best = max(here, key=lambda one: _likeness(row, one.indicator))
        here.remove(best)
        counts["found"] += 1
        amount = _is_amount(best, row, folded=folded)
        counts["amount"] += amount
        same = (best.comparator, best.basis) == (row["comparator"], row["basis"])
        counts["complete"] += amount and same and _likeness(row, best.indicator) >= _ALIKE
    return counts


def _is_amount(one: ReadAmount, row: dict[str, Any], *, folded: bool) -> bool:
    if one.value is None or row.get("value") is None:
        return False
    wanted, kind = base_value(str(row["value"]), str(row["unit"] or ""))
    got, mine = (one.value, base_value("1", one.unit)[1]) if folded else base_value(str(one.value), one.unit)
    return got == wanted and mine == kind


def _likeness(row: dict[str, Any], indicator: str | None) -> float:
    return max(_character_f1(name, indicator or "") for name in (row["indicator"], *row.get("also", ())))


def _character_f1(one: str, other: str) -> float:
    one, other = _NOISE.sub("", one or ""), _NOISE.sub("", other)
    same = sum((Counter(one) & Counter(other)).values())
    return 2 * same / (len(one) + len(other)) if same else float(not one and not other)


def table(tallies: Sequence[Tally], annotated: int) -> str:
    """The results as aligned lines."""
    heads = ("识读器", "找到F1", "数值单位F1", "完整F1", "字/秒")
    lines: list[tuple[str, ...]] = [heads]
    for one in tallies:
        if one.missing:
            lines.append((one.name, "未安装", "", "", ""))
            continue
        scores = [_f1(one.counts, key) if annotated else "—" for key in ("found", "amount", "complete")]
        speed = f"{one.counts['characters'] / one.seconds:,.0f}" if one.seconds else "—"
        lines.append((one.name, *scores, speed))
    widths = [max(_width(line[column]) for line in lines) for column in range(len(heads))]
    told = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
        for line in lines
    ]
    note = f"标注目标{annotated}个。" if annotated else "这些文件没有标注，只计速度。"
    return "\n".join([*(line.rstrip() for line in told), note])


def _f1(counts: Counter[str], key: str) -> str:
    total = counts["read"] + counts["gold"]
    return f"{2 * counts[key] / total:.3f}" if total else "—"


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
