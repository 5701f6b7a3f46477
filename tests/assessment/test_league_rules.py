from __future__ import annotations

from fractions import Fraction

import pytest

from luoshi.assessment.league_rules import read_league_rules, shipped_league_rules

SOUND = """\
league: trial
label: 试用
source: {adr: 试用}
period: month
peer_group: 中心镇
minimum_inputs: 1
bonus_cap: 5
dimensions:
  roads: {label: 道路, weight: 20, method: efficacy, lower_is_better: true}
  money: {label: 投资, weight: 80, method: proportional, cap: 1.2}
"""


def findings(old="", new=""):
    assert old in SOUND
    rules, found = read_league_rules(SOUND.replace(old, new, 1) if old else SOUND, "a.yaml")
    assert (rules is None) is any(f.level == "error" for f in found)
    return [f"{f.id[11:]} {f.where} {f.message}{f.hint}" for f in found]


def test_sound_rules_have_nothing_to_be_said():
    assert findings() == []
    rules = read_league_rules(SOUND, "a.yaml")[0]
    assert rules.dimensions["money"].cap == Fraction(6, 5)
    assert rules.dimensions["roads"].is_lower_better
    assert (rules.bonus_cap, rules.deduction_cap, rules.decimals) == (5, 0, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("peer_group: 中心镇", "peergroup: 中心镇", ["E003 a.yaml:5 文件里没有“peergroup”这个词。是否应为“peer_group”？", "E004 a.yaml:1 文件缺少“peer_group”。"]),
        ("period: month", "period: week", ["E005 a.yaml:4 period的值“week”不在允许之列。可用：month、quarter、year。"]),
        ("efficacy", "eficacy", ["E005 a.yaml:9 dimensions.roads.method的值“eficacy”不在允许之列。是否应为“efficacy”？"]),
        ("weight: 20", "weight: 0", ["E008 a.yaml:9 权重应大于0，得到“0”。"]),
        ("efficacy", "proportional", ["E008 a.yaml:9 比例法不能用于越低越好的维度，请改用功效系数法或排名法。"]),
        ("cap: 1.2", "cap: -1", ["E008 a.yaml:10 不能小于0，得到“-1”。"]),
        ("minimum_inputs: 1", "minimum_inputs: 3", ["E008 a.yaml:6 最少维度数3多于全部2个维度，无人能参加排名。"]),
        ("bonus_cap: 5", "bonus_cap: 五", ["E006 a.yaml:7 bonus_cap应为数字，得到“五”。"]),
        ("{adr: 试用}", "{}", ["W001 a.yaml:3 来源为空：不得作为正式规定展示。"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_and_nearest_word(old, new, said):
    assert findings(old, new) == said


def test_rules_without_a_dimension_are_refused():
    text = SOUND.split("dimensions:", maxsplit=1)[0] + "dimensions: {}\n"
    rules, found = read_league_rules(text, "a.yaml")
    assert rules is None
    assert [f.message for f in found] == ["至少要有一个维度。"]


def test_a_cap_may_be_lifted():
    assert read_league_rules(SOUND.replace("cap: 1.2", "cap: null"), "a")[0].dimensions["money"].cap is None


def test_the_zone_table_is_shipped():
    rules = shipped_league_rules()
    assert (rules.label, rules.peer_group) == ("重点片区投资晾晒", "重点片区")
    assert [(d.method, d.weight, d.cap) for d in rules.dimensions.values()] == [("proportional", 100, Fraction(6, 5))]
    with pytest.raises(FileNotFoundError):
        shipped_league_rules("nowhere")


def test_a_text_that_is_no_yaml_is_told():
    assert read_league_rules("league: [", "a.yaml")[0] is None


APPRAISAL = """\
league: trial
label: 试用
source: {adr: 试用}
period: month
peer_group: 单位
contenders: leads
missing: left_out
deduction_cap: 10
dimensions:
  pace: {label: 序时, weight: 60, method: proportional, figure: pace}
adjustments:
  slip: {label: 督办, points: -1, list: supervision, body: lead_body, states: [issued], where: {origin: report}}
"""


def test_an_appraisal_compares_bodies_by_reckoned_figures_and_counts_entries():
    rules, found = read_league_rules(APPRAISAL, "a.yaml")
    assert [f.message for f in found] == []
    assert (rules.contenders, rules.missing, rules.dimensions["pace"].figure) == ("leads", "left_out", "pace")
    slip = rules.counted[0]
    assert (slip.points, slip.list, slip.body, slip.states, slip.where) == (
        -1,
        "supervision",
        "lead_body",
        ("issued",),
        {"origin": "report"},
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("contenders: leads", "contenders: lead", "contenders的值“lead”"),
        ("figure: pace", "figure: speed", "figure的值“speed”"),
        (", figure: pace", "", "不能用“value”这种数据"),
        ("contenders: leads\n", "", "不能用“pace”这种数据"),
        ("points: -1", "points: 0", "加减分不能是0"),
        ("missing: left_out", "missing: none", "missing的值“none”"),
        ("body: lead_body", "bodi: lead_body", "没有“bodi”这个词"),
    ],
)
def test_a_mistake_in_an_appraisal_is_told(old, new, said):
    rules, found = read_league_rules(APPRAISAL.replace(old, new, 1), "a.yaml")
    assert rules is None
    assert any(said in f.message for f in found), [f.message for f in found]
