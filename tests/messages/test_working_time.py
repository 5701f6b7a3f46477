"""Working days: the holidays of 2023, and years whose holidays nobody has decided yet."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from luoshi.messages.working_time import days_left, is_worked, next_worked


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2023, 9, 28), True),
        (date(2023, 9, 29), False),  # Mid-Autumn and National Day: 29 September to 6 October
        (date(2023, 10, 7), True),  # a Saturday worked instead
        (date(2023, 10, 15), False),
        (date(2090, 1, 2), True),  # a Monday nobody has decided on
        (date(2090, 1, 1), False),  # a Sunday
    ],
)
def test_make_up_days_are_worked_and_undecided_years_go_by_the_week(day, worked):
    assert is_worked(day) is worked


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2023, 9, 28, 15, 30, tzinfo=UTC), datetime(2023, 9, 28, 15, 30, tzinfo=UTC)),  # 23:30 on the 28th
        (datetime(2023, 9, 28, 16, 30, tzinfo=UTC), datetime(2023, 10, 7, 0, tzinfo=UTC)),  # 00:30 on the 29th
        (datetime(2023, 10, 5, 2, tzinfo=UTC), datetime(2023, 10, 7, 0, tzinfo=UTC)),
    ],
)
def test_what_falls_on_a_holiday_waits_for_the_morning_of_the_next_working_day(now, expected):
    assert next_worked(now, 8) == expected


@pytest.mark.parametrize(
    ("today", "last", "left"),
    [
        (date(2023, 9, 25), date(2023, 9, 28), 3),
        (date(2023, 9, 28), date(2023, 10, 5), 0),  # all of it is holiday
        (date(2023, 10, 7), date(2023, 10, 10), 3),  # Saturday worked, Sunday not: the 8th is a make-up day too
        (date(2023, 9, 28), date(2023, 9, 28), 0),
        (date(2023, 9, 28), date(2023, 9, 27), -1),
    ],
)
def test_the_working_days_left_are_those_after_today_the_last_included(today, last, left):
    assert days_left(today, last) == left
