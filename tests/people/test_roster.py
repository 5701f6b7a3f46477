"""The roster: names, the tree, posts and who holds them on a day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.people.role import Role
from luoshi.people.roster import Body, Delegation, FormerName, Post, Roster

BUREAU = Body("fgj", "新昌县发展和改革局", "县发改局", aliases=("发改局",))
OFFICE = Body("tzk", "投资科", parent="fgj")
SEAT = Post("p1", "fgj", Role.DESK_OFFICER, holder="li", since=date(2023, 1, 1), until=date(2023, 7, 1))
ROSTER = Roster.of(
    [BUREAU, OFFICE], [SEAT, Post("p2", "fgj", Role.DESK_OFFICER), Post("p3", "tzk", Role.UNIT_HEAD, holder="wu")]
)


@pytest.mark.parametrize("name", ["新昌县发展和改革局", "县发改局", "发改局", " 县发改局 "])
def test_a_body_is_found_by_full_name_short_name_and_alias(name):
    assert ROSTER.named(name) is BUREAU


def test_a_name_nobody_has_finds_nobody():
    assert ROSTER.named("县教体局") is None
    assert ROSTER.named("") is None


def test_a_full_name_is_never_hidden_by_the_alias_of_another():
    first, second = Body("a", "甲局", aliases=("乙局",)), Body("b", "乙局")
    assert Roster.of([first, second]).named("乙局") is second


def test_a_name_two_bodies_share_is_nobodys():
    shared = [Body("a", "甲局", aliases=("统计",)), Body("b", "乙局", aliases=("统计",))]
    assert Roster.of(shared).named("统计") is None


def test_a_label_is_the_short_name_else_the_name_else_the_code():
    assert [ROSTER.label(code) for code in ("fgj", "tzk", "unknown")] == ["县发改局", "投资科", "unknown"]


def test_an_office_stands_within_its_bureau_and_not_the_other_way():
    assert ROSTER.is_within("tzk", "fgj")
    assert ROSTER.is_within("fgj", "fgj")
    assert not ROSTER.is_within("fgj", "tzk")
    assert not ROSTER.is_within("unknown", "fgj")
    assert not ROSTER.is_within("", "fgj")


@given(parents=st.lists(st.integers(0, 7), min_size=8, max_size=8), code=st.integers(0, 7), ancestor=st.integers(0, 7))
def test_the_way_up_ends_even_in_a_tree_that_bites_its_tail(parents, code, ancestor):
    roster = Roster.of(Body(str(i), str(i), parent=str(parent)) for i, parent in enumerate(parents))
    walked, here = set(), code
    while here not in walked:
        walked.add(here)
        here = parents[here]
    assert roster.is_within(str(code), str(ancestor)) is (ancestor in walked)


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2022, 12, 31), ()), (date(2023, 1, 1), (SEAT,)), (date(2023, 6, 30), (SEAT,)), (date(2023, 7, 1), ())],
)
def test_a_post_is_held_from_its_first_day_to_the_day_before_the_last(day, held):
    assert ROSTER.posts_of("li", day) == held
    assert ROSTER.holders("fgj", Role.DESK_OFFICER, day) == held  # the vacant one never counts


def test_a_vacant_post_is_not_held_by_an_account_without_a_name():
    assert ROSTER.posts_of("", date(2023, 3, 1)) == ()


def test_a_body_is_called_what_it_was_called_on_a_day():
    former = (FormerName("县计委", "计委", date(2005, 1, 1)), FormerName("县发计局", "发计局", date(2010, 1, 1)))
    body = Body("1", "县发改局", "发改局", former=former)
    days = (date(2004, 12, 31), date(2005, 1, 1), date(2009, 12, 31), date(2010, 1, 1))
    assert [Roster.of([body]).as_of(day).label("1") for day in days] == ["计委", "发计局", "发计局", "发改局"]


def test_a_roster_without_changes_of_name_is_the_same_on_every_day():
    roster = Roster.of([Body("1", "县发改局")])
    assert roster.as_of(date(1999, 1, 1)) is roster


def test_a_body_stands_until_the_day_it_was_dissolved_on():
    roster = Roster.of([Body("1", "甲", until=date(2023, 7, 1)), Body("2", "乙")])
    days = (date(2023, 6, 30), date(2023, 7, 1))
    assert [[body.code for body in roster.standing_on(day)] for day in days] == [["1", "2"], ["2"]]


AWAY = (date(2023, 9, 1), date(2023, 9, 10))
POST_OF_HEAD = Post("p1", "fgj", Role.UNIT_HEAD, "局长", "wang", "王某")
OWN_POST = Post("p2", "jtj", Role.UNIT_HEAD, "局长", "li", "李某")


def _lent(*delegations, posts=(POST_OF_HEAD, OWN_POST)):
    return Roster.of([Body("fgj", "县发改局"), Body("jtj", "县教体局")], posts, delegations)


@pytest.mark.parametrize(
    ("day", "acts"),
    [
        (date(2023, 8, 31), False),
        (date(2023, 9, 1), True),  # both days count
        (date(2023, 9, 10), True),
        (date(2023, 9, 11), False),
    ],
)
def test_a_delegate_acts_in_the_post_from_the_first_day_to_the_last(day, acts):
    roster = _lent(Delegation("p1", "wang", "li", *AWAY))
    posts = roster.posts_of("li", day)
    assert posts[0] == OWN_POST
    assert [(post.id, post.holder, post.acting_for) for post in posts[1:]] == ([("p1", "li", "wang")] if acts else [])
    assert roster.accounts_in(POST_OF_HEAD, day) == (("wang", "li") if acts else ("wang",))
    assert [post.id for post in roster.posts_of("wang", day)] == ["p1"]


def test_a_delegation_ends_with_the_holding_of_its_principal():
    """The post passed from 王 to 赵: 赵 lent nothing to anybody."""
    passed_on = replace(POST_OF_HEAD, holder="zhao", holder_name="赵某")
    roster = _lent(Delegation("p1", "wang", "li", *AWAY), posts=(passed_on, OWN_POST))
    assert [post.id for post in roster.posts_of("li", AWAY[0])] == ["p2"]
    assert roster.accounts_in(passed_on, AWAY[0]) == ("zhao",)


def test_what_is_lent_is_not_lent_on():
    roster = _lent(
        Delegation("p1", "wang", "li", *AWAY), Delegation("p1", "li", "wu", *AWAY),
        posts=(POST_OF_HEAD, OWN_POST, Post("p3", "jtj", Role.DESK_OFFICER, holder="wu")),
    )  # fmt: skip
    assert [post.id for post in roster.posts_of("wu", AWAY[0])] == ["p3"]


def test_who_has_left_is_nobodys_delegate():
    left = replace(OWN_POST, until=date(2023, 9, 5))
    roster = _lent(Delegation("p1", "wang", "li", *AWAY), posts=(POST_OF_HEAD, left))
    assert len(roster.posts_of("li", date(2023, 9, 4))) == 2
    assert roster.posts_of("li", date(2023, 9, 5)) == ()
    assert roster.accounts_in(POST_OF_HEAD, date(2023, 9, 5)) == ("wang",)


def test_names_of_the_past_keep_who_acts_for_whom():
    former = Body("fgj", "县发改局", former=(FormerName("县计委", "计委", date(2023, 9, 2)),))
    roster = Roster.of([former], [POST_OF_HEAD, OWN_POST], [Delegation("p1", "wang", "li", *AWAY)])
    assert len(roster.as_of(AWAY[0]).posts_of("li", AWAY[0])) == 2
