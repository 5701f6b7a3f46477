from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from luoshi.lists.formula.parse import parse
from luoshi.lists.formula.tree import Name, aggregates
from luoshi.lists.formula.wording import in_numbers, in_words, shown, told

LABELS = {"tax": "税收", "land": "用地", "state": "状态", "due_on": "时限", "as_of": "截止日", "kind": "行业"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tax / land * 30", "税收 ÷ 用地 × 30"),
        ("tax / (land * 30)", "税收 ÷ （用地 × 30）"),
        ("tax - (land - 1)", "税收 - （用地 - 1）"),
        ("(tax + 1) * 2", "（税收 + 1） × 2"),
        ("-tax", "−税收"),
        ("count(*) filter (state = 'closed' and due_on <= as_of)", "个数〔状态 = “已销号” 且 时限 ≤ 截止日〕"),
        ("count(distinct kind)", "个数（不同的行业）"),
        ("rank() over (partition by kind order by tax desc)", "同行业之内名次（按税收从大到小）"),
        ("avg(tax) over ()", "全部之内平均（税收）"),
        ("case when tax > 1 then 2 else 3 end", "2（税收 > 1时），否则3"),
        ("state in ('closed') or land is not null", "状态属于“已销号” 或 并非（用地未填）"),
        ("coalesce(tax, 0)", "第一个已知的（税收，0）"),
    ],
)
def test_a_formula_is_said_with_the_labels_of_its_fields(text, words):
    assert in_words(parse(text), LABELS, {"closed": "已销号"}) == words


def test_a_formula_is_said_with_its_numbers():
    tree = parse("count(*) filter (state = 'closed') / count(*)")
    closed, every = aggregates(tree)
    assert in_numbers(tree, {closed: Fraction(36), every: Fraction(50)}, LABELS) == "36 ÷ 50"


def test_a_comparison_within_a_group_stays_in_words():
    tree = parse("tax / max(tax) over ()")
    assert in_numbers(tree, {Name("tax"): Fraction(3)}, LABELS) == "3 ÷ 全部之内最大值（税收）"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "无"),
        (True, "是"),
        (Fraction(1, 3), "0.333333…"),
        (Fraction(5, 2), "2.5"),
        ("x", "x"),
        (date(2023, 9, 30), "2023年9月30日"),
    ],
)
def test_values_are_shown_as_people_write_them(value, text):
    assert shown(value) == text


def test_states_and_choices_are_said_by_their_labels_in_the_numbers_too():
    choices = {"closed": "已销号", "cured": "待验收"}
    tree = parse("state in ('cured', 'closed') and origin = '其他'")
    worths = {Name("state"): "closed", Name("origin"): "审计"}
    assert in_numbers(tree, worths, LABELS, choices) == "“已销号”属于“待验收”、“已销号” 且 “审计” = “其他”"
    assert told("closed", choices) == "已销号"
    assert told("手填的话", choices) == "手填的话"
