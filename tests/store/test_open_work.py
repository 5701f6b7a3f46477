"""What still waits in an open month is counted: every commitment to be reported stands in exactly one count."""

from __future__ import annotations

from county import PLAN, month

from luoshi.acts.submit_reports import ReportRow
from luoshi.store.open_work import OpenWork, open_work, unreported


def test_a_month_just_opened_has_nothing_but_unreported_rows(county):
    county.running().open(3)
    found = open_work(PLAN, month(3))
    assert (found.pending, found.is_none, found.text) == (0, False, f"未报{found.unreported}项")
    assert not any(name.endswith(":0001") and name.startswith("task:") for name in unreported(PLAN, month(3)))


def test_each_report_moves_from_count_to_count_until_nothing_of_it_is_left(county):
    county.running().open(3)
    all_due = open_work(PLAN, month(3)).unreported
    target = county.target("完成固定资产投资")
    reports = county.submit(3, ReportRow(target.id, {"value": "15"}))
    assert open_work(PLAN, month(3)) == OpenWork(1, 0, 0, all_due - 1)
    county.sign(3, reports)
    assert open_work(PLAN, month(3)) == OpenWork(0, 1, 0, all_due - 1)
    county.accept(3, reports)
    assert open_work(PLAN, month(3)) == OpenWork(0, 0, 0, all_due - 1)


def test_no_open_work_has_no_words():
    assert (OpenWork().is_none, OpenWork().text) == (True, "")
    assert OpenWork(1, 2, 3, 4).text == "待签发1项、待审核2项、已退回3项、未报4项"
