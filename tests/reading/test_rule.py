"""Rules say what they read."""

import re

import pytest

import luoshi.reading.explain  # noqa: F401
from luoshi.reading.rule import RULES, rule


def test_every_rule_has_a_stable_id_a_name_an_example_and_a_near_miss():
    assert len(RULES) > 10
    for identity, one in RULES.items():
        assert re.fullmatch(r"reading\.[a-z]+\.[a-z_]+", identity)
        assert one.name
        assert "例：" in one.doc
        assert "非例：" in one.doc


def test_a_rule_without_an_example_is_refused():
    with pytest.raises(ValueError, match=r"reading\.test\.bare"):
        rule("reading.test.bare", "无例")(lambda: None)
