"""Figures typed in a report are brought into the unit their commitment is kept in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.lists.entry import Entry
from luoshi.store.reports import claimed_days, flags_of, in_own_units, write_claims


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


def _report(**values):
    return Entry("report:r", "report", "p", "v", "accepted", 1, date(2023, 8, 31), values)


def _target(goal, unit="亿元", **values):
    given = {"kind": "at_least", "unit": unit, "value": Decimal(goal), "accumulation": "cumulative", **values}
    return Entry("target:t", "target", "p", "v", "assigned", 1, date(2023, 1, 1), given)


@pytest.mark.parametrize(
    ("target", "last", "now", "flags"),
    [
        (_target(60), "40", "40", ["累计数与上月相同"]),
        (_target(60), "20", "45", ["单月增量超过全年目标的四成"]),  # 25 of 60 is 41.7%
        (_target(60), "20", "44", []),  # 24 of 60 is just 40%
        (_target(60), "61", "61", []),  # finished already: standing still is no news
        (_target(60), "60", "90", []),
        (_target(60), "61", "60", ["累计数低于上月（上月61）"]),  # a fall is told always
        (_target(4, "家"), "2", "2", []),  # four pieces in twelve months
        (_target(2, "家"), "0", "1", []),  # one piece is half of it
        (_target(4, "家"), "0", "2", ["单月增量超过全年目标的四成"]),
        (_target(40, "家"), "20", "20", ["累计数与上月相同"]),
        (_target(60, schedule="none"), "20", "20", []),  # told once a year
        (_target(60, schedule="none"), "20", "60", []),
        (_target(9, "起", kind="at_most"), "3", "3", []),  # no further accident is good
    ],
)
def test_hints_are_given_where_they_mean_something(target, last, now, flags):
    assert flags_of(target, Decimal(now), {"value": now}, _report(value=Decimal(last))) == flags


def test_the_same_words_are_a_hint_until_the_work_is_finished():
    before = _report(text="有序推进")
    nodes = ({"id": "1", "accepted_on": date(2023, 6, 30)}, {"id": "2", "accepted_on": None})
    work = Entry("task:t", "task", "p", "v", "assigned", 1, date(2023, 1, 1), {"nodes": nodes})
    assert flags_of(work, None, {"text": "有序推进"}, before) == ["进展文字与上月完全相同"]
    done = Entry("task:t", "task", "p", "v", "assigned", 1, date(2023, 1, 1), {"nodes": nodes[:1]})
    assert flags_of(done, None, {"text": "有序推进"}, before) == []


@pytest.mark.parametrize(
    ("written", "claims"),
    [
        ("1、2", {"1": None, "2": None}),
        ("1,2；3 4", {"1": None, "2": None, "3": None, "4": None}),
        ("1（2023年9月5日）、2", {"1": date(2023, 9, 5), "2": None}),
        ("2(2023-09-05)", {"2": date(2023, 9, 5)}),
        ("2（2023年9月31日）", {"2（2023年9月31日）": None}),  # no such day: then no known number either
        (None, {}),
    ],
)
def test_claimed_nodes_are_read_with_the_day_they_give(written, claims):
    assert claimed_days(written) == claims


def test_claims_are_written_as_they_are_read():
    claims = {"1": None, "2": date(2023, 9, 5)}
    assert write_claims(claims) == "1、2（2023年9月5日）"
    assert claimed_days(write_claims(claims)) == claims
