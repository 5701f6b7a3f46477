from __future__ import annotations

from fractions import Fraction

import pytest

from luoshi.assessment.checked import CheckedText, nearest


def said(checked):
    return [(finding.id, finding.where, finding.message + finding.hint) for finding in checked.findings]


def test_unknown_and_missing_words_are_named_with_their_lines():
    checked = CheckedText("label: 甲\nlegnd: 乙\n", "a.yaml")
    checked.root(("label", "legend"), ("note",))
    assert said(checked) == [
        ("assessment.E003", "a.yaml:2", "文件里没有“legnd”这个词。是否应为“legend”？"),
        ("assessment.E004", "a.yaml:1", "文件缺少“legend”。"),
    ]
    assert not checked.is_sound


def test_a_word_like_no_other_gets_the_whole_list():
    assert nearest("zzz", ["甲", "乙"]) == "可用：甲、乙。"


@pytest.mark.parametrize("text", ["", "a: [", "a: 1\na: 2\n", "a: &x [*x]\n"])
def test_what_is_no_sound_yaml_is_told_and_has_no_content(text):
    checked = CheckedText(text, "a.yaml")
    assert checked.root(("a",)) == {}
    assert not checked.is_sound


@pytest.mark.parametrize(
    ("read", "data", "result", "message"),
    [
        ("rows", "文字", {}, "a应为“词：值”的形式，得到“文字”。"),
        ("items", "文字", [], "a应为列表，得到“文字”。"),
        ("text", ["x"], "", "a应为文字，得到“['x']”。"),
        ("flag", "是", False, "a应为true或false，得到“是”。"),
        ("number", "三成", Fraction(0), "a应为数字，得到“三成”。"),
        ("number", None, Fraction(0), "a应为数字，得到“None”。"),
        ("whole", "1.5", 0, "a应为不小于0的整数，得到“1.5”。"),
        ("whole", "-1", 0, "a应为不小于0的整数，得到“-1”。"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_and_replaced_by_a_harmless_one(read, data, result, message):
    checked = CheckedText("a: 1\n", "a.yaml")
    assert getattr(checked, read)(data, ("a",)) == result
    assert [finding.message for finding in checked.findings] == [message]


@pytest.mark.parametrize(
    ("read", "data", "result"),
    [
        ("rows", None, {}),
        ("items", None, []),
        ("items", ["1"], ["1"]),
        ("text", None, ""),
        ("flag", None, False),
        ("flag", True, True),
        ("number", "0.75", Fraction(3, 4)),
        ("whole", "3", 3),
    ],
)
def test_a_value_of_the_right_kind_is_taken(read, data, result):
    checked = CheckedText("a: 1\n", "a.yaml")
    assert getattr(checked, read)(data, ("a",)) == result
    assert checked.findings == []


def test_a_word_not_among_the_known_gets_the_nearest():
    checked = CheckedText("a: gren\n", "a.yaml")
    checked.one_of("gren", ("a",), ("green", "red"))
    assert said(checked) == [("assessment.E005", "a.yaml:1", "a的值“gren”不在允许之列。是否应为“green”？")]


def test_a_source_that_names_nothing_is_a_warning_and_an_unknown_key_an_error():
    checked = CheckedText("source:\n  titel: 办法\n", "a.yaml")
    checked.source({"titel": "办法"}, ("source",))
    assert [(f.id, f.where) for f in checked.findings] == [
        ("assessment.E003", "a.yaml:2"),
        ("assessment.W001", "a.yaml:1"),
    ]
