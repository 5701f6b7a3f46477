"""The document's words cut where commitments stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.store.queries.task import _widen, cut

TEXT = "5.壮大集群。新增产值10亿元企业2家、亿元以上企业20家、规上企业30家,完成工业投资65亿元。\n第二段。"


def _mark(quote):
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "href": "#", "n": 1, "colour": "green"}


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 8)), max_size=8))
def test_cutting_loses_and_doubles_no_character(places):
    marks = [{"start": a, "end": min(a + b, len(TEXT)), "href": "#"} for a, b in places]
    pieces = cut(TEXT, 0, len(TEXT), marks)
    assert "\n".join("".join(piece["text"] for piece in paragraph) for paragraph in pieces) == TEXT


def test_a_mark_begins_where_its_clause_begins_and_never_before_the_mark_before():
    marks = [_mark("2家"), _mark("20家"), _mark("30家"), _mark("65亿元")]
    _widen(TEXT, 0, marks)
    assert [TEXT[m["start"] : m["end"]] for m in marks] == [
        "新增产值10亿元企业2家", "亿元以上企业20家", "规上企业30家", "完成工业投资65亿元",
    ]  # fmt: skip
