"""The roster is what the two lists hold now: after each change, after a rollback, in each database."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from county import BODIES, COUNTY, PLANNING, POSTS, at, founder
from django.db import transaction

from luoshi.acts.register_people import register_people
from luoshi.store.models import Account
from luoshi.store.rosters import actor_of, roster


def _renamed(name):
    return [dataclasses.replace(body, short_name=name) if body.code == PLANNING else body for body in BODIES]


def test_a_roster_holds_bodies_and_posts_as_registered(county):
    county.registered()
    found = roster()
    assert found.bodies == {body.code: body for body in BODIES}
    assert set(found.posts) == set(POSTS)
    assert found.named("县发改委").code == PLANNING


def test_a_change_is_seen_at_once(county):
    county.registered()
    assert roster().label(PLANNING) == "发改局"
    register_people(founder(at(2, 1)), COUNTY, _renamed("发改"), [])
    assert roster().label(PLANNING) == "发改"


def test_what_was_rolled_back_is_forgotten(county):
    """The next act brings the list to the same number of versions with another content."""
    county.registered()
    with transaction.atomic():
        register_people(founder(at(2, 1)), COUNTY, _renamed("从未有过"), [])
        assert roster().label(PLANNING) == "从未有过"
        transaction.set_rollback(True)
    assert roster().label(PLANNING) == "发改局"
    register_people(founder(at(2, 2)), COUNTY, _renamed("发展改革"), [])
    assert roster().label(PLANNING) == "发展改革"


def test_a_new_database_of_the_same_name_shares_nothing(throwaway):
    """As after a restore: same name, same number of versions, other people."""
    with transaction.atomic():
        register_people(founder(), COUNTY, BODIES, POSTS)
        assert roster().label(PLANNING) == "发改局"
        transaction.set_rollback(True)
    with transaction.atomic():
        register_people(founder(), COUNTY, _renamed("另一个县的发改局"), POSTS)
    assert roster().label(PLANNING) == "另一个县的发改局"


def test_reading_the_roster_costs_a_fixed_number_of_queries(county, django_assert_max_num_queries):
    county.registered()
    with django_assert_max_num_queries(2):
        roster()


def test_an_account_acts_with_the_posts_it_holds_that_day(county):
    county.registered()
    post = next(post for post in POSTS if post.holder == "desk02")
    left = dataclasses.replace(post, until=date(2023, 6, 1))
    register_people(founder(at(2, 1)), COUNTY, [], [left])
    account = Account.objects.get(username="desk02")
    assert [p.id for p in actor_of(account, date(2023, 5, 31)).posts] == ["post:desk02"]
    assert actor_of(account, date(2023, 6, 1)).posts == ()


def test_a_vacant_post_belongs_to_nobody(county):
    county.registered()
    post = next(post for post in POSTS if post.holder == "desk02")
    register_people(founder(at(2, 1)), COUNTY, [], [dataclasses.replace(post, holder="", holder_name="")])
    assert roster().posts_of("desk02", date(2023, 5, 31)) == ()
    assert roster().posts_of("", date(2023, 5, 31)) == ()


@pytest.mark.django_db
def test_a_county_without_people_has_an_empty_roster():
    assert roster().bodies == {}
