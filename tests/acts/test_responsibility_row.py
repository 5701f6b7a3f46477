"""What tables and tails say becomes plain rows that survive being kept as JSON."""

from __future__ import annotations

from io import BytesIO

import orjson
from openpyxl import Workbook

from luoshi.acts.responsibility_row import (
    NamedBody,
    PlannedStep,
    from_plain,
    responsibility_rows,
    to_plain,
)
from luoshi.document.load import load


def read(content, name):
    return responsibility_rows(load(content if isinstance(content, bytes) else content.encode(), name), 2023)


def workbook():
    """A typical table: a title over all columns, a header of two rows, areas and leads merged over rows."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["云岭县2023年重点任务分解表"],
        ["序号", "类别", "工作任务", "责任分工", None, None, "进度安排", None],
        [None, None, None, "牵头领导", "牵头单位", "配合单位", "一季度", "二季度"],
        [1, "产业", "扩大有效投资", "领甲", "▲县发改局", "县财政局\n县统计局", "签约", "开工"],
        [2, None, "招引项目10个", None, None, "各片区", None, "落地5个"],
        ["合计", None, "2项"],
    ):
        sheet.append(row)
    for place in ("A1:H1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:H2", "B4:B5", "D4:D5", "E4:E5"):
        sheet.merge_cells(place)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_with_merged_cells_gives_rows_with_bodies_and_steps():
    rows, findings = read(workbook(), "分解表.xlsx")
    first, second = rows
    assert first.bodies == (
        NamedBody("县发改局", "lead"),
        NamedBody("县财政局", "cooperate"),
        NamedBody("县统计局", "cooperate"),
    )
    assert first.steps == (PlannedStep("签约", "2023-03-31"), PlannedStep("开工", "2023-06-30"))
    assert (first.number, first.leaders, first.where) == (1, ("领甲",), "表第4行")
    assert second.bodies == (NamedBody("县发改局", "lead"), NamedBody("各片区", "cooperate", "", True))
    assert findings == []


def test_a_web_page_gives_the_same_as_its_table():
    html = (
        "<table><tr><th>任务</th><th>牵头单位</th><th>完成时限</th></tr>"
        "<tr><td>建成学校4所</td><td rowspan=2>县教育局</td><td>10月底前</td></tr>"
        "<tr><td>办好运动会</td><td>长期坚持</td></tr></table>"
    )
    rows, _ = read(html, "分解表.html")
    assert [(row.words, row.bodies[0].name, row.due_on) for row in rows] == [
        ("建成学校4所", "县教育局", "2023-10-31"),
        ("办好运动会", "县教育局", ""),
    ]


def test_tails_are_rows_with_the_words_before_them():
    text = (
        "1.扩大投资。完成投资60亿元。（县发改局牵头，县财政局配合）招引项目10个。（牵头单位：县商务局）\n"
        "2.办好教育。建成学校4所。\n（责任领导：领甲；牵头单位：县教育局）\n"
    )
    rows, _ = read(text, "重点任务.txt")
    assert [(row.item, row.words, row.bodies[0].name) for row in rows] == [
        (1, "扩大投资。完成投资60亿元。", "县发改局"),
        (1, "招引项目10个。", "县商务局"),
        (2, "办好教育。建成学校4所。", "县教育局"),
    ]


def test_every_row_survives_being_kept():
    rows, _ = read(workbook(), "分解表.xlsx")
    kept = orjson.loads(orjson.dumps(to_plain(rows)))
    assert [from_plain(row) for row in kept] == rows


def test_the_keys_of_rows_are_their_own():
    text = "1.甲项。（牵头单位：县发改局）\n2.乙项。（牵头单位：县教育局）\n"
    keys = [row.key for row in read(text, "重点任务.txt")[0] + read(workbook(), "分解表.xlsx")[0]]
    assert len(keys) == len(set(keys))


def test_a_blank_cell_that_takes_the_row_above_is_marked_as_a_guess_and_not_as_the_rows_own_words():
    html = (
        "<table><tr><th>任务</th><th>责任领导</th><th>牵头单位</th></tr>"
        "<tr><td>新建幼儿园2所</td><td>领甲</td><td>县教育局</td></tr>"
        "<tr><td>改造厕所6座</td><td></td><td>县文旅局</td></tr></table>"
    )
    (first, second), _ = read(html, "分解表.html")
    assert (first.doubts, first.guesses) == ((), ())
    assert ("责任领导", "领甲") in first.cells
    assert ("责任领导（本行空白，沿用上一行）", "领甲") in second.cells
    assert "责任领导" not in dict(second.cells)
    assert second.guesses == ("责任领导",)
