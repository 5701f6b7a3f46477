"""Tables drawn on a page to cells."""

import time

from hypothesis import given
from hypothesis import strategies as st

from luoshi.document.extract import Writer
from luoshi.document.layout import Glyph, lines_of, write_pages
from luoshi.document.ruling import Ruling, take_tables

XS, YS = (90, 150, 350, 500), (100, 130, 160, 220)


def rulings(xs=XS, ys=YS, without=()):
    """The lines of a whole grid, each between two crossings; ``without`` names those rubbed out."""
    level = [("level", c, r) for r in range(len(ys)) for c in range(len(xs) - 1)]
    upright = [("upright", c, r) for c in range(len(xs)) for r in range(len(ys) - 1)]
    made = [Ruling(xs[c], ys[r], xs[c + 1], ys[r]) for kind, c, r in level if (kind, c, r) not in without]
    return made + [Ruling(xs[c], ys[r], xs[c], ys[r + 1]) for kind, c, r in upright if (kind, c, r) not in without]


def words(text, left, top, em=12):
    return [Glyph(one, left + n * em, top, left + (n + 1) * em, top + em) for n, one in enumerate(text)]


def read(pages):
    """The extract of pages given as (characters, rulings)."""
    writer, lines, tables = Writer("pdf", "甲.pdf"), [], []
    for number, (drawn, lined) in enumerate(pages, 1):
        found, rest = take_tables(drawn, lined, number)
        tables += found
        lines.append(lines_of(rest, number))
    write_pages(writer, lines, tables)
    return writer.finish()


def grid(extract, number=0):
    return [[cell.span.quote(extract.text) for cell in row] for row in extract.tables[number].rows]


HEAD = words("序号", 95, 105) + words("任务", 155, 105) + words("单位", 355, 105)


def test_characters_go_to_the_cell_they_stand_in_and_lines_of_a_cell_are_joined():
    drawn = HEAD + words("1", 95, 135) + words("建成大桥", 155, 135) + words("交通局", 355, 135)
    drawn += words("2", 95, 165) + words("新建厂房两幢并完成投资五亿元整", 155, 165) + words("以上。", 155, 185)
    extract = read([(drawn, rulings())])
    assert grid(extract) == [
        ["序号", "任务", "单位"],
        ["1", "建成大桥", "交通局"],
        ["2", "新建厂房两幢并完成投资五亿元整以上。", ""],
    ]


def test_a_line_that_is_not_drawn_merges_the_cells_beside_it():
    lined = rulings(without=[("level", 2, 2), ("upright", 1, 0), ("upright", 2, 0)])
    drawn = (
        words("重点任务分解表", 200, 105)
        + words("大桥", 155, 135)
        + words("厂房", 155, 165)
        + words("发改局", 355, 150)
    )
    assert grid(read([(drawn, lined)])) == [["重点任务分解表"] * 3, ["", "大桥", "发改局"], ["", "厂房", "发改局"]]


def test_what_stands_above_and_below_a_table_stays_there():
    drawn = words("附件", 90, 50) + HEAD + words("说明", 90, 300)
    assert read([(drawn, rulings())]).text.split() == ["附件", "序号", "任务", "单位", "说明"]


def test_a_table_that_goes_on_over_the_page_is_one_with_its_head_once_and_its_cut_row_whole():
    first = (
        HEAD
        + words("1", 95, 135)
        + words("建成", 155, 135)
        + words("2", 95, 165)
        + words("新建厂房两幢并完成投资五亿元整", 155, 165)
    )
    second = HEAD + words("以上", 155, 135) + words("3", 95, 165) + words("学校", 155, 165)
    extract = read([(first, rulings()), (second, rulings())])
    assert [row[:2] for row in grid(extract)] == [
        ["序号", "任务"],
        ["1", "建成"],
        ["2", "新建厂房两幢并完成投资五亿元整以上"],
        ["3", "学校"],
    ]
    assert {one.page for one in extract.positions} == {1, 2}


def test_each_cell_keeps_its_box():
    (position, *_) = read([(HEAD, rulings())]).positions
    assert (position.page, position.box) == (1, (90, 100, 150, 130))


def test_a_red_line_under_a_heading_or_a_frame_is_no_table():
    assert read([(HEAD, [Ruling(90, 120, 500, 120)])]).tables == ()
    assert read([(HEAD, rulings(XS[:1] + XS[-1:], YS[:1] + YS[-1:]))]).tables == ()


def test_a_map_of_many_lines_takes_no_time_and_keeps_its_words():
    lined = [Ruling(n % 997, n % 991, n % 997 + 300, n % 991) for n in range(10_000)]
    lined += [Ruling(n % 997, n % 991, n % 997, n % 991 + 300) for n in range(10_000)]
    began = time.perf_counter()
    assert "序号" in read([(HEAD, lined)]).text
    assert time.perf_counter() - began < 5


NUMBERS = st.floats(-50, 600, allow_nan=False)


@given(
    st.lists(st.builds(Ruling, NUMBERS, NUMBERS, NUMBERS, NUMBERS), max_size=25),
    st.lists(st.builds(Glyph, st.sampled_from("甲1a"), NUMBERS, NUMBERS, NUMBERS, NUMBERS), max_size=25),
)
def test_any_lines_and_characters_lose_none_and_never_raise(lined, drawn):
    extract = read([(drawn, [*lined, *rulings()])])
    assert set("".join(extract.text.split())) == {one.text for one in drawn}
