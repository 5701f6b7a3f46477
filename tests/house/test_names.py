"""Names and places: no drawer for leftovers, no address of this or that machine."""

from __future__ import annotations

import re

import pytest

DRAWERS = {"util", "utils", "common", "helper", "helpers", "manager", "managers", "service", "services", "misc"}

# Hosts of package registries and places of one machine. Each is written so that this file does not hold it.
HOSTS = re.compile(
    r"(?:files\.)?python" + r"hosted\.org|pypi" + r"\.org|registry\." + r"npmjs\.org|registry\." + r"yarnpkg\.com"
    r"|deb\." + r"debian\.org|proxy\." + r"golang\.org|index\.crates" + r"\.io|pypi\.tuna" + r"\.tsinghua|mirrors\."
    r"aliyun\.com"
)
PLACES = re.compile(r"(?<![\w.~\-])/(?:work|root|home/[a-z][\w-]*|Users/\w+|opt/(?:pypi|wheels))(?=[/\"'\s]|$)")


def _drawers(name):
    stem = name.removesuffix(".py")
    return {stem, *stem.split("_")} & DRAWERS


def test_no_module_or_folder_is_a_drawer_for_leftovers(modules, root):
    found = [
        module.where
        for module in modules
        for part in module.path.relative_to(root / "src" / "luoshi").parts
        if _drawers(part)
    ]
    assert found == []


@pytest.mark.parametrize(("name", "is_drawer"), [("utils.py", True), ("date_utils.py", True), ("number.py", False)])
def test_a_drawer_is_known_by_its_name(name, is_drawer):
    assert bool(_drawers(name)) is is_drawer


def _texts(committed):
    for path in committed:
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # pictures and office files


def test_no_committed_file_names_a_package_registry(committed, root):
    found = [f"{p.relative_to(root)}: {m[0]}" for p, text in _texts(committed) for m in HOSTS.finditer(text)]
    assert found == []


def test_no_committed_file_names_a_place_of_one_machine(committed, root):
    found = [f"{p.relative_to(root)}: {m[0]}" for p, text in _texts(committed) for m in PLACES.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("see /" + "work/main/src", True),
        ("'/" + "root/.venv'", True),
        ("/" + "home/li/luoshi", True),
        ("$LUOSHI_HOME/work/", False),
        ("docs/" + "work/a", False),
        ("LUOSHI_HOME/home/", False),
    ],
)
def test_a_place_of_one_machine_is_known_by_its_beginning(text, is_place):
    assert bool(PLACES.search(text)) is is_place


def test_the_lock_files_name_no_index(root):
    for name in ("run.lock", "dev.lock"):
        text = (root / "requirements" / name).read_text("utf-8")
        assert not re.search(r"^\s*--(?!hash)|https?:|file:", text, re.MULTILINE), name
