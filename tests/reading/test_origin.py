"""Which rules, on which characters, gave a field its content."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.document.load import load
from luoshi.reading.origin import origins, taken_from
from luoshi.reading.reading import read

TEXT = "1.工业。全年旅游总人数和总收入分别增长15%以上，力争新增企业30家。\n"


def told(field, at):
    reading = read(load(TEXT.encode(), "a.txt"))
    one = reading.targets[at]
    content = str(getattr(one, field, "") or "")
    found = origins(TEXT, (one.start, one.end), one.sentence, one.steps, field, content)
    return [(origin.rule.rpartition(".")[2], TEXT[origin.start : origin.end]) for origin in found]


def test_the_value_comes_from_the_rule_of_numbers():
    assert told("value", 0) == [("number", "15%以上")]


def test_the_basis_comes_from_the_word_of_growth():
    assert any(rule == "growth" and "增长" in words for rule, words in told("basis", 0))


def test_the_words_of_an_indicator_are_shown_where_they_were_taken_from():
    second = [words for rule, words in told("indicator", 1) if rule == ""]
    assert "".join(second).startswith("全年旅游")  # 总收入 stands for 全年旅游总收入: the head is shown where it is
    assert "总收入" in "".join(second)


def test_a_field_no_rule_gave_has_no_origin():
    assert told("baseline", 2) == []


def test_pieces_are_taken_from_the_end_and_the_nearest_place():
    text = "甲地学校五所。乙地学校和医院共8家"
    at = text.index("8家")
    assert taken_from(text, (at, at + 2), (7, len(text)), "乙地医院") == [(7, 9), (12, 14)]
    assert taken_from(text, (at, at + 2), (7, len(text)), "无处") == []


@given(st.text("甲乙丙丁，。", max_size=40), st.text("甲乙丙丁", max_size=8), st.integers(0, 40), st.integers(0, 6))
def test_every_piece_is_words_of_the_name(text, words, start, length):
    start = min(start, len(text))
    place = (start, min(len(text), start + length))
    for first, last in taken_from(text, place, (0, len(text)), words):
        assert text[first:last] in words
        assert 0 <= first < last <= len(text)
