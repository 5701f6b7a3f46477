"""Characters on pages to lines and paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.document.extract import Writer
from luoshi.document.layout import FURNITURE, Glyph, lines_of, write_pages

EM = 16


def glyphs(words, left=90, top=100, em=EM):
    return [Glyph(one, left + n * em, top, left + (n + 1) * em, top + em) for n, one in enumerate(words)]


def page(number, *lines):
    """The lines of a page of 20 characters across; ``　`` at the head of a line indents it."""
    drawn = []
    for n, words in enumerate(lines):
        bare = words.lstrip("　")
        drawn += glyphs(bare, 90 + EM * (len(words) - len(bare)), 100 + 24 * n)
    return lines_of(drawn, number)


def written(*pages):
    writer = Writer("pdf", "甲.pdf")
    write_pages(writer, pages)
    return writer.finish()


def body(extract):
    return extract.shape().split("\n")


def test_characters_drawn_in_any_order_become_lines_from_left_to_right():
    drawn = glyphs("完成投资五亿元") + glyphs("建成大桥", top=124)
    assert [line.text for line in lines_of(reversed(drawn), 1)] == ["完成投资五亿元", "建成大桥"]


def test_a_character_drawn_twice_for_boldness_is_taken_once():
    assert lines_of(glyphs("标题") + glyphs("标题", left=90.5), 1)[0].text == "标题"
    assert lines_of(glyphs("人人参与"), 1)[0].text == "人人参与"


def test_wide_gaps_are_blanks_and_wider_ones_columns():
    drawn = glyphs("主") + glyphs("任", left=90 + 3 * EM) + glyphs("张三", left=400)
    assert lines_of(drawn, 1)[0].text == "主 任\t张三"


def test_small_raised_characters_stay_in_their_line():
    drawn = [*glyphs("面积五"), Glyph("米", 140, 98, 150, 108), Glyph("2", 150, 97, 154, 103)]
    assert lines_of(drawn, 1)[0].text.endswith("米2")


FULL = "建成大桥两座并新建厂房三幢带动就业五百人"
OTHER = FULL[::-1]


def test_indented_paragraphs_are_joined_over_lines_and_pages():
    pages = [page(1, "　　" + FULL[:18], FULL, FULL), page(2, OTHER, "完成投资。", "　　" + FULL[:18], "新建学校。")]
    first, second = [line for line in body(written(*pages)) if line]
    assert first == FULL[:18] + FULL * 2 + OTHER + "完成投资。"
    assert second == FULL[:18] + "新建学校。"


def test_a_short_line_ends_its_paragraph():
    lines = body(written(page(1, "一、工业经济", FULL, "完成投资。", "二、农业农村", FULL)))
    assert lines[:4] == ["一、工业经济", FULL + "完成投资。", "二、农业农村", FULL]


def test_a_numbered_line_after_a_full_sentence_begins_a_paragraph():
    assert body(written(page(1, FULL[:19] + "。", "2.新建厂房", FULL)))[:2] == [FULL[:19] + "。", "2.新建厂房"]


def test_another_size_of_print_begins_a_paragraph():
    drawn = lines_of(glyphs(FULL, em=22) + glyphs(FULL + FULL[:5], top=130), 1)
    assert body(written(drawn))[0] == FULL


def test_headers_footers_and_page_numbers_are_a_named_region_and_interrupt_nothing():
    pages = [page(n, "某县人民政府文件", n * "甲" + FULL[n:], FULL, FULL[n:] + n * "乙", f"—{n}—") for n in (1, 2, 3)]
    extract = written(*pages)
    assert {region.name for region in extract.regions} == {FURNITURE}
    assert [region.span.quote(extract.text) for region in extract.regions][:2] == ["某县人民政府文件", "—1—"]
    assert body(extract)[0] == "".join(n * "甲" + FULL[n:] + FULL + FULL[n:] + n * "乙" for n in (1, 2, 3))


def test_a_number_alone_on_a_page_is_no_page_number():
    assert written(page(1, "2023")).regions == ()


def test_each_line_keeps_its_page_and_box():
    extract = written(page(1, FULL, FULL), page(2, "完成投资。"))
    assert [(one.span.quote(extract.text), one.page) for one in extract.positions] == [
        (FULL, 1),
        (FULL, 1),
        ("完成投资。", 2),
    ]
    assert extract.positions[1].box == (90, 124, 90 + 20 * EM, 124 + EM)


PLACES = st.floats(-1000, 1000, allow_nan=False)


@given(
    st.lists(st.builds(Glyph, st.sampled_from("甲1 a。—"), PLACES, PLACES, PLACES, PLACES), max_size=30),
    st.integers(1, 3),
)
def test_any_places_give_all_characters_and_never_an_exception(drawn, pages):
    extract = written(*[lines_of(drawn, number + 1) for number in range(pages)])
    for one in extract.positions:
        assert one.span.end <= len(extract.text)
    assert set("".join(extract.text.split())) == {one.text for one in drawn} - {" "}
