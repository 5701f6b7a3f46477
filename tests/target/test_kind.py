"""Kinds on adoption, against the grammar table of domain.md §0.4."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luoshi.target.kind import (
    Accumulation,
    Strength,
    TargetKind,
    accumulation_of,
    is_lower_better,
    kind_of,
    may_be_negative,
    strength_of,
)
from luoshi.terms.unit import unit

VECTORS = [
    # comparator, basis, indicator, words → kind
    (">=", "absolute", "科技对接活动", "50场以上", "at_least"),
    ("=", "absolute", "新昌智造科创带建设完成投资", "完成投资15亿元", "at_least"),  # met by 16
    ("<=", "absolute", "办件", "不超过3件", "at_most"),
    ("<=", "share", "城镇登记失业率", "控制在3%以内", "at_most"),
    ("=", "share", "城镇登记失业率", "3%", "at_most"),  # lower is better
    ("=", "absolute", "细颗粒物浓度", "下降到28微克/立方米", "at_most"),
    ("=", "absolute", "平均等候", "缩短至5分钟", "at_most"),
    ("=", "share", "户籍人口基本医保参保率", "达99%", "share"),
    (">=", "share", "年经营性收入80万元以上村占比", "达20%以上", "share"),
    (">=", "growth", "全年旅游总人数", "增长15%以上", "growth"),
    ("=", "growth", "交通综合投资", "增长15%", "growth"),
    ("=", "absolute", "城镇新增就业", "失业率控制在3%以内，新增就业7000人", "at_least"),  # its own clause
    ("=", "growth", "三公经费", "零增长", "at_most"),
    ("=", "reduction", "生产安全事故起数", "较前三年平均数下降20%", "reduction"),
    (">=", "reduction", "生产安全事故死亡人数", "下降20%以上", "reduction"),
    ("<=", "growth", "居民消费价格", "涨幅3%以内", "at_most"),
    ("~", "growth", "地区生产总值", "增长5.5%左右", "range"),
    ("=", "absolute", "粮食播种面积", "稳定在20万亩", "hold"),
    (">=", "absolute", "事故", "5起以上", "at_least"),  # what is written beats the word list
]


@pytest.mark.parametrize(("comparator", "basis", "indicator", "words", "kind"), VECTORS)
def test_a_phrase_is_adopted_as_its_kind(comparator, basis, indicator, words, kind):
    assert kind_of(comparator, basis, indicator, words) == kind


def test_two_bounds_make_a_range():
    assert kind_of(">=", "absolute", "新建公园", "3—5个", has_upper=True) is TargetKind.RANGE


def test_no_phrase_is_ever_proposed_as_exactly():
    proposed = {
        kind_of(comparator, basis, indicator, words)
        for comparator in (">=", "<=", "=", "~")
        for basis in ("absolute", "growth", "reduction", "share")
        for indicator in ("投资", "失业率")
        for words in ("", "下降到", "保持在")
    }
    assert TargetKind.EXACTLY not in proposed


@pytest.mark.parametrize(("comparator", "basis"), [("≥", "absolute"), (">=", "绝对"), ("", "share")])
def test_an_unknown_comparator_or_basis_is_refused(comparator, basis):
    with pytest.raises(ValueError):
        kind_of(comparator, basis)


@pytest.mark.parametrize(
    ("indicator", "is_lower"),
    [
        ("城镇登记失业率", True),
        ("生产安全事故死亡人数", True),
        ("空气质量综合指数", True),
        ("信访积案化解率", False),
        ("事故结案率", False),  # the last word decides
        ("污染地块安全利用率", False),
        ("完成投资", False),
    ],
)
def test_the_last_word_of_an_indicator_says_whether_less_is_better(indicator, is_lower):
    assert is_lower_better(indicator) is is_lower


@pytest.mark.parametrize(
    ("kind", "symbol", "indicator", "wanted"),
    [
        ("at_least", "亿元", "完成投资", Accumulation.CUMULATIVE),
        ("at_least", "%", "参保率", Accumulation.LEVEL),
        ("at_most", "%", "失业率", Accumulation.LEVEL),
        ("at_least", "平方米", "人均体育场地面积", Accumulation.LEVEL),
        ("at_most", "微克/立方米", "细颗粒物", Accumulation.LEVEL),
        ("at_most", "起", "生产安全事故", Accumulation.CUMULATIVE),
        ("growth", "%", "旅游总收入", Accumulation.LEVEL),
        ("rank", "名", "空气质量", Accumulation.LEVEL),
    ],
)
def test_rates_ranks_and_per_capita_figures_are_levels(kind, symbol, indicator, wanted):
    assert accumulation_of(TargetKind(kind), unit(symbol), indicator) is wanted


@pytest.mark.parametrize("words", ["力争规上工业总产值突破750亿元", "争创国家级", "争取", "冲刺"])
def test_aspirations_are_known_by_their_words(words):
    assert strength_of(words) is Strength.ASPIRED


@pytest.mark.parametrize("words", ["确保下降20%", "完成投资15亿元", "誓夺大禹鼎"])
def test_plain_and_strong_promises_are_firm(words):
    assert strength_of(words) is Strength.FIRM


def test_every_kind_has_its_chinese_word():
    assert all(kind.label for kind in TargetKind)


GOLD = Path(__file__).parents[3] / "shared" / "gold" / "xinchang-2023.gold.jsonl"


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated document is not beside this checkout")
def test_only_the_unemployment_rate_of_the_example_is_a_ceiling():
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    targets = [line for line in lines if line["role"] == "target"]
    kinds = {
        line["indicator"]: kind_of(line["comparator"], line["basis"], line["indicator"], has_upper="value_max" in line)
        for line in targets
    }
    assert [name for name, kind in kinds.items() if kind is TargetKind.AT_MOST] == ["城镇登记失业率"]
    assert sum(kind is TargetKind.REDUCTION for kind in kinds.values()) == 2  # accidents and deaths, task 36
    assert {k.value for k in kinds.values()} == {"at_least", "at_most", "growth", "reduction", "share"}


@pytest.mark.parametrize(
    ("kind", "indicator", "answer"),
    [
        ("growth", "规上工业增加值", True),
        ("reduction", "单位GDP能耗", True),
        ("at_least", "规上企业利润总额", True),
        ("at_least", "净增常住人口", True),
        ("at_least", "固定资产投资", False),
        ("at_most", "城镇调查失业率", False),
        ("share", "高新技术产业增加值占比", False),
        ("rank", "综合竞争力排名", False),
    ],
)
def test_only_changes_differences_and_balances_fall_below_zero(kind, indicator, answer):
    assert may_be_negative(TargetKind(kind), indicator) is answer
