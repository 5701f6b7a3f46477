"""The days that matter to a reader, within what the reader may see."""

from __future__ import annotations

from datetime import date

import pytest
from county import AUDITOR, EDUCATION, HARBOUR, PLAN, PLANNING, SUPERVISOR, desk_of, head_of

from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.store.models import Account
from luoshi.store.queries.deadlines import deadlines
from luoshi.store.queries.desk import desk_for

SECRET = "某某公司资金链断裂"


def _of(account):
    found = deadlines(desk_for(Account.objects.get(username=account), date(2023, 9, 28)))
    return [(one.day, one.title.partition("：")[0], one.target[0]) for one in found]


@pytest.fixture
def september(running):
    """A target of planning with a day of its own, a slip for it, and September open."""
    target = running.target("完成固定资产投资")
    schedule_entries(running.supervisor(1, 20), [Schedule(target.id, {"due_on": "2023-11-30"})])
    typed = {"matter": SECRET, "origin": "report", "demand": "说明原因", "lead_body": PLANNING, "due_on": "2023-10-12"}
    issue_slip(running.supervisor(9, 20), PLAN, typed)
    running.open(9)
    return running


WINDOW = (date(2023, 10, 5), "2023年9月填报截止", "todo")


def test_a_desk_has_the_window_its_slips_and_what_its_body_leads_the_earliest_first(september):
    found = _of(desk_of(PLANNING))
    assert found == sorted(found, key=lambda one: one[0])
    assert WINDOW in found
    assert (date(2023, 11, 30), "完成时限", "entry") in found
    assert [title for _, title, _ in found].count("督办") + [title for _, title, _ in found].count("督办单") == 1


def test_others_have_none_of_it(september):
    assert WINDOW in _of(head_of(EDUCATION))
    assert (date(2023, 11, 30), "完成时限", "entry") not in _of(head_of(EDUCATION))
    assert WINDOW in _of(SUPERVISOR)
    assert _of(AUDITOR) == []
    assert (date(2023, 11, 30), "完成时限", "entry") not in _of(desk_of(HARBOUR))


def test_the_words_of_an_entry_of_a_register_stay_in_it(september):
    for account in (desk_of(PLANNING), head_of(PLANNING), SUPERVISOR):
        found = deadlines(desk_for(Account.objects.get(username=account), date(2023, 9, 28)))
        assert not any(SECRET in one.title for one in found), account


def test_when_the_window_is_closed_it_is_no_deadline_any_more(running):
    running.open(9)
    running.close(9)
    assert not any("填报截止" in title for _, title, _ in _of(desk_of(PLANNING)))


def test_names_of_deadlines_do_not_change_with_their_day(september):
    desk = desk_for(Account.objects.get(username=desk_of(PLANNING)), date(2023, 9, 28))
    before = {one.key for one in deadlines(desk)}
    target = september.target("完成固定资产投资")
    schedule_entries(september.supervisor(9, 28), [Schedule(target.id, {"due_on": "2023-12-15"})])
    assert {one.key for one in deadlines(desk)} == before
    assert len(before) == len(deadlines(desk))
