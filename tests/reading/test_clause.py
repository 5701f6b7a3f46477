"""Sentences and clauses; quotes and brackets hold together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.clause import sentences


def cut(text):
    return [[text[a:b] for a, b in one.clauses] for one in sentences(text, 0, len(text))]


def test_full_stops_end_sentences_and_commas_end_clauses():
    assert cut("甲,乙；丙。丁") == [["甲", "乙"], ["丙"], ["丁"]]


def test_quotes_and_brackets_are_not_cut():
    assert cut("推进“甲，乙。丙”行动（丁，戊），己。") == [["推进“甲，乙。丙”行动（丁，戊）", "己"]]


def test_a_bracket_that_never_closes_hides_nothing():
    assert cut("甲（乙，丙。丁") == [["甲（乙", "丙"], ["丁"]]


def test_commas_within_numbers_do_not_cut():
    assert cut("新建1,200个,改造300个") == [["新建1,200个", "改造300个"]]


def test_quoted_places_are_known():
    (sentence,) = sentences("打造“15分钟健身圈”(县城)", 0, 15)
    assert sentence.is_quoted(3)
    assert sentence.is_bracketed(13)
    assert not sentence.is_protected(0)


@given(st.text(alphabet="甲乙。，；：、“”（）()《》12 ", max_size=80))
def test_clauses_lie_in_order_within_their_sentence(text):
    end = 0
    for sentence in sentences(text, 0, len(text)):
        assert end <= sentence.start <= sentence.end <= len(text)
        end = sentence.end
        for a, b in sentence.clauses:
            assert sentence.start <= a < b <= sentence.end


def test_neither_a_clause_nor_a_sentence_grows_without_bound():
    text = "建成大桥和隧道三座" * 900 + "，新增企业、" * 900
    found = sentences(text, 0, len(text))
    assert max(b - a for one in found for a, b in one.clauses) <= 600
    assert found[-1].end == len(text)
    assert sum(b - a for one in found for a, b in one.clauses) >= len(text) - text.count("，") - text.count("、")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建桥。！扩建路。", ["新建桥。！", "扩建路。"]),
        ("；新建桥。", ["；新建桥。"]),
        ("。", ["。"]),
        ("桥。”", ["桥。", "”"]),
    ],
)
def test_marks_alone_belong_to_the_sentence_beside_them(text, expected):
    assert [text[one.start : one.end] for one in sentences(text, 0, len(text))] == expected
