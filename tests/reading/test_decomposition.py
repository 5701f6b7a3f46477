"""Decomposition tables."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.document.table import Block, arrange, lay_out
from luoshi.reading.decomposition import lined_tables, read_decomposition, read_decompositions

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PLAIN = ["序号", "工作任务", "牵头领导", "牵头单位", "配合单位", "完成时限"]


def read(rows, year=2023):
    text, table = lay_out(arrange([[one if isinstance(one, Block) else Block(one) for one in row] for row in rows]), 0)
    return text, read_decomposition(table, text, year)


def names(parties):
    return "、".join(one.name for one in parties)


def test_each_row_says_its_task_who_leads_who_cooperates_and_by_when():
    text, found = read([PLAIN, ["7", "新建泵站3座", "张甲", "县水利局", "县财政局、各乡镇", "6月底前"]])
    (row,) = found.rows
    one = row.responsibility
    assert (row.number, row.task.quote(text)) == (7, "新建泵站3座")
    assert (names(one.leaders), names(one.leads), names(one.cooperating)) == ("张甲", "县水利局", "县财政局、各乡镇")
    assert one.deadline.last.isoformat() == "2023-06-30"
    assert found.findings == ()
    assert {role: span.quote(text) for role, span in row.places}["deadline"] == "6月底前"


def test_merged_cells_hold_for_every_row_they_cover():
    _, found = read(
        [PLAIN, ["1", "新建泵站", Block("张甲", 2), Block("县水利局", 2), "", ""], ["2", "改造管网", "县住建局", ""]]
    )
    assert [names(row.responsibility.leads) for row in found.rows] == ["县水利局", "县水利局"]
    assert [row.carried for row in found.rows] == [(), ()]


SPLIT = ["序号", "重点任务", "工作举措", "牵头单位", "配合单位", "完成时限"]


def told(text, row):
    return (row.first, row.heading.quote(text) if row.heading else "", [span.quote(text) for span in row.own])


def test_a_task_merged_over_rows_has_what_each_row_alone_says():
    text, found = read(
        [
            SPLIT,
            [Block("7", 2), Block("治理河道", 2), "编制方案", "县水利局", "", "6月底前"],
            ["完成清淤12公里", "县住建局", "", "9月底前"],
            ["8", "修建公园", "完成绿化", "县住建局", "", ""],
        ]
    )
    assert [told(text, row) for row in found.rows] == [
        (1, "治理河道", ["编制方案"]), (1, "治理河道", ["完成清淤12公里"]), (3, "", ["修建公园", "完成绿化"]),
    ]  # fmt: skip


def test_blank_number_and_task_below_a_task_of_a_flattened_table_go_on_with_it():
    text, found = read(
        [
            SPLIT,
            ["7", "治理河道", "编制方案", "县水利局", "", ""],
            ["", "", "完成清淤12公里", "县住建局", "", ""],
            ["8", "", "", "县住建局", "", ""],
        ]
    )
    assert [told(text, row)[0] for row in found.rows] == [1, 1]
    assert (found.rows[1].number, found.rows[1].task.quote(text)) == (7, "治理河道")
    assert [one.id for one in found.findings] == ["reading.W202"]


def test_an_area_merged_over_rows_divides_no_task():
    _, found = read(
        [
            ["类别", "工作任务", "牵头单位", "完成时限"],
            [Block("水利", 2), "治理河道", "县水利局", ""],
            ["修建泵站", "县水利局", ""],
        ]
    )
    assert [row.first for row in found.rows] == [1, 2]


def test_a_number_that_starts_again_in_another_section_is_another_task():
    _, found = read(
        [
            PLAIN,
            ["1", "新建泵站", "", "县水利局", "", ""],
            [Block("二、城建", 1, 6)],
            ["1", "改造管网", "", "县住建局", "", ""],
        ]
    )
    assert [row.first for row in found.rows] == [1, 3]


def test_in_a_flattened_table_a_blank_lead_is_the_one_above_and_this_is_said():
    _, found = read([PLAIN, ["1", "新建泵站", "张甲", "县水利局", "县财政局", ""], ["2", "改造管网", "", "", "", ""]])
    second = found.rows[1]
    assert (names(second.responsibility.leaders), names(second.responsibility.leads)) == ("张甲", "县水利局")
    assert names(second.responsibility.cooperating) == ""
    assert second.carried == ("leader", "lead")


def test_a_blank_cell_beside_merged_ones_of_its_column_stays_blank():
    _, found = read(
        [
            PLAIN,
            ["1", "新建泵站", "张甲", Block("县水利局", 2), "", ""],
            ["2", "改造管网", "张甲", "", ""],
            ["3", "修建公园", "张甲", "", "县财政局", ""],
        ]
    )
    assert names(found.rows[2].responsibility.leads) == ""
    assert [str(finding) for finding in found.findings] == ["reading.W203 第4行 没有写明牵头单位。请对照原表核对。"]


def test_headings_between_the_rows_are_sections_and_sums_are_told_apart():
    text, found = read(
        [
            PLAIN,
            [Block("一、水利工程（2项）", 1, 6)],
            ["1", "新建泵站", "张甲", "县水利局", "", ""],
            ["小 计", "1项", "", "", "", ""],
            ["", "二、住房", "", "", "", ""],
            ["2", "修建公租房", "张甲", "县住建局", "", ""],
            ["合计", "2项", "", "", "", ""],
        ]
    )
    assert [row.section.quote(text) for row in found.rows] == ["一、水利工程（2项）", "二、住房"]
    assert found.totals == (3, 6)


def test_a_task_that_begins_with_the_word_for_sum_is_no_sum():
    _, found = read([PLAIN, ["1", "合计安置120户", "张甲", "县住建局", "", ""]])
    assert len(found.rows) == 1


def test_columns_of_quarters_are_nodes_with_the_quarters_last_day():
    text, found = read(
        [
            [Block("工作任务", 2), Block("责任单位", 2), Block("时间节点", 1, 4)],
            ["一季度", "二季度", "三季度", "四季度"],
            ["新建泵站", "▲县水利局、县财政局", "完成招标", "开工", "/", "完工"],
        ]
    )
    (row,) = found.rows
    assert [(node.span.quote(text), node.deadline.last.isoformat()) for node in row.nodes] == [
        ("完成招标", "2023-03-31"),
        ("开工", "2023-06-30"),
        ("完工", "2023-12-31"),
    ]
    assert names(row.responsibility.leads) == "县水利局"


def test_numbered_steps_in_one_cell_are_nodes():
    text, found = read(
        [["工作事项", "进度安排", "责任单位"], ["建数据中心", "①3月底前招标；②6月底前开工；③年底前投用", "县大数据局"]]
    )
    assert [(node.span.quote(text), node.deadline.last.month) for node in found.rows[0].nodes] == [
        ("①3月底前招标；", 3),
        ("②6月底前开工；", 6),
        ("③年底前投用", 12),
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[*PLAIN, "经费"], ["1", "新建泵站", "张甲", "县水利局", "", "", "5"]], "reading.N201 第1行第7栏“经费”"),
        ([PLAIN, ["1", "新建泵站", "张甲", "县水利局", "", "视情"]], "reading.W203 第2行第6栏“完成时限”"),
        ([PLAIN, ["1", "新建泵站", "张甲", "县水利局", "齐心", ""]], "reading.W203 第2行第5栏“配合单位”"),
        ([PLAIN, ["1", "", "张甲", "县水利局", "", ""]], "reading.W202 第2行"),
    ],
)
def test_what_is_not_understood_is_said_with_row_and_column(rows, said):
    _, found = read(rows)
    assert [str(finding).startswith(said) for finding in found.findings] == [True]


def test_a_guessed_column_is_pointed_out():
    _, found = read([["序号", "工作任务", "落实部门"], ["1", "新建泵站", "县水利局"]])
    assert names(found.rows[0].responsibility.leads) == "县水利局"
    assert [str(finding) for finding in found.findings] == [
        "reading.N204 第1行第3栏“落实部门” 这一栏的名称没有收录，按其中的字词当作“责任单位”读取。"
    ]


def test_a_header_repeated_on_the_next_page_is_no_task():
    row = ["1", "新建泵站", "张甲", "县水利局", "", ""]
    _, found = read([PLAIN, row, PLAIN, row])
    assert len(found.rows) == 2


def test_the_tasks_number_within_its_words_is_kept():
    _, found = read(
        [["序号", "工作任务", "责任单位"], ["3", "56.新建泵站", "县水利局"], ["4", "3.5公里管网", "县住建局"]]
    )
    assert [(row.number, row.item) for row in found.rows] == [(3, 56), (4, None)]


def test_a_table_cut_at_the_page_goes_on_with_the_header_of_the_table_before():
    head = "<tr><td>序号</td><td>工作任务</td><td>责任单位</td></tr>"
    row = "<tr><td>{}</td><td>新建泵站</td><td>县水利局</td></tr>"
    pages = [head + row.format(1), row.format(2) + row.format(3)]
    web = "<html><body>" + "<p>续表</p>".join(f"<table>{page}</table>" for page in pages) + "</body></html>"
    document = load(web.encode(), "甲.html")
    assert [[row.number for row in found.rows] for found in read_decompositions(document, 2023)] == [[1], [2, 3]]


def test_labels_within_a_cell_tell_who_leads():
    _, found = read([["序号", "工作任务", "责任单位"], ["1", "新建泵站", "牵头：县水利局\n配合：县财政局、县发改局"]])
    one = found.rows[0].responsibility
    assert (names(one.leads), names(one.cooperating)) == ("县水利局", "县财政局、县发改局")


def test_a_finding_knows_the_place_of_its_cell():
    text, found = read([PLAIN, ["1", "新建泵站", "张甲", "县水利局", "", "视情"]])
    (finding,) = found.findings
    assert text[finding.start : finding.end] == "视情"


def test_another_table_is_no_decomposition():
    assert read([["姓名", "职务", "电话"], ["张甲", "局长", "1"]])[1] is None


def test_lines_with_strokes_between_cells_are_read_as_a_table():
    text = "附件\n序号 | 工作任务 | 责任单位\n1 | 新建泵站 | 县水利局\n | 改造管网 | \n完\n"
    (found,) = read_decompositions(load(text.encode(), "甲.txt"), 2023)
    assert [row.task.quote(text) for row in found.rows] == ["新建泵站", "改造管网"]
    assert list(lined_tables("甲 | 乙\n丙 | 丁\n")) == []


def test_a_table_of_five_thousand_rows_is_read_in_seconds():
    begin = time.process_time()
    _, found = read(
        [PLAIN, *[[str(n), f"任务{n}", "张甲", "县水利局", "县财政局、县发改局", "6月底前"] for n in range(4999)]]
    )
    assert len(found.rows) == 4999
    assert time.process_time() - begin < 10


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "序号", "工作任务", "责任单位", "完成时限", "一季度", "县水利局", "合计", "1"]),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_any_table_is_read_and_every_place_lies_in_its_cell(rows):
    text, found = read(rows)
    for row in found.rows if found else ():
        for _, span in row.places:
            assert span.quote(text).strip() == span.quote(text) != ""
        assert row.task.quote(text)


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")
def test_every_document_of_the_corpus_is_read_and_its_tables_understood():
    rows = []
    for path in sorted(CORPUS.glob("*/*.txt")):
        document = load(path.read_bytes(), path.name)
        for found in read_decompositions(document, 2023):
            assert found.findings == (), path.name
            rows += [row.task.quote(document.text) for row in found.rows]
    assert len(rows) == 4
