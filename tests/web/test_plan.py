"""More than one year: the head lets the reader choose, the choice is kept, and a form stays with the plan it was shown for."""

from __future__ import annotations

import pytest
from county import COUNTY, LEADER, PLAN, PLANNING, SUPERVISOR, desk_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.models import EntryRow

NEXT = f"{COUNTY}-2024"


@pytest.fixture
def two_years(county):
    """September 2023 is open, and the plan of 2024 is drawn up."""
    create_plan(county.supervisor(9, 20), NewPlan(COUNTY, "云岭县", 2024, "云岭县2024年重点任务"))
    return county


def test_with_one_plan_there_is_nothing_to_choose(county, sign_in):
    html = sign_in(SUPERVISOR).get("/").content.decode()
    assert 'name="plan"' not in html


def test_the_chosen_plan_is_kept_for_the_session(two_years, sign_in):
    browser = sign_in(LEADER)
    assert "云岭县2023年重点任务" in browser.get("/tasks/").content.decode()
    html = browser.get("/", {"plan": NEXT}).content.decode()
    assert f'<option value="{NEXT}" selected>2024年</option>' in html
    assert "云岭县2024年重点任务" in browser.get("/tasks/").content.decode()
    assert "云岭县2023年重点任务" in browser.get("/tasks/", {"plan": PLAN}).content.decode()


@pytest.mark.parametrize("asked", ["888801-2023", "没有", "330624", ""])
def test_a_plan_that_is_not_the_countys_changes_nothing(two_years, sign_in, asked):
    browser = sign_in(SUPERVISOR)
    assert "云岭县2023年重点任务" in browser.get("/", {"plan": asked}).content.decode()
    assert "plan" not in browser.session


def test_a_form_is_for_the_plan_it_was_shown_with(two_years, sign_in):
    """Another window of the same person has chosen the next year meanwhile."""
    browser = sign_in(SUPERVISOR)
    form = browser.get("/lists/problem/open/file/").content.decode()
    assert f'<input type="hidden" name="plan" value="{PLAN}">' in form
    browser.get("/", {"plan": NEXT})
    typed = {"plan": PLAN, "text": "征地受阻", "origin": "inspection", "body": PLANNING}
    assert browser.post("/lists/problem/open/file/", typed).status_code == 302
    assert EntryRow.objects.get(list="problem").plan == PLAN


def test_an_entry_and_a_sheet_are_shown_with_the_plan_of_their_year(two_years, sign_in):
    target = EntryRow.objects.filter(list="target").first().id
    county = two_years
    county.submit(9, ReportRow(target, {"value": "1"}))
    browser = sign_in(desk_of(PLANNING))
    browser.get("/", {"plan": NEXT})
    for path in (f"/entries/{target}/", f"/report/{PLANNING}/2023-09/", f"/entries/{target}/why/2023-09/"):
        html = browser.get(path).content.decode()
        assert "云岭县2023年重点任务" in html
    assert "云岭县2024年重点任务" in browser.get("/tasks/").content.decode()


def test_all_plans_of_the_county_stand_in_their_list(two_years, sign_in):
    html = sign_in(SUPERVISOR).get("/lists/plan/").content.decode()
    assert "共2条" in html


@pytest.mark.parametrize("path", ["/", "/tasks/", "/commitments/", "/todo/", "/lists/", "/lists/target/"])
@pytest.mark.parametrize("who", [SUPERVISOR, desk_of(PLANNING)])
def test_choosing_a_plan_costs_no_queries(two_years, sign_in, path, who):
    browser = sign_in(who)
    counted = []
    for asked in ({}, {"plan": PLAN}):
        browser.get(path, asked)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path, asked).status_code == 200
        counted.append(len(queries))
    assert counted[1] == counted[0]
    assert counted[0] <= 40
