"""统一认证 against a provider on this machine: who is vouched for signs in; nothing else does."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from county import PASSWORD, SUPERVISOR, County

from luoshi.acts.second_factor import begin_factor, confirm_factor
from luoshi.people.one_time_code import code_at, step_of
from luoshi.store.models import Account
from luoshi.store.security_log import SecurityNote

sys.path.insert(0, str(Path(__file__).parents[1] / "people"))  # tokens.py

BEGIN, BACK = "/sign-in/openid/", "/sign-in/openid/back/"


class Provider:
    """An identity provider on loopback; ``says`` changes what its tokens claim, ``answers`` its configuration."""

    def __init__(self):
        from tokens import jwk, signed

        provider, self.says, self.answers, self.codes, self.asked = self, {}, {}, {}, []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/.well-known/openid-configuration":
                    names = {"authorization_endpoint": "ask", "token_endpoint": "token", "jwks_uri": "keys"}
                    found = {"issuer": provider.issuer, **{n: f"{provider.issuer}/{p}" for n, p in names.items()}}
                    self._say({**found, **provider.answers})
                else:
                    self._say({"keys": [jwk()]})

            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                provider.asked.append(form)
                kept = provider.codes.pop(form["code"][0], None)
                digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
                challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
                if kept is None or kept["code_challenge"] != [challenge] or form["client_secret"] != ["geheim"]:
                    self.send_error(400)
                    return
                now = int(time.time())
                claims = {
                    "iss": provider.issuer, "aud": "luoshi", "nonce": kept["nonce"][0], "iat": now, "exp": now + 60,
                    "preferred_username": SUPERVISOR, **provider.says,
                }  # fmt: skip
                self._say({"id_token": signed(claims)})

            def _say(self, found):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(found).encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def consents(self, address):
        """The person signs in there: the way back, with a code."""
        query = parse_qs(urlsplit(address).query)
        self.codes["code-1"] = query
        return {"state": query["state"][0], "code": "code-1"}


@pytest.fixture
def provider(db, settings):
    County().registered()
    made = Provider()
    settings.LUOSHI_OPENID = {
        "issuer": made.issuer, "client_id": "luoshi", "client_secret": "geheim", "label": "浙政钉"
    }  # fmt: skip
    yield made
    made.server.shutdown()
    made.server.server_close()


def _come_back(client, provider, **changed):
    way = client.get(BEGIN, {"next": "/lists/"}).headers["Location"]
    assert way.startswith(f"{provider.issuer}/ask?")
    return client.get(BACK, {**provider.consents(way), **changed})


def _is_in(client):
    return client.get("/lists/").status_code == 200


def test_who_is_vouched_for_signs_in_and_goes_where_he_wanted(client, provider):
    assert "用浙政钉登录" in client.get("/sign-in/?next=/lists/").content.decode()
    assert _come_back(client, provider).headers["Location"] == "/lists/"
    assert _is_in(client)
    assert list(SecurityNote.objects.values_list("kind", "account")) == [("signed_in_openid", SUPERVISOR)]
    assert provider.asked[0]["redirect_uri"] == ["http://testserver/sign-in/openid/back/"]


@pytest.mark.parametrize(
    "says",
    [
        {"nonce": "another"}, {"aud": "other"}, {"iss": "http://127.0.0.1:1"}, {"exp": 1}, {"iat": 1},
        {"preferred_username": "nobody"}, {"preferred_username": ""}, {"preferred_username": ["duban"]},
    ],
)  # fmt: skip
def test_a_token_that_is_no_proof_signs_nobody_in(client, provider, says):
    provider.says = says
    page = _come_back(client, provider)
    assert page.status_code == 422
    assert not _is_in(client)
    assert SecurityNote.objects.get().kind == "openid_refused"


def test_an_answer_is_good_once_and_only_in_the_session_that_asked(client, provider, django_user_model):
    from django.test import Client

    way = client.get(BEGIN).headers["Location"]
    answer = provider.consents(way)
    stranger = Client()
    assert stranger.get(BACK, answer).status_code == 422
    assert not _is_in(stranger)
    assert client.get(BACK, {**answer, "state": "another"}).status_code == 422
    assert client.get(BACK, answer).status_code == 422  # the one try was used up
    assert not _is_in(client)
    assert _come_back(client, provider).status_code == 302


def test_a_code_the_provider_does_not_know_signs_nobody_in(client, provider):
    assert _come_back(client, provider, code="stolen").status_code == 422
    assert not _is_in(client)


@pytest.mark.parametrize(
    "answers", [{"issuer": "https://other"}, {"token_endpoint": "http://example.com/token"}, {"jwks_uri": None}]
)
def test_a_provider_that_points_elsewhere_is_not_followed(client, provider, answers):
    provider.answers = answers
    way = client.get(BEGIN)
    if way.status_code == 302:
        assert client.get(BACK, provider.consents(way.headers["Location"])).status_code == 422
    assert not _is_in(client)
    assert "example.com" not in str(provider.asked)


def test_a_provider_that_is_away_leaves_the_password(client, provider):
    provider.server.shutdown()
    provider.server.server_close()
    page = client.get(BEGIN)
    assert "统一认证暂时连接不上" in page.content.decode()
    client.post("/sign-in/", {"username": SUPERVISOR, "password": PASSWORD})
    assert _is_in(client)


def test_the_second_factor_is_asked_for_all_the_same(client, provider):
    account = Account.objects.get(username=SUPERVISOR)
    from datetime import UTC, datetime

    key = begin_factor(account)
    raw, now = base64.b32decode(key), datetime.now(UTC)
    codes = confirm_factor(account, code_at(raw, step_of(int(now.timestamp()))), now)
    page = _come_back(client, provider)
    assert "动态口令或备用码" in page.content.decode()
    assert not _is_in(client)
    assert client.post("/sign-in/code/", {"code": codes[0]}).status_code == 302
    assert _is_in(client)


def test_a_first_password_need_not_be_changed_by_who_never_used_it(client, provider):
    Account.objects.filter(username=SUPERVISOR).update(must_change_password=True)
    _come_back(client, provider)
    assert _is_in(client)
    client.logout()
    client.post("/sign-in/", {"username": SUPERVISOR, "password": PASSWORD})
    assert client.get("/lists/").headers["Location"] == "/password/"


def test_closed_and_locked_accounts_stay_outside(client, provider):
    from datetime import UTC, datetime, timedelta

    Account.objects.update(locked_until=datetime.now(UTC) + timedelta(minutes=5))
    assert "已暂时锁定" in _come_back(client, provider).content.decode()
    Account.objects.update(locked_until=None, is_active=False)
    assert "还没有账号" in _come_back(client, provider).content.decode()
    assert not _is_in(client)


def test_without_the_setting_there_is_no_such_way(client, db):
    assert "统一认证" not in client.get("/sign-in/").content.decode()
    assert client.get(BEGIN).status_code == 404
    assert client.get(BACK, {"state": "x", "code": "y"}).status_code == 404
