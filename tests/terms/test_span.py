"""Spans are half-open code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.terms.span import Span

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


def test_a_span_quotes_its_words_and_counts_code_points_not_bytes():
    text = "完成投资15亿元，𠮷祥"  # the last but one character lies outside the basic plane
    assert Span(4, 8).quote(text) == "15亿元"
    assert Span(9, 11).quote(text) == "𠮷祥"
    assert len(Span(9, 11)) == 2


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_ends_before_it_begins_is_refused(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(spans, spans)
def test_spans_overlap_exactly_when_they_share_a_place(one, other):
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if len(one) and len(other):
        assert one.overlaps(other) == bool(shared) == other.overlaps(one)


@given(spans, st.integers(-1, 51))
def test_a_place_lies_in_a_span_when_it_is_one_of_its_code_points(span, place):
    assert (place in span) == (place in range(span.start, span.end))


@given(spans, spans)
def test_a_span_within_another_adds_no_place(inner, outer):
    if inner in outer:
        assert set(range(inner.start, inner.end)) <= set(range(outer.start, outer.end))
    elif len(inner):
        assert not set(range(inner.start, inner.end)) <= set(range(outer.start, outer.end))


def test_spans_sort_in_text_order():
    assert sorted([Span(5, 9), Span(0, 3), Span(5, 6)]) == [Span(0, 3), Span(5, 6), Span(5, 9)]
