"""One entry, two times: what was known on a day, and what held on it as corrected since."""

from __future__ import annotations

from datetime import date

import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, at, month

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.context import context_for
from luoshi.acts.handle_reports import correct_report
from luoshi.acts.move_entry import move_entry
from luoshi.store.entries import find
from luoshi.store.models import Account
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.entry_then import HELD, KNOWN, as_held_on, as_known_on, entry_then
from luoshi.terms.refusal import Refused


@pytest.fixture
def told(running):
    """May's figure 20 accepted on the 28th; corrected to 18 on 20 July, for 31 May; the lead passed on 1 July."""
    target = running.target("完成固定资产投资")
    running.open(5)
    report = running.report(5, target.id, value="20")
    running.close(5)
    when = Account.objects.get(username=SUPERVISOR)
    correct_report(context_for(when, at(7, 20), date(2023, 5, 31)), report, {"value": "18"}, "核减")
    assign_entries(running.supervisor(7, 1), [Assignment(target.id, EDUCATION, (), "领甲")])
    return running, target, report


def test_a_corrected_figure_is_known_later_than_it_held(told):
    _, _, report = told
    asked = [date(2023, 5, 31), date(2023, 7, 19), date(2023, 7, 20)]
    assert [as_known_on(report, day)["value"] for day in asked] == [20, 20, 18]
    assert [as_held_on(report, day)["value"] for day in asked] == [18, 18, 18]


def test_an_assignment_is_told_as_it_was(told):
    _, target, _ = told
    assert [as_known_on(target.id, day)["lead_body"] for day in (date(2023, 6, 30), date(2023, 7, 1))] == [
        PLANNING, EDUCATION,
    ]  # fmt: skip


def test_before_it_was_recorded_there_was_no_entry(told):
    running, target, _ = told
    assert as_known_on(target.id, date(2023, 1, 9)) is None
    desk = desk_for(Account.objects.get(username=SUPERVISOR), at(8, 1).date())
    with pytest.raises(Refused) as refused:
        entry_then(desk, running.target("完成固定资产投资"), date(2023, 1, 9), KNOWN)
    assert refused.value.refusal.status == 404


def test_the_page_of_a_day_offers_nothing_and_says_which_time_it_tells(told):
    running, target, _ = told
    move_entry(running.supervisor(8, 1), target.id, "amend", {"value": "66"}, "调增")
    desk = desk_for(Account.objects.get(username=SUPERVISOR), at(8, 2).date())
    page = entry_then(desk, find(target.id), date(2023, 6, 30), KNOWN)
    fields = {item["label"]: item["value"] for item in page["fields"]}
    assert (fields["目标值"], fields["牵头单位"]) == ("60", "发改局")
    assert page["moves"] == []
    assert "截至2023年6月30日" in page["then"]
    assert all(item["moment"] <= at(6, 30, 16) for item in page["history"])
    assert [m["period"] for m in page["months"]] == [str(month(5))]
    assert page["entry"]["light"] == page["months"][0]["light"]
    early = entry_then(desk, find(target.id), date(2023, 6, 5), KNOWN)  # May was closed on 6 June
    assert (early["months"], early["entry"]["light"]) == ([], None)
    assert "按现在所知" in entry_then(desk, find(target.id), date(2023, 6, 30), HELD)["then"]
    assert PLAN in target.id
