"""Accounts and passwords: weak ones are refused, and none is ever kept as typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from luoshi.acts.accounts import change_password, count_failure, create_account, forget_failures, is_locked
from luoshi.store.models import Account, FactRow
from luoshi.terms.refusal import Refused

pytestmark = pytest.mark.django_db
GOOD = "shan-lu-18-wan"


def test_a_new_account_must_change_its_password(django_user_model):
    account = create_account("wang", "王甲", GOOD)
    assert account.must_change_password
    assert GOOD not in account.password
    change_password(account, GOOD, "another-road-9")
    account.refresh_from_db()
    assert account.check_password("another-road-9")
    assert not account.must_change_password
    assert not FactRow.objects.exists()


@pytest.mark.parametrize("password", ["", "short1", "12345678", "password", "00000000000"])
def test_a_weak_password_is_refused_and_no_account_is_made(password):
    with pytest.raises(Refused) as refused:
        create_account("wang", "王甲", password)
    assert refused.value.refusal.id == "acts.weak_password"
    assert refused.value.refusal.errors
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("80514073629", "密码不能全是数字。"),
        ("x7", "密码至少要有8位。"),
        ("password", "密码太常见，容易被猜中，请换一个。"),
    ],
)
def test_what_is_wrong_with_a_password_is_said_plainly(password, said):
    account = create_account("wang", "王甲", GOOD)
    with pytest.raises(Refused) as refused:
        change_password(account, GOOD, password)
    assert [(error.field, error.message) for error in refused.value.refusal.errors] == [("new", said)]


@pytest.mark.parametrize("username", ["", "  ", "x" * 65, "a b", "a\x00b"])
def test_an_account_needs_a_name_to_sign_in_with(username):
    with pytest.raises(Refused) as refused:
        create_account(username, "王甲", GOOD)
    assert refused.value.refusal.id == "acts.bad_username"


@pytest.mark.parametrize(("old", "new", "identity"), [
    ("wrong", "another-road-9", "acts.wrong_password"),
    (GOOD, GOOD, "acts.same_password"),
    (GOOD, "1234", "acts.weak_password"),
])  # fmt: skip
def test_a_change_that_cannot_be_leaves_the_old_password(old, new, identity):
    account = create_account("wang", "王甲", GOOD)
    with pytest.raises(Refused) as refused:
        change_password(account, old, new)
    assert refused.value.refusal.id == identity
    assert Account.objects.get().check_password(GOOD)


def test_a_password_like_the_account_or_the_name_is_refused(django_user_model):
    for password in ("wangxiaoming", "wangxiaoming9"):
        with pytest.raises(Refused) as refused:
            create_account("wangxiaoming", "王小明", password)
        assert "太相近" in refused.value.refusal.message


def test_wrong_tries_are_counted_and_the_fifth_locks_for_a_quarter_of_an_hour(django_user_model):
    now = datetime(2023, 9, 28, 2, tzinfo=UTC)
    account = create_account("wang", "王某", GOOD)
    for _ in range(4):
        count_failure(account, now)  # the object in hand is stale: what counts is what is kept
    account.refresh_from_db()
    assert (account.failures, is_locked(account, now)) == (4, False)
    count_failure(account, now)
    account.refresh_from_db()
    assert is_locked(account, now + timedelta(minutes=14, seconds=59))
    assert not is_locked(account, now + timedelta(minutes=15))
    forget_failures(account)
    account.refresh_from_db()
    assert (account.failures, account.locked_until) == (0, None)
