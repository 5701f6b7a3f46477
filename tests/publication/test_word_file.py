from __future__ import annotations

import io
from datetime import UTC, date, datetime

import docx
from docx.shared import Emu

from luoshi.publication.paper import paragraph
from luoshi.publication.word_file import DEMO_MARK, DRAFT_MARK, FileMark, section, word_file

DAY = date(2023, 10, 8)


def _open(**more):
    body = paragraph("正文") + section(**more)
    return docx.Document(io.BytesIO(word_file(body, FileMark("标题", "督查室", DAY))))


def test_the_page_is_a4_with_the_type_area_of_the_standard():
    page = _open().sections[0]
    millimetres = [
        round(length.mm, 1) for length in (page.page_width, page.page_height, page.top_margin, page.left_margin)
    ]
    assert millimetres == [210.0, 297.0, 37.0, 28.0]
    assert round(Emu(page.page_width - page.left_margin - page.right_margin).mm) == 156
    assert round(Emu(page.page_height - page.top_margin - page.bottom_margin).mm) == 225


def test_a_turned_page_keeps_the_type_area_turned():
    page = _open(landscape=True).sections[0]
    assert round(Emu(page.page_width - page.left_margin - page.right_margin).mm) == 225
    assert round(Emu(page.page_height - page.top_margin - page.bottom_margin).mm) == 156


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages():
    page = _open().sections[0]
    odd, even = page.footer.paragraphs[0], page.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (2, 0)
    assert _open(numbered=False).sections[0].footer.paragraphs[0].text == ""


def test_the_grid_counts_lines_only_since_cells_would_take_two_a_character():
    grid = _open().element.xpath("//w:docGrid")[0]
    assert grid.values() == ["lines", "579"]


def test_properties_come_from_the_paper_and_never_from_the_clock():
    properties = _open().core_properties
    assert (properties.title, properties.author) == ("标题", "督查室")
    assert properties.modified == datetime(2023, 10, 8, tzinfo=UTC)


def test_the_demo_mark_stands_in_the_header_of_every_page_only_when_asked():
    for is_demo, text in ((True, DEMO_MARK), (False, "")):
        file = word_file(section(), FileMark("题", "室", DAY, is_demo))
        page = docx.Document(io.BytesIO(file)).sections[0]
        assert (page.header.paragraphs[0].text, page.even_page_header.paragraphs[0].text) == (text, text)


def test_a_draft_says_so_before_anything_else():
    file = word_file(section(), FileMark("题", "室", DAY, is_demo=True, is_draft=True))
    head = docx.Document(io.BytesIO(file)).sections[0].header.paragraphs[0].text
    assert head == f"{DRAFT_MARK}　{DEMO_MARK}"
