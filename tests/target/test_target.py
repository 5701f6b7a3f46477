from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from luoshi.target.kind import Strength, TargetKind
from luoshi.target.target import Target, about
from luoshi.terms.unit import Quantity


def test_a_target_is_made_from_kind_number_and_unit():
    target = Target.of("at_least", "7.5", "万千瓦", indicator="新增光伏", strength=Strength.ASPIRED)
    assert target.value == Fraction(15, 2)
    assert target.quantity == Quantity.of("7.5", "万千瓦")
    assert target.strength is Strength.ASPIRED


@pytest.mark.parametrize("kind", [k for k in TargetKind if k not in {"honour", "state_reached", "nodes"}])
def test_a_numeric_kind_without_a_number_is_refused(kind):
    with pytest.raises(ValueError):
        Target.of(kind)


@pytest.mark.parametrize(
    ("kind", "symbol", "adds", "has_pace"),
    [
        ("at_least", "亿元", True, True),
        ("exactly", "个", True, True),
        ("at_most", "起", True, False),  # a straight line says nothing about a ceiling
        ("at_least", "%", False, False),
        ("share", "%", False, False),
        ("growth", "%", False, False),
        ("rank", "名", False, False),
    ],
)
def test_only_yearly_amounts_add_and_only_those_to_be_reached_have_a_pace(kind, symbol, adds, has_pace):
    target = Target.of(kind, 5, symbol)
    assert (target.is_additive, target.has_pace) == (adds, has_pace)


@pytest.mark.parametrize(
    ("target", "phrase"),
    [
        (Target.of("at_least", 15, "亿元"), "不少于15亿元"),
        (Target.of("at_most", 3, "%"), "不超过3%"),
        (Target.of("exactly", 2, "所"), "恰为2所"),
        (Target.of("hold", 20, "万亩"), "保持在20万亩"),
        (Target.of("growth", 15, "%"), "增长不少于15%"),
        (replace(Target.of("reduction", 20, "%"), baseline="前三年平均数"), "较前三年平均数下降不少于20%"),
        (Target.of("share", 99, "%"), "占比不少于99%"),
        (Target.of("rank", 3, "名"), "前3名"),
        (replace(Target.of("range", 3, "个"), upper=Fraction(5)), "3—5个之间"),
        (Target.of("range", "5.5", "%"), "5.5%左右"),
        (Target.of("honour", indicator="科技创新鼎"), "获得科技创新鼎"),
        (replace(Target.of("state_reached"), state="开工"), "达到“开工”"),
        (Target.of("nodes"), "全部节点验收"),
    ],
)
def test_a_target_reads_aloud(target, phrase):
    assert target.phrase == phrase


def test_about_is_five_in_a_hundred_to_either_side():
    # 左右: 5.5 × (1 ± 5 %) = 5.225 … 5.775 (domain.md §0.4 [D])
    target = about("5.5", "%")
    assert (target.value, target.upper) == (Fraction("5.225"), Fraction("5.775"))


def test_a_county_may_set_another_tolerance():
    assert about(100, "家", Fraction(1, 10)).upper == 110
