"""The house as data: its rooms in order, its modules as syntax trees, its committed files."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "luoshi"


@dataclass(frozen=True)
class Module:
    """One Python file: the room it stands in ('' for the root), its path for people, its tree."""

    room: str
    path: Path
    tree: ast.Module

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        return self.path.read_text("utf-8").count("\n")


def _module(path: Path) -> Module:
    parts = path.relative_to(HOUSE).parts if path.is_relative_to(HOUSE) else ("",)
    return Module(parts[0] if len(parts) > 1 else "", path, ast.parse(path.read_text("utf-8"), str(path)))


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """What breaks a rule is listed in full, one a line."""
    if op == "==" and right == [] and isinstance(left, list):
        return [f"{len(left)} found:", *map(str, left)]
    return None


@pytest.fixture(scope="session")
def project() -> dict:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def rooms(project) -> list[str]:
    """Every room, in the order in which data flows."""
    contracts = {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}
    return [layer.strip("()") for layer in reversed(contracts["rooms"]["layers"])]


@pytest.fixture(scope="session")
def pure_rooms(rooms) -> list[str]:
    """The rooms that know neither framework nor database: terms to publication."""
    return rooms[: rooms.index("publication") + 1]


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Every Python file of the distribution except migrations, which Django writes."""
    return [_module(path) for path in sorted(HOUSE.rglob("*.py")) if "migrations" not in path.parts]


@pytest.fixture(scope="session")
def committed() -> list[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted(path for path in (ROOT / name for name in listed.split("\0") if name) if path.is_file())
