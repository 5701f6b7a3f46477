"""Trying again what was given up."""

from __future__ import annotations

import pytest
from county import PLANNING, SUPERVISOR, acting, at, desk_of

from luoshi.acts.retry_letters import retry_letters
from luoshi.store import outbox
from luoshi.store.models import Letter
from luoshi.terms.refusal import Refused


@pytest.fixture
def given_up(running):
    letter = {"channel": "email", "recipient": "a@example.cn", "title": "题", "link": "http://127.0.0.1/"}
    outbox.post([Letter(key="k", made_at=at(9, 20), next_at=at(9, 20), **letter)])
    outbox.give_up(outbox.take("email", at(9, 20)), "没有这个邮箱")


def test_the_supervision_office_has_what_was_given_up_sent_again(given_up):
    assert retry_letters(acting(SUPERVISOR, at(9, 28))) == 1
    assert outbox.take("email", at(9, 28)).made_at == at(9, 28)
    assert retry_letters(acting(SUPERVISOR, at(9, 28))) == 0


def test_a_unit_may_not(given_up):
    with pytest.raises(Refused) as refused:
        retry_letters(acting(desk_of(PLANNING), at(9, 28)))
    assert refused.value.refusal.id == "acts.not_keeper"
    assert outbox.counts()["given_up"] == 1
