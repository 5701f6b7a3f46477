"""Counting sealed ballots; the whole vector of domain.md §4.3 is the example of the pack."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.sealed import Ballot, ballot_list, count, digest_of_ballots, digest_of_roll

CHOICES = ("甲", "乙", "丙")
MARKS = st.lists(st.sampled_from(CHOICES), unique=True).map(tuple)
BALLOTS = st.lists(MARKS, max_size=30).map(lambda every: [Ballot(f"{at:02d}", marks) for at, marks in enumerate(every)])


def test_too_many_marks_make_a_ballot_invalid_and_none_do_not():
    cast = [Ballot("1", ("甲", "乙")), Ballot("2", ("甲",)), Ballot("3", ()), Ballot("4", CHOICES)]
    found = count(cast, CHOICES, 2)
    assert (found.returned, found.invalid, dict(found.votes)) == (4, 1, {"甲": 2, "乙": 1, "丙": 0})


@given(BALLOTS, st.randoms())
def test_neither_count_nor_hash_depends_on_the_order_in_which_ballots_lie(cast, random):
    shuffled = random.sample(cast, len(cast))
    assert count(cast, CHOICES, 2) == count(shuffled, CHOICES, 2)
    assert digest_of_ballots(cast) == digest_of_ballots(shuffled)


@given(BALLOTS, st.integers(0, 3))
def test_each_valid_mark_is_one_vote(cast, most):
    found = count(cast, CHOICES, most)
    assert sum(found.votes.values()) == sum(len(ballot.marks) for ballot in cast if len(ballot.marks) <= most)
    assert found.returned == len(cast)


def test_a_changed_mark_another_key_or_another_voter_makes_another_hash():
    one = [Ballot("1", ("甲",)), Ballot("2", ("乙",))]
    assert digest_of_ballots(one) != digest_of_ballots([one[0], Ballot("2", ("丙",))])
    assert digest_of_ballots(one) != digest_of_ballots([one[0], Ballot("3", ("乙",))])
    assert digest_of_roll(["li", "wang"], "s") == digest_of_roll(["wang", "li"], "s") != digest_of_roll(["li"], "s")


def test_names_tried_without_the_salt_do_not_give_the_hash_of_a_roll():
    voters = ["li", "wang"]
    assert len({digest_of_roll(voters, salt) for salt in ("", "a", "b")}) == 3


def test_a_roll_counted_before_there_were_salts_keeps_its_hash():
    assert digest_of_roll(["wang", "li"], "") == hashlib.sha256(b'["li","wang"]').hexdigest()


def test_a_ballot_lists_its_choices_without_votes():
    assert ballot_list(CHOICES) == [{"choice": "甲"}, {"choice": "乙"}, {"choice": "丙"}]
