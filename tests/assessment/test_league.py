"""League tables: the two-town vector of domain.md §2.5, ties, movement, exact replay."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.league import (
    Adjustment,
    Contender,
    rank,
    table_from_plain,
    table_to_plain,
    write_table,
)
from luoshi.assessment.league_rules import read_league_rules, shipped_league_rules
from luoshi.assessment.plain_trace import render_trace
from luoshi.assessment.score import Figure
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity

Q = Quantity.of
ZONES = shipped_league_rules()
AUGUST, SEPTEMBER = Period.parse("2023-08"), Period.parse("2023-09")
TOWNS = {"a": (18, 16, 20, 14, 17), "b": (20, 20, 10, 18, 15)}


def five(method, **more):
    rows = "".join(f"  d{i}: {{label: 维度{i}, weight: 20, method: {method}}}\n" for i in range(1, 6))
    settings = "".join(f"{key}: {value}\n" for key, value in more.items())
    text = f"league: five\nlabel: 五比\nsource: {{adr: 试用}}\nperiod: month\npeer_group: 镇\n{settings}dimensions:\n{rows}"
    return read_league_rules(text, "five.yaml")[0]


def town(key, values, **more):
    return Contender(
        key, key.upper(), {f"d{i}": Figure(Q(v, "分"), Q(20, "分")) for i, v in enumerate(values, 1)}, **more
    )


def zone(key, done, share="2.75", **more):
    figure = None if done is None else Figure(Q(done, "亿元"), Q(share, "亿元"), SEPTEMBER.last, "填报")
    return Contender(key, f"{key}片区", {"investment": figure}, **more)


def ranks(table):
    return {place.key: place.rank for place in table.places}


@pytest.mark.parametrize(
    ("method", "totals", "order"),
    [
        ("proportional", {"a": "85.00", "b": "83.00"}, ["a", "b"]),
        ("efficacy", {"a": "76.00", "b": "84.00"}, ["b", "a"]),  # A 12+12+20+12+20, B 20+20+12+20+12
    ],
)
def test_the_method_decides_which_town_is_first(method, totals, order):
    table = rank(five(method), [town(key, values) for key, values in TOWNS.items()], SEPTEMBER)
    assert [place.key for place in table.places] == order
    assert {place.key: place.shown for place in table.places} == totals


def test_the_zones_are_ranked_by_their_share_of_the_year():
    # 2.1 ÷ 2.75 = 76.36 %; 3 ÷ 2.75 = 109.09 % (the cap is 120); 1.1 ÷ 2 = 55 %
    table = rank(ZONES, [zone("甲", "2.1"), zone("乙", "3"), zone("丙", "1.1", "2")], SEPTEMBER)
    assert [(p.rank, p.name, p.shown) for p in table.places] == [
        (1, "乙片区", "109.09"),
        (2, "甲片区", "76.36"),
        (3, "丙片区", "55.00"),
    ]


def test_every_score_can_be_explained():
    table = rank(ZONES, [zone("甲", "2.1")], SEPTEMBER)
    assert render_trace(table.places[0].trace) == (
        "规则：重点片区投资晾晒",
        f"来源：{ZONES.source}",
        "完成投资·完成：2.1亿元（2023年9月30日），取自填报",
        "完成投资·任务：2.75亿元",
        "完成投资：完成 ÷ 任务 = 76.36%",
        "完成投资：76.36% × 100 = 76.36",
        "总分 = 完成投资76.36 = 76.36",
        "名次 → 第1名",
    )


def test_ties_share_the_better_rank_and_the_next_is_skipped():
    table = rank(ZONES, [zone("甲", "2"), zone("乙", "2"), zone("丙", "1"), zone("丁", "9")], SEPTEMBER)
    assert ranks(table) == {"丁": 1, "甲": 2, "乙": 2, "丙": 4}


def test_totals_that_only_print_alike_are_no_tie():
    table = rank(ZONES, [zone("甲", "1.000001"), zone("乙", "1")], SEPTEMBER)
    assert [(p.key, p.rank, p.shown) for p in table.places] == [("甲", 1, "36.36"), ("乙", 2, "36.36")]


def test_movement_is_told_against_the_previous_table():
    before = rank(ZONES, [zone("甲", "1"), zone("乙", "2"), zone("丙", None)], AUGUST)
    after = rank(ZONES, [zone("甲", "2.2"), zone("乙", "2.1"), zone("丙", "1"), zone("丁", "0")], SEPTEMBER, before)
    assert {p.key: p.movement for p in after.places} == {"甲": 1, "乙": -1, "丙": None, "丁": None}


def test_a_table_of_another_league_tells_no_movement():
    before = rank(five("placement"), [town("甲", (1, 1, 1, 1, 1))], AUGUST)
    assert rank(ZONES, [zone("甲", "2")], SEPTEMBER, before).places[0].movement is None


def test_without_enough_figures_a_body_is_named_last_and_not_ranked():
    table = rank(ZONES, [zone("甲", None), zone("乙", "0")], SEPTEMBER)
    assert [(p.key, p.rank) for p in table.places] == [("乙", 1), ("甲", None)]
    assert render_trace(table.places[1].trace)[-1] == "名次 → 数据不足1项，不参加排名"


def test_the_minimum_of_figures_is_a_rule():
    partly = Contender("a", "A", {"d1": Figure(Q(20, "分"), Q(20, "分")), "d2": None})
    table = rank(five("proportional", minimum_inputs=2), [partly, town("b", TOWNS["b"])], SEPTEMBER)
    assert ranks(table) == {"b": 1, "a": None}
    assert ranks(rank(five("proportional"), [partly, town("b", TOWNS["b"])], SEPTEMBER)) == {"b": 1, "a": 2}


def test_bonus_and_deduction_stop_at_their_caps():
    rules = five("proportional", bonus_cap=3, deduction_cap=2)
    given_and_taken = (
        Adjustment(Fraction(2), "省级表扬"),
        Adjustment(Fraction(4), "媒体报道"),
        Adjustment(Fraction(-5), "红牌"),
    )
    (place,) = rank(rules, [town("a", TOWNS["a"], adjustments=given_and_taken)], SEPTEMBER).places
    assert place.total == 85 + 3 - 2
    lines = render_trace(place.trace)
    assert "加分：4（媒体报道）" in lines
    assert "减分：-5（红牌）" in lines
    assert lines[-2].endswith("+ 加分3 − 减分2 = 86.00")


def test_two_contenders_of_one_key_are_refused():
    with pytest.raises(ValueError):
        rank(ZONES, [zone("甲", "1"), zone("甲", "2")], SEPTEMBER)


def test_a_body_without_a_line_has_no_place():
    assert rank(ZONES, [zone("甲", "1")], SEPTEMBER).place("乙") is None


def test_a_table_survives_its_writing_byte_for_byte():
    before = rank(ZONES, [zone("甲", "1"), zone("乙", "2")], AUGUST)
    table = rank(ZONES, [zone("甲", "2.1"), zone("乙", "2"), zone("丙", None)], SEPTEMBER, before)
    written = write_table(table)
    assert table_from_plain(json.loads(written)) == table
    assert write_table(table_from_plain(json.loads(written))) == written


@pytest.mark.parametrize("part", ["trace", "scores"])
def test_a_broken_writing_is_refused(part):
    plain = table_to_plain(rank(ZONES, [zone("甲", "1")], SEPTEMBER))
    plain["places"][0][part] = "无"
    with pytest.raises(ValueError):
        table_from_plain(plain)


def test_a_broken_score_is_refused():
    plain = table_to_plain(rank(ZONES, [zone("甲", "1")], SEPTEMBER))
    plain["places"][0]["scores"]["investment"] = "无"
    with pytest.raises(ValueError):
        table_from_plain(plain)


rows = st.lists(st.none() | st.integers(0, 400), min_size=1, max_size=8)


@given(rows, st.randoms())
def test_a_table_is_the_same_bytes_whatever_the_row_order_and_the_unit(values, random):
    zones = [zone(f"z{i}", None if v is None else Fraction(v, 100)) for i, v in enumerate(values)]
    table = rank(ZONES, zones, SEPTEMBER)
    assert write_table(rank(ZONES, random.sample(zones, len(zones)), SEPTEMBER)) == write_table(table)
    in_ten_thousands = [
        Contender(f"z{i}", "", {"investment": None if v is None else Figure(Q(v * 100, "万元"), Q("2.75", "亿元"))})
        for i, v in enumerate(values)
    ]
    assert ranks(rank(ZONES, in_ten_thousands, SEPTEMBER)) == ranks(table)


@given(rows, st.integers(1, 100))
def test_doing_more_never_lowers_a_rank(values, more):
    zones = [zone(f"z{i}", None if v is None else Fraction(v, 100)) for i, v in enumerate(values)]
    raised = [zone("z0", Fraction((values[0] or 0) + more, 100)), *zones[1:]]
    before, after = ranks(rank(ZONES, zones, SEPTEMBER))["z0"], ranks(rank(ZONES, raised, SEPTEMBER))["z0"]
    assert before is None or after <= before


def test_a_dimension_without_a_figure_is_left_out_and_the_others_make_up_the_whole():
    """40 of 60 points in one dimension, the other (20 of weight) has no figure: 40 × 80/60 = 53.33."""
    text = """\
