"""A desk shows a plan of the reader's own county: the one asked for, else the one with an open month, else the newest."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from county import BODIES, COUNTY, PASSWORD, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of

from luoshi.acts.accounts import create_account
from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.found_county import Administrator, found_county, founding
from luoshi.acts.handle_reports import accept_reports
from luoshi.acts.move_entry import move_entry
from luoshi.acts.register_people import register_people
from luoshi.acts.review_proposals import ACCEPTED, decide_proposals
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post
from luoshi.store.models import Account, DocumentRow, EntryRow
from luoshi.store.queries.desk import desk_for, turned_to
from luoshi.store.queries.entry_page import entry_named
from luoshi.store.rosters import roster
from luoshi.terms.refusal import Refused

TODAY = date(2023, 9, 28)
NEIGHBOUR, OTHER = "999902", "linju"
"""Another county in the same database, its code after ours, and its supervisor."""


def _desk(account, wanted="", plan=""):
    return desk_for(Account.objects.get(username=account), TODAY, wanted, plan)


def _neighbour():
    """The neighbouring county with a plan of a later year than ours."""
    office = Body(f"{NEIGHBOUR}-01", "邻县人民政府办公室", "县府办", "office")
    post = Post("post:linju", office.code, Role.SUPERVISOR, "督查室主任", OTHER, "邻甲")
    create_account(OTHER, "邻甲", PASSWORD, must_change=False)
    first = Administrator(OTHER, "邻甲", PASSWORD)
    register_people(founding(first, NEIGHBOUR, at(1, 3)), NEIGHBOUR, [office], [post])
    create_plan(acting(OTHER, at(1, 6)), NewPlan(NEIGHBOUR, "邻县", 2024, "邻县2024年重点任务"))


def _next_year(county):
    create_plan(county.supervisor(12, 20), NewPlan(COUNTY, "云岭县", 2024, "云岭县2024年重点任务"))


def test_a_county_sees_its_own_plan_whatever_others_are_in_the_database(county):
    county.running()
    _neighbour()
    assert _desk(SUPERVISOR).plans == (PLAN,)
    assert (_desk(SUPERVISOR).county, _desk(SUPERVISOR).plan_id) == (COUNTY, PLAN)
    assert (_desk(OTHER).county, _desk(OTHER).plan_id) == (NEIGHBOUR, f"{NEIGHBOUR}-2024")
    assert _desk(SUPERVISOR, plan=f"{NEIGHBOUR}-2024").plan_id == PLAN
    assert f"{NEIGHBOUR}-01" not in _desk(SUPERVISOR).roster.bodies
    assert set(roster(NEIGHBOUR).bodies) == {f"{NEIGHBOUR}-01"}


def test_another_countys_entries_are_unknown_and_its_acts_refused(county):
    county.running()
    county.open(9)
    _neighbour()
    target = EntryRow.objects.filter(list="target").first().id
    with pytest.raises(Refused) as refused:
        entry_named(_desk(OTHER), target)
    assert refused.value.refusal.status == 404
    stranger = acting(OTHER, at(9, 28))
    document = DocumentRow.objects.get().sha256
    for attempt in (
        lambda: move_entry(stranger, target, "withdraw", {}, "不做了"),
        lambda: accept_reports(stranger, [f"report:{target}:2023-09"]),
        lambda: decide_proposals(stranger, document, [], ACCEPTED),
        lambda: register_people(stranger, NEIGHBOUR, [dataclasses.replace(BODIES[1], short_name="被改")], []),
        lambda: register_people(stranger, COUNTY, [Body(f"{COUNTY}-99", "多出来的局")], []),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.refusal.status in {403, 404}
    assert EntryRow.objects.get(pk=target).state == "assigned"
    assert roster(COUNTY).label(PLANNING) == "发改局"


def test_the_plan_with_an_open_month_comes_first_then_the_newest_in_force(county):
    """Next year's plan, drawn up while nothing is adopted in it, takes nobody away from this year's."""
    county.adopted()
    _next_year(county)
    assert _desk(SUPERVISOR).plans == (f"{COUNTY}-2024", PLAN)
    assert _desk(SUPERVISOR).plan_id == PLAN
    county.assign_all(1, 15)
    county.open(9)
    assert _desk(SUPERVISOR).plan_id == PLAN
    assert _desk(SUPERVISOR, plan=f"{COUNTY}-2024").plan_id == f"{COUNTY}-2024"
    assert _desk(SUPERVISOR, plan=f"{COUNTY}-1999").plan_id == PLAN


def test_where_no_plan_is_in_force_the_newest_is_shown(county):
    county.planned()
    assert _desk(SUPERVISOR).plan_id == PLAN
    _next_year(county)
    assert _desk(SUPERVISOR).plan_id == f"{COUNTY}-2024"


def test_a_month_of_another_year_is_no_month_of_the_plan(county):
    county.running()
    county.open(9)
    desk = _desk(SUPERVISOR, wanted="2022-05")
    assert (str(desk.period), desk.is_past) == ("2023-09", False)


def test_a_desk_turns_only_to_a_plan_of_its_county(county):
    county.running()
    _next_year(county)
    _neighbour()
    desk = _desk(SUPERVISOR)
    assert turned_to(desk, PLAN).plan_id == PLAN
    assert turned_to(desk, f"{NEIGHBOUR}-2024") is desk


def test_who_moved_to_another_county_stands_where_the_post_is_held_today(county):
    county.registered()
    found = Post(
        "post:desk02", PLANNING, Role.DESK_OFFICER, "经办人", desk_of(PLANNING), "经02", until=date(2023, 6, 1)
    )
    register_people(acting(SUPERVISOR, at(5, 1)), COUNTY, [], [found])
    _neighbour()
    there = Post("post:l2", f"{NEIGHBOUR}-01", Role.DESK_OFFICER, "经办人", desk_of(PLANNING), "经02")
    register_people(acting(OTHER, at(6, 1)), NEIGHBOUR, [], [there])
    assert _desk(desk_of(PLANNING)).county == NEIGHBOUR
    assert [post.id for post in _desk(desk_of(PLANNING)).actor.posts] == ["post:l2"]


@pytest.mark.parametrize("plan", ["", PLAN])
def test_a_desk_costs_three_queries_however_many_plans_and_counties_there_are(county, django_assert_num_queries, plan):
    county.running()
    account = Account.objects.get(username=SUPERVISOR)
    with django_assert_num_queries(3):
        desk_for(account, TODAY, "", plan)
    _next_year(county)
    _neighbour()
    with django_assert_num_queries(3):
        assert desk_for(account, TODAY, "", plan).county == COUNTY


def test_an_account_without_a_post_has_no_county(county):
    county.running()
    account = create_account("nobody", "无岗", PASSWORD, must_change=False)
    desk = desk_for(account, TODAY)
    assert (desk.plan, desk.roster.bodies, desk.plans) == (None, {}, ())


def test_the_installations_own_county_is_taken_when_posts_are_held_in_several(county, settings):
    county.registered()
    _neighbour()
    register_people(
        acting(OTHER, at(6, 1)), NEIGHBOUR, [],
        [Post("post:both", f"{NEIGHBOUR}-01", Role.AUDITOR, "审计员", SUPERVISOR, "督甲")],
    )  # fmt: skip
    assert _desk(SUPERVISOR).county == COUNTY
    settings.LUOSHI_COUNTY = {"name": "邻县", "code": NEIGHBOUR}
    assert _desk(SUPERVISOR).county == NEIGHBOUR


def test_founding_registers_only_the_county_it_founds(db):
    found_county("777701", "新县", [Administrator("first", "首任", PASSWORD)], at(1, 3))
    assert desk_for(Account.objects.get(username="first"), TODAY).county == "777701"
