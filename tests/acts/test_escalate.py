"""A missed clock is told to those its list names, once, and found among what they have to do."""

from __future__ import annotations

import pytest
from county import EDUCATION, LEADER, PLAN, PLANNING, SUPERVISOR, County, acting, at, desk_of, head_of

from luoshi.acts.escalate import escalate
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.store import definitions
from luoshi.store.entries import find
from luoshi.store.models import Account
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.todo import todo
from luoshi.store.replay import replay
from luoshi.terms.refusal import Refused


@pytest.fixture
def whistle(db, settings):
    """Dispatched on Monday 3 April 2023 with two working days to answer: due on 6 April, since the 5th is a holiday."""
    settings.LUOSHI_PACKS = ["national", "whistle"]
    definitions._signature_at.cache_clear()
    County().running()
    typed = {"matter": "占道经营", "kind": "执法哨", "town": PLANNING}
    made = open_entry(acting(desk_of(PLANNING), at(4, 1)), "whistle", PLAN, typed)
    move_entry(acting(head_of(PLANNING), at(4, 1)), made.id, "approve", {})
    move_entry(_by(4, 3), made.id, "dispatch", {"department": EDUCATION, "duty": "职责"})
    yield made.id
    definitions._signature_at.cache_clear()


def _by(month, day):
    return acting(SUPERVISOR, at(month, day))


def _todo(account, month, day):
    desk = desk_for(Account.objects.get(username=account), acting(account, at(month, day)).today, plan=PLAN)
    return [line["text"] for group in todo(desk) for line in group["lines"] if "催办升级" in line["text"]]


def test_each_step_is_told_once_to_whom_it_names(whistle):
    assert find(whistle).clocks["arrive"].due_on.isoformat() == "2023-04-06"
    assert escalate(_by(4, 6), PLAN).told == ()
    told = escalate(_by(4, 7), PLAN).told
    assert [(entry["step"], entry.state, entry["body"]) for entry in told] == [("催办", "to_unit_head", EDUCATION)]
    assert escalate(_by(4, 7), PLAN).told == ()
    told = escalate(_by(4, 12), PLAN).told  # three working days after the 6th: 7, 10, 11 April
    assert [(entry["step"], entry.state) for entry in told] == [("报告分管县领导", "to_leader")]
    assert list(replay()) == []


def test_those_told_find_it_among_what_they_have_to_do_and_answer(whistle):
    told = escalate(_by(4, 7), PLAN).told[0]
    assert _todo(head_of(EDUCATION), 4, 7) == ["催办升级：占道经营"]
    assert _todo(head_of(PLANNING), 4, 7) == _todo(LEADER, 4, 7) == _todo(SUPERVISOR, 4, 7) == []
    with pytest.raises(Refused):
        move_entry(_by(4, 7), told.id, "answer_unit_head", {})
    move_entry(acting(head_of(EDUCATION), at(4, 7)), told.id, "answer_unit_head", {"answer": "已派人"})
    assert _todo(head_of(EDUCATION), 4, 7) == []


def test_when_the_clock_stops_what_is_not_answered_is_settled(whistle):
    told = escalate(_by(4, 7), PLAN).told[0]
    move_entry(acting(desk_of(EDUCATION), at(4, 10)), whistle, "arrive", {})
    assert [entry.id for entry in escalate(_by(4, 10), PLAN).settled] == [told.id]
    assert find(told.id).state == "settled"
    later = escalate(_by(4, 20), PLAN)
    assert (later.told, later.settled) == ((), ())


def test_only_the_supervision_office_tells_and_nobody_by_hand(whistle):
    with pytest.raises(Refused) as refused:
        escalate(acting(head_of(PLANNING), at(4, 7)), PLAN)
    assert refused.value.refusal.id == "people.no_right"
    with pytest.raises(Refused) as refused:
        open_entry(_by(4, 7), "escalation", PLAN, {"text": "x"}, "tell_leader")
    assert refused.value.refusal.id == "acts.own_act"
