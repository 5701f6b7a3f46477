"""Indicator phrases: leading words, verbs, measured nouns."""

import pytest

from luoshi.reading.phrase import clean, ends_in_verb, is_metric, metric, only_leads, strip_lead, verb


@pytest.mark.parametrize(
    ("phrase", "rest", "carried"),
    [
        ("力争全年引进项目", "引进项目", "aspire"),
        ("确保出口总额", "出口总额", "firm"),
        ("全年货运总量", "全年货运总量", ""),
        ("到2025年底新建学校", "新建学校", ""),
        ("年底前完成改造", "完成改造", ""),
        ("重点村", "重点村", ""),
        ("再生水利用量", "再生水利用量", ""),
        ("至少建成中心", "建成中心", "at_least"),
        ("争创示范镇", "争创示范镇", ""),
        ("一是新建学校", "新建学校", ""),
    ],
)
def test_leading_words_go_and_say_how_firm_the_promise_is(phrase, rest, carried):
    assert strip_lead(phrase)[0] == rest
    assert carried in strip_lead(phrase)[1]


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("新增企业", "新增"),
        ("服务贸易总额", ""),
        ("投资强度", ""),
        ("新引进人才", "新引进"),
        ("提升改造公路", "提升改造"),
        ("出口总额", ""),
    ],
)
def test_the_counted_verb_begins_the_phrase(phrase, found):
    assert verb(phrase) == found


def test_measured_nouns_end_the_phrase():
    assert metric("工伤保险参保率") == "参保率"
    assert metric("粮食产量") == "产量"
    assert is_metric("货物出口额")
    assert not is_metric("重点企业")


def test_footnotes_blanks_and_commas_are_cleaned():
    assert clean("改造老旧小区〔22〕 的，") == "改造老旧小区"


def test_phrases_of_leading_words_only_are_known():
    assert only_leads("今年再")
    assert only_leads("五是全省")
    assert not only_leads("全省粮食")


def test_a_phrase_that_ends_in_a_verb_is_known():
    assert ends_in_verb("大力新建")
    assert not ends_in_verb("青石光伏")
