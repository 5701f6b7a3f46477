"""动态口令 by page: set up, asked for at sign-in, locked after five wrong codes, asked of roles by a setting."""

from __future__ import annotations

import base64
import html
import re

import pytest
import segno
from county import PASSWORD, PLANNING, SUPERVISOR, County, head_of

from luoshi.acts import clock
from luoshi.acts.accounts import create_account
from luoshi.people.one_time_code import code_at, step_of
from luoshi.store.models import Account
from luoshi.store.second_factor import SecondFactor

PAGE, CODE = "/second-factor/", "/sign-in/code/"


@pytest.fixture
def registered(db):
    return County().registered()


@pytest.fixture
def watch(monkeypatch):
    """A clock that the test turns on by steps of half a minute, so that every code is a new one."""
    real = clock.true_now()

    class Watch:
        steps = 0

        def now(self):
            from datetime import timedelta

            return real + timedelta(seconds=30 * self.steps)

        def code(self, key):
            self.steps += 1
            return code_at(base64.b32decode(key), step_of(int(self.now().timestamp())))

    made = Watch()
    monkeypatch.setattr("luoshi.web.views.factor.true_now", made.now)
    monkeypatch.setattr("luoshi.web.views.accounts.true_now", made.now)
    return made


def _set_up(client, watch, username=SUPERVISOR):
    """Signed in and set up by page; the key and the recovery codes."""
    client.force_login(Account.objects.get(username=username))
    assert client.post(PAGE, {"move": "begin"}).status_code == 302
    key = re.search(r'<code class="totp-key">([A-Z2-7 ]+)</code>', client.get(PAGE).content.decode())[1].replace(
        " ", ""
    )
    page = client.post(PAGE, {"move": "confirm", "code": watch.code(key)}).content.decode()
    codes = re.findall(r"<li><code>([a-z0-9-]+)</code>", page)
    assert len(codes) == 8
    assert codes[0] not in client.get(PAGE).content.decode()  # shown once
    client.logout()
    return key, codes


