"""A home in the making: what a broken-off ``luoshi init`` left is cleared by the next one, never a home that works."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from luoshi.cli.home import SETTINGS_FILE, UNFINISHED_FILE, require_empty
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Make a home within: it bears a mark until it is done, so that one left half made is known as such.

    Raises:
        Refused: the folder already holds a home, or another process is making one there; nothing was changed.
    """
    is_new = not folder.exists()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark = folder / UNFINISHED_FILE
    descriptor = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor, folder)
        if os.fstat(descriptor).st_size:
            clear(folder)
        else:
            _require_free(folder, mark)
        os.write(descriptor, "启用没有完成。\n".encode())
        try:
            yield
        except BaseException:
            _close_connections()
            clear(folder)
            mark.unlink()
            if is_new and not any(folder.iterdir()):
                folder.rmdir()
            raise
        mark.unlink()
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    """Hold the mark; the system lets it go when this process ends, however it ends."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held = True
    else:
        held = not os.fstat(descriptor).st_nlink  # taken away by one that has just finished
    if held:
        message = said(
            f"{folder}正由另一个 luoshi init 启用，请等它结束。", f"Another luoshi init is at work in {folder}."
        )
        raise Refused(Refusal("cli.init_running", message))


def _require_free(folder: Path, mark: Path) -> None:
    try:
        require_empty(folder)
    except Refused:
        mark.unlink()
        raise


def clear(folder: Path) -> None:
    """Take away what the making of a home puts into its folder; packs and evidence only while they are empty."""
    for path in (folder / SETTINGS_FILE, folder / f"{SETTINGS_FILE}.part", *folder.glob("luoshi.sqlite3*")):
        path.unlink(missing_ok=True)
    for part in (folder / "packs", folder / "evidence"):
        if part.is_dir() and not any(part.iterdir()):
            part.rmdir()


def _close_connections() -> None:
    from django.conf import settings

    if settings.configured:
        from django.db import connections

        connections.close_all()
