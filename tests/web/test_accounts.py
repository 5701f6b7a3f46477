"""Signing in, being locked out, changing one's password."""

from __future__ import annotations

import pytest
from county import PASSWORD, SUPERVISOR, County

from luoshi.store.models import Account


@pytest.fixture
def registered(db):
    return County().registered()


def _post(client, password):
    return client.post("/sign-in/", {"username": SUPERVISOR, "password": password, "next": "/lists/"})


def test_the_right_password_leads_to_the_page_asked_for(client, registered):
    assert _post(client, PASSWORD).headers["Location"] == "/lists/"


def test_a_page_elsewhere_is_not_followed(client, registered):
    wanted = {"username": SUPERVISOR, "password": PASSWORD, "next": "https://example.com/"}
    assert client.post("/sign-in/", wanted).headers["Location"] == "/"


def test_a_wrong_password_keeps_the_account_typed_and_names_neither(client, registered):
    page = _post(client, "wrong")
    assert page.status_code == 422
    assert "账号或密码不正确" in page.content.decode()
    assert f'value="{SUPERVISOR}"' in page.content.decode()


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(client, registered):
    for _ in range(5):
        _post(client, "wrong")
    page = _post(client, PASSWORD)
    assert page.status_code == 422
    assert "暂时锁定" in page.content.decode()


def test_a_success_forgets_earlier_failures(client, registered):
    for _ in range(4):
        _post(client, "wrong")
    _post(client, PASSWORD)
    assert Account.objects.get(username=SUPERVISOR).failures == 0


def test_a_first_password_must_be_changed_before_anything_else(client, registered):
    account = Account.objects.get(username=SUPERVISOR)
    account.must_change_password = True
    account.save()
    client.force_login(account)
    assert client.get("/").headers["Location"] == "/password/"
    typed = {"old": PASSWORD, "new": "an-other-pass-8", "again": "an-other-pass-9"}
    assert "不一致" in client.post("/password/", typed).content.decode()
    assert client.post("/password/", {**typed, "again": "an-other-pass-8"}).status_code == 302
    assert client.get("/").status_code == 200


def test_wrong_old_passwords_are_counted_like_those_at_the_door(client, registered):
    """Whoever finds a screen left open must not try passwords there for ever."""
    client.force_login(Account.objects.get(username=SUPERVISOR))
    typed = {"old": "wrong", "new": "an-other-pass-8", "again": "an-other-pass-8"}
    for _ in range(5):
        assert "原密码不正确" in client.post("/password/", typed).content.decode()
    assert "暂时锁定" in client.post("/password/", {**typed, "old": PASSWORD}).content.decode()
    assert Account.objects.get(username=SUPERVISOR).check_password(PASSWORD)
