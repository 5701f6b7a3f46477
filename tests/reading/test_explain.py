"""Explanations in Chinese sentences."""

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.explain import explain
from luoshi.reading.rule import RULES

TEXT = "(一)产业\n1.做强工业。力争出口总额突破30亿元，建成青石大桥。新增年产值5亿元企业3家。\n"


def said(words):
    reading = read(load(TEXT.encode(), "甲.txt"))
    at = TEXT.index(words)
    return explain(reading, at, at + len(words))


def test_a_target_is_explained_with_the_rules_and_words_that_made_it():
    lines = said("30亿元")
    assert "识读为目标" in lines
    assert "指标：出口总额 ← “出口总额”" in lines
    assert "比较：不低于 ← “突破”" in lines
    assert "语气：力争 ← “力争”" in lines


def test_a_condition_and_a_commitment_are_explained():
    assert "识读为条件" in said("5亿元")
    told = said("建成青石大桥")
    assert "识读为项目" in told
    assert "名称：青石大桥" in told
    assert "阶段：建成" in told


def test_a_place_without_proposal_says_so():
    assert "没有识读出" in said("产业")


def test_every_rule_that_fires_on_the_example_has_a_name():
    reading = read(load(TEXT.encode(), "甲.txt"))
    fired = {step[0] for one in (*reading.mentions, *reading.commitments) for step in one.steps}
    assert fired <= set(RULES)
