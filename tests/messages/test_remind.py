"""Reminders before the window closes: on working days, to those who have not reported, once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from county import EDUCATION, PLAN, PLANNING, acting, at, desk_of, head_of

from luoshi.acts.handle_reports import hold_back_reports
from luoshi.acts.submit_reports import ReportRow
from luoshi.messages.remind import remind
from luoshi.store.due import due
from luoshi.store.entries import find_where
from luoshi.store.models import Notice
from luoshi.terms.period import Period

SEPTEMBER = Period.month(2023, 9)


def _on(day, month=9):
    return datetime(2023, month, day, 2, tzinfo=UTC)


def _near():
    return {row.account: row.title for row in Notice.objects.filter(kind="near")}


def _report_all(county, body):
    rows = [ReportRow(name, {"value": "1", "text": "推进"}) for name in due(PLAN, SEPTEMBER, [body])]
    return county.submit(9, *rows, body=body)


@pytest.mark.parametrize(
    ("day", "month", "said"),
    [
        (22, 9, None),  # Friday: 25, 26, 27 and 28 are left, four
        (23, 9, None),  # Saturday
        (25, 9, "还有3个工作日"),
        (26, 9, None),
        (27, 9, "还有1个工作日"),
        (28, 9, "今天是最后一个工作日"),  # what follows until the 5th is holiday
        (29, 9, None),
        (5, 10, None),
        (7, 10, None),
    ],
)
def test_three_one_and_no_working_days_before_it_closes_and_never_on_a_holiday(county, day, month, said):
    remind(_on(day, month))
    title = f"2023年9月填报2023年10月5日截止，{said}"
    assert _near() == ({desk_of(PLANNING): title, desk_of(EDUCATION): title} if said else {})


def test_running_it_all_day_reminds_once(county):
    for _ in range(3):
        remind(_on(28))
    assert Notice.objects.filter(kind="near").count() == 2
    assert {row.room for row in Notice.objects.filter(kind="near")} == set(_near().values())


def test_who_has_reported_everything_is_left_in_peace_and_whose_reports_came_back_is_not(county):
    _report_all(county, EDUCATION)
    remind(_on(27))
    assert set(_near()) == {desk_of(PLANNING)}
    hold_back_reports(acting(head_of(EDUCATION), at(9, 28)), _reports(EDUCATION), "请核对")
    remind(_on(28))
    assert Notice.objects.filter(kind="near", account=desk_of(EDUCATION)).count() == 1


def _reports(body):
    return [entry.id for entry in find_where(PLAN, "report") if str(entry["body"]) == body]


def test_when_all_have_reported_or_no_window_is_open_nobody_is_told(county):
    for body in (PLANNING, EDUCATION):
        _report_all(county, body)
    remind(_on(28))
    assert _near() == {}
