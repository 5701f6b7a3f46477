"""Lists: what the filter 含文字 finds."""

from __future__ import annotations

import pytest
from county import PLAN

from luoshi.store import definitions
from luoshi.store.models import EntryRow
from luoshi.store.queries.listing import holding


def found(text, name="target"):
    rows = EntryRow.objects.filter(plan=PLAN, list=name)
    return holding(rows, definitions.current(name), text).count()


def test_words_of_text_fields_are_found_whatever_the_case_of_letters(running):
    assert found("绿色工厂") == 2  # the indicator of one, the sentence of both
    assert found("单位gdp能耗") == found("单位GDP能耗") >= 1


@pytest.mark.parametrize("text", ["indicator", '"', '":"', "cumulative", "at_least", "\\", "lead_body", "[", "%", "_"])
def test_keys_codes_and_signs_of_writing_are_not_words(running, text):
    assert EntryRow.objects.filter(plan=PLAN, list="target").count() > found(text)
    if text not in {"%", "_"}:
        assert found(text) == 0


def test_what_the_reader_is_not_shown_is_not_searched(running):
    assert "derivation" in definitions.current("target").fields
    assert found("reading.") == 0  # the ids of rules stand in the derivation alone
