"""Numbers as Excel shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document.shown import shown


@pytest.mark.parametrize(
    ("value", "pattern", "words"),
    [
        ("0.56", "0%", "56%"),
        ("0.07499999999999999", "0.0%", "7.5%"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("28", '0"家"', "28家"),
        ("28", "General", "28"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("15", "0.00", "15.00"),
        ("2.5", "0", "3"),  # Excel rounds halves away from zero
        ("-2.5", "0", "-3"),
        ("1.5", "0.0##", "1.5"),
        ("2", "0.##", "2"),
        ("1200", "_ * #,##0_ ;_ * -#,##0_ ", "1,200"),
        ("45199", "yyyy-m-d", "2023-09-30"),
        ("45199", 'yyyy"年"m"月"d"日"', "2023年9月30日"),
        ("45199", 'yyyy"年"m"月"', "2023年9月"),
        ("1", "yyyy-m-d", "1900-01-01"),
        ("甲", "0%", "甲"),
        ("1e400", "0", "1e400"),
        ("NaN", "0", "NaN"),
    ],
)
def test_a_number_is_shown_in_its_format(value, pattern, words):
    assert shown(value, pattern) == words


def test_a_workbook_may_count_its_days_from_1904():
    assert shown("43737", "yyyy-m-d", since_1904=True) == "2023-09-30"


@given(st.integers(-(10**9), 10**9))
def test_a_whole_number_in_general_format_stays_as_it_is(number):
    assert shown(str(number), "General") == str(number)


@given(st.text(alphabet='0#?,.%;"\\ym年月日dE+_*@[]GeneralA', max_size=20), st.floats(allow_nan=True))
def test_any_format_gives_words_and_never_an_exception(pattern, number):
    assert isinstance(shown(repr(number), pattern), str)
