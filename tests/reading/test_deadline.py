"""Times as officials write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.deadline import read_deadline, time_words


def times(text, year=2023):
    return [
        (one.words, one.first and one.first.isoformat(), one.last and one.last.isoformat())
        for one in time_words(text, 0, len(text), year)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("9月", "2023-09-01", "2023-09-30"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("十月底", "2023-10-01", "2023-10-31"),
        ("6月中旬", "2023-06-01", "2023-06-20"),
        ("10月31日", "2023-10-31", "2023-10-31"),
        ("1—9月", "2023-01-01", "2023-09-30"),
        ("1-11月份", "2023-01-01", "2023-11-30"),
        ("1至7月", "2023-01-01", "2023-07-31"),
        ("3月到10月底", "2023-03-01", "2023-10-31"),
        ("7月9日至17日", "2023-07-09", "2023-07-17"),
        ("前三季度", "2023-01-01", "2023-09-30"),
        ("一至三季度", "2023-01-01", "2023-09-30"),
        ("第四季度", "2023-10-01", "2023-12-31"),
        ("三季度末", "2023-07-01", "2023-09-30"),
        ("上半年", "2023-01-01", "2023-06-30"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("下半年", "2023-07-01", "2023-12-31"),
        ("全年", "2023-01-01", "2023-12-31"),
        ("2023年年底", "2023-01-01", "2023-12-31"),
        ("今年底", "2023-01-01", "2023-12-31"),
        ("明年3月", "2024-03-01", "2024-03-31"),
        ("2023—2025年", "2023-01-01", "2025-12-31"),
        ("2023-06-30", "2023-06-30", "2023-06-30"),
        ("2023.12", "2023-12-01", "2023-12-31"),
    ],
)
def test_words_of_time_mean_days_of_the_plans_year_unless_another_is_written(text, first, last):
    assert times(text) == [(text, first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "3个月",
        "5—6个",
        "12.3亿元",
        "四个季度",
        "2月30日",
        "13月",
        "年轻干部",
        "10月饼",
        "增长8.5%",
        "6-9岁儿童",
        "12家以内",
        "海底捞",
    ],
)
def test_numbers_that_are_no_time_give_no_day(text):
    assert times(text) == []


@pytest.mark.parametrize(
    ("text", "last", "doubtful"),
    [
        ("6月底前", "2023-06-30", False),
        ("9月30日之前", "2023-09-30", False),
        ("年底前", "2023-12-31", False),
        ("6月前", "2023-05-31", True),
        ("三季度前", "2023-06-30", True),
        ("3月底前启动，10月底前完成", "2023-10-31", True),
        ("2023年12月", "2023-12-31", False),
    ],
)
def test_a_deadline_is_the_last_day_that_its_words_leave(text, last, doubtful):
    read = read_deadline(text, 0, len(text), 2023)
    assert read.last.isoformat() == last
    assert bool(read.doubt) is doubtful


@pytest.mark.parametrize("text", ["长期坚持", "持续推进", "每月25日前", "常态化推进", "春节前"])
def test_words_without_a_day_are_kept_as_words(text):
    read = read_deadline(text, 0, len(text), 2023)
    assert (read.first, read.last, read.doubt) == (None, None, "")
    assert text.startswith(read.words)


def test_what_is_no_time_at_all_is_said():
    text = "按上级要求"
    assert read_deadline(text, 0, len(text), 2023).doubt == "“按上级要求”看不出日期。"
    assert read_deadline("  ", 0, 2, 2023) is None


@given(st.text(alphabet="0123456789年月日底前至—一二三季度上下半.-初中末内今明 ", max_size=40))
def test_any_writing_is_read_in_order_and_at_its_place(text):
    at = 0
    for one in time_words(text, 0, len(text), 2024):
        assert one.span.start >= at
        assert one.span.quote(text) == one.words
        assert one.last is None or isinstance(one.last, date)
        assert one.first is None or one.first <= one.last
        at = one.span.end


@pytest.mark.parametrize("text", ["2026年13月1日", "2026年13月", "2026年 0月5日", "2026年6月35日", "6月32日前"])
def test_a_month_or_day_that_no_calendar_has_is_not_read_as_its_year_or_month(text):
    assert times(text) == []
    read = read_deadline(text, 0, len(text), 2026)
    assert (read.last, read.doubt) == (None, f"“{text}”看不出日期。")
