"""``luoshi bench corpus``: reading a folder of documents: speed, growth with length, start, memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.language import said

FEWEST, START, MOST = 300_000, 150, 200
"""Characters a second, milliseconds to load the reader, megabytes for the largest document."""
_KINDS = {".txt", ".html", ".htm", ".docx", ".xlsx", ".pdf", ".ofd"}
_LENGTHS = (1, 2, 4, 8, 16)
_START = "import time; begun = time.process_time(); import luoshi.reading.reading; print(time.process_time() - begun)"
_MEMORY = (
    "import resource, sys; from pathlib import Path; from luoshi.document.load import load; "
    "from luoshi.reading.reading import read; path = Path(sys.argv[1]); read(load(path.read_bytes(), path.name)); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
)
Timed = tuple[int, float, float]
"""Characters, seconds of CPU to load, seconds to read."""


@click.command(
    "corpus",
    cls=ChineseCommand,
    help=said(
        "识读一个文件夹里的全部文件：每秒多少字（按CPU时间）、时间随长度怎样增长、载入要多久、占多少内存。",
        "Read every document of a folder: characters a second, growth with length, loading, memory.",
    ),
)
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar=said("文件夹", "FOLDER")
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help=said("几个进程同时读。", "Processes.")
)
def command(folder: Path, workers: int) -> int:
    """Print the figures; fails where one misses its limit."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _KINDS)
    if not files:
        raise click.UsageError(said("文件夹里没有可读的文件。", "No document in the folder."))
    timed(files[0])  # lexicons and patterns are made once
    found = [timed(path) for path in files]
    length, loading, reading = (sum(column) for column in zip(*found, strict=True))
    good = [
        _line(
            said("一个核", "One core"),
            f"{length / reading:,.0f} 字/秒（识读），{length / (loading + reading):,.0f}（含读入），{len(files)}份{length:,}字",
            length / reading >= FEWEST,
        )
    ]
    if workers > 1:
        seconds = _together(files, workers)
        _line(said(f"{workers}个进程", f"{workers} processes"), f"{length / seconds:,.0f} 字/秒（含读入，按钟）", True)
    largest = max(zip(found, files, strict=True))[1]
    good.append(_growth(largest))
    start = statistics.median(float(_told(_START)) * 1000 for _ in range(5))
    good.append(_line(said("载入识读器", "Loading the reader"), f"{start:.0f} 毫秒（CPU）", start < START))
    memory = float(_told(_MEMORY, str(largest)))
    good.append(_line(said("最大一份的内存", "Memory, largest"), f"{memory:.0f} 兆", memory < MOST))
    return DONE if all(good) else FAILED


def timed(path: Path) -> Timed:
    """How long one document takes, in CPU time: what else the machine does is left out."""
    from luoshi.document.load import load
    from luoshi.reading.reading import read

    content, begun = path.read_bytes(), time.process_time()
    document = load(content, path.name)
    loaded = time.process_time()
    read(document)
    return len(document.text), loaded - begun, time.process_time() - loaded


def _together(files: list[Path], workers: int) -> float:
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        list(pool.map(timed, files[:workers]))  # each process loads the reader
        begun = time.perf_counter()
        list(pool.map(timed, files, chunksize=4))
        return time.perf_counter() - begun


def _growth(path: Path) -> bool:
    """The same text once, twice … sixteen times over: the time for a character must not grow."""
    from luoshi.document.load import load
    from luoshi.reading.reading import read

    text = load(path.read_bytes(), path.name).text
    cost = {}
    for times in _LENGTHS:
        document = load("\n".join([text] * times).encode(), "长文.txt")
        taken = []
        for _ in range(3):
            begun = time.process_time()
            read(document)
            taken.append(time.process_time() - begun)
        cost[times] = min(taken) / len(document.text) * 1e6
    told = "，".join(f"{times}倍 {each:.2f}" for times, each in cost.items())
    return _line(said("每字微秒", "µs a character"), told, cost[_LENGTHS[-1]] < 1.3 * cost[1])


def _told(program: str, *arguments: str) -> str:
    line = [sys.executable, "-c", program, *arguments]
    return subprocess.run(line, capture_output=True, check=True, text=True).stdout


def _line(name: str, text: str, is_good: bool) -> bool:
    click.echo(f"{said('达到', 'good') if is_good else said('未达', 'MISS')}  {name}：{text}")
    return is_good