league: trial
label: 试用
source: {adr: 试用}
period: month
peer_group: 单位
contenders: leads
missing: left_out
dimensions:
  pace: {label: 序时, weight: 60, method: proportional, figure: pace}
  arrived: {label: 报送, weight: 20, method: proportional, figure: arrived}
"""
    rules = read_league_rules(text, "a.yaml")[0]
    two_thirds = Figure(Quantity.of("40", "%"), Quantity.of("60", "%"))
    table = rank(rules, [Contender("a", "甲", {"pace": two_thirds, "arrived": None})], SEPTEMBER)
    assert table.places[0].total == Fraction(160, 3)
    assert table.places[0].shown == "53.33"
    assert any("× 1.3333" in step.text for step in table.places[0].trace.steps)


@given(rows, st.lists(st.integers(-8, 8).filter(bool), max_size=4))
def test_a_total_is_the_sum_of_its_points_with_what_was_added_and_taken_up_to_the_caps(values, adjustments):
    rules = five("efficacy", bonus_cap="5", deduction_cap="3")
    known = [v or 0 for v in values]
    added = tuple(Adjustment(Fraction(p), f"第{i}项") for i, p in enumerate(adjustments))
    towns = [town(f"t{i}", [v, v + 1, 2 * v, 3, 400 - v], adjustments=added) for i, v in enumerate(known)]
    bonus = min(5, sum(p for p in adjustments if p > 0))
    taken = min(3, -sum(p for p in adjustments if p < 0))
    for place in rank(rules, towns, SEPTEMBER).places:
        assert place.total == sum(score.points for score in place.scores.values()) + bonus - taken
