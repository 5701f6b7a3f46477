"""A returned row tells the desk officer who returned it and why, in their own words."""

from __future__ import annotations

import pytest
from county import PLAN, PLANNING, acting, at, desk_of, head_of
from september import SHEET, targets

from luoshi.acts.handle_reports import hold_back_reports, return_reports
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.models import EntryRow


@pytest.fixture
def submitted(county):
    """One report of planning, waiting for its head."""
    return county.submit(9, ReportRow(targets()[0], {"value": "45", "text": "推进"}))


def _sheet(sign_in):
    return sign_in(desk_of(PLANNING)).get(SHEET).content.decode()


def test_the_words_of_the_head_are_told(county, submitted, sign_in):
    hold_back_reports(acting(head_of(PLANNING), at(9, 27)), submitted, "数字与统计月报不一致")
    assert "单位负责人退回：数字与统计月报不一致" in _sheet(sign_in)


def test_the_words_of_the_supervisor_stand_beside_the_code(county, submitted, sign_in):
    county.sign(9, submitted)
    return_reports(county.supervisor(9, 28), submitted, "unproven", "请附竣工备案表")
    assert "督查室退回（佐证不足）：请附竣工备案表" in _sheet(sign_in)


def test_only_the_last_return_is_told_and_none_after_a_new_report(county, submitted, sign_in):
    county.sign(9, submitted)
    return_reports(county.supervisor(9, 28), submitted, "wrong", "请核对")
    county.submit(9, ReportRow(targets()[0], {"value": "46", "text": "推进"}))
    assert "请核对" not in _sheet(sign_in)
    hold_back_reports(acting(head_of(PLANNING), at(9, 29)), submitted, "仍不一致")
    html = _sheet(sign_in)
    assert "单位负责人退回：仍不一致" in html
    assert "请核对" not in html


def test_what_the_head_gave_back_may_be_reported_again_as_it_stands(county, submitted, sign_in):
    hold_back_reports(acting(head_of(PLANNING), at(9, 27)), submitted, "请核对")
    form = {"row": f"1|{targets()[0]}", "1-value": "45", "1-text": "推进"}
    assert sign_in(desk_of(PLANNING)).post(SHEET, form).status_code == 302
    assert EntryRow.objects.get(pk=submitted[0], plan=PLAN).state == "submitted"
