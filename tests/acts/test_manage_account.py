"""账号管理: kept by those who keep posts, never one's own, every deed in the security log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from county import COUNTY, OFFICE, PASSWORD, PLANNING, SUPERVISOR, acting, at, desk_of, founder, head_of

from luoshi.acts.accounts import create_account
from luoshi.acts.delegate_post import delegate_post
from luoshi.acts.manage_account import (
    close_account,
    end_lost_factor,
    open_account,
    reopen_account,
    reset_password,
    unlock_account,
)
from luoshi.acts.register_people import register_people
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store.models import Account
from luoshi.store.second_factor import SecondFactor
from luoshi.store.security_log import SecurityNote
from luoshi.terms.refusal import Refused

DEEDS = (open_account, reset_password, unlock_account, end_lost_factor, close_account, reopen_account)
NOW = at(9, 1)


@pytest.fixture
def registered(county):
    county.registered()
    newcomer = Post("post:new", PLANNING, Role.DESK_OFFICER, "经办人", "xinren", "新甲")
    register_people(founder(at(8, 1)), COUNTY, [], [newcomer])
    return county


def _office():
    return acting(SUPERVISOR, NOW)


def _refused(wanted, *args):
    with pytest.raises(Refused) as refused:
        wanted(*args)
    return refused.value.refusal.id


def _told():
    return list(SecurityNote.objects.order_by("pk").values_list("kind", "account", "by"))


def test_a_post_holder_without_account_gets_one_with_a_first_password(registered):
    password = open_account(_office(), "xinren")
    account = Account.objects.get(username="xinren")
    assert account.check_password(password)
    assert (account.name, account.must_change_password) == ("新甲", True)
    assert _told() == [("account_opened", "xinren", SUPERVISOR)]
    assert _refused(open_account, _office(), "xinren") == "acts.account_exists"
    assert _refused(open_account, _office(), "nobody") == "acts.unknown_account"


def test_a_reset_password_is_new_must_be_changed_and_ends_the_lock(registered):
    Account.objects.filter(username=desk_of(PLANNING)).update(locked_until=datetime.now(UTC) + timedelta(minutes=9))
    password = reset_password(_office(), desk_of(PLANNING))
    account = Account.objects.get(username=desk_of(PLANNING))
    assert account.check_password(password)
    assert not account.check_password(PASSWORD)
    assert (account.must_change_password, account.locked_until) == (True, None)
    assert _told() == [("password_reset", desk_of(PLANNING), SUPERVISOR)]
    assert password not in str(SecurityNote.objects.values())


def test_unlocking_closing_and_reopening(registered):
    username = desk_of(PLANNING)
    Account.objects.filter(username=username).update(failures=3, locked_until=datetime.now(UTC) + timedelta(minutes=9))
    unlock_account(_office(), username)
    assert Account.objects.get(username=username).locked_until is None
    close_account(_office(), username)
    assert not Account.objects.get(username=username).is_active
    reopen_account(_office(), username)
    assert Account.objects.get(username=username).is_active
    assert Account.objects.get(username=username).check_password(PASSWORD)
    assert [kind for kind, _, _ in _told()] == ["unlocked", "account_closed", "account_reopened"]


def test_a_lost_second_factor_is_taken_away(registered):
    account = Account.objects.get(username=desk_of(PLANNING))
    assert _refused(end_lost_factor, _office(), account.username) == "acts.no_factor"
    SecondFactor.objects.create(account=account, sealed_key="x", confirmed_at=NOW)
    end_lost_factor(_office(), account.username)
    assert not SecondFactor.objects.exists()
    assert _told() == [("factor_off", account.username, SUPERVISOR)]


@pytest.mark.parametrize("deed", DEEDS)
def test_others_do_none_of_it(registered, deed):
    for account in (head_of(PLANNING), "xianling", "shenji"):
        assert _refused(deed, acting(account, NOW), desk_of(PLANNING)) == "acts.no_accounts"
    assert _told() == []


@pytest.mark.parametrize("deed", DEEDS[1:])
def test_nobody_does_it_to_himself(registered, deed):
    assert _refused(deed, _office(), SUPERVISOR) == "acts.own_account"
    assert _refused(deed, _office(), "nobody") == "acts.unknown_account"


def test_a_delegate_of_a_keeper_keeps_no_accounts(registered):
    days = {"delegate": head_of(PLANNING), "first_day": "2023-09-01", "last_day": "2023-09-02"}
    delegate_post(_office(), "post:supervisor", days, "外出")
    assert _refused(reset_password, acting(head_of(PLANNING), NOW), desk_of(PLANNING)) == "acts.no_accounts"


def test_a_system_administrator_keeps_accounts(registered):
    create_account("xitong", "系甲", PASSWORD)
    post = Post("post:system", OFFICE, Role.SYSTEM_ADMINISTRATOR, "系统管理员", "xitong", "系甲")
    register_people(founder(at(8, 2)), COUNTY, [], [post])
    assert reset_password(acting("xitong", NOW), desk_of(PLANNING))
