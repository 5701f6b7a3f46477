"""Changes of fields with several items are told item by item."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.definition import Field
from luoshi.store.queries.row_change import changed_items

NODES = Field("nodes", "rows", "节点", columns={
    "id": Field("id", "text", "序号", required=True),
    "name": Field("name", "text", "节点", required=True),
    "due_on": Field("due_on", "date", "时限", required=True),
    "accepted_on": Field("accepted_on", "date", "验收日期"),
})  # fmt: skip
CURVE = Field("curve", "rows", "月度计划曲线", columns={
    "month": Field("month", "integer", "月份", required=True),
    "percent": Field("percent", "decimal", "累计百分比", required=True),
})  # fmt: skip
BODIES = Field("bodies", "bodies", "责任单位")
ROWS = [
    {"id": "1", "name": "开工", "due_on": "2023-03-31", "accepted_on": "2023-03-20"},
    {"id": "2", "name": "封顶", "due_on": "2023-06-30"},
    {"id": "3", "name": "竣工", "due_on": "2023-09-30"},
]


def _say(_, value):
    return "、".join(value) if isinstance(value, list) else str(value)


def _told(field, before, after):
    return [(one["label"], one["before"], one["after"]) for one in changed_items(field, before, after, _say)]


def test_an_accepted_node_is_told_alone():
    after = [*ROWS[:2], {**ROWS[2], "accepted_on": "2023-09-30"}]
    assert _told(NODES, ROWS, after) == [("第3个节点“竣工”", "未验收", "2023-09-30验收")]


def test_a_row_put_in_before_the_others_changes_none_of_them():
    new = {"id": "0", "name": "立项", "due_on": "2023-01-31"}
    assert _told(NODES, ROWS, [new, *ROWS]) == [
        ("第1个节点“立项”（增加）", "", "序号0，节点立项，时限2023-01-31"),
    ]  # fmt: skip


def test_a_row_taken_away_is_told_with_what_it_said():
    assert _told(NODES, ROWS, [ROWS[0], ROWS[2]]) == [
        ("原第2个节点“封顶”（去掉）", "序号2，节点封顶，时限2023-06-30", "（去掉）"),
    ]  # fmt: skip


def test_several_columns_of_one_row_are_one_change():
    after = [ROWS[0], {**ROWS[1], "name": "主体封顶", "due_on": "2023-07-31"}, ROWS[2]]
    assert _told(NODES, ROWS, after) == [
        ("第2个节点“主体封顶”", "节点封顶，时限2023-06-30", "节点主体封顶，时限2023-07-31"),
    ]  # fmt: skip


def test_a_curve_is_told_by_its_month_and_another_order_is_said():
    before = [{"month": "1", "percent": "10"}, {"month": "2", "percent": "20"}]
    assert _told(CURVE, before, [before[0], {"month": "2", "percent": "25"}]) == [
        ("月度计划曲线第2项“2”", "累计百分比20", "累计百分比25"),
    ]  # fmt: skip
    assert _told(CURVE, before, before[::-1]) == [("月度计划曲线", "", "（次序改动）")]


def test_bodies_that_came_and_went_are_told_apart():
    assert _told(BODIES, ["甲局", "乙局"], ["乙局", "丙局"]) == [
        ("责任单位（增加）", "", "丙局"),
        ("责任单位（去掉）", "甲局", "（去掉）"),
    ]


@given(st.lists(st.sampled_from(ROWS), max_size=5), st.lists(st.sampled_from(ROWS), max_size=5))
def test_every_row_that_came_or_went_is_told_once(before, after):
    told = _told(NODES, before, after)
    came = sum(max(0, after.count(row) - before.count(row)) for row in ROWS)
    went = sum(max(0, before.count(row) - after.count(row)) for row in ROWS)
    assert sum(label.endswith("（增加）") for label, _, _ in told) == came
    assert sum(label.endswith("（去掉）") for label, _, _ in told) == went
