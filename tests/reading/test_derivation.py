"""Each field of a proposal leads back to words of the text."""

import pytest

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.derivation import derivation, told
from luoshi.reading.rule import RULES


def fields_of(text, kind="targets", place=-1):
    reading = read(load(f"(一)工作\n{text}\n".encode(), "甲.txt"))
    whole = reading.document.text
    found = derivation(reading, getattr(reading, kind)[place])
    return {one.name: (one.value, [(rule, whole[a:b]) for rule, a, b in one.steps]) for one in found}


def test_every_field_of_a_target_names_the_words_that_gave_it():
    fields = fields_of("力争出口总额突破30亿元。")
    assert fields["indicator"] == ("出口总额", [("reading.indicator.own", "出口总额")])
    assert fields["value"] == ("30亿元", [("reading.quantity.number", "30亿元")])
    assert fields["comparator"] == ("不低于", [("reading.quantity.at_least", "突破")])
    assert fields["modality"] == ("力争", [("reading.quantity.aspire", "力争")])


def test_what_was_taken_over_from_before_is_told_apart_from_what_stands_here():
    fields = fields_of("新增高新技术企业3家、省级平台5个以上。")
    assert fields["indicator"][1] == [("reading.indicator.taken", "新增"), ("reading.indicator.own", "省级平台")]
    assert fields["comparator"] == ("不低于", [("reading.quantity.after", "以上")])


def test_a_growth_said_once_for_several_quantities_is_shown():
    fields = fields_of("农业、工业增加值分别增长6%、7%。")
    assert fields["basis"] == ("增长", [("reading.indicator.taken", "增长")])
    assert fields["baseline"] == ("上年", [("reading.default.baseline", "7%")])


def test_what_no_word_says_is_shown_as_the_rule_for_no_word():
    fields = fields_of("完成投资5亿元。")
    assert [fields[name][1][0][0] for name in ("comparator", "basis", "modality")] == [
        "reading.default.comparator", "reading.default.basis", "reading.default.modality",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "stage"), [("建成青石大桥。", "建成"), ("谋划青石大桥。", "谋划")])
def test_a_project_shows_kind_name_and_stage(text, stage):
    fields = fields_of(text, "commitments")
    assert (fields["kind"][0], fields["object"][0], fields["stage"][0]) == ("项目", "青石大桥", stage)


def test_a_shared_noun_is_found_where_it_stands():
    fields = fields_of("推进青石、云溪等邻里中心建设。", "commitments", 0)
    assert [words for _, words in fields["object"][1]] == ["青石", "邻里中心"]


def test_traditional_words_are_found_too():
    fields = fields_of("力爭完成投資8.5億元。")
    assert fields["indicator"] == ("完成投资", [("reading.indicator.own", "完成投資")])
    assert fields["modality"][1] == [("reading.quantity.aspire", "力爭")]


def test_steps_are_told_in_chinese_with_the_name_of_their_rule():
    reading = read(load("(一)工作\n完成投资5亿元。\n".encode(), "甲.txt"))
    (target,) = reading.targets
    value = next(one for one in derivation(reading, target) if one.name == "value")
    assert told(value, reading.document.text) == [f"“5亿元”[{target.start}, {target.end})，规则：数量表达"]


def test_every_rule_that_a_derivation_names_is_registered():
    reading = read(load("(一)工作\n力争新增企业3家、平台5个以上，建成大桥，增长6%、7%。\n".encode(), "甲.txt"))
    everything = (*reading.mentions, *reading.commitments)
    assert {step[0] for one in everything for field in derivation(reading, one) for step in field.steps} <= set(RULES)
