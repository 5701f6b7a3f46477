from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.metric import OPERATIONS, Metric, compute_metric, months_between
from luoshi.terms.period import add_months

AS_OF = date(2023, 6, 30)
N = Fraction


def computed(operation, worths, as_of=AS_OF):
    names = [f"m{i}" for i in range(len(worths))]
    metric = Metric("x", "某量", operation, tuple(names))
    return compute_metric(metric, dict(zip(names, worths, strict=True)), as_of)


@pytest.mark.parametrize(
    ("operation", "worths", "result"),
    [
        ("divide", (N(45), N(50)), N(9, 10)),
        ("divide", (N(45), N(0)), None),
        ("divide", (N(45), None), None),
        ("subtract", (N(45), N(50)), N(-5)),
        ("days_between", (date(2023, 6, 30), date(2024, 1, 15)), N(199)),
        ("days_between", (None, date(2024, 1, 15)), None),
        ("months_between", (date(2023, 6, 30), date(2023, 12, 30)), N(6)),
        ("calendar_months_between", (date(2023, 9, 30), date(2023, 10, 1)), N(1)),
        ("calendar_months_between", (date(2024, 1, 1), date(2023, 12, 31)), N(-1)),
        ("latest", (date(2023, 1, 1), None, date(2023, 2, 1)), date(2023, 2, 1)),
        ("latest", (None,), None),
        ("first_known", (None, date(2023, 2, 1)), date(2023, 2, 1)),
        ("first_known", (None, None), None),
        ("count_in_year", ((date(2023, 3, 1), date(2023, 5, 1)),), N(2)),
        ("count_in_year", ((date(2022, 12, 1), date(2023, 7, 1)),), N(0)),  # last year's, and what is to come
        ("count_in_year", (None,), N(0)),
        ("longest_run_of_months", ((date(2023, 3, 1), date(2023, 5, 1)),), N(1)),
        ("longest_run_of_months", ((date(2023, 5, 1), date(2023, 3, 1), date(2023, 4, 9), date(2023, 4, 20)),), N(3)),
        ("longest_run_of_months", ((date(2022, 12, 1), date(2023, 1, 1)),), N(1)),  # within the calendar year
    ],
)
def test_an_operation_computes_exactly_or_knows_nothing(operation, worths, result):
    assert computed(operation, worths) == result


def test_every_operation_is_in_the_table_above_and_as_of_is_always_known():
    assert set(OPERATIONS) == {
        "divide", "subtract", "days_between", "months_between", "calendar_months_between",
        "latest", "first_known", "count_in_year", "longest_run_of_months",
    }  # fmt: skip
    metric = Metric("x", "逾期", "days_between", ("due", "as_of"))
    assert compute_metric(metric, {"due": date(2023, 6, 1)}, AS_OF) == 29


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 6, 30), date(2023, 12, 29), N(5) + N(29, 30)),
        (date(2023, 1, 31), date(2023, 2, 28), N(1)),  # the month's last day stands for the 31st
        (date(2023, 1, 15), date(2023, 1, 15), N(0)),
        (date(2023, 3, 1), date(2023, 1, 1), N(-2)),
    ],
)
def test_months_are_whole_on_the_same_day_and_by_days_between(start, end, months):
    assert months_between(start, end) == months


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_n_months_are_reached_exactly_on_the_day_n_months_later(start, months):
    assert months_between(start, add_months(start, months)) >= months


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_months_never_fall_as_days_go_by(start, one, other):
    less, more = sorted((one, other))
    days = [date.fromordinal(start.toordinal() + n) for n in (less, more)]
    assert months_between(start, days[0]) <= months_between(start, days[1])
