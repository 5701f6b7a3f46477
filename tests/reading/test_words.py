"""Word lists as they are looked up."""

import re

from luoshi.reading.words import Endings, either, guarded, words


def test_the_longest_word_wins_at_both_ends():
    found = Endings({"甲": ["提高", "提高到"], "乙": ["新增"]})
    assert found.last("出口额提高到") == "提高到"
    assert found.first("新增企业") == "新增"
    assert found.first("企业") == ""
    assert found.category["新增"] == "乙"


def test_alternatives_are_tried_the_longest_first():
    assert re.match(either(["人", "人次"]), "人次").group() == "人次"


def test_a_guarded_word_does_not_run_into_another():
    pattern = guarded(["人", "人次"], {"人": "口才"})
    assert re.match(pattern, "人口") is None
    assert re.match(pattern, "人次").group() == "人次"


def test_lists_are_read_from_the_lexicon():
    assert "亿" in words("units", "scales")
