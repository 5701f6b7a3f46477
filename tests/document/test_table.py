"""Tables with merged cells."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.document.table import CELL_LIMIT, COLUMN_LIMIT, ROW_LIMIT, Block, arrange, lay_out, number_columns, shape_of


def table(*rows, start=0):
    grid = arrange([[cell if isinstance(cell, Block) else Block(cell) for cell in row] for row in rows])
    return lay_out(grid, start)


def words(text, made):
    return [[cell.span.quote(text) for cell in row] for row in made.rows]


def test_a_merged_cell_is_written_once_and_stands_at_each_place_it_covers():
    text, made = table(["责任单位", "任务"], [Block("科技局", 2), "建成大桥"], ["新建厂房"], [Block("合计", 1, 2)])
    assert text == "责任单位\t任务\n科技局\t建成大桥\n新建厂房\n合计\n"
    assert words(text, made) == [["责任单位", "任务"], ["科技局", "建成大桥"], ["科技局", "新建厂房"], ["合计", "合计"]]
    assert [cell.span.quote(text) for cell in made.cells()] == [
        "责任单位",
        "任务",
        "科技局",
        "建成大桥",
        "新建厂房",
        "合计",
    ]


def test_the_places_count_from_where_the_table_begins_in_the_document():
    text, made = table(["甲", "乙"], ["丙"], start=100)
    assert (made.span.start, made.span.end) == (100, 100 + len(text))
    assert [cell.span.start for cell in made.rows[1]] == [104, 105]  # the missing cell is empty, after 丙


def test_a_column_that_counts_or_is_headed_so_numbers_the_rows():
    text, made = table(["序 号", "任务"], ["3", "甲"], ["5", "乙"])
    assert number_columns(made, text) == {0}
    text, made = table(["类别", "", "任务"], ["工业", "1", "甲"], ["农业", "2", "乙"])
    assert number_columns(made, text) == {1}
    text, made = table(["指标", "值"], ["投资", "5"], ["企业", "2"])
    assert number_columns(made, text) == frozenset()


def test_a_numbered_row_reads_as_a_numbered_line():
    text, made = table(["序号", "任务", "单位"], ["1", "建成大桥。", "交通局"], ["2.", "新建厂房。", "经信局"])
    seen = list(text)
    for place, character in shape_of(made, text):
        seen[place] = character
    assert "".join(seen) == "序号\n任务\n单位\n1、建成大桥。\n交通局\n2.\t新建厂房。\n经信局\n"


def test_rows_over_the_limit_are_counted_and_left_out():
    grid = arrange([[Block("甲")]] * (ROW_LIMIT + 7))
    assert (len(grid.places), grid.cut) == (ROW_LIMIT, 7)


def test_spans_beyond_all_measure_fill_no_memory():
    grid = arrange([[Block("甲", 10**9, 10**9)]] * 3)
    assert grid.columns <= COLUMN_LIMIT
    assert arrange([[Block("甲")] * COLUMN_LIMIT] * ROW_LIMIT).cut >= ROW_LIMIT - CELL_LIMIT // COLUMN_LIMIT - 1


BLOCKS = st.builds(Block, st.text("甲1\n", max_size=3), st.integers(1, 5), st.integers(1, 5))


@given(st.lists(st.lists(BLOCKS, max_size=5), max_size=6))
def test_every_place_has_a_cell_and_every_cell_its_words(rows):
    grid = arrange(rows)
    text, made = lay_out(grid, 0)
    assert {len(row) for row in made.rows} <= {grid.columns}
    written = [block.text for row in grid.places for _, _, block in row]
    at = 0
    for block in written:
        at = text.index(block, at)
    for row in made.rows:
        for cell in row:
            assert cell.span.end <= len(text)
