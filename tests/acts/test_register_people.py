"""The roster is registered once and follows every change; equal ones are left alone."""

from __future__ import annotations

import dataclasses

import pytest
from county import BODIES, COUNTY, OFFICE, PLANNING, POSTS, acting, at, desk_of, founder

from luoshi.acts.register_people import register_people
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store.facts import of_stream
from luoshi.store.models import FactRow
from luoshi.store.rosters import roster
from luoshi.terms.refusal import Refused


def test_registering_again_records_nothing(county):
    county.registered()
    before = FactRow.objects.count()
    assert register_people(founder(at(2, 1)), COUNTY, BODIES, POSTS) == []
    assert FactRow.objects.count() == before


def test_a_post_handed_over_keeps_who_held_it_in_its_history(county):
    county.registered()
    post = next(post for post in POSTS if post.holder == desk_of(PLANNING))
    register_people(founder(at(2, 1)), COUNTY, [], [dataclasses.replace(post, holder="new", holder_name="新甲")])
    told = [fact.data()["values"].get("holder") for fact in of_stream(post.id)]
    assert told == [desk_of(PLANNING), "new"]
    assert roster().posts_of("new", at(2, 1).date())[0].body == PLANNING


def test_a_bad_body_registers_nobody(county):
    county.registered()
    before = FactRow.objects.count()
    bad = [
        dataclasses.replace(BODIES[0], code="999901-77"),
        dataclasses.replace(BODIES[0], code="999901-78", kind="无"),
    ]
    with pytest.raises(Refused):
        register_people(founder(at(2, 1)), COUNTY, bad, [])
    assert FactRow.objects.count() == before


def test_a_desk_officer_registers_nobody(county):
    county.registered()
    with pytest.raises(Refused) as refused:
        register_people(acting(desk_of(PLANNING), at(2, 1)), COUNTY, [dataclasses.replace(BODIES[0], code="x")], [])
    assert refused.value.refusal.status == 403


def test_nobody_is_registered_as_two_of_the_separated_three(county):
    county.registered()
    three = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
    apart = [Post(f"post:{role}", OFFICE, role, role.label, f"who{n}", "甲") for n, role in enumerate(three)]
    register_people(founder(at(2, 1)), COUNTY, [], apart)
    before = FactRow.objects.count()
    again = dataclasses.replace(apart[1], holder="who0")
    first = founder(at(2, 2))
    later = dataclasses.replace(first, circumstances=dataclasses.replace(first.circumstances, roster=roster()))
    for posts in ([again], [dataclasses.replace(post, holder="new") for post in apart]):
        with pytest.raises(Refused) as refused:
            register_people(later, COUNTY, [], posts)
        assert refused.value.refusal.id == "acts.not_separated"
        assert "三员分立" in refused.value.refusal.message
    assert FactRow.objects.count() == before
