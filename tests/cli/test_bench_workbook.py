"""The measurement of large workbooks, on a small one: every wrong cell is named."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_every_wrong_cell_of_a_small_workbook_is_named():
    command = [sys.executable, "-m", "luoshi", "bench", "workbook", "--rows", "60", "--wrong", "12"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "60行" in done.stdout
    assert "不对的12格都点到名" in done.stdout
