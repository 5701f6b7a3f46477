"""Findings and refusals keep stable ids that begin with their room; one id means one thing."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

KINDS = {"Finding": re.compile(r"[a-z]+\.[NWE]\d{3}\Z"), "Refusal": re.compile(r"[a-z]+\.[a-z][a-z_]*\Z")}


def _ids(tree):
    """(kind, id, line, status) of each finding and refusal written in a tree; 0 where no status can be seen."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in KINDS:
            continue
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        written = named.get("id") or (node.args[0] if node.args else None)
        if isinstance(written, ast.Constant) and isinstance(written.value, str):
            status = named.get("status") or (node.args[2] if len(node.args) > 2 else ast.Constant(409))
            yield name, written.value, node.lineno, getattr(status, "value", 0)


@pytest.fixture(scope="module")
def written(modules):
    return [(module, *found) for module in modules for found in _ids(module.tree)]


def test_an_id_begins_with_the_room_that_says_it(written):
    strangers = [
        f"{module.where}:{line} {identity}"
        for module, _, identity, line, _ in written
        if identity.split(".")[0] != module.room
    ]
    assert strangers == []


def test_an_id_is_written_as_ids_are_written(written):
    odd = [
        f"{module.where}:{line} {kind} {identity}"
        for module, kind, identity, line, _ in written
        if not KINDS[kind].match(identity)
    ]
    assert odd == [], "findings: room.E001 (N note, W warning, E error); refusals: room.what_is_wrong"


def test_a_finding_is_given_out_by_one_module_only(written):
    places = defaultdict(set)
    for module, kind, identity, _, _ in written:
        if kind == "Finding":
            places[identity].add(module.where)
    assert [f"{identity} {sorted(where)}" for identity, where in places.items() if len(where) > 1] == []


def test_a_refusal_has_one_status_wherever_it_is_given(written):
    given = defaultdict(lambda: defaultdict(list))
    for module, kind, identity, line, status in written:
        if kind == "Refusal" and status:
            given[identity][status].append(f"{module.where}:{line}")
    assert [f"{identity} {dict(statuses)}" for identity, statuses in given.items() if len(statuses) > 1] == []


def test_ids_are_found_however_they_are_written():
    tree = ast.parse("Finding('a.E001', x); finding.Finding(id='a.W002'); Refusal(id=f'{x}.b'); Other('c.d')")
    assert [identity for _, identity, _, _ in _ids(tree)] == ["a.E001", "a.W002"]


@pytest.mark.parametrize(
    ("written", "status"),
    [("Refusal('a.b', m)", 409), ("Refusal('a.b', m, 404)", 404), ("Refusal('a.b', m, status=422)", 422)],
)
def test_the_status_of_a_refusal_is_seen(written, status):
    assert [found[3] for found in _ids(ast.parse(written))] == [status]
