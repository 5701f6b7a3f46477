"""Standards raised from one amount to another."""

import pytest

from luoshi.document import load
from luoshi.reading import read


def told(text):
    mentions = read(load(f"(一)工作\n{text}\n".encode(), "甲.txt")).mentions
    return [(one.quote, one.role, one.indicator, one.baseline) for one in mentions]


def test_the_old_amount_is_a_fact_and_the_baseline_of_the_new_one():
    assert told("城市低保标准由每人每月600元提高到650元。") == [
        ("600元", "result", "", None),
        ("650元", "target", "城市低保标准", "600元"),
    ]


def test_two_standards_raised_together_are_told_apart():
    rows = told("生活补贴、护理补贴标准分别从每人每月200元、270元提高到209元、280元。")
    assert rows[2:] == [
        ("209元", "target", "生活补贴标准", "200元"),
        ("280元", "target", "护理补贴标准", "270元"),
    ]


def test_a_second_subject_takes_the_standard_of_the_first():
    rows = told("集中供养老人基本生活最低标准从每月900元提高到950元，散居老人从每月600元提高到650元。")
    assert rows[3] == ("650元", "target", "散居老人基本生活最低标准", "600元")


@pytest.mark.parametrize("text", ["从源头抓起，培训500人。", "覆盖率提高到90%。"])
def test_other_rises_are_ordinary_targets(text):
    assert [one[1] for one in told(text)] == ["target"]
