from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from luoshi.publication import paper
from luoshi.publication.wording import one_line, width

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _read(xml):
    return etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{xml}</x>')


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        (("关于", "2023年9月", "工作", "推进情况的", "通报"), ["关于2023年9月工作推进情况的通报"]),
        (
            ("关于", "2023年9月", "政府工作报告重点任务", "推进情况的", "通报"),
            ["关于2023年9月政府工作报告重点任务", "推进情况的通报"],
        ),
        ((), []),
    ],
)
def test_a_title_breaks_between_words_and_narrows_downwards(pieces, lines):
    assert list(paper.title_lines(pieces)) == lines


@given(st.lists(st.text("关于通报2023年情况", min_size=1, max_size=45), min_size=1, max_size=7))
def test_no_title_line_is_too_wide_and_no_word_is_lost(pieces):
    lines = paper.title_lines(pieces)
    assert "".join(lines) == "".join(pieces)
    assert all(width(line) <= 18 for line in lines)


@given(st.text(st.characters(), max_size=60))
def test_any_text_gives_a_well_formed_paragraph_that_says_it(text):
    assert "".join(_read(paper.paragraph(text)).itertext()) == one_line(text)


def test_the_date_stands_four_characters_from_the_right_under_the_centred_body():
    root = _read(paper.signature("××县人民政府督查室", date(2023, 10, 8)))
    right = [int(indent.get(f"{W}rightChars")) for indent in root.iter(f"{W}ind")]
    # × counts one: 10 characters; 2023年10月8日 takes 6.5; 4 + (6.5 − 10)/2 = 2.25
    assert right == [225, 400]


def test_a_long_issuer_keeps_two_characters_from_the_right():
    root = _read(paper.signature("很长" * 12, date(2023, 10, 8)))
    assert next(root.iter(f"{W}ind")).get(f"{W}rightChars") == "200"


def test_a_long_issuer_gets_a_smaller_red_mark():
    def size(issuer):
        return int(next(_read(paper.red_head(issuer, "第9期", "")).iter(f"{W}sz")).get(f"{W}val"))

    assert size("××县人民政府督查室") == 88  # 44 pt × 10 characters fit 442 pt
    assert size("很长的名字" * 3) == 58  # 440/15 = 29 pt


def test_the_head_of_a_table_repeats_and_cells_span():
    rows = [[paper.Cell("甲"), paper.Cell("乙")], [paper.Cell("合计\n两行", span=2, tint="EEEEEE", ink="A3141F")]]
    root = _read(paper.table(rows, (1000, 2000)))
    assert len(list(root.iter(f"{W}tblHeader"))) == 1
    assert next(root.iter(f"{W}gridSpan")).get(f"{W}val") == "2"
    assert [cell.get(f"{W}w") for cell in root.iter(f"{W}tcW")] == ["1000", "2000", "3000"]
    assert len(list(root.iter(f"{W}br"))) == 1


def test_an_imprint_without_copies_names_only_the_printer():
    assert "抄送" not in "".join(_read(paper.imprint("", "县政府办公室", date(2023, 10, 8))).itertext())
    assert "2023年10月8日印发" in "".join(_read(paper.imprint("县委办", "县府办", date(2023, 10, 8))).itertext())


def test_a_named_paragraph_begins_in_kaiti_and_a_blank_is_empty():
    root = _read(paper.named_paragraph("（一）县建设局。", "第4项") + paper.blank())
    assert "".join(root.itertext()) == "（一）县建设局。第4项"
    assert next(root.iter(f"{W}rFonts")).get(f"{W}eastAsia") == "楷体_GB2312"
