"""每日检查点: while the pages are served, ``luoshi checkpoint --daily`` runs once a day in a process of its own.

The server's own process touches no database, since its workers are copies of it.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

FIRST, AGAIN = 60.0, 600.0
"""Seconds after the start, so that starting stays quick, and between looks at the calendar."""
_LONGEST = 600
"""Seconds after which a run that hangs is given up."""
_LOG = logging.getLogger("luoshi.site")


def begin_daily_checkpoints() -> None:
    """Begin in the background; it ends with the process."""
    arguments = {"run": checkpoint, "today": _today, "wait": time.sleep}
    threading.Thread(target=every_day, kwargs=arguments, name="daily checkpoint", daemon=True).start()


def every_day(run: Callable[[], bool], today: Callable[[], date], wait: Callable[[float], None]) -> None:
    """Run once on each day, and again at the next look when it failed; never returns.

    Args:
        run: whether it went well.
        wait: waits that many seconds.
    """
    done: date | None = None
    wait(FIRST)
    while True:
        day = today()
        if day != done and run():
            done = day
        wait(AGAIN)


def checkpoint() -> bool:
    """Run the command; what it complains about goes to the log."""
    line = [sys.executable, "-m", "luoshi", "checkpoint", "--daily"]
    try:
        ran = subprocess.run(
            line, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", timeout=_LONGEST,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        _LOG.error("每日检查点没有签成：%s", error)
        return False
    if ran.returncode:
        _LOG.error("每日检查点没有签成（退出码%s）：%s", ran.returncode, ran.stderr.strip())
    return ran.returncode == 0


def _today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
