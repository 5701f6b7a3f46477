"""The badge in the head counts exactly the lines that 我的待办 lists, for everybody, at every step of the month."""

from __future__ import annotations

import re

import pytest
from county import EDUCATION, LEADER, PLAN, PLANNING, SUPERVISOR, desk_of, head_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.handle_reports import return_reports
from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.move_entry import move_entry
from luoshi.acts.run_month import close_month
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.due import due
from luoshi.store.entries import find_where
from luoshi.store.models import EntryRow
from luoshi.store.open_work import open_work

EVERYBODY = [
    SUPERVISOR,
    LEADER,
    "shenji",
    *(make(body) for make in (desk_of, head_of) for body in (PLANNING, EDUCATION)),
]


def _badge_and_list(browser):
    html = browser.get("/todo/").content.decode()
    badge = re.search(r'我的待办<span class="count">(\d+)<', html)
    told = re.search(r"共(\d+)件", html)
    lines = html.split("<main", 1)[1].count('data-label="办理"')
    return int(badge[1]) if badge else 0, int(told[1]) if told else 0, lines


def _agree(sign_in):
    found = {}
    for who in EVERYBODY:
        badge, told, lines = _badge_and_list(sign_in(who))
        assert badge == told == lines, who
        found[who] = badge
    return found


def _led_by(body):
    return [entry for entry in find_where(PLAN, "target", lead_body=body) if entry.state == "assigned"]


def test_the_badge_counts_what_the_page_lists_from_the_opening_to_the_closing(county, sign_in):
    assert _agree(sign_in) == {who: int(who in {desk_of(PLANNING), desk_of(EDUCATION)}) for who in EVERYBODY}
    mine = [entry.id for entry in _led_by(PLANNING)]
    reports = county.submit(9, *(ReportRow(name, {"value": "1", "text": "推进"}) for name in mine))
    assert _agree(sign_in)[head_of(PLANNING)] == len(mine) > 5
    county.sign(9, reports[1:])
    assert _agree(sign_in)[SUPERVISOR] == 1  # one sheet of one unit, of many rows
    return_reports(county.supervisor(9, 28), reports[1:3], "unclear", "说不清")
    assert _agree(sign_in)[desk_of(PLANNING)] == 1
    typed = {
        "matter": "加快进度", "origin": "report", "urgency": "normal", "lead_body": EDUCATION, "demand": "请加快",
        "due_on": "2023-09-20",
    }  # fmt: skip
    slip = issue_slip(county.supervisor(9, 10), PLAN, typed)
    assert _agree(sign_in)[desk_of(EDUCATION)] == 2
    move_entry(county.supervisor(9, 11), slip.id, "withdraw", {}, "重复")
    close_month(county.supervisor(10, 8), PLAN, open_work(PLAN, _month()))
    assert _agree(sign_in)[desk_of(PLANNING)] == 0  # nothing of a closed month waits for the desk officer
    told = sign_in(desk_of(PLANNING)).get("/todo/").content.decode()
    assert told.count(f"发改局2023年9月填报有{len(mine)}项结账未核实") == 2  # once to read, once for who hears the link


def _month():
    from county import month

    return month(9)


def test_more_lines_than_a_screenful_are_all_listed(county, sign_in):
    mine = [entry.id for entry in _led_by(PLANNING)]
    projects = [e.id for e in find_where(PLAN, "task", lead_body=PLANNING) if e["kind"] != "task"]
    rows = [ReportRow(name, {"value": "1", "text": "推进"}) for name in mine]
    rows += [ReportRow(name, {"text": "推进"}) for name in projects]
    county.submit(9, *rows)
    assert _badge_and_list(sign_in(head_of(PLANNING))) == (len(rows), len(rows), len(rows))


def test_what_is_due_is_what_sheet_review_and_closing_count(county, sign_in):
    wanted = due(PLAN, _month(), [PLANNING])
    sheet = sign_in(desk_of(PLANNING)).get(f"/report/{PLANNING}/2023-09/").content.decode()
    assert sheet.count('<input type="hidden" name="row"') == len(wanted)
    review = sign_in(SUPERVISOR).get("/review/").content.decode()
    assert f">{len(wanted)}</td>" in review
    assert open_work(PLAN, _month()).unreported == len(due(PLAN, _month()))


def test_what_was_done_within_the_month_is_not_asked_for_and_what_ended_later_was(county):
    first, second = _led_by(PLANNING)[:2]
    move_entry(county.supervisor(9, 26), first.id, "achieve", {})
    assert first.id not in due(PLAN, _month())
    move_entry(county.supervisor(10, 2), second.id, "achieve", {})
    assert second.id in due(PLAN, _month())


@pytest.mark.parametrize(
    ("who", "most"), [(SUPERVISOR, 3), (LEADER, 1), (desk_of(PLANNING), 4), (head_of(PLANNING), 2)]
)
def test_the_badge_costs_the_same_few_queries_for_any_number_of_lines(county, sign_in, who, most):
    from datetime import date

    from luoshi.store.models import Account
    from luoshi.store.queries.desk import desk_for
    from luoshi.store.queries.todo import count

    costs = []
    for rows in (1, 5):
        done = EntryRow.objects.filter(list="report").count()
        mine = [ReportRow(entry.id, {"value": "1", "text": "推进"}) for entry in _led_by(PLANNING)][done:rows]
        reports = county.submit(9, *mine)
        county.sign(9, reports[:1])
        desk = desk_for(Account.objects.get(username=who), date(2023, 9, 28))
        with CaptureQueriesContext(connection) as counted:
            count(desk)
        costs.append(len(counted))
    assert costs[0] == costs[1] <= most


def test_the_badge_is_the_number_the_page_shows_first_and_the_queue_says_how_it_is_counted(county, sign_in):
    rows = [r for r in find_where(PLAN, "target", lead_body=PLANNING) if r.state == "assigned"][:2]
    county.sign(9, county.submit(9, *(ReportRow(row.id, {"value": "1", "text": "推进"}) for row in rows)))
    html = sign_in(SUPERVISOR).get("/todo/").content.decode()
    badge = re.search(r'我的待办<span class="count">(\d+)<', html)[1]
    assert f"<p>共{badge}件" in html
    assert "待审核（1件，按单位计，共2项填报）" in html
    assert "待审核2项（1个单位，“我的待办”按单位计）" in sign_in(SUPERVISOR).get("/review/").content.decode()
