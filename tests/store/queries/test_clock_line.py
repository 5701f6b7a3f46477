"""How a clock stands, in words an official says; 2023: 29 September to 6 October off, 7 and 8 October worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from luoshi.lists.clock import UnknownCalendar
from luoshi.lists.definition import ClockRule, Escalation, Length
from luoshi.lists.entry import Clock
from luoshi.lists.holiday import is_working_day
from luoshi.store.queries.clock_line import clock_line

RULE = ClockRule(
    "finish", "办结时限", "receive", ("close",), 30, warn=(Length(7), Length(1)),
    escalates=(Escalation(Length(1), "催办通知", ()), Escalation(Length(5, "working days"), "现场督办", ())),
)  # fmt: skip
CLOCK = Clock(date(2023, 8, 23), date(2023, 9, 22), date(2023, 9, 22))  # a Friday
WORKING = ClockRule("receipt", "签收时限", "issue", ("receive",), 1, counts="working")
WINDOW = ClockRule("objection", "申请复核期限", "close", ("object", "archive"), 30, lapses=True)


def _line(rule, clock, today):
    return clock_line(rule, clock, date.fromisoformat(today), is_working_day)


@pytest.mark.parametrize(("today", "word", "tone", "note"), [
    ("2023-09-10", "还有12天到期", "", ""),
    ("2023-09-19", "还有3天到期", "flag", "已进入到期前7天的预警期。"),
    ("2023-09-22", "今日到期", "flag", "已进入到期前1天的预警期。"),
    ("2023-09-23", "已超期1天", "late", "按时限规定应已升级到：催办通知。"),
    ("2023-09-28", "已超期6天", "late", "按时限规定应已升级到：催办通知。"),
    # the fifth working day after Friday the 22nd: 25, 26, 27, 28 September, then 7 October
    ("2023-10-07", "已超期15天", "late", "按时限规定应已升级到：催办通知、现场督办。"),
])  # fmt: skip
def test_a_running_clock_says_how_long_it_has_and_what_follows(today, word, tone, note):
    found = _line(RULE, CLOCK, today)
    assert (found["word"], found["tone"], found["note"]) == (word, tone, note)
    assert found["days"] == "2023年8月23日起，2023年9月22日到期"


@pytest.mark.parametrize(("due", "today", "word"), [
    ("2023-10-08", "2023-09-28", "还有2个工作日到期"),
    ("2023-09-28", "2023-10-08", "已超期2个工作日"),
    ("2023-09-28", "2023-10-02", "已超期4天"),  # four days off: no working day has passed, late all the same
])  # fmt: skip
def test_working_days_are_called_so(due, today, word):
    day = date.fromisoformat(due)
    assert _line(WORKING, Clock(date(2023, 9, 27), day, day), today)["word"] == word


@pytest.mark.parametrize(("stopped", "word", "tone"), [
    ("2023-09-22", "已按期完成", ""), ("2023-09-24", "超期2天完成", "late"),
])  # fmt: skip
def test_a_stopped_clock_is_told_by_the_day_it_stopped_on_not_by_today(stopped, word, tone):
    found = _line(RULE, replace(CLOCK, stopped_on=date.fromisoformat(stopped)), "2024-03-01")
    assert (found["word"], found["tone"], found["note"]) == (word, tone, "")
    assert found["days"].endswith(f"到期，2023年9月{stopped[-2:]}日止")


def test_a_suspended_clock_is_never_late():
    found = _line(RULE, replace(CLOCK, suspended_on=date(2023, 9, 5)), "2023-12-01")
    assert (found["word"], found["tone"]) == ("已中止计时", "")
    assert found["days"].endswith("，2023年9月5日中止")


def test_an_extended_clock_names_its_first_day():
    assert "2023年9月22日到期（原定2023年9月20日）" in _line(
        RULE, replace(CLOCK, first_due_on=date(2023, 9, 20)), "2023-09-01"
    )["days"]  # fmt: skip


@pytest.mark.parametrize(("stopped", "today", "word"), [
    (None, "2023-09-10", "还有12天届满"), (None, "2023-09-22", "今日届满"), (None, "2023-10-10", "已届满"),
    (date(2023, 9, 10), "2023-10-10", "已结束"), (date(2023, 10, 10), "2023-10-11", "已届满"),
])  # fmt: skip
def test_a_right_that_ends_unused_makes_nobody_late(stopped, today, word):
    found = _line(WINDOW, replace(CLOCK, stopped_on=stopped), today)
    assert (found["word"], found["tone"]) == (word, "")


def test_where_holidays_are_not_known_it_is_said_and_the_days_stay():
    def unknown(day):
        raise UnknownCalendar(f"{day.year}年的放假安排尚未载入，无法按工作日计算时限。")

    found = clock_line(WORKING, CLOCK, date(2023, 9, 1), unknown)
    assert (found["word"], found["note"]) == ("", "2023年的放假安排尚未载入，无法按工作日计算时限。")
    assert "到期" in found["days"]
