"""Names that were corrected are recognised; names of other things are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.acts.same_entry import ALIKE, ALIKE_WITH_FIGURE, likeness

names = st.text("新建扩大幼儿园小学有效投资省级绿色工厂", max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [("建成绿色工厂", "建成省级绿色工厂"), ("推进绿色发展", "推进绿色低碳发展"), ("新增城镇就业", "新增城镇就业人数")],
)
def test_a_corrected_name_is_alike(one, other):
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(("one", "other"), [("新建幼儿园", "新建小学"), ("引进博士", "培育博士后工作站")])
def test_another_thing_of_the_same_number_is_not(one, other):
    assert likeness(one, other) < ALIKE_WITH_FIGURE


def test_a_worked_likeness():
    """新建幼儿园: 新建 建幼 幼儿 儿园; 新建小学: 新建 建小 小学; one pair in common: 2 × 1 ÷ (4 + 3)."""
    assert likeness("新建幼儿园", "新建小学") == 2 / 7


@given(names, names)
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(names.filter(lambda name: len(name) > 1))
def test_a_name_is_wholly_like_itself(name):
    assert likeness(name, name) == 1
