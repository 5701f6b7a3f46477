"""安全日志: signing in and accounts leave lines, which the audit administrator and the auditor read and nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from county import AUDITOR, COUNTY, OFFICE, PASSWORD, PLANNING, SUPERVISOR, County, at, desk_of, founder

from luoshi.acts.accounts import create_account
from luoshi.acts.api_tokens import issue_token, revoke_token
from luoshi.acts.register_people import register_people
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store.models import Account
from luoshi.store.security_log import SecurityNote, note

PAGE = "/security-log/"


@pytest.fixture
def registered(db):
    return County().registered()


def _kinds():
    return list(SecurityNote.objects.order_by("pk").values_list("kind", "account"))


def _sign_in(client, password, username=SUPERVISOR):
    return client.post("/sign-in/", {"username": username, "password": password})


def test_signing_in_and_out_and_failing_leave_lines(client, registered):
    _sign_in(client, "wrong")
    _sign_in(client, PASSWORD)
    client.post("/password/", {"old": PASSWORD, "new": "an-other-pass-8", "again": "an-other-pass-8"})
    client.post("/sign-out/")
    kinds = [kind for kind, _ in _kinds()]
    assert kinds == ["wrong_password", "signed_in", "password_changed", "signed_out"]
    assert {account for _, account in _kinds()} == {SUPERVISOR}
    assert SecurityNote.objects.first().address == "127.0.0.1"


def test_tries_while_locked_are_told_apart(client, registered):
    for _ in range(6):
        _sign_in(client, "wrong")
    assert [kind for kind, _ in _kinds()] == ["wrong_password"] * 5 + ["locked"]


def test_a_name_that_is_none_is_not_kept(client, registered):
    """Somebody typed the password into the field of the account."""
    _sign_in(client, "", username=PASSWORD)
    assert _kinds() == [("wrong_password", "")]


def test_tokens_leave_lines_that_say_by_whom(registered):
    token, _ = issue_token(founder(), desk_of(PLANNING), PLANNING, "测试", date(2023, 12, 31))
    revoke_token(founder(), token.id)
    revoke_token(founder(), token.id)  # nothing more to tell
    assert _kinds() == [("token_issued", desk_of(PLANNING)), ("token_revoked", desk_of(PLANNING))]
    assert set(SecurityNote.objects.values_list("by", flat=True)) == {"founder"}


def test_an_unknown_kind_is_a_bug(registered):
    with pytest.raises(ValueError, match="nothing"):
        note("nothing", "", at(9, 1))


def test_the_audit_administrator_reads_and_filters_it(client, registered, settings):
    settings.LUOSHI_TODAY = date(2023, 9, 28)
    create_account("shenjiguan", "审计甲", PASSWORD, must_change=False)
    post = Post("post:audit", OFFICE, Role.AUDIT_ADMINISTRATOR, "审计管理员", "shenjiguan", "审计甲")
    register_people(founder(at(9, 1)), COUNTY, [], [post])
    _sign_in(client, "wrong")
    _sign_in(client, PASSWORD, desk_of(PLANNING))
    client.logout()
    for reader in ("shenjiguan", AUDITOR):
        client.force_login(Account.objects.get(username=reader))
        page = client.get(PAGE).content.decode()
        assert "密码错误" in page.split("<tbody>")[1]
        assert "共2条" in page
        only = client.get(PAGE, {"kind": "signed_in", "account": desk_of(PLANNING)}).content.decode()
        assert "密码错误" not in only.split("<tbody>")[1]
    client.force_login(Account.objects.get(username=SUPERVISOR))
    assert client.get(PAGE).status_code == 403
