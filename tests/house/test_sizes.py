"""Small enough to hold in the head: limits on files, functions and arguments (docs/adr/0001)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FILE, FUNCTION, ARGUMENTS = 400, 50, 6


def _functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _arguments(function):
    given = function.args
    names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in {"self", "cls"}]


def _too_large(tree):
    """Sentences about each function of a tree that passes a limit."""
    said = []
    for function in _functions(tree):
        length = function.end_lineno - function.lineno + 1
        if length > FUNCTION:
            said.append(f":{function.lineno} {function.name} has {length} lines, at most {FUNCTION}")
        if len(_arguments(function)) > ARGUMENTS:
            said.append(
                f":{function.lineno} {function.name} takes {len(_arguments(function))} arguments, at most {ARGUMENTS}"
            )
    return said


def test_no_file_of_the_house_is_longer_than_400_lines(modules):
    long = [f"{module.where} has {module.lines} lines" for module in modules if module.lines > FILE]
    assert long == []


def test_no_test_file_is_longer_than_400_lines(committed, root):
    tests = [p for p in committed if p.suffix == ".py" and root / "tests" in p.parents]
    long = [f"{p.relative_to(root)}: {n} lines" for p in tests if (n := p.read_text("utf-8").count("\n")) > FILE]
    assert long == []


def test_no_function_is_longer_than_50_lines_or_takes_more_than_6_arguments(modules):
    said = [f"{module.where}{sentence}" for module in modules for sentence in _too_large(module.tree)]
    assert said == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("def f(self, a, b, c, d, e, f): pass", 0),  # six, self is no argument
        ("def f(a, b, c, /, d, *rest, e, f, g): pass", 1),  # seven
        ("def f():\n" + "    x = 1\n" * 49, 0),  # fifty lines with its head
        ("class A:\n  async def f():\n" + "    x = 1\n" * 50, 1),
    ],
)
def test_the_limits_bite(written, said):
    assert len(_too_large(ast.parse(written))) == said


def test_the_house_is_found_at_all(modules):
    assert len(modules) > 10
    assert all(isinstance(module.path, Path) for module in modules)
