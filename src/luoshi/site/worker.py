"""What each process of ``luoshi serve`` runs: the application, ending when its parent is gone.

A parent killed with -9 cannot stop its workers; left alone they would hold the port against the next start.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PARENT = "LUOSHI_SERVER"
"""The environment variable with the process id of the server that starts the workers."""
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """Ask the kernel to end this process with its parent, where the kernel knows how (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.environ.get(PARENT, str(os.getppid())) != str(os.getppid()):  # it was gone before we asked
        sys.exit(1)


end_with_parent()

from luoshi.cli.started import spare_collector  # noqa: E402  # after the parent's death was provided for
from luoshi.site.wsgi import application  # noqa: E402

spare_collector()

__all__ = ["application"]
