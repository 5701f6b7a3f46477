"""``luoshi rate``: the lights of the open months, computed again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said

_SHARE = 4
"""Plans handed to a process at a time."""


@click.command(
    "rate",
    cls=ChineseCommand,
    help=said(
        "把各计划正在填报的月份的灯、晾晒和考核重算一遍；程序升级或评定有更正之后用。已结账的月份不动。",
        "Compute the lights and tables of every open month again, as after an upgrade. Closed months stay.",
    ),
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help=said("几个进程同时算。", "Processes.")
)
def command(workers: int) -> int:
    """Rate every open month of the home."""
    from luoshi.cli.started import start

    folder = start()
    from luoshi.acts.clock import today
    from luoshi.store.rating import plans_with_open_month

    begun, plans = time.monotonic(), plans_with_open_month()
    number = sum(rate_open_months(folder, plans, today(), workers))
    seconds = time.monotonic() - begun
    click.echo(
        said(
            f"已重算{len(plans)}个计划开放月份的{number}盏灯，用时{seconds:.1f}秒。",
            f"{number} lights of the open months of {len(plans)} plans computed in {seconds:.1f} s.",
        )
    )
    return DONE


def rate_open_months(folder: Path, plans: Sequence[str], today: date, workers: int) -> Iterator[int]:
    """The number of lights of each plan's open month, once they are kept; every plan in a transaction of its own.

    Args:
        folder: the home; each process starts on it by itself.
        workers: how many processes work side by side. SQLite has one writer at a time and gets one.
    """
    from django.db import connections

    from luoshi.store.rating import rate_open_month

    if workers == 1 or connections["default"].vendor == "sqlite":
        yield from (rate_open_month(plan, today) for plan in plans)
        return
    connections.close_all()
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (folder,)) as pool:
        yield from pool.map(_rated, plans, repeat(today), chunksize=_SHARE)


def _begin(folder: Path) -> None:
    from luoshi.cli.started import set_up

    set_up(folder)


def _rated(plan: str, today: date) -> int:
    from luoshi.store.rating import rate_open_month

    return rate_open_month(plan, today)
