"""docs/vectors.md names a test for every worked example; each of them is there."""

from __future__ import annotations

import ast
import re
from functools import cache


@cache
def _tests_of(path):
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_test_named_for_a_worked_example_is_there(root):
    text = (root / "docs" / "vectors.md").read_text("utf-8")
    named = re.findall(r"`(tests/[a-z_/]+\.py)::(test_\w+)`", text)
    assert len(named) > 80
    assert [f"{file}::{name}" for file, name in named if name not in _tests_of(root / file)] == []


def test_every_example_file_named_is_there(root):
    text = (root / "docs" / "vectors.md").read_text("utf-8")
    files = re.findall(r"`样例 (\S+)`", text)
    assert files
    assert [file for file in files if not (root / file).is_file()] == []


def test_every_line_of_the_tables_names_a_test(root):
    lines = (root / "docs" / "vectors.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not re.search(r"\| (测试|预测) \|$", line)]
    assert [line for line in rows if "`" not in line] == []
