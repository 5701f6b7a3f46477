"""Compiled lists: what comes from the cache equals what is read; whatever is wrong with a file, the YAML is read."""

from __future__ import annotations

import hashlib
import os
import pickle
from functools import partial
from pathlib import Path

import pytest
from walk import WALK

from luoshi.lists.load import read_definition
from luoshi.store import compiled as module
from luoshi.store import definitions
from luoshi.store.compiled import compiled

PACKS = Path(definitions.SHIPPED)


class Shelf:
    """A home with one text, and how often it had to be read."""

    def __init__(self, home: Path) -> None:
        self.home, self.text, self.reads = home, WALK, 0

    def take(self):
        return compiled(self.home, lambda: [self.text.encode()], self._read)

    def _read(self):
        self.reads += 1
        definition, _ = read_definition(self.text, "walk.yaml")
        return {definition.name: definition} if definition else None

    @property
    def file(self) -> Path:
        (found,) = (self.home / "cache").iterdir()
        return found


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)


def test_a_text_is_read_once_and_found_again_just_as_it_was(shelf):
    first, second = shelf.take(), shelf.take()
    assert shelf.reads == 1
    assert first == second


@pytest.mark.parametrize("path", sorted(PACKS.glob("*/lists/*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_list_comes_back_whole_with_its_formulas(path, tmp_path):
    definition, _ = read_definition(path.read_text("utf-8"), path.name)
    assert definition
    texts, name = partial(list, [path.read_bytes()]), definition.name
    compiled(tmp_path, texts, lambda: {name: definition})
    kept = compiled(tmp_path, texts, lambda: pytest.fail("it is not in the cache"))
    assert kept == {name: definition}


def test_an_edited_text_is_read_anew(shelf):
    shelf.take()
    shelf.text = WALK.replace("试验清单", "改名清单")
    assert shelf.take()["walk"].label == "改名清单"
    shelf.text = WALK
    assert shelf.take()["walk"].label == "试验清单"
    assert shelf.reads == 2


def test_another_program_reads_anew(shelf, monkeypatch):
    shelf.take()
    monkeypatch.setattr(module, "_program", lambda: "another version")
    shelf.take()
    assert shelf.reads == 2


def _evil() -> bytes:
    class Evil:
        def __reduce__(self):
            return os.system, ("touch evil",)

    return pickle.dumps({"walk": Evil()})


@pytest.mark.parametrize(
    "body",
    [b"", b"no pickle", pickle.dumps(7), pickle.dumps({"walk": 7}), _evil()],
    ids=["empty", "no pickle", "no lists", "another thing", "a program"],
)
def test_a_file_that_holds_anything_but_definitions_is_passed_over(shelf, body, monkeypatch):
    monkeypatch.chdir(shelf.home)
    good = shelf.take()
    shelf.file.write_bytes(hashlib.sha256(body).digest() + body)
    assert shelf.take() == good
    assert shelf.reads == 2
    assert not (shelf.home / "evil").exists()


@pytest.mark.parametrize("place", [0, 31, 32, 100, -1])
def test_one_wrong_bit_or_a_torn_file_is_passed_over(shelf, place):
    good, content = shelf.take(), bytearray(shelf.file.read_bytes())
    torn = bytes(content[:place])
    content[place] ^= 1
    for bad in (bytes(content), torn):
        shelf.file.write_bytes(bad)
        assert shelf.take() == good
    assert shelf.reads == 3


def test_what_is_wrong_is_never_kept(shelf):
    shelf.text = WALK.replace("label:", "lable:")
    assert shelf.take() is None
    assert not (shelf.home / "cache").exists()


def test_nothing_is_written_where_there_is_no_home(tmp_path):
    shelf = Shelf(tmp_path / "absent")
    assert shelf.take()
    assert not shelf.home.exists()


def test_a_place_that_cannot_be_written_costs_time_only(shelf):
    (shelf.home / "cache").write_text("a file where the folder should be", "utf-8")
    assert shelf.take() == shelf.take()
    assert shelf.reads == 2


def test_a_text_edited_while_it_is_read_is_not_kept_under_its_old_wording(shelf):
    texts = iter([[b"before"], [b"after"]])
    compiled(shelf.home, lambda: next(texts), shelf._read)
    assert not (shelf.home / "cache").exists()


def test_old_files_go(shelf, monkeypatch):
    monkeypatch.setattr(module, "_MOST", 3)
    for number in range(6):
        shelf.text = WALK.replace("试验清单", f"清单{number}")
        shelf.take()
    assert len(list((shelf.home / "cache").iterdir())) == 3
