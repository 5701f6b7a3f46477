"""Node vectors of domain.md §2.2 and §1.5."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.target.node import Node, node_expected, node_progress, node_ratio, node_trace, worst_days_late
from luoshi.terms.trace import Step


def node(name, month, weight, accepted=None):
    return Node(name, date(2023, month, 15), Fraction(weight), accepted)


FOUR = [
    node("立项", 2, 10, date(2023, 2, 10)),
    node("设计", 4, 20, date(2023, 4, 20)),
    node("招标", 6, 30),
    node("开工", 10, 40),
]
AS_OF = date(2023, 6, 30)


def test_two_of_four_nodes_accepted_and_three_due_is_half():
    # nodes 10/20/30/40 %: first two accepted = 30 %, first three due = 60 %, 30 ÷ 60 = 0.50 (domain.md §2.2)
    assert node_progress(FOUR, AS_OF) == Fraction(30, 100)
    assert node_expected(FOUR, AS_OF) == Fraction(60, 100)
    assert node_ratio(FOUR, AS_OF) == Fraction(1, 2)


def test_while_nothing_is_due_there_is_no_ratio():
    assert node_ratio(FOUR, date(2023, 1, 31)) is None


def test_a_node_due_on_the_day_is_due_but_not_late():
    assert FOUR[2].days_late(date(2023, 6, 15)) == 0
    assert node_expected(FOUR, date(2023, 6, 15)) == Fraction(60, 100)


@pytest.mark.parametrize(("day", "late"), [(16, 1), (30, 15)])
def test_days_late_are_counted_from_the_day_after(day, late):
    assert FOUR[2].days_late(date(2023, 6, day)) == late
    assert worst_days_late(FOUR, date(2023, 6, day)) == late


def test_an_accepted_node_is_no_longer_late_but_keeps_how_late_it_was():
    late = Node("设计", date(2023, 4, 15), Fraction(1), date(2023, 4, 20))
    assert late.days_late(AS_OF) == 0
    assert late.was_late_by() == 5
    assert FOUR[0].was_late_by() == FOUR[2].was_late_by() == 0


def test_an_acceptance_after_the_day_counts_for_nothing_yet():
    assert FOUR[1].days_late(date(2023, 4, 17)) == 2
    assert node_progress(FOUR, date(2023, 4, 17)) == Fraction(10, 100)


def test_weights_need_not_add_up_to_100():
    # weights 2 and 3, both half done elsewhere gave 250; here one of two accepted is 2 ÷ 5 (peers.md §1b)
    assert node_progress([node("甲", 1, 2, date(2023, 1, 5)), node("乙", 2, 3)], AS_OF) == Fraction(2, 5)


def test_a_weight_of_one_is_a_weight_like_any_other():
    assert node_progress([node("甲", 1, 1, date(2023, 1, 5)), node("乙", 2, 3)], AS_OF) == Fraction(1, 4)


def test_without_weights_all_nodes_are_equal():
    assert node_progress([node("甲", 1, 0, date(2023, 1, 5)), node("乙", 2, 0), node("丙", 3, 0)], AS_OF) == Fraction(
        1, 3
    )


@pytest.mark.parametrize("nodes", [[], [node("甲", 1, -1)]])
def test_no_nodes_or_a_negative_weight_is_refused(nodes):
    with pytest.raises(ValueError):
        node_progress(nodes, AS_OF)


def test_no_node_is_late_when_there_are_none():
    assert worst_days_late([], AS_OF) == 0


def test_the_trace_names_each_node_with_its_day_and_state():
    trace = node_trace(FOUR, AS_OF)
    assert [i.value for i in trace.inputs] == [
        "应于2023年2月15日完成，2023年2月10日验收",
        "应于2023年4月15日完成，2023年4月20日验收",
        "应于2023年6月15日完成，未验收，逾期15天",
        "应于2023年10月15日完成，未验收",
    ]
    assert trace.steps == (
        Step("已验收节点权重之和 ÷ 全部权重", "30.00%"),
        Step("到期节点权重之和 ÷ 全部权重", "60.00%"),
    )


many = st.lists(
    st.builds(
        Node,
        st.text("甲乙丙丁", min_size=1, max_size=3),
        st.dates(date(2023, 1, 1), date(2023, 12, 31)),
        st.integers(0, 100).map(Fraction),
        st.none() | st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    ),
    min_size=1,
    max_size=6,
)


@given(many, st.dates(date(2023, 1, 1), date(2024, 1, 31)))
def test_progress_lies_between_nothing_and_all_and_never_depends_on_order(nodes, as_of):
    assert 0 <= node_progress(nodes, as_of) <= 1
    assert node_progress(nodes, as_of) == node_progress(nodes[::-1], as_of)
    assert node_trace(nodes, as_of).steps == node_trace(nodes[::-1], as_of).steps


@given(many, st.dates(date(2023, 1, 1), date(2023, 12, 30)))
def test_accepting_one_more_never_lowers_progress(nodes, as_of):
    more = [Node(nodes[0].name, nodes[0].due_on, nodes[0].weight, date(2023, 1, 1)), *nodes[1:]]
    assert node_progress(more, as_of) >= node_progress(nodes, as_of)
