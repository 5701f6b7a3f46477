"""Days worked in China, by the State Council's notices."""

from datetime import date

import pytest

from luoshi.lists.clock import UnknownCalendar
from luoshi.lists.holiday import is_working_day


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2023-09-28", True),
        ("2023-09-29", False),  # Mid-Autumn and National Day, 29 September – 6 October
        ("2023-10-06", False),
        ("2023-10-07", True),  # a Saturday made up
        ("2023-10-08", True),  # a Sunday made up
        ("2023-10-14", False),
    ],
)
def test_holidays_are_off_and_made_up_weekends_are_worked(day, worked):
    assert is_working_day(date.fromisoformat(day)) is worked


def test_an_unknown_year_is_named():
    with pytest.raises(UnknownCalendar, match="2080年"):
        is_working_day(date(2080, 1, 1))
