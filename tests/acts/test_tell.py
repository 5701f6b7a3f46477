"""Acts leave notices with their facts: title and page only, each happening once for each person."""

from __future__ import annotations

import json

import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of, head_of
from django.db import transaction

from luoshi.acts.handle_reports import accept_reports, hold_back_reports, return_reports
from luoshi.acts.submit_reports import ReportRow
from luoshi.acts.tell import tell_opened
from luoshi.store.models import EntryRow, FactRow, Notice
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refused

SECRET = "与某某公司谈判破裂"


@pytest.fixture
def open_month(running):
    running.open(9)
    return running


def _own(number=2):
    rows = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
    return [ReportRow(row.id, {"value": "1", "text": SECRET}) for row in rows[:number]]


def _told(kind):
    return {row.account: row for row in Notice.objects.filter(kind=kind)}


def test_the_opening_is_told_to_the_desks_that_have_to_report_and_to_the_group(open_month):
    told = _told("opened")
    assert set(told) == {desk_of(PLANNING), desk_of(EDUCATION)}
    said = told[desk_of(PLANNING)]
    assert said.title == said.room == "2023年9月填报窗口已开启，2023年10月5日截止"
    assert (json.loads(said.target), said.is_urgent) == (["todo"], False)


def test_a_sheet_is_one_notice_however_many_rows_and_says_nothing_of_its_content(open_month):
    reports = open_month.submit(9, *_own())
    assert {name: row.title for name, row in _told("submitted").items()} == {
        head_of(PLANNING): "发改局2023年9月填报2项待签发"
    }
    open_month.sign(9, reports)
    assert {name: row.title for name, row in _told("signed").items()} == {SUPERVISOR: "发改局2023年9月填报2项待审核"}
    open_month.accept(9, reports)
    assert set(_told("accepted")) == {desk_of(PLANNING)}
    assert not any(SECRET in row.title + row.room + row.target for row in Notice.objects.all())


def test_what_was_returned_is_urgent_for_desk_and_head_and_leads_to_the_sheet(open_month):
    reports = open_month.submit(9, *_own())
    open_month.sign(9, reports)
    return_reports(open_month.supervisor(9, 28), reports, "wrong", "与统计数据不符")
    told = _told("returned")
    assert set(told) == {desk_of(PLANNING), head_of(PLANNING)}
    assert all(row.is_urgent and "不符" not in row.title and not row.room for row in told.values())
    assert json.loads(told[desk_of(PLANNING)].target) == ["report-sheet", PLANNING, "2023-09"]


def test_what_the_head_holds_back_is_told_to_the_desk_alone(open_month):
    reports = open_month.submit(9, *_own())
    hold_back_reports(acting(head_of(PLANNING), at(9, 27)), reports, "请核对")
    assert [(name, row.is_urgent) for name, row in _told("held_back").items()] == [(desk_of(PLANNING), True)]


def test_an_act_that_is_refused_tells_nobody(open_month):
    before = Notice.objects.count()
    reports = open_month.submit(9, *_own(1))
    with pytest.raises(Refused):
        accept_reports(open_month.supervisor(9, 28), reports)  # not signed
    assert Notice.objects.count() == before + 1  # the submission's


def test_facts_and_notices_are_kept_together_or_not_at_all(open_month):
    facts, notices = FactRow.objects.count(), Notice.objects.count()
    with transaction.atomic():
        open_month.submit(9, *_own())
        assert Notice.objects.count() == notices + 1
        transaction.set_rollback(True)  # as when the power is cut before the act ends
    assert (FactRow.objects.count(), Notice.objects.count()) == (facts, notices)


def test_the_same_happening_is_not_told_twice(open_month):
    before = Notice.objects.count()
    context = open_month.supervisor(9, 26)
    tell_opened(context, PLAN, Period.month(2023, 9), context.today)
    assert Notice.objects.count() == before
