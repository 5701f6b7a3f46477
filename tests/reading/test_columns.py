"""Columns by their names."""

import pytest

from luoshi.document.table import Block, arrange, lay_out
from luoshi.reading.columns import guess_role, read_header, role_of


def header(*rows):
    text, table = lay_out(arrange(rows), 0)
    return read_header(table, text, 2023)


def cells(*names):
    return [Block(name) for name in names]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("序 号", "number"),
        ("目标与任务", "task"),
        ("内容与要求", "task"),
        ("2023年度重点工作任务", "task"),
        ("年度目标（万元）", "goal"),
        ("分管县领导", "leader"),
        ("包抓责任领导", "leader"),
        ("牵头责任单位", "lead"),
        ("责任\n单位", "responsible"),
        ("县级配合单位", "cooperating"),
        ("协办单位：", "cooperating"),
        ("完成时限", "deadline"),
        ("进度安排", "node"),
        ("一季度", "node"),
        ("第一季度目标", "node"),
        ("1—3月", "node"),
        ("6月底前进度", "node"),
        ("完成进度(%)", "rate"),
        ("备注", "remark"),
        ("考核指标", "goal"),
        ("推进措施", "measure"),
        ("责任属地", "cooperating"),
        ("完成节点", "deadline"),
        ("责任处室", "contact"),
        ("工作来源", "remark"),
        ("经费", ""),
        ("县教育局", ""),
        ("2023年", ""),
        ("推动县教育局牵头制定全县学校建设规划和年度任务", ""),
    ],
)
def test_a_column_is_known_by_its_name(name, role):
    assert role_of(name, 2023)[0] == role


def test_a_column_of_a_quarter_says_its_last_day():
    assert role_of("二季度", 2023)[1].last.isoformat() == "2023-06-30"


def test_the_header_stands_below_a_title_and_may_have_two_rows():
    found = header(
        [Block("任务分解表", 1, 5)],
        [Block("序号", 2), Block("工作任务", 2), Block("责任分工", 1, 2), Block("完成时限", 2)],
        cells("牵头单位", "配合单位"),
        cells("1", "新建泵站", "县水利局", "县财政局", "6月底前"),
    )
    assert [column.role for column in found.columns] == ["number", "task", "lead", "cooperating", "deadline"]
    assert found.first_row == 3


@pytest.mark.parametrize(
    "rows",
    [
        (cells("姓名", "职务", "电话"), cells("张甲", "局长", "123")),
        (cells("指标", "单位"), cells("产量", "吨")),
        (cells("序号", "备注", "说明"),),
        (cells("", ""),),
    ],
)
def test_a_table_that_says_no_task_with_who_or_when_has_no_header_of_this_kind(rows):
    assert header(*rows) is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("牵头副县长", "leader"),
        ("责任县长", "leader"),
        ("落实部门", "responsible"),
        ("涉及单位", "cooperating"),
        ("主办（牵头）镇街单位", "lead"),
        ("推进时序安排", "node"),
        ("节点目标", "node"),
        ("截止日期", "deadline"),
        ("工程名称", "task"),
        ("督查事项", "task"),
        ("目标增速", "goal"),
        ("形象进度", "rate"),
        ("是否完成", "progress"),
        ("经费", ""),
        ("建设地点", ""),
        ("张甲", ""),
    ],
)
def test_an_unlisted_name_is_guessed_by_the_words_within_it(name, role):
    assert guess_role(name) == role


def test_a_guessed_column_is_marked():
    found = header(cells("序号", "督查事项", "落实部门"), cells("1", "新建泵站", "县水利局"))
    assert [(column.role, column.is_guess) for column in found.columns] == [
        ("number", False),
        ("task", True),
        ("responsible", True),
    ]
