"""One public class, one English identifier, one Chinese term (docs/adr/0002)."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from luoshi.terms.yaml_text import read_yaml

FOLDER = "src/luoshi/terms/glossary"


@pytest.fixture(scope="module")
def glossaries(root):
    """The entries of each room's glossary."""
    read = {}
    for path in sorted((root / FOLDER).glob("*.yaml")):
        text = read_yaml(path.read_text("utf-8"), path.name, "terms")
        assert text.findings == (), path.name
        read[path.stem] = text.data
    return read


def _public_classes(modules, room):
    return {
        node.name: f"{module.where}:{node.lineno}"
        for module in modules
        if module.room == room
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def test_every_public_class_of_a_pure_room_has_its_entry(modules, pure_rooms, glossaries):
    entries = {name for glossary in glossaries.values() for name in glossary}
    missing = [
        f"{where} {name}: add it to {FOLDER}/{room}.yaml"
        for room in pure_rooms
        for name, where in _public_classes(modules, room).items()
        if name not in entries
    ]
    assert missing == []


def test_every_entry_names_a_class_that_exists(modules, glossaries):
    orphans = [
        f"{room}.yaml: {name}"
        for room, glossary in glossaries.items()
        for name in glossary
        if name not in _public_classes(modules, room)
    ]
    assert orphans == []


def test_an_identifier_has_one_meaning_in_the_whole_house(modules, pure_rooms):
    counted = Counter(name for room in pure_rooms for name in _public_classes(modules, room))
    assert [name for name, times in counted.items() if times > 1] == []


def test_a_chinese_term_has_one_identifier(glossaries):
    terms = [(entry["zh"], name) for glossary in glossaries.values() for name, entry in glossary.items()]
    counted = Counter(zh for zh, _ in terms)
    assert [f"{zh} {name}" for zh, name in terms if counted[zh] > 1] == []


def test_every_entry_has_a_chinese_term_a_meaning_and_a_place_for_its_source(glossaries):
    wrong = [
        f"{room}.yaml: {name}"
        for room, glossary in glossaries.items()
        for name, entry in glossary.items()
        if set(entry) != {"zh", "meaning", "source"}
        or not re.search(r"[\u4e00-\u9fff]", entry["zh"])
        or not (entry["meaning"] or "").strip()
    ]
    assert wrong == []
