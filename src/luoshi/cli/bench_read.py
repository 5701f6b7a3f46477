"""``luoshi bench read``: reading in the process, and as a whole process."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said


@click.command("read", cls=ChineseCommand, help=said("识读一份文件要多久。", "How long reading a document takes."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"))
@click.option("--times", default=9, type=click.IntRange(3, 999), metavar="N", help=said("测几次。", "How often."))
def command(file: Path, times: int) -> int:
    """Measure the reading of a file."""
    from luoshi.document.load import load
    from luoshi.reading.reading import read

    content = file.read_bytes()
    inside = milliseconds(lambda: read(load(content, file.name)), times)
    line = [sys.executable, "-m", "luoshi", "read", str(file), "--format", "jsonl"]
    whole = milliseconds(lambda: subprocess.run(line, capture_output=True, check=True), times)
    click.echo(said(
        f"进程内识读 {statistics.median(inside):.0f} 毫秒，整个进程 {statistics.median(whole):.0f} 毫秒"
        f"（{times}次的中位数，最慢 {max(whole):.0f}）。",
        f"In the process {statistics.median(inside):.0f} ms, whole process {statistics.median(whole):.0f} ms.",
    ))  # fmt: skip
    return DONE


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long the work takes each time; for printing only."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1000)
    return found
