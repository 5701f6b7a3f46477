"""The rules between rooms: kept by the house, and each of them bites."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
OUTCOME = re.compile(r"^(.+?) (KEPT|BROKEN)$", re.MULTILINE)


def _lint(folder):
    """The outcome of each contract by its id, and what import-linter said."""
    run = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = run.stdout + run.stderr
    return dict(OUTCOME.findall(said)), said


@pytest.fixture
def names(project):
    return {contract["id"]: contract["name"] for contract in project["tool"]["importlinter"]["contracts"]}


@pytest.fixture
def mock(tmp_path, root, rooms):
    """A house of empty rooms under our contracts; returns a function that writes a module into it."""
    shutil.copy(root / "pyproject.toml", tmp_path)

    def write(path, text=""):
        file = tmp_path / "src" / "luoshi" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    for room in rooms:
        write(f"{room}/__init__.py")
    write("__init__.py")
    write("__main__.py", "import luoshi.site")
    write("store/append.py")
    write("acts/adopt_plan.py", "import luoshi.store.append, luoshi.reading")
    write("web/page.py", "import luoshi.acts.adopt_plan, django")
    return write


def test_the_house_keeps_its_contracts(root, names):
    outcomes, said = _lint(root)
    assert outcomes == dict.fromkeys(names.values(), "KEPT"), said


def test_a_sound_house_breaks_no_contract(mock, tmp_path, names):
    mock("packs/national/note.txt", "data is no room")
    outcomes, said = _lint(tmp_path)
    assert outcomes == dict.fromkeys(names.values(), "KEPT"), said


@pytest.mark.parametrize(
    ("path", "text", "broken"),
    [
        ("terms/number.py", "import luoshi.lists", {"rooms"}),
        ("api/page.py", "from luoshi import web", {"rooms"}),
        ("utils/__init__.py", "", {"rooms"}),
        ("leftover.py", "", {"rooms"}),
        ("people/post.py", "from django.db import models", {"pure"}),
        ("ledger/chain.py", "import sqlite3", {"pure"}),
        ("lists/move.py", "def late():\n    import django", {"pure"}),
        ("plan/edition.py", "import luoshi.reading", {"neck"}),
        # a target may know a reading, but then no plan may know that target
        ("target/__init__.py", "import luoshi.document", {"neck"}),
        ("web/shortcut.py", "from luoshi.store.append import append", {"append"}),
        ("demo/year.py", "import luoshi.store.append", {"append"}),
    ],
)
def test_each_contract_bites(mock, tmp_path, names, path, text, broken):
    mock("plan/edition.py", "import luoshi.target")
    mock(path, text)
    outcomes, said = _lint(tmp_path)
    assert {key for key, name in names.items() if outcomes[name] == "BROKEN"} == broken, said


def test_every_room_of_the_docstring_has_its_layer_in_that_order(rooms):
    import luoshi

    listed = luoshi.__doc__.split("(docs/adr/0001):")[1]
    assert re.findall(r"[a-z]+", listed) == rooms


def test_the_pure_contract_and_the_coverage_name_every_pure_room(project, pure_rooms):
    contracts = {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}
    expected = {f"luoshi.{room}" for room in pure_rooms}
    assert set(contracts["pure"]["source_modules"]) == expected
    covered = project["tool"]["coverage"]["run"]["source"]
    assert {folder.removeprefix("src/").replace("/", ".") for folder in covered} == expected


def test_the_script_names_every_pure_room(root, pure_rooms):
    named = re.search(r"^pure='(.*)'$", (root / "run").read_text("utf-8"), re.MULTILINE)
    assert named[1].split() == pure_rooms
