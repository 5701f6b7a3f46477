"""Masks, the salted hash, and who is told the words."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.definition import Mask
from luoshi.lists.load import read_definition
from luoshi.lists.personal import is_sealed, masked, masks, may_be_told, sealed


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("name", "王小明", "王**"),
        ("name", "王五", "王*"),
        ("name_ends", "张小三", "张*三"),
        ("name", "王", "***"),
        ("phone", "13812345678", "138****5678"),
        ("phone", "86123", "861**"),
        ("id_number", "330624199001011234", "3306**********1234"),
        ("address", "新昌县大市聚镇某村12号", "新昌县大市聚镇某村***"),
        ("address", "南明街道人民路1号", "南明街道***"),
        ("address", "人民路1号", "***"),
        ("all", "任何内容", "***"),
        ("all", "", ""),
    ],
)
def test_a_mask_leaves_what_its_rule_says(kind, text, shown):
    assert masked(masks()[kind], text) == shown


@given(st.integers(0, 9), st.integers(0, 9), st.text("甲乙丙0123456789", min_size=1))
def test_at_least_a_third_of_a_text_is_hidden(first, last, text):
    shown = masked(Mask(first, last), text)
    told = len(shown) - shown.count("*")
    assert 3 * told <= 2 * len(text)


def test_the_language_knows_the_masks_of_the_data_file_and_no_others():
    schema = json.loads(resources.files("luoshi.lists").joinpath("schema.json").read_text("utf-8"))
    assert schema["$defs"]["field"]["properties"]["mask"]["enum"] == list(masks())


def test_the_same_words_never_have_the_same_hash_under_another_salt():
    assert sealed("王小明", "a") != sealed("王小明", "b")
    assert is_sealed(sealed("王小明", "a"))
    assert not is_sealed("personal:王小明")


def test_words_are_told_to_the_posts_named_of_the_body_named(as_of, letter):
    definition, findings = read_definition(letter, "letter.yaml")
    assert definition, findings
    field, values = definition.fields["sender"], {"body": "fgj"}

    def is_told(role, body):
        circumstances = as_of((role, body))
        return may_be_told(definition, field, values, circumstances.actor, circumstances.roster)

    assert [is_told(*post) for post in (("supervisor", "jtj"), ("unit_head", "fgj"), ("unit_head", "jtj"))] == [
        True, True, False,
    ]  # fmt: skip
    assert not is_told("leader", "fgj")
