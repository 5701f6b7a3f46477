"""What the house runs on: locked, licensed, documented."""

from __future__ import annotations

import importlib.metadata
import re

import pytest

import luoshi

ROW = re.compile(r"^\| ([a-z0-9-]+) \| ([^|]+) \|", re.MULTILINE)
PERMISSIVE = re.compile(r"MIT|BSD|Apache|PSF|MPL|ISC|Python Software Foundation|Mozilla")
COPYLEFT = re.compile(r"(?<!L)GPL|Affero|GNU (?!Lesser)")
LESSER = {"psycopg", "psycopg-binary"}  # LGPL: replaceable packages, used unchanged (docs/dependencies.md)

UNLOCKED = {"ocr"}  # 400 MB that few need; carried across by whoever reads scans (docs/dependencies.md)


def _pinned(root, name):
    text = (root / "requirements" / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


def _name(requirement):
    return re.match(r"[a-z0-9-]+", requirement.lower())[0]


def _licence(metadata):
    classifiers = [c for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    return " ".join([metadata.get("License-Expression") or "", (metadata.get("License") or "")[:200], *classifiers])


@pytest.fixture(scope="module")
def run_lock(root):
    return _pinned(root, "run.lock")


@pytest.fixture(scope="module")
def table(root):
    rows = ROW.findall((root / "docs" / "dependencies.md").read_text("utf-8"))
    return {package: licence for package, licence in rows if package != "package"}


def test_every_dependency_of_the_project_is_locked(project, root, run_lock):
    wanted = {_name(line) for line in project["project"]["dependencies"]}
    assert wanted - run_lock.keys() == set(), "regenerate requirements (CONTRIBUTING.md)"
    extras = project["project"]["optional-dependencies"]
    wanted = {_name(line) for name, lines in extras.items() if name not in UNLOCKED for line in lines} - {"luoshi"}
    assert wanted - _pinned(root, "dev.lock").keys() == set(), "regenerate requirements (CONTRIBUTING.md)"


def test_the_development_lock_holds_every_running_package_at_the_same_version(root, run_lock):
    assert run_lock.items() <= _pinned(root, "dev.lock").items()


def test_every_locked_package_has_hashes(root):
    for name in ("run.lock", "dev.lock"):
        text = (root / "requirements" / name).read_text("utf-8")
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == [], name


def test_the_table_of_dependencies_is_the_lock(run_lock, table):
    assert table.keys() == run_lock.keys()


def test_no_running_package_is_under_the_gpl_and_each_states_the_licence_we_name(run_lock, table):
    wrong = {}
    for name in run_lock:
        try:
            licence = _licence(importlib.metadata.metadata(name))
        except importlib.metadata.PackageNotFoundError:
            assert name == "tzdata", f"{name} is locked for this machine and not installed"
            continue
        allowed = "LGPL" in licence if name in LESSER else PERMISSIVE.search(licence) and "LGPL" not in licence
        same_family = re.search(r"MIT|BSD|Apache|PSF|MPL|LGPL", table[name])[0] in licence
        if COPYLEFT.search(licence) or not allowed or not same_family:
            wrong[name] = licence
    assert wrong == {}


@pytest.mark.parametrize(
    ("licence", "refused"),
    [("GPL-3.0-only", True), ("AGPL-3.0", True), ("LGPL-3.0-only", False), ("GNU Affero General Public License", True)],
)
def test_the_gpl_is_known_by_its_names(licence, refused):
    assert bool(COPYLEFT.search(licence)) is refused


def test_the_version_is_the_same_everywhere(project):
    assert project["project"]["version"] == luoshi.__version__
