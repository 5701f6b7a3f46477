"""Clocks against the worked vectors of domain.md §0.6, §1.1 and §5.3."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.clock import UnknownCalendar, after_move, due_on
from luoshi.lists.definition import ClockRule, Definition
from luoshi.lists.entry import Clock
from luoshi.lists.holiday import is_working_day
from luoshi.terms.source import Source


def _rule(length, unit="days", counts="calendar", **more):
    return ClockRule("cure", "整改时限", "assign", ("close",), length, unit, counts, **more)


@pytest.mark.parametrize(
    ("start", "length", "unit", "counts", "due"),
    [
        # Labour Day 29 April – 3 May is off, Saturday 6 May is made up: 27, 28 April, 4, 5, 6 May
        ("2023-04-26", 5, "days", "working", "2023-05-06"),
        # 20–23 April: make-up Sunday 23 is worked: 21, 23–28 (7), 4–6 May (10), 8–12 (15), 15–19 (20)
        ("2023-04-20", 20, "days", "working", "2023-05-19"),
        ("2023-03-10", 60, "days", "calendar", "2023-05-09"),  # 21 days of March, 30 of April, 9 of May
        ("2023-05-09", 30, "days", "calendar", "2023-06-08"),  # extended once
        ("2023-03-01", 15, "days", "calendar", "2023-03-16"),
        ("2023-06-01", 30, "days", "calendar", "2023-07-01"),  # objection to a conclusion
        ("2023-06-20", 30, "days", "calendar", "2023-07-20"),  # decision on it
        ("2022-11-30", 3, "months", "calendar", "2023-02-28"),  # no 30 February: the last day (Art. 202)
        ("2023-11-30", 3, "months", "calendar", "2024-02-29"),
    ],
)
def test_the_day_of_the_start_is_not_counted(start, length, unit, counts, due):
    assert due_on(_rule(length, unit, counts), date.fromisoformat(start), is_working_day) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "due", "rolled"),
    [
        ("2023-06-01", "2023-07-01", "2023-07-03"),  # a Saturday → Monday
        ("2023-05-11", "2023-06-10", "2023-06-12"),
        ("2023-08-11", "2023-09-10", "2023-09-11"),
    ],
)
def test_a_due_day_that_is_not_worked_rolls_on_only_where_the_rule_says_so(start, due, rolled):
    day = date.fromisoformat(start)
    assert due_on(_rule(30), day, is_working_day) == date.fromisoformat(due)
    assert due_on(_rule(30, roll="next_working_day"), day, is_working_day) == date.fromisoformat(rolled)


@pytest.mark.parametrize("start", [date(1999, 5, 1), date(2080, 1, 4), date(2003, 12, 20)])
def test_a_year_without_a_known_calendar_is_said_and_not_guessed(start):
    with pytest.raises(UnknownCalendar, match="年的放假安排尚未载入"):
        due_on(_rule(5, counts="working"), start, is_working_day)


@given(st.dates(date(2005, 1, 1), date(2025, 6, 1)), st.integers(1, 60))
def test_working_days_are_never_fewer_than_calendar_days_and_grow_with_the_length(start, length):
    worked = due_on(_rule(length, counts="working"), start, is_working_day)
    assert worked >= due_on(_rule(length), start, is_working_day)
    assert is_working_day(worked)
    assert due_on(_rule(length + 1, counts="working"), start, is_working_day) > worked
    assert sum(is_working_day(start + timedelta(days=i)) for i in range(1, (worked - start).days + 1)) == length


def _definition(**more):
    rule = _rule(10, **more)
    return Definition("problem", "问题", "v", Source(), {}, {}, {}, {"cure": rule})


def test_a_clock_starts_with_its_move_and_stops_once():
    definition, day = _definition(), date(2023, 9, 1)
    started = after_move(definition, {}, "assign", day, is_working_day)
    assert started == {"cure": Clock(day, date(2023, 9, 11), date(2023, 9, 11))}
    stopped = after_move(definition, started, "close", date(2023, 9, 5), is_working_day)
    assert stopped["cure"].stopped_on == date(2023, 9, 5)
    assert after_move(definition, stopped, "close", date(2023, 9, 6), is_working_day) == {}
    assert after_move(definition, {}, "close", day, is_working_day) == {}
    assert after_move(definition, started, "amend", day, is_working_day) == {}


def test_a_clock_started_again_while_it_runs_keeps_its_first_due_day():
    definition = _definition()
    first = after_move(definition, {}, "assign", date(2023, 9, 1), is_working_day)
    again = after_move(definition, first, "assign", date(2023, 9, 8), is_working_day)
    assert again["cure"] == Clock(date(2023, 9, 8), date(2023, 9, 18), date(2023, 9, 11))


def test_a_clock_started_after_it_stopped_is_a_new_one():
    definition = _definition()
    stopped = {"cure": Clock(date(2023, 9, 1), date(2023, 9, 11), date(2023, 9, 11), date(2023, 9, 5))}
    again = after_move(definition, stopped, "assign", date(2023, 10, 8), is_working_day)
    assert again["cure"] == Clock(date(2023, 10, 8), date(2023, 10, 18), date(2023, 10, 18))


def test_a_returned_matter_runs_on_to_its_old_due_day():
    definition = _definition(resumes=("reopen",))
    stopped = {"cure": Clock(date(2023, 9, 1), date(2023, 9, 11), date(2023, 9, 11), date(2023, 9, 5))}
    resumed = after_move(definition, stopped, "reopen", date(2023, 9, 20), is_working_day)
    assert resumed["cure"] == Clock(date(2023, 9, 1), date(2023, 9, 11), date(2023, 9, 11))
    assert after_move(definition, resumed, "reopen", date(2023, 9, 21), is_working_day) == {}
    assert after_move(definition, {}, "reopen", date(2023, 9, 21), is_working_day) == {}
