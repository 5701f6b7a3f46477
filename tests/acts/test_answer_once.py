"""A request sent twice is done once."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from county import PLANNING, at, desk_of, founder

from luoshi.acts.answer_once import answer_once
from luoshi.acts.api_tokens import issue_token
from luoshi.acts.context import refuse
from luoshi.store.models import Account, ApiReply, ApiToken
from luoshi.terms.refusal import Refused

KEY = "0b2f5f3e-2023-09"


@pytest.fixture
def token(running):
    return issue_token(founder(), desk_of(PLANNING), PLANNING, "系统", date(2023, 12, 31))[0]


@pytest.fixture
def done():
    return []


def ask(token, done, request=b"POST /x {}", key=KEY, day=(3, 1)):
    def answer():
        done.append(request)
        return 201, f"answer {len(done)}"

    return answer_once(founder(at(*day)), token, key, request, answer)


def test_the_second_sending_gets_the_first_answer(token, done):
    first, second = ask(token, done), ask(token, done)
    assert (first.status, first.body, first.is_repeated) == (201, "answer 1", False)
    assert (second.status, second.body, second.is_repeated) == (201, "answer 1", True)
    assert len(done) == 1


def test_another_key_is_another_request(token, done):
    ask(token, done)
    assert ask(token, done, key="another-key").body == "answer 2"


def test_a_key_belongs_to_one_request(token, done):
    ask(token, done)
    with pytest.raises(Refused) as found:
        ask(token, done, b"POST /y {}")
    assert found.value.refusal.id == "acts.key_of_another_request"
    assert len(done) == 1


def test_a_refusal_is_not_kept(token):
    def no():
        raise refuse("acts.no", "不行。")

    with pytest.raises(Refused):
        answer_once(founder(at(3, 1)), token, KEY, b"x", no)
    assert not ApiReply.objects.exists()
    assert answer_once(founder(at(3, 1)), token, KEY, b"x", lambda: (200, "ok")).body == "ok"


def test_answers_are_kept_for_a_week(token, done):
    ask(token, done)
    ask(token, done, b"POST /y {}", "another-key", (3, 9))
    assert [reply.key for reply in ApiReply.objects.all()] == ["another-key"]


def without_posts(context):
    actor = dataclasses.replace(context.actor, posts=())
    return dataclasses.replace(context, circumstances=dataclasses.replace(context.circumstances, actor=actor))


def test_an_answer_is_told_again_only_while_the_posts_of_then_are_held(token, done):
    ask(token, done)
    with pytest.raises(Refused) as found:
        answer_once(without_posts(founder(at(3, 1))), token, KEY, b"POST /x {}", lambda: (200, "again"))
    assert (found.value.refusal.id, found.value.refusal.status) == ("acts.reply_of_former_post", 403)
    assert ask(token, done).is_repeated


@pytest.mark.parametrize("change", [{"expires_on": date(2020, 1, 1)}, {"revoked_at": at(3, 1)}])
def test_a_token_out_of_force_is_told_nothing_again(token, done, change):
    ask(token, done)
    ApiToken.objects.filter(pk=token.pk).update(**change)
    with pytest.raises(Refused) as found:
        ask(token, done)
    assert found.value.refusal.status == 401


def test_nor_is_a_closed_account(token, done):
    ask(token, done)
    Account.objects.filter(pk=token.account.pk).update(is_active=False)
    with pytest.raises(Refused) as found:
        ask(token, done)
    assert found.value.refusal.status == 401


@pytest.mark.parametrize("key", ["", "short", "钥匙钥匙钥匙钥匙", "with space", "x" * 65])
def test_a_key_is_8_to_64_visible_characters(token, done, key):
    with pytest.raises(Refused) as found:
        ask(token, done, key=key)
    assert found.value.refusal.id == "acts.bad_key"
    assert not done
