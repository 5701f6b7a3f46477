"""A founded county, made once and copied for each test; and the console as a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def environment_of(home):
    """The environment in which the console finds this checkout and that home."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "LUOSHI_HOME": str(home)}


def _luoshi(home, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "luoshi", *map(str, arguments)], env=environment_of(home), cwd=ROOT,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def luoshi():
    """Runs the console: ``luoshi(home, "verify")``."""
    return _luoshi


@pytest.fixture(scope="session")
def environment():
    """The environment for a home."""
    return environment_of


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """A founded county on SQLite, as init makes it; not to be written to."""
    home = tmp_path_factory.mktemp("county") / "home"
    done = _luoshi(home, "init", "--name", "试验县", "--code", "330624", "--year", "2023", "--admin", "ducha:督查室")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def county(founded, tmp_path):
    """A founded county of the test's own."""
    return shutil.copytree(founded, tmp_path / "home")
