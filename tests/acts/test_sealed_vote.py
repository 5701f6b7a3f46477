"""A sealed vote from its opening to the lights of its candidates; nothing kept links a ballot to a voter."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from county import OFFICE, PLAN, PLANNING, SUPERVISOR, County, acting, at, head_of
from django.db import connections

from luoshi.acts.accounts import create_account
from luoshi.acts.move_entries import Chosen, move_entries
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.acts.register_people import register_people
from luoshi.acts.sealed_vote import cast_ballot
from luoshi.lists.sealed import digest_of_roll
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post
from luoshi.store import definitions, facts
from luoshi.store.ballots import ballots_of, salt_of, voters_of
from luoshi.store.entries import find
from luoshi.store.models import FactRow, RollMark, RollSalt, SealedBallot
from luoshi.store.replay import replay
from luoshi.store.verification import verify
from luoshi.terms.refusal import Refused

DEPUTIES = [f"daibiao{number}" for number in range(1, 6)]
OTHER = "duban2"


def _refused(identity, function, *args, **typed):
    with pytest.raises(Refused) as refused:
        function(*args, **typed)
    assert refused.value.refusal.id == identity
    return refused.value.refusal


@pytest.fixture
def county(db, settings, tmp_path):
    return _county(settings, tmp_path)


def _county(settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    settings.LUOSHI_PACKS = ["national", "livelihood-vote"]
    definitions._signature_at.cache_clear()
    running = County().running()
    congress = Body("999901-09", "云岭县人民代表大会", "县人大", "office")
    posts = [Post(f"post:{name}", congress.code, Role.DEPUTY, "代表", name, name) for name in DEPUTIES]
    posts.append(Post("post:second", OFFICE, Role.SUPERVISOR, "计票人", OTHER, "计乙"))
    register_people(running.supervisor(1, 16), "999901", [congress], posts)
    for post in posts:
        create_account(post.holder, post.holder_name, "only-for-tests-7", must_change=False)
    return running


@pytest.fixture
def vote(county):
    return _vote()


def _vote():
    """Four candidates for two places, five deputies; the vote is open."""
    made = open_entry(_by(SUPERVISOR), "livelihood_vote", PLAN, {"name": "票决", **_numbers(5, 2)})
    for name in "甲乙丙丁":
        candidate = open_entry(_by(SUPERVISOR), "livelihood_candidate", PLAN, {"name": name})
        typed = {"content": "内容", "body": PLANNING, "finish_on": "2023-12-20", "vote": made.id}
        move_entry(_by(SUPERVISOR), candidate.id, "screen", typed)
    return move_entry(_by(SUPERVISOR), made.id, "open", {"issued": "5", "scrutineer": "监票人"}).id


def _by(account):
    return acting(account, at(2, 10))


def _numbers(present, places):
    return {"deputies": "5", "present": str(present), "places": str(places), "needs_majority": "是"}


def _cast(vote, *marks):
    for deputy, each in zip(DEPUTIES, marks, strict=False):
        cast_ballot(_by(deputy), vote, list(each), is_meant=True)


def _votes():
    rows = [find(f"livelihood_candidate:{PLAN}:{number:04d}") for number in range(1, 5)]
    return {str(row["name"]): (None if row["votes"] is None else int(row["votes"])) for row in rows}


def test_ballots_are_counted_into_one_fact_and_into_each_candidate(vote):
    _cast(vote, "甲乙", "甲丙", "甲", "", "甲乙丙")
    before = FactRow.objects.filter(stream=vote).count()
    counted = move_entry(_by(OTHER), vote, "close", {})
    assert (counted.state, counted["returned"], counted["invalid"]) == ("counted", 5, 1)
    assert [(row["choice"], int(row["votes"])) for row in counted["totals"]] == [
        ("甲", 3),
        ("乙", 1),
        ("丙", 1),
        ("丁", 0),
    ]
    assert _votes() == {"甲": 3, "乙": 1, "丙": 1, "丁": 0}
    assert FactRow.objects.filter(stream=vote).count() == before + 1
    assert list(replay()) == []
    assert not [finding for finding in verify() if finding.id.startswith("store.E32")]


def test_casting_records_no_fact_and_no_ballot_names_a_voter(vote):
    before = FactRow.objects.count()
    _cast(vote, "甲", "乙")
    assert FactRow.objects.count() == before
    rows = str(list(SealedBallot.objects.values_list()))
    assert not any(name in rows for name in DEPUTIES)
    assert [field.name for field in SealedBallot._meta.fields] == ["key", "vote", "marks"]
    assert [field.name for field in RollMark._meta.fields] == ["key", "vote", "voter"]


def test_neither_keys_nor_places_of_ballots_follow_the_order_of_casting(vote):
    """The ballot cast last stands anywhere: in forty shufflings of five it would stay last once in 5⁴⁰."""
    _cast(vote, "甲", "甲", "甲", "甲", "乙")
    from luoshi.store.ballots import cast

    keys, places = set(), set()
    for number in range(40):
        cast(vote, f"x{number}", ("丙",))
        SealedBallot.objects.filter(marks__contains="丙").delete()
        keys |= {ballot.key for ballot in ballots_of(vote)}
        places.add([ballot.marks for ballot in ballots_of(vote)].index(("乙",)))
    assert len(keys) == 40 * 5
    assert len(places) > 1


def test_one_deputy_votes_once_and_others_never(vote):
    _cast(vote, "甲")
    assert _refused("acts.has_voted", cast_ballot, _by(DEPUTIES[0]), vote, ["乙"]).status == 409
    assert _refused("people.no_right", cast_ballot, _by(SUPERVISOR), vote, ["乙"]).status == 403
    assert _refused("people.no_right", cast_ballot, _by(head_of(PLANNING)), vote, ["乙"]).status == 403
    assert voters_of(vote) == [DEPUTIES[0]]
    assert len(ballots_of(vote)) == 1


@pytest.mark.parametrize(
    ("marks", "identity"), [("戊", "lists.bad_marks"), ("甲甲", "lists.bad_marks"), ("甲乙丙", "lists.too_many_marks")]
)
def test_marks_that_cannot_be_meant_are_refused_and_the_vote_is_not_lost(vote, marks, identity):
    _refused(identity, cast_ballot, _by(DEPUTIES[0]), vote, list(marks))
    assert voters_of(vote) == []
    cast_ballot(_by(DEPUTIES[0]), vote, ["甲"])


def test_before_and_after_the_vote_nobody_casts(vote):
    _cast(vote, "甲", "甲")
    move_entry(_by(OTHER), vote, "close", {})
    _refused("acts.not_voting", cast_ballot, _by(DEPUTIES[3]), vote, ["甲"])
    candidate = f"livelihood_candidate:{PLAN}:0001"
    _refused("acts.no_vote", cast_ballot, _by(DEPUTIES[3]), candidate, ["甲"])


def test_there_are_as_many_ballots_as_were_issued(county):
    made = open_entry(_by(SUPERVISOR), "livelihood_vote", PLAN, {"name": "票决", **_numbers(5, 1)})
    candidate = open_entry(_by(SUPERVISOR), "livelihood_candidate", PLAN, {"name": "甲"})
    typed = {"content": "内容", "body": PLANNING, "finish_on": "2023-12-20", "vote": made.id}
    _refused("lists.no_choices", move_entry, _by(SUPERVISOR), made.id, "open", {"issued": "1", "scrutineer": "乙"})
    move_entry(_by(SUPERVISOR), candidate.id, "screen", typed)
    move_entry(_by(SUPERVISOR), made.id, "open", {"issued": "1", "scrutineer": "监票人"})
    _cast(made.id, "甲")
    _refused("acts.no_ballot_left", cast_ballot, _by(DEPUTIES[1]), made.id, ["甲"])


def test_without_a_quorum_or_by_who_opened_it_nothing_is_counted(county, vote):
    _refused("lists.same_person", move_entry, _by(SUPERVISOR), vote, "close", {})
    _refused("acts.one_by_one", move_entries, _by(OTHER), "livelihood_vote", "close", [Chosen(vote)], {})
    made = open_entry(_by(SUPERVISOR), "livelihood_vote", PLAN, {"name": "人少", **_numbers(3, 1)})
    candidate = open_entry(_by(SUPERVISOR), "livelihood_candidate", PLAN, {"name": "戊"})
    typed = {"content": "内容", "body": PLANNING, "finish_on": "2023-12-20", "vote": made.id}
    move_entry(_by(SUPERVISOR), candidate.id, "screen", typed)
    move_entry(_by(SUPERVISOR), made.id, "open", {"issued": "3", "scrutineer": "监票人"})
    _refused("lists.no_quorum", move_entry, _by(OTHER), made.id, "close", {})


def test_results_cannot_be_typed(vote):
    _cast(vote, "甲")
    counted = move_entry(_by(OTHER), vote, "close", {"returned": "99", "totals": [{"choice": "乙", "votes": "5"}]})
    assert (counted["returned"], _votes()["乙"]) == (1, 0)


def test_a_candidate_dropped_meanwhile_stops_the_count(vote):
    _cast(vote, "甲")
    move_entry(_by(SUPERVISOR), f"livelihood_candidate:{PLAN}:0002", "drop", {}, "撤回")
    _refused("acts.choice_gone", move_entry, _by(OTHER), vote, "close", {})
    assert find(vote).state == "voting"


def test_the_tied_are_voted_on_again(vote):
    _cast(vote, "甲乙", "甲丙", "甲")
    move_entry(_by(OTHER), vote, "close", {})
    second = open_entry(_by(SUPERVISOR), "livelihood_vote", PLAN, {"name": "再次表决", **_numbers(5, 1)})
    for number in (2, 3):
        move_entry(
            _by(SUPERVISOR), f"livelihood_candidate:{PLAN}:{number:04d}", "vote_again", {"second_vote": second.id}
        )
    move_entry(_by(SUPERVISOR), second.id, "open", {"issued": "5", "scrutineer": "监票人"})
    _cast(second.id, "乙", "乙", "丙")
    move_entry(_by(OTHER), second.id, "close", {})
    again = [find(f"livelihood_candidate:{PLAN}:{number:04d}")["second_votes"] for number in (2, 3)]
    assert [int(votes) for votes in again] == [2, 1]


def test_a_changed_ballot_or_roll_is_named(vote):
    _cast(vote, "甲", "乙", "丙")
    move_entry(_by(OTHER), vote, "close", {})
    row = SealedBallot.objects.filter(vote=vote).first()
    SealedBallot.objects.filter(pk=row.pk).update(marks='["丁"]')
    RollMark.objects.filter(vote=vote, voter=DEPUTIES[0]).delete()
    assert {finding.id for finding in verify()} >= {"store.E322", "store.E324"}


def test_the_hash_of_the_roll_cannot_be_had_by_trying_names(vote):
    _cast(vote, "甲", "乙", "丙")
    counted = move_entry(_by(OTHER), vote, "close", {})
    assert counted["voters_hash"] != digest_of_roll(DEPUTIES[:3], "")
    assert counted["voters_hash"] == digest_of_roll(DEPUTIES[:3], salt_of(vote))
    assert salt_of(vote) not in str(list(FactRow.objects.values_list("payload", flat=True)))
    RollSalt.objects.filter(vote=vote).update(salt="0" * 64)
    assert "store.E324" in {finding.id for finding in verify()}


def test_a_vote_counted_before_there_were_salts_is_still_proved(vote, monkeypatch):
    monkeypatch.setattr("luoshi.store.ballots.fresh_salt", lambda _: "")
    _cast(vote, "甲", "乙", "丙")
    move_entry(_by(OTHER), vote, "close", {})
    assert not RollSalt.objects.exists()
    assert not [finding for finding in verify() if finding.id.startswith("store.E32")]


def test_a_stuffed_ballot_stops_the_count(vote):
    _cast(vote, "甲")
    SealedBallot.objects.create(key="0", vote=vote, marks='["丁"]')
    _refused("lists.roll_differs", move_entry, _by(OTHER), vote, "close", {})
    assert facts.of_stream(vote)[-1].kind == "livelihood_vote.opened"
    assert next(itertools.chain(voters_of(vote))) == DEPUTIES[0]


def test_deputies_who_vote_at_once_and_twice_lose_no_ballot_and_cast_one_each(throwaway, settings, tmp_path):
    _county(settings, tmp_path)
    vote = _vote()

    def cast(deputy):
        try:
            cast_ballot(_by(deputy), vote, ["甲"])
            return "cast"
        except Refused as refused:
            return refused.refusal.id
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(cast, [*DEPUTIES, *DEPUTIES]))
    assert sorted(results) == ["acts.has_voted"] * 5 + ["cast"] * 5
    assert [ballot.marks for ballot in ballots_of(vote)] == [("甲",)] * 5
    assert voters_of(vote) == DEPUTIES
