"""Data files of the house: readable, no key twice, text in UTF-8."""

from __future__ import annotations

import json

from luoshi.terms.yaml_text import read_yaml


def _within(committed, root, *suffixes):
    return [path for path in committed if path.suffix in suffixes and root / "src" in path.parents]


def test_every_yaml_file_reads_and_holds_no_key_twice(committed, root):
    said = []
    for path in _within(committed, root, ".yaml", ".yml"):
        name = path.relative_to(root).as_posix()
        said += [str(finding) for finding in read_yaml(path.read_text("utf-8"), name, "house").findings]
    assert said == []


def test_every_json_file_reads_and_holds_no_key_twice(committed, root):
    def unique(pairs):
        assert len(dict(pairs)) == len(pairs), [key for key, _ in pairs]
        return dict(pairs)

    for path in _within(committed, root, ".json"):
        json.loads(path.read_text("utf-8"), object_pairs_hook=unique)


def test_yaml_files_end_in_yaml(committed, root):
    assert _within(committed, root, ".yml") == []
