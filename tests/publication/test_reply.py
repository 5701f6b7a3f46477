from __future__ import annotations

from datetime import date

import pytest

from luoshi.lists.holiday import is_working_day
from luoshi.publication.reply import reply_days, reply_due, sets_deadline
from luoshi.terms.period import Period

SEPTEMBER = Period.month(2023, 9)


def test_the_units_have_ten_working_days_after_the_day_of_issue():
    # 5 October 2023 is in the holiday; worked: 7, 8 (make-up days), 9 to 13, 16, 17, 18 October: the tenth is the 18th
    assert reply_days() == 10
    assert reply_due(date(2023, 10, 5), SEPTEMBER, is_working_day) == date(2023, 10, 18)


@pytest.mark.parametrize("day", [date(2023, 10, 1), date(2023, 10, 8), date(2023, 10, 31)])
def test_the_deadline_always_lies_after_the_date_of_the_paper(day):
    due = reply_due(day, SEPTEMBER, is_working_day)
    assert due is not None
    assert due > day


def test_a_bulletin_of_a_month_long_past_sets_no_deadline():
    assert sets_deadline(date(2023, 10, 31), SEPTEMBER)
    assert not sets_deadline(date(2023, 11, 1), SEPTEMBER)
    assert reply_due(date(2024, 1, 4), SEPTEMBER, is_working_day) is None


def test_a_year_without_a_known_calendar_gives_no_day():
    may = Period.month(2090, 5)
    assert sets_deadline(date(2090, 6, 5), may)
    assert reply_due(date(2090, 6, 5), may, is_working_day) is None
