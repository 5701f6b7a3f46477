"""Traditional characters are read as simplified ones, place by place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.document.traditional import simplified


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("新增就業5000人", "新增就业5000人"),
        ("加快雲嶺園區建設，完成投資8.5億元", "加快云岭园区建设，完成投资8.5亿元"),
        ("顯著提升", "显著提升"),
        ("著力發展", "着力发展"),
        ("「放管服」改革", "“放管服”改革"),
        ("乾隆三年", "乾隆三年"),
    ],
)
def test_traditional_words_are_read_as_simplified(text, read_as):
    assert simplified(text) == read_as


def test_simplified_text_is_given_back_itself():
    text = "新增就业5000人，建成青石大桥。"
    assert simplified(text) is text


@given(st.text(max_size=80))
def test_every_place_stays_what_it_was(text):
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)


def test_the_structure_of_a_traditional_document_is_found_and_its_text_kept():
    text = "一、產業發展\n1.做強工業。完成投資5億元。\n附件：名詞解釋\n1.三鏈。\n"
    document = load(text.encode(), "甲.txt")
    assert document.text == text
    assert [one.number for one in document.tasks] == [1]
    assert any(one.name == "名词解释" for one in document.regions)
