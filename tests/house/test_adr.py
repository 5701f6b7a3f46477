"""Decisions are numbered without gaps, and each says how it stands."""

from __future__ import annotations

import re

PARTS = ("## Context", "## Decision", "## Consequences")


def test_decisions_are_numbered_without_gap_or_double(root):
    numbers = [int(path.name[:4]) for path in sorted((root / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_each_decision_has_title_status_context_decision_and_consequences(root):
    wrong = []
    for path in sorted((root / "docs" / "adr").glob("*.md")):
        text = path.read_text("utf-8")
        titled = re.match(rf"# {int(path.name[:4])}\. \S", text)
        status = re.search(r"^Status: (accepted|superseded by \d{4}), \d{4}-\d\d-\d\d$", text, re.MULTILINE)
        if not titled or not status or not all(part in text for part in PARTS):
            wrong.append(path.name)
    assert wrong == []


def test_a_decision_that_is_cited_exists(root, committed):
    known = {path.name[:4] for path in (root / "docs" / "adr").glob("*.md")}
    cited = set()
    for path in committed:
        if path.suffix in {".py", ".md", ".yaml", ".toml"}:
            cited |= set(re.findall(r"docs/adr/(\d{4})", path.read_text("utf-8")))
    assert cited - known == set()


def test_a_rule_that_rests_on_a_decision_names_one_that_exists(root, committed):
    known = {path.stem for path in (root / "docs" / "adr").glob("*.md")}
    packs = [path for path in committed if "packs" in path.parts and path.suffix == ".yaml"]
    cited = {name for path in packs for name in re.findall(r"\badr: ([^,}\s]+)", path.read_text("utf-8"))}
    assert cited
    assert cited - known == set()
