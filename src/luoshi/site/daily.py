"""每日: while the pages are served, checkpoint and escalation run once a day, each in a process of its own.

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


def begin_daily() -> None:
    """Begin in the background; it ends with the process."""
    for run, name in ((checkpoint, "daily checkpoint"), (escalation, "daily escalation")):
        arguments = {"run": run, "today": _today, "wait": time.sleep}
        threading.Thread(target=every_day, kwargs=arguments, name=name, daemon=True).start()


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
    """Sign the day's checkpoint."""
    return _ran("checkpoint", "每日检查点没有签成")


def escalation() -> bool:
    """Tell whom missed clocks are told to, where luoshi.toml says as whom."""
    return _ran("escalate", "每日催办、升级没有办成")


def _ran(command: str, failed: str) -> bool:
    """Whether the command went well; what it complains about goes to the log."""
    line = [sys.executable, "-m", "luoshi", command, "--daily"]
    try:
        ran = subprocess.run(
            line, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", timeout=_LONGEST,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        _LOG.error("%s：%s", failed, error)
        return False
    if ran.returncode:
        _LOG.error("%s（退出码%s）：%s", failed, ran.returncode, ran.stderr.strip())
    return ran.returncode == 0


def _today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
