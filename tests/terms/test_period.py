"""Periods tile the calendar; month arithmetic follows the Civil Code."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.terms.period import Period, add_months, chinese_date

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
writings = st.one_of(
    st.builds("{:04d}".format, st.integers(1950, 2100)),
    st.builds("{:04d}-Q{}".format, st.integers(1950, 2100), st.integers(1, 4)),
    st.builds("{:04d}-{:02d}".format, st.integers(1950, 2100), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("text", "start", "last", "months", "label"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), 12, "2023年"),
        ("2023-Q3", date(2023, 7, 1), date(2023, 9, 30), 3, "2023年第三季度"),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31), 3, "2023年第四季度"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), 1, "2024年2月"),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31), 1, "2023年12月"),
    ],
)
def test_a_period_knows_its_first_and_last_day_and_its_name(text, start, last, months, label):
    period = Period.parse(text)
    assert (period.start, period.last, period.months, period.label) == (start, last, months, label)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23-09",
        "2023-9",
        "2023-13",
        "2023-00",
        "2023-Q5",
        "2023年9月",
        "2023-09-01",
        "２０２３",
        "2023\n",
        "9999-12",
    ],
)
def test_another_writing_is_refused(text):
    with pytest.raises(ValueError):
        Period.parse(text)


@given(writings)
def test_a_period_is_written_as_it_was_read(text):
    assert str(Period.parse(text)) == text


@given(writings)
def test_the_next_period_begins_where_this_one_ends(text):
    period = Period.parse(text)
    assert period.next().start == period.end
    assert period.next().months == period.months
    assert period.next().previous() == period


@given(days)
def test_every_day_lies_in_its_month_and_in_no_neighbour(day):
    month = Period.month_of(day)
    assert day in month
    assert day not in month.next()
    assert day not in month.previous()
    assert month.end not in month


@given(writings)
def test_a_period_holds_as_many_months_as_it_says(text):
    period = Period.parse(text)
    held, month = 0, Period.month_of(period.start)
    while month.start < period.end:
        held, month = held + 1, month.next()
    assert held == period.months


def test_months_sort_by_the_calendar():
    assert Period.parse("2023-09") < Period.parse("2023-10") < Period.parse("2024-01")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2023, 1, 1), date(2023, 7, 1)),  # half a year
        (date(2023, 2, 1), date(2023, 5, 1)),  # three months, no quarter
        (date(2023, 7, 1), date(2024, 7, 1)),  # twelve months, no calendar year
        (date(2023, 9, 2), date(2023, 10, 2)),
        (date(2023, 9, 1), date(2023, 9, 30)),
        (date(2023, 9, 1), date(2023, 9, 1)),
    ],
)
def test_a_stretch_of_days_that_is_no_month_quarter_or_year_is_refused(start, end):
    with pytest.raises(ValueError, match="not a month"):
        Period(start, end)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2022, 11, 30), 3, date(2023, 2, 28)),  # February has no 30th: its last day
        (date(2023, 11, 30), 3, date(2024, 2, 29)),  # leap year
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 3, 31), -1, date(2023, 2, 28)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
        (date(2023, 1, 15), -1, date(2022, 12, 15)),
        (date(2023, 5, 31), 0, date(2023, 5, 31)),
    ],
)
def test_the_same_day_some_months_later_or_the_last_of_that_month(day, months, expected):
    assert add_months(day, months) == expected


@given(days, st.integers(-240, 240))
def test_adding_months_lands_in_the_month_that_many_further(day, months):
    landed = add_months(day, months)
    assert (landed.year - day.year) * 12 + landed.month - day.month == months
    assert landed.day == day.day or (landed.day < day.day and (landed + timedelta(days=1)).day == 1)


def test_a_chinese_date_has_no_leading_zeros():
    assert chinese_date(date(2023, 9, 3)) == "2023年9月3日"
