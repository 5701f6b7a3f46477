"""Tests stand where their source stands: tests/<room>/test_<module>.py for src/luoshi/<room>/<module>.py.

The doors (api, web, cli, demo, site) are tested by page and by journey, which cross modules, so they are free.
"""

from __future__ import annotations

import ast


def _stems(modules, room):
    return {module.path.stem for module in modules if module.room == room}


def _does_something(module):
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(module.tree))


def test_every_test_has_its_source_module(modules, rooms, root):
    strays = [
        path.relative_to(root).as_posix()
        for room in rooms[: rooms.index("messages") + 1]
        for path in sorted((root / "tests" / room).rglob("test_*.py"))
        if path.stem.removeprefix("test_") not in _stems(modules, room)
        and not path.with_name(path.stem.removeprefix("test_")).is_dir()  # test_corpus.py runs the cases of corpus/
    ]
    assert strays == [], "name the test after the module it tests"


def test_every_module_of_a_pure_room_has_its_test(modules, pure_rooms, root):
    untested = [
        module.where
        for module in modules
        if module.room in pure_rooms
        and module.path.stem not in {"__init__", "__main__"}
        and _does_something(module)
        and not list((root / "tests" / module.room).rglob(f"test_{module.path.stem}.py"))
    ]
    assert untested == [], "write tests/<room>/test_<module>.py"


def test_every_folder_of_tests_is_a_room_or_the_house(rooms, root):
    folders = {path.name for path in (root / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders - set(rooms) - {"house"} == set()


def test_every_room_says_what_enters_what_leaves_and_what_it_will_not_do(rooms, root):
    silent = []
    for room in rooms:
        entrance = root / "src" / "luoshi" / room / "__init__.py"
        if entrance.exists() and len(ast.get_docstring(ast.parse(entrance.read_text("utf-8"))) or "") < 80:
            silent.append(room)
    assert silent == []
