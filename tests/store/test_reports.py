"""Figures typed in a report are brought into the unit their commitment is kept in."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lists.entry import Entry
from luoshi.store.reports import in_own_units


def _commitment(kind, unit):
    return Entry("target:t", "target", "p", "v", "assigned", 1, date(2023, 1, 1), {"kind": kind, "unit": unit})


@pytest.mark.parametrize(
    ("kind", "unit", "typed", "kept"),
    [
        ("at_least", "万平方米", {"value": "31000平方米"}, {"value": "3.1"}),
        ("growth", "%", {"value": "6.5％"}, {"value": "6.5"}),
        # beside a base the figure is no percentage: both are kept in the unit written after the first
        ("growth", "%", {"value": "45亿元", "base": "400000万元"}, {"value": "45", "base": "40"}),
        ("growth", "%", {"value": "45", "base": "400000万元"}, {"value": "45", "base": "400000"}),
        ("share", "%", {"value": "12家", "base": "16"}, {"value": "12", "base": "16"}),
        ("rank", "", {"value": "第3名"}, {"value": "3"}),
        ("rank", "", {"value": "3"}, {"value": "3"}),
        ("at_least", "亿元", {"text": "推进"}, {"text": "推进"}),
    ],
)
def test_figures_are_taken_in_the_unit_of_the_commitment(kind, unit, typed, kept):
    assert in_own_units(_commitment(kind, unit), typed) == (kept, [])


@pytest.mark.parametrize(
    ("kind", "unit", "typed", "field"),
    [
        ("at_least", "亿元", {"value": "45家"}, "value"),
        ("at_least", "亿元", {"value": "45家", "base": "40家"}, "value"),  # no ratio: the base changes nothing
        ("growth", "%", {"value": "45亿元", "base": "40家"}, "base"),
        ("rank", "", {"value": "第3家"}, "value"),
    ],
)
def test_another_measure_is_refused_by_its_field(kind, unit, typed, field):
    _, errors = in_own_units(_commitment(kind, unit), typed)
    assert field in {error.field for error in errors}
