"""Where a rule comes from, and how that is cited."""

import pytest

from luoshi.terms.source import Source


def test_a_source_is_cited_with_title_number_and_article():
    source = Source.of({"title": "政府督查工作条例", "number": "国令第733号", "article": "第八条", "url": None})
    assert str(source) == "《政府督查工作条例》国令第733号第八条"
    assert source.is_verified
    assert source.url == ""


def test_a_house_decision_stands_in_where_no_document_exists():
    source = Source.of({"adr": "0005-everything-is-an-entry"})
    assert source.is_verified
    assert str(source) == "本系统约定"


@pytest.mark.parametrize("data", [None, {}, {"issuer": "县府办"}])
def test_a_rule_without_document_or_decision_is_unverified_and_says_so(data):
    source = Source.of(data)
    assert not source.is_verified
    assert str(source) == "来源待核实"


def test_an_unknown_key_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'titel'.*title"):
        Source.of({"titel": "条例"})
