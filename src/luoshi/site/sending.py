"""发送: while the pages are served, ``luoshi send --watch`` runs beside them, and again when it ended."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from luoshi.cli.send import PARENT

FIRST, AGAIN = 5.0, 60.0
"""Seconds after the start, and between the end of one run and the next."""
_LOG = logging.getLogger("luoshi.site")


def begin_sending() -> None:
    """Begin in the background; it ends with the process."""
    threading.Thread(
        target=keep_sending, kwargs={"run": watched, "wait": time.sleep}, name="sending", daemon=True
    ).start()


def keep_sending(run: Callable[[], None], wait: Callable[[float], None]) -> None:
    """Run, and run again when it ended; never returns."""
    wait(FIRST)
    while True:
        run()
        wait(AGAIN)


def watched() -> None:
    """Run the command until it ends, which it should not; it keeps its own log, and ends when this process is gone.

    In a session of its own, so that Ctrl+C ends it that way too and not in the midst of a letter.
    """
    line = [sys.executable, "-m", "luoshi", "send", "--watch"]
    try:
        ran = subprocess.run(
            line, env=os.environ | {PARENT: str(os.getpid())}, start_new_session=True, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        _LOG.error("消息没有发出：%s", error)
        return
    _LOG.error("消息发送中断，一分钟后重新开始（退出码%s，原因见luoshi.log）。", ran.returncode)
