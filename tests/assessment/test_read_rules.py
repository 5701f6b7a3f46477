"""Every kind of mistake in a rule set is told with its line and the nearest valid word."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.assessment.rate import rate
from luoshi.assessment.read_rules import read_rule_set, shipped_rule_set, shipped_rule_sets
from luoshi.assessment.standing import Standing
from luoshi.target.target import Target

SOUND = """\
rule_set: trial
label: 试用
source: {adr: 试用}
judges: progress
given:
  month_done: {label: 本月完成, kind: number}
  month_quota: {label: 本月任务, kind: number}
  stage: {label: 阶段, kind: choice, of: {early: 前期, late: 后期}}
  planned_on: {label: 计划日期, kind: date}
metrics:
  month_ratio: {label: 月完成率, divide: [month_done, month_quota]}
legend:
  green: {word: 绿, meaning: 好}
  red: {word: 红, meaning: 不好}
  grey: {word: 灰, meaning: 未报, counts: false}
rules:
  - {id: unreported, light: grey, says: 未报, when: {reported: false}}
  - {id: good, light: green, says: 好, when: {month_ratio: {at_least: 1}}}
  - {id: again, light: red, says: 又不好, when: {consecutive: {light: red, periods: 2}}}
otherwise: {light: red, says: 不好}
"""


def findings(old="", new=""):
    assert old in SOUND
    rules, found = read_rule_set(SOUND.replace(old, new, 1) if old else SOUND, "a.yaml")
    assert (rules is None) is any(f.level == "error" for f in found)
    return [f"{f.id[11:]} {f.where} {f.message}{f.hint}" for f in found]


def test_a_sound_set_has_nothing_to_be_said():
    assert findings() == []


MISTAKES = [
    ("judges: progress", "juges: progress", ["E003 a.yaml:4 文件里没有“juges”这个词。是否应为“judges”？", "E004 a.yaml:1 文件缺少“judges”。", "E005 a.yaml:1 judges的值“”不在允许之列。可用：progress、slip、ranking、pool。"]),
    ("judges: progress", "judges: progres", ["E005 a.yaml:4 judges的值“progres”不在允许之列。是否应为“progress”？"]),
    ("{adr: 试用}", "{}", ["W001 a.yaml:3 来源为空：不得作为正式规定展示。"]),
    ("kind: number}\n  month_quota", "kind: nummer}\n  month_quota", ["E005 a.yaml:6 given.month_done.kind的值“nummer”不在允许之列。是否应为“number”？", "E008 a.yaml:11 运算divide要number，“month_done”是nummer。"]),
    ("stage:", "ratio:", ["E008 a.yaml:8 “ratio”是已有度量的名称，请改名。"]),
    (", of: {early: 前期, late: 后期}", "", ["E008 a.yaml:8 “stage”是选项时须用of写明各选项，不是选项时不能写of。"]),
    ("divide: [month_done, month_quota]", "divde: [month_done, month_quota]", ["E003 a.yaml:11 metrics.month_ratio里没有“divde”这个词。是否应为“divide”？", "E008 a.yaml:11 “month_ratio”须恰好写一种运算。可用：divide、subtract、days_between、months_between、calendar_months_between、latest、first_known、count_in_year、longest_run_of_months。"]),
    ("divide: [month_done, month_quota]", "divide: [month_done]", ["E008 a.yaml:11 运算divide要2个量，得到1个。"]),
    ("divide: [month_done, month_quota]", "latest: []", ["E008 a.yaml:11 运算latest要1个量，得到0个。", "E008 a.yaml:18 “month_ratio”是日期，请先用metrics算成天数或月数。"]),
    ("divide: [month_done, month_quota]", "divide: [month_don, month_quota]", ["E007 a.yaml:11 “month_ratio”所用的“month_don”不存在。是否应为“month_done”？"]),
    ("divide: [month_done, month_quota]", "divide: [planned_on, month_quota]", ["E008 a.yaml:11 运算divide要number，“planned_on”是date。"]),
    ("red: {word: 红, meaning: 不好}", "rouge: {word: 红, meaning: 不好}", ["E005 a.yaml:14 legend.rouge的值“rouge”不在允许之列。是否应为“orange”？", "E005 a.yaml:19 rules.2.light的值“red”不在允许之列。是否应为“grey”？", "E005 a.yaml:19 rules.2.when.consecutive.light的值“red”不在允许之列。是否应为“grey”？", "E005 a.yaml:20 otherwise.light的值“red”不在允许之列。是否应为“grey”？"]),
    ("light: green", "light: grean", ["E005 a.yaml:18 rules.1.light的值“grean”不在允许之列。是否应为“green”？"]),
    ("month_ratio: {at_least: 1}", "month_rato: {at_least: 1}", ["E007 a.yaml:18 没有“month_rato”这个度量。是否应为“month_ratio”？"]),
    ("month_ratio: {at_least: 1}", "month_ratio: {atleast: 1}", ["E003 a.yaml:18 rules.1.when.month_ratio里没有“atleast”这个词。是否应为“at_least”？", "E008 a.yaml:18 “month_ratio”没有写界限。可用：at_least、above、at_most、below。"]),
    ("month_ratio: {at_least: 1}", "month_ratio: {at_least: 一}", ["E006 a.yaml:18 rules.1.when.month_ratio.at_least应为数字，得到“一”。"]),
    ("month_ratio: {at_least: 1}", "month_ratio: {at_least: 2, below: 1}", ["E008 a.yaml:18 “month_ratio”的下限大于上限，永远不会成立。"]),
    ("month_ratio: {at_least: 1}", "stage: earl", ["E005 a.yaml:18 rules.1.when.stage的值“earl”不在允许之列。是否应为“early”？"]),
    ("month_ratio: {at_least: 1}", "planned_on: 2023-01-01", ["E008 a.yaml:18 “planned_on”是日期，请先用metrics算成天数或月数。"]),
    ("month_ratio: {at_least: 1}", "done: 1", ["E006 a.yaml:18 rules.1.when.done应为true或false，得到“1”。"]),
    ("{month_ratio: {at_least: 1}}", "{}", ["E008 a.yaml:18 条件不能为空。"]),
    ("periods: 2", "periods: 1", ["E006 a.yaml:19 rules.2.when.consecutive.periods应为不小于2的整数，得到“1”。"]),
    ("id: again", "id: good", ["E008 a.yaml:19 规则“good”写了两次。请改名。"]),
    ("light: grey, says: 未报, when: {reported: false}", "light: green, says: 未报, when: {reported: false}", ["E009 a.yaml:16 没有一条规则写明未报如何亮灯（reported: false）。未报的月份不得亮绿灯。"]),
    (", counts: false", "", ["E009 a.yaml:12 图例没有“未报”一类的灯色（counts: false）。未报的月份不得亮绿灯。"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_a_mistake_is_told_with_line_and_nearest_word(old, new, expected):
    assert findings(old, new) == expected


def test_choices_may_be_several_and_conditions_nest():
    nested = "any: [{stage: [early, late]}, {none: [{done: true}]}, {all: [{started: true}, {lost: false}]}]"
    assert findings("month_ratio: {at_least: 1}", nested) == []


def test_a_rule_for_past_months_is_read():
    made_up = "made_up: {past: red, becomes: green, within_periods: 1, says: 补上, when: {ratio: {at_least: 1}}}\n"
    rules, found = read_rule_set(SOUND + made_up, "a.yaml")
    assert (found, rules.made_up.past, rules.made_up.within_periods) == ((), "red", 1)
    assert read_rule_set(SOUND + made_up.replace("periods: 1", "periods: 0"), "a.yaml")[0] is None


def test_sets_that_judge_no_progress_need_no_unreported_colour():
    text = SOUND.replace("judges: progress", "judges: pool").replace(", counts: false", "")
    assert read_rule_set(text, "a.yaml")[0] is not None


@pytest.mark.parametrize("text", ["", "[1, 2]", "rule_set: [", "a: 1\na: 2\n", "\t"])
def test_what_is_no_rule_set_at_all_is_told(text):
    rules, found = read_rule_set(text, "a.yaml")
    assert rules is None
    assert all(f.where.startswith("a.yaml:") for f in found)
    assert found


def test_another_text_is_another_version():
    one, other = read_rule_set(SOUND, "a")[0], read_rule_set(SOUND + "\n", "a")[0]
    assert one.version == read_rule_set(SOUND, "b")[0].version != other.version


@pytest.mark.parametrize("name", shipped_rule_sets())
def test_every_shipped_set_is_sound_and_silent(name):
    assert shipped_rule_set(name).rules


def test_a_set_that_is_not_shipped_is_not_found():
    with pytest.raises(FileNotFoundError):
        shipped_rule_set("nowhere")


JUNK = st.sampled_from(
    [None, "", "true", True, "一", "0.5", [], ["x"], [[]], {}, {"x": "y"}, {"any": "z"}, {"1": {"2": []}}]
)


def places(data, path=()):
    """Every place in nested data."""
    rows = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in rows:
        yield (*path, key)
        yield from places(value, (*path, key))


def spoiled(path, junk):
    data = yaml.load(SOUND, yaml.BaseLoader)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = junk
    return yaml.safe_dump(data, allow_unicode=True)


@settings(max_examples=300)
@given(st.sampled_from(list(places(yaml.load(SOUND, yaml.BaseLoader)))), JUNK)
def test_whatever_stands_in_a_place_is_told_or_taken_never_a_crash(path, junk):
    rules, found = read_rule_set(spoiled(path, junk), "a.yaml")
    assert (rules is None) is any(f.level == "error" for f in found)
    if rules is not None:
        rate(Standing(Target.of("at_least", 1, "个"), date(2023, 12, 31)), rules, date(2023, 6, 30))
