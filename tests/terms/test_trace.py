"""A trace keeps rule, inputs and steps in the order they were taken."""

import dataclasses
from datetime import date

import pytest

from luoshi.terms.source import Source
from luoshi.terms.trace import Input, Step, Trace


def test_a_trace_is_a_value_that_cannot_be_changed_after_the_fact():
    trace = Trace(
        "assessment.pace",
        (Input("实际", "12亿元", date(2023, 9, 30), "report/2023-09"), Input("应达", "11.25亿元")),
        (Step("12 ÷ 11.25", "1.07"),),
        Source("政府督查工作条例"),
    )
    assert [item.name for item in trace.inputs] == ["实际", "应达"]
    assert trace == dataclasses.replace(trace)
    with pytest.raises(dataclasses.FrozenInstanceError):
        trace.rule = "another"


def test_a_trace_without_a_document_is_unverified():
    assert not Trace("assessment.pace").source.is_verified
