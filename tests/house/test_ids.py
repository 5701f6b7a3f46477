"""Findings and refusals keep stable ids that begin with their room; one id means one thing."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

KINDS = {"Finding": re.compile(r"[a-z]+\.[NWE]\d{3}\Z"), "Refusal": re.compile(r"[a-z]+\.[a-z][a-z_]*\Z")}


def _ids(tree):
    """(kind, id, line, the message's constant text) of each finding and refusal written in a tree."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in KINDS:
            continue
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        written = named.get("id") or (node.args[0] if node.args else None)
        if isinstance(written, ast.Constant) and isinstance(written.value, str):
            yield name, written.value, node.lineno


@pytest.fixture(scope="module")
def written(modules):
    return [(module, *found) for module in modules for found in _ids(module.tree)]


def test_an_id_begins_with_the_room_that_says_it(written):
    strangers = [
        f"{module.where}:{line} {identity}"
        for module, _, identity, line in written
        if identity.split(".")[0] != module.room
    ]
    assert strangers == []


def test_an_id_is_written_as_ids_are_written(written):
    odd = [
        f"{module.where}:{line} {kind} {identity}"
        for module, kind, identity, line in written
        if not KINDS[kind].match(identity)
    ]
    assert odd == [], "findings: room.E001 (N note, W warning, E error); refusals: room.what_is_wrong"


def test_an_id_is_given_out_by_one_module_only(written):
    places = defaultdict(set)
    for module, _, identity, _ in written:
        places[identity].add(module.where)
    assert {identity: sorted(where) for identity, where in places.items() if len(where) > 1} == {}


def test_ids_are_found_however_they_are_written():
    tree = ast.parse("Finding('a.E001', x); finding.Finding(id='a.W002'); Refusal(id=f'{x}.b'); Other('c.d')")
    assert [identity for _, identity, _ in _ids(tree)] == ["a.E001", "a.W002"]
