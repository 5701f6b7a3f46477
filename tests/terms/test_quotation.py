from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.terms.quotation import quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("改造老旧小区12个", "“改造老旧小区12个”"),
        ("县城“大三江时代”总体城市设计", "“县城‘大三江时代’总体城市设计”"),
        ("落实“‘小县六大’再深化”工作载体", "“落实‘“小县六大”再深化’工作载体”"),
        ("“小县六大”“六个先行”", "“‘小县六大’‘六个先行’”"),
        ("六个先行”争示范", "“六个先行争示范”"),  # cut from a sentence: its opening mark stands before the cut
        ("建设“五三方略", "“建设五三方略”"),
        ("", "“”"),
    ],
)
def test_marks_within_marks_change_their_level_and_lone_ones_go(words, shown):
    assert quoted(words) == shown


@given(st.text(alphabet="“”‘’甲乙", max_size=12))
def test_what_is_quoted_is_balanced_and_keeps_every_other_sign(words):
    shown = quoted(words)
    assert shown.count("“") == shown.count("”")
    assert shown.count("‘") == shown.count("’")
    assert [s for s in shown if s in "甲乙"] == [s for s in words if s in "甲乙"]


@given(st.text(alphabet="“”‘’甲乙", max_size=12))
def test_quoting_twice_and_taking_the_outer_marks_off_changes_levels_only(words):
    once = quoted(words)[1:-1]
    back = quoted(quoted(once)[1:-1])[1:-1]
    assert back == once