def test_the_key_is_drawn_to_be_scanned_and_written_to_be_typed(client, registered):
    client.force_login(Account.objects.get(username=SUPERVISOR))
    client.post(PAGE, {"move": "begin"})
    page = client.get(PAGE).content.decode()
    assert 'aria-label="动态口令密钥的二维码' in page
    key = re.search(r'<code class="totp-key">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")
    named = "otpauth://totp/%E8%90%BD%E5%AE%9E%3Aduban"
    drawn = segno.make_qr(f"{named}?secret={key}&issuer=%E8%90%BD%E5%AE%9E", error="m", boost_error=False)
    assert drawn.svg_inline(scale=4, light="#fff", svgclass=None, lineclass=None) in page


def test_a_name_too_long_for_a_code_is_typed(client, registered):
    """64 Chinese characters are 576 letters of an address: squares too fine for a telephone."""
    account = create_account("长" * 64, "长", PASSWORD, must_change=False)
    client.force_login(account)
    client.post(PAGE, {"move": "begin"})
    page = client.get(PAGE).content.decode()
    assert 'class="totp-key"' in page
    assert 'role="img"' not in page


def _sign_in(client, password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": SUPERVISOR, "password": password, "next": "/lists/", **more})


def test_the_password_alone_does_not_sign_in(client, registered, watch):
    key, _ = _set_up(client, watch)
    page = _sign_in(client)
    assert (page.status_code, "动态口令或备用码" in page.content.decode()) == (200, True)
    assert client.get("/lists/").status_code == 302
    answer = client.post(CODE, {"code": watch.code(key), "next": "/lists/"})
    assert answer.headers["Location"] == "/lists/"
    assert client.get("/lists/").status_code == 200


def test_a_code_is_not_taken_twice_and_a_recovery_code_neither(client, registered, watch):
    key, codes = _set_up(client, watch)
    _sign_in(client)
    code = watch.code(key)
    assert client.post(CODE, {"code": code}).status_code == 302
    client.logout()
    _sign_in(client)
    assert client.post(CODE, {"code": code}).status_code == 422
    assert client.post(CODE, {"code": codes[0]}).status_code == 302
    client.logout()
    _sign_in(client)
    assert client.post(CODE, {"code": codes[0]}).status_code == 422


def test_five_wrong_codes_lock_the_account_and_a_right_password_does_not_forget_them(client, registered, watch):
    key, _ = _set_up(client, watch)
    for _ in range(5):
        _sign_in(client)
        assert client.post(CODE, {"code": "no"}).status_code == 422
    assert "暂时锁定" in _sign_in(client).content.decode()
    assert "暂时锁定" in client.post(CODE, {"code": watch.code(key)}).content.decode()
    assert client.get("/lists/").status_code == 302


def test_the_code_page_is_nothing_without_the_password(client, registered, watch):
    key, _ = _set_up(client, watch)
    assert client.get(CODE).headers["Location"] == "/sign-in/"
    assert client.post(CODE, {"code": watch.code(key)}).headers["Location"] == "/sign-in/"
    _sign_in(client, "wrong")
    assert client.post(CODE, {"code": watch.code(key)}).headers["Location"] == "/sign-in/"


def test_the_half_way_runs_out_after_five_minutes_and_with_a_new_password(client, registered, watch):
    key, _ = _set_up(client, watch)
    _sign_in(client)
    watch.steps += 11
    assert client.post(CODE, {"code": watch.code(key)}).headers["Location"] == "/sign-in/"
    _sign_in(client)
    account = Account.objects.get(username=SUPERVISOR)
    account.set_password("an-other-pass-8")
    account.save()
    assert client.post(CODE, {"code": watch.code(key)}).headers["Location"] == "/sign-in/"


def test_what_was_typed_before_the_session_ran_out_is_carried_through_both_steps(client, registered, watch):
    key, _ = _set_up(client, watch)
    sent = {"again": "/sign/", "typed": '[["move", "hold_back"]]', "files": "0"}
    page = html.unescape(_sign_in(client, **sent).content.decode())
    assert 'name="again" value="/sign/"' in page
    going_on = client.post(CODE, {"code": watch.code(key), **sent}).content.decode()
    assert 'name="move" value="hold_back"' in going_on


def test_a_role_that_must_is_led_to_set_it_up_before_anything_else(client, registered, watch, settings):
    settings.LUOSHI_SECOND_FACTOR = ["supervisor"]
    client.force_login(Account.objects.get(username=SUPERVISOR))
    assert client.get("/lists/").headers["Location"] == PAGE
    assert "须填动态口令" in client.get(PAGE).content.decode()
    key, codes = _set_up(client, watch)
    _sign_in(client)
    client.post(CODE, {"code": watch.code(key)})
    assert client.get("/lists/").status_code == 200
    refused = client.post(PAGE, {"move": "end", "password": PASSWORD, "code": codes[0]})
    assert refused.status_code == 403
    assert SecondFactor.objects.count() == 1
    client.force_login(Account.objects.get(username=head_of(PLANNING)))
    assert client.get("/lists/").status_code == 200  # another role may do without


def test_who_may_do_without_ends_it_with_password_and_code(client, registered, watch):
    key, _ = _set_up(client, watch)
    client.force_login(Account.objects.get(username=SUPERVISOR))
    typed = {"move": "end", "password": "wrong", "code": watch.code(key)}
    assert client.post(PAGE, typed).status_code == 422
    assert client.post(PAGE, {**typed, "password": PASSWORD, "code": watch.code(key)}).status_code == 302
    assert not SecondFactor.objects.exists()


def test_wrong_codes_at_the_setting_up_count_too(client, registered, watch):
    _set_up(client, watch)
    client.force_login(Account.objects.get(username=SUPERVISOR))
    for _ in range(5):
        client.post(PAGE, {"move": "end", "password": "wrong", "code": "1"})
    assert Account.objects.get(username=SUPERVISOR).locked_until
