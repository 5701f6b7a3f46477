"""Comparator, basis and kind of a target stay in agreement when a person corrects one of them."""

from __future__ import annotations

import pytest

from luoshi.acts.target_wording import agreeing, target_fields

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
