"""What a page showed is kept until something happens in its plan, and never a moment longer."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from county import EDUCATION, HIGH_TECH, SUPERVISOR, County, desk_of

from luoshi.acts.move_entry import move_entry
from luoshi.store.models import Account
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.remembered import forget, remembered


@pytest.fixture
def county(throwaway):
    """Committed: within a transaction nothing is remembered."""
    made = County().running()
    made.open(9)
    return made


@pytest.fixture
def asked():
    return []


def ask(asked, account=SUPERVISOR, today=date(2023, 9, 28), name="page", **named):
    desk = desk_for(Account.objects.get(username=account), today, **named)

    def answer(desk):
        asked.append(desk.actor.account)
        return {"number": len(asked), "rows": [1, 2]}

    return remembered(desk, name, answer)


def test_the_second_asking_gets_the_first_answer_and_may_change_its_own_copy(county, asked):
    first = ask(asked)
    first["rows"].append(3)
    assert ask(asked) == {"number": 1, "rows": [1, 2]}
    assert len(asked) == 1


def test_another_database_behind_the_same_name_is_asked_for_itself(county, asked):
    """A restored one may have the same plan, the same day and as many versions."""
    ask(asked)
    forget()
    assert ask(asked)["number"] == 2


def test_any_fact_of_the_plan_is_noticed(county, asked):
    ask(asked)
    move_entry(county.supervisor(9, 28), county.target("建成绿色工厂").id, "withdraw", {}, "不再实施")
    assert ask(asked)["number"] == 2


def test_a_change_of_the_roster_is_noticed(county, asked):
    from county import COUNTY, founder

    from luoshi.acts.register_people import register_people
    from luoshi.people.roster import Body

    ask(asked)
    register_people(founder(), COUNTY, [Body("999901-99", "云岭县新局", "新局")], [])
    assert ask(asked)["number"] == 2


@pytest.mark.parametrize(
    "other",
    [{"account": desk_of(EDUCATION)}, {"today": date(2023, 9, 29)}, {"name": "another"}],
    ids=["another reader", "another day", "another page"],
)
def test_what_differs_is_asked_for_itself(county, asked, other):
    ask(asked)
    ask(asked, **other)
    assert len(asked) == 2


def test_two_readers_of_the_same_unit_are_told_apart(county, asked):
    assert ask(asked, desk_of(EDUCATION))["number"] == 1
    assert ask(asked, desk_of(HIGH_TECH))["number"] == 2
    assert ask(asked, desk_of(EDUCATION))["number"] == 1


def test_the_badge_follows_the_work(county):
    from luoshi.acts.submit_reports import ReportRow
    from luoshi.store.queries import todo

    def badge():
        return todo.count(desk_for(Account.objects.get(username=SUPERVISOR), date(2023, 9, 28)))

    before = badge()
    county.sign(9, county.submit(9, ReportRow(county.target("建成绿色工厂").id, {"value": "3", "text": "推进"})))
    assert badge() == before + 1


def test_a_desk_made_before_a_fact_does_not_leave_its_answer_to_those_after_it(county, asked):
    """What happens between making the desk and asking is in the pulse already, but not on the desk."""
    from county import COUNTY, founder

    from luoshi.acts.register_people import register_people
    from luoshi.people.roster import Body

    early = desk_for(Account.objects.get(username=SUPERVISOR), date(2023, 9, 28))
    register_people(founder(), COUNTY, [Body("999901-99", "云岭县新局", "新局")], [])
    assert remembered(early, "names", lambda desk: desk.label("999901-99")) == "999901-99"
    late = desk_for(Account.objects.get(username=SUPERVISOR), date(2023, 9, 28))
    assert remembered(late, "names", lambda desk: desk.label("999901-99")) == "新局"


def test_a_desk_with_an_older_plan_is_another_one(county):
    early = desk_for(Account.objects.get(username=SUPERVISOR), date(2023, 9, 28))
    county.close(9)
    remembered(early, "month", lambda desk: str(desk.open_period))
    late = dataclasses.replace(
        desk_for(Account.objects.get(username=SUPERVISOR), date(2023, 9, 28)), period=early.period
    )
    assert remembered(late, "month", lambda desk: str(desk.open_period)) == "None"
