from __future__ import annotations

import io
import re

import docx
import pytest

from luoshi.publication.bulletin_docx import bulletin_docx
from luoshi.publication.legend import ProgressClass


def _table(made):
    rows = docx.Document(io.BytesIO(bulletin_docx(made))).tables[0].rows
    return [list(dict.fromkeys(cell.text for cell in row.cells)) for row in rows]


def _cells(made, row):
    return [cell.text for cell in docx.Document(io.BytesIO(bulletin_docx(made))).tables[0].rows[row].cells]


def test_each_task_has_one_row_that_says_what_its_items_share(bulletin, item):
    made = bulletin(
        item("red", reason="低于75%", task="推进城市更新。", cooperating=("甲局", "乙局")),
        item("green", lead="甲局", words="拆改50万平方米", task="推进城市更新。", cooperating=("县建设局", "乙局")),
        item("green", number=5, words="建成公园2个", task="建设公园城市", lead="丙局"),
    )
    rows = _table(made)
    assert rows[0] == ["序号", "事项", "牵头单位", "年度目标", "本月累计", "完成率", "序时", "灯色", "说明"]
    assert rows[1] == ["第4项　推进城市更新（责任单位：县建设局、甲局、乙局）"]
    assert rows[4] == ["第5项　建设公园城市（责任单位：丙局）"]
    assert _cells(made, 2) == [
        "1",
        "完成老旧小区改造12个",
        "县建设局",
        "12个",
        "4个",
        "33.33%",
        "75%",
        "✖ 红灯",
        "低于75%",
    ]
    assert _cells(made, 3)[2] == "甲局"
    assert _cells(made, 3)[-1] == ""
    assert "配合" not in str(rows)


def test_who_answers_for_one_item_alone_stands_with_that_item(bulletin, item):
    made = bulletin(
        item("green", task="推进城市更新", cooperating=("甲局", "丁局")),
        item("green", task="推进城市更新", cooperating=("甲局",)),
    )
    assert _table(made)[1] == ["第4项　推进城市更新（责任单位：县建设局、甲局）"]
    assert _cells(made, 2)[-1] == "配合：丁局"
    assert _cells(made, 3)[-1] == ""


def test_a_light_that_speaks_for_itself_has_no_reason_and_a_report_not_verified_has(bulletin, item):
    made = bulletin(item("green", reason="达到应达进度"), item("green", reason="结账时未核实", is_unverified=True))
    assert _cells(made, 1)[-1] == ""
    assert _cells(made, 2)[-1] == "结账时未核实"


def test_words_too_long_for_a_line_give_way_to_the_short_name(bulletin, item):
    long = "加快浙工院新昌学院、新昌技师学院建设并同步完善周边配套设施"
    made = bulletin(
        item("green", words=long, label="新昌技师学院"), item("green", words=long), item("green", label="改造")
    )
    assert [_cells(made, row)[1] for row in (1, 2, 3)] == ["新昌技师学院", long, "完成老旧小区改造12个"]


def test_nodes_are_shown_as_a_fraction_that_the_note_explains(bulletin, item):
    made = bulletin(item("green", actual=None, completion=None, actual_text="4个节点已验收3个", nodes=(3, 4)))
    assert _cells(made, 1)[4:6] == ["节点3/4", "—"]
    notes = [p.text for p in docx.Document(io.BytesIO(bulletin_docx(made))).paragraphs if p.text.startswith("注：")]
    assert notes == ["注：“节点3/4”指4个节点已验收3个；“—”指不按完成率或序时进度评定。"]


def test_items_outside_any_task_have_a_row_of_their_own_after_the_tasks(bulletin, item):
    made = bulletin(item("green", task="推进城市更新"), item("green", number=None, lead="丙局"))
    assert _table(made)[3] == ["其他事项（责任单位：丙局）"]


@pytest.mark.office
def test_306_items_of_40_tasks_take_fewer_than_20_pages_each_with_the_head(
    bulletin, item, as_pdf, pdf_text, page_sizes
):
    items = [
        item(
            "red" if n % 8 == 0 else "green",
            number=n // 8 + 1,
            words="新增规上工业企业30家以上",
            lead="高新区管委会",
            task=f"第{n // 8 + 1}件大事",
            cooperating=("县发改局", "县经信局"),
            reason="严重滞后于应达进度",
            standing=ProgressClass.BEHIND if n % 8 == 0 else ProgressClass.ON_PACE,
        )
        for n in range(306)
    ]
    pdf = as_pdf(bulletin_docx(bulletin(*items)), "annex.docx")
    pages = [text for text, size in zip(pdf_text(pdf), page_sizes(pdf), strict=True) if size == (297, 210)]
    assert 10 < len(pages) < 20
    for page in pages:
        assert "牵头单位" in re.sub(r"\s", "", page)
    assert (
        sum(page.count("高新区管委会") for page in pages) == 306 + 39
    )  # an item each, a task each: 306 / 8, rounded up
