from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.plain_trace import render_trace, trace_from_plain, trace_to_plain
from luoshi.terms.source import Source
from luoshi.terms.trace import Input, Step, Trace

text = st.text(max_size=8)
traces = st.builds(
    Trace,
    text,
    st.lists(st.builds(Input, text, text, st.none() | st.dates(), text), max_size=3).map(tuple),
    st.lists(st.builds(Step, text, text), max_size=3).map(tuple),
    st.builds(Source, title=text, url=text, adr=text),
)


@given(traces)
def test_a_trace_survives_its_writing(trace):
    assert trace_from_plain(trace_to_plain(trace)) == trace


@given(traces)
def test_every_trace_can_be_told(trace):
    assert len(render_trace(trace)) == 2 + len(trace.inputs) + len(trace.steps)


def test_a_trace_is_told_line_by_line():
    trace = Trace(
        "五色图",
        (Input("实际", "12亿元", date(2023, 9, 30), "填报"), Input("目标", "15亿元")),
        (Step("12 ÷ 11.25", "1.07"), Step("差", "−3"), Step("判定", "绿"), Step("完")),
        Source(title="办法", article="第八条"),
    )
    assert render_trace(trace) == (
        "规则：五色图",
        "来源：《办法》第八条",
        "实际：12亿元（2023年9月30日），取自填报",
        "目标：15亿元",
        "12 ÷ 11.25 = 1.07",
        "差 = −3",
        "判定 → 绿",
        "完",
    )


def test_a_source_that_is_none_is_an_unverified_one():
    plain = trace_to_plain(Trace("规则")) | {"source": None, "inputs": None}
    assert trace_from_plain(plain) == Trace("规则")
