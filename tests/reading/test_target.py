"""Quantified targets with what is restored from the words around them."""

from decimal import Decimal

from luoshi.document import load
from luoshi.reading import read


def targets(text):
    return read(load(f"(一)工作\n{text}\n".encode(), "甲.txt")).targets


def fields(text):
    return [(one.quote, one.indicator, one.baseline) for one in targets(text)]


def test_a_raised_standard_gives_a_result_and_a_target_with_its_baseline():
    text = "城市低保标准从每月600元提高到650元。"
    roles = [(one.quote, one.role) for one in read(load(f"(一)工作\n{text}\n".encode(), "甲.txt")).mentions]
    assert roles == [("600元", "result"), ("650元", "target")]
    assert fields(text) == [("650元", "城市低保标准", "600元")]


def test_distributed_quantities_go_to_their_subjects_in_order():
    assert fields("货物出口、服务出口分别增长4%、6%。") == [("4%", "货物出口", "上年"), ("6%", "服务出口", "上年")]


def test_one_quantity_for_two_subjects_gives_two_lines_with_the_same_place():
    first, second = targets("全年货运总量和总周转量分别增长5%以上。")
    assert (first.start, first.end) == (second.start, second.end)
    assert (first.indicator, second.indicator) == ("全年货运总量", "全年货运总周转量")


def test_values_are_exact_decimals():
    (target,) = targets("新增光伏装机容量0.1万千瓦。")
    assert target.value == Decimal("0.1")
    assert isinstance(target.value, Decimal)


def test_a_comparator_is_shared_by_bare_followers():
    assert [one.comparator for one in targets("瞪羚、领军企业分别达到300家、20家。")] == [">=", ">="]


def test_the_action_of_a_list_is_restored_over_a_comma_for_counted_things():
    assert [one.indicator for one in targets("培育智能工厂2家，数字化车间3个。")] == ["培育智能工厂", "培育数字化车间"]
