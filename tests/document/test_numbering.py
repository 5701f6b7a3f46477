"""Numbers that Word draws itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from luoshi.document.numbering import in_chinese, list_of, read_numbering, read_styles, written
from luoshi.document.ordinal import ordinal

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def rules(inner):
    return etree.fromstring(f"<w:numbering {W}>{inner}</w:numbering>")


def level(depth, style, pattern, start=1):
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{pattern}"/></w:lvl>'


OUTLINE = rules(
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "decimal", "%2.")
    + level(2, "decimal", "%2.%3")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (0, "0"),
        (10000, "10000"),
    ],
)
def test_numbers_in_chinese(number, words):
    assert in_chinese(number) == words


@given(st.integers(1, 99))
def test_what_is_written_in_chinese_is_read_back(number):
    assert ordinal(in_chinese(number)) == number


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("decimal", "3"),
        ("decimalZero", "03"),
        ("decimalFullWidth", "３"),
        ("decimalEnclosedCircle", "③"),
        ("lowerLetter", "c"),
        ("upperLetter", "C"),
        ("bullet", ""),
        ("japaneseCounting", "三"),
    ],
)
def test_styles_of_numbers(style, words):
    assert written(3, style) == words


def test_levels_count_within_the_one_above():
    numbering = read_numbering(OUTLINE)
    marks = [numbering.mark("1", depth) for depth in (0, 1, 1, 0, 1, 2)]
    assert marks == ["一、", "1.", "2.", "二、", "1.", "1.1"]


def test_lists_of_one_outline_count_on_and_an_override_begins_anew():
    numbering = read_numbering(OUTLINE)
    assert [numbering.mark("1", 0), numbering.mark("2", 0), numbering.mark("1", 0)] == ["一、", "一、", "二、"]


def test_a_list_that_is_not_defined_has_no_mark():
    assert read_numbering(OUTLINE).mark("9", 0) == ""
    assert read_numbering(None).mark("1", 0) == ""


def test_a_paragraph_takes_list_and_depth_from_its_style():
    styles = read_styles(
        etree.fromstring(
            f'<w:styles {W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
            '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
        )
    )
    paragraph = etree.fromstring(f'<w:p {W}><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>')
    assert list_of(paragraph, styles) == ("1", 0)
