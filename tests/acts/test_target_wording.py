"""Comparator, basis and kind of a target stay in agreement when a person corrects one of them."""

from __future__ import annotations

import pytest

from luoshi.acts.target_wording import agreeing, own_wording, target_fields

READ = {"indicator": "完成投资", "kind": "at_least", "comparator": "=", "basis": "absolute", "value": "15"}


@pytest.mark.parametrize(
    ("before", "typed", "also"),
    [
        (READ, {"kind": "at_most"}, {}),  # a bare number can be meant as a ceiling
        ({**READ, "comparator": ">="}, {"kind": "at_most"}, {"comparator": "<="}),
        ({**READ, "comparator": "~"}, {"kind": "exactly"}, {"comparator": "="}),
        (READ, {"kind": "growth"}, {"basis": "growth"}),
        ({**READ, "basis": "growth", "kind": "growth"}, {"kind": "at_least"}, {"basis": "absolute"}),
        (READ, {"comparator": "<="}, {"kind": "at_most"}),
        (READ, {"comparator": "~"}, {"kind": "range"}),
        (READ, {"basis": "reduction"}, {"kind": "reduction"}),
        (READ, {"comparator": ">="}, {}),
        (READ, {"kind": "at_most", "comparator": ">="}, {}),  # a person who says both has the last word
        (READ, {"value": "16"}, {}),
    ],
)
def test_what_was_corrected_brings_along_what_contradicts_it(before, typed, also):
    assert agreeing(before, typed, "完成投资15亿元") == also


def test_a_new_target_gets_kind_and_pace_from_its_words():
    found = target_fields({"indicator": "城镇登记失业率", "comparator": "<=", "basis": "share", "unit": "%"}, "失业率")
    assert found["kind"] == "at_most"
    assert found["accumulation"] == "level"
    assert found["schedule"] == "none"
    assert target_fields({"indicator": "完成投资", "unit": "亿元"}, "完成投资")["schedule"] == "months"


GROWING = {"comparator": ">=", "basis": "growth"}


def worded(words, value, whole=GROWING):
    text = f"加快发展，{words}。"
    fields, inherited = own_wording(text, (5, 5 + len(words)), whole, value)
    return fields["comparator"], fields["basis"], inherited


@pytest.mark.parametrize(
    ("words", "value", "said"),
    [
        ("外贸出口增长8%以上、实际利用外资3亿元", "8", (">=", "growth", "")),
        ("外贸出口增长8%以上、实际利用外资3亿元", "3", ("=", "absolute", "")),
        ("实际利用外资3亿元", "3", ("=", "absolute", "")),
        ("实际利用外资3亿元以上", "3", (">=", "absolute", "")),
        ("能耗控制在5万吨以内", "5", ("<=", "absolute", "")),
        ("力争外贸出口突破30亿元", "30", (">=", "absolute", "")),
        ("单位能耗下降3%", "3", ("=", "reduction", "")),
    ],
)
def test_a_part_takes_comparator_and_basis_from_its_own_words(words, value, said):
    assert worded(words, value) == said


def test_figures_that_share_the_words_before_them_inherit_and_say_so():
    said = "“不低于”“增长”沿用拆开前的整条，这一条只写了数，请核对。"
    assert worded("进口、出口分别增长8%、6%", "6") == (">=", "growth", said)


def test_a_part_without_a_number_inherits_and_says_so():
    said = "“不低于”“增长”沿用拆开前的整条，这一条的文字里没有写数，请核对。"
    assert worded("进口", "8") == (">=", "growth", said)


def test_what_is_plain_is_inherited_without_a_word():
    assert worded("进口", "8", {"comparator": "=", "basis": "absolute"}) == ("=", "absolute", "")


def test_a_share_of_its_own_stays_a_share():
    assert worded("研发投入占比达3.5%", "3.5", {"comparator": ">=", "basis": "share"})[1] == "share"
