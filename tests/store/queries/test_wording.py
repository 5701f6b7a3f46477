"""Figures and words as pages show them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from luoshi.store.queries import wording


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        ("0.5213333333333333333333", "52.13"),
        ("1", "100.00"),
        ("-0.1996", "−19.96"),
        (Fraction(1, 3), "33.33"),
        ("0.87425", "87.43"),  # 87.425, half away from zero
        ("", ""),
        (None, ""),
    ],
)
def test_a_share_is_shown_as_percent_rounded_once(ratio, shown):
    assert wording.percent(ratio) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [("-3.2", "−3.2"), ("14.285714285714", "14.29"), ("12.3456", "12.3456"), ("3/5", "3/5"), (None, ""), ("0", "0")],
)
def test_a_number_keeps_its_writing_unless_it_was_computed(written, shown):
    assert wording.number(written) == shown


@pytest.mark.parametrize(
    ("now", "before", "shown"), [("7.82", "7.1", "+0.72"), ("7", "7.5", "−0.5"), ("7", "7", ""), ("7", "", "")]
)
def test_a_difference_carries_its_sign(now, before, shown):
    assert wording.difference(now, before) == shown


@pytest.mark.parametrize(("ratio", "length"), [("1.2", 100.0), ("-0.5", 0.0), ("0.75", 75.0), ("", None)])
def test_a_bar_stays_within_its_ground(ratio, length):
    assert wording.bar(ratio) == length


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        ({"kind": "at_least", "value": "15", "unit": "亿元"}, "15亿元"),
        ({"kind": "at_most", "value": "3", "unit": "%"}, "不高于3%"),
        ({"kind": "reduction", "value": "20", "unit": "%"}, "下降20%"),
        ({"kind": "range", "value": "5", "value_max": "6", "unit": "%"}, "5～6%"),
        ({"kind": "range", "value": "5", "value_max": "6", "unit": "%", "basis": "growth"}, "增长5～6%"),
        ({"kind": "range", "value": "6", "unit": "%", "basis": "growth"}, "增长约6%"),
        ({"kind": "range", "value": "3000", "unit": "个"}, "约3000个"),
        ({"kind": "rank", "value": "3", "unit": "位"}, "前3位"),
        ({"kind": "project", "stage": "complete"}, "建成"),
        ({"kind": "honour"}, "取得"),
    ],
)
def test_a_goal_is_told_by_its_kind(entry, shown):
    assert wording.goal(entry) == shown


def test_the_clause_of_a_figure_runs_from_comma_to_comma():
    entry = {"quote": "15亿元", "sentence": "加快新昌智造科创带建设,完成投资15亿元,实现技术交易额12亿元以上。"}
    assert wording.clause(entry) == "完成投资15亿元"


def test_the_sentence_marks_the_words_of_the_entry_and_loses_none():
    parts = wording.sentence({"quote": "15亿元", "sentence": "完成投资15亿元以上。"})
    assert "".join(part["text"] for part in parts) == "完成投资15亿元以上。"
    assert [part["text"] for part in parts if part["mark"]] == ["15亿元"]


def test_several_leads_are_named_together_and_one_stands_alone():
    names = {"a": "发改局", "b": "教育局"}.__getitem__
    assert wording.leads(names, {"lead_body": "a", "other_leads": ["b"]}) == "发改局、教育局分别牵头"
    assert wording.leads(names, {"lead_body": "a"}) == "发改局"
    assert wording.leads(names, {}) == ""
    assert wording.helpers({"lead_body": "a", "other_leads": ["b"], "cooperating_bodies": ["c"]}) == ["b", "c"]


def test_who_acted_is_told_with_the_office_once():
    assert wording.acting("县建设局", "县建设局经办人（演示）") == "县建设局经办人（演示）"
    assert wording.acting("县建设局", "王某") == "县建设局王某"
    assert wording.acting("", "王某") == "王某"
    assert wording.acting("县建设局", "") == "县建设局"
