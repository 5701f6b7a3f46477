"""The frame: tokens, one error shape, one answer to one request."""

from __future__ import annotations

from datetime import date

import pytest
from calling import refused
from county import COUNTY, EDUCATION, PLAN, PLANNING, desk_of, founder

from luoshi.acts.api_tokens import revoke_token
from luoshi.store.models import ApiToken, EntryRow, FactRow

PROBLEM = {"fields": {"text": "材料不全", "body": PLANNING, "origin": "inspection"}}


@pytest.mark.parametrize("heads", [{}, {"Authorization": "Bearer lsk_nothing"}, {"Authorization": "Basic x"}])
def test_without_a_token_nothing_is_told(county, client, heads):
    response = client.get("/api/v1/lists", headers=heads)
    refused(response, 401, "api.no_token")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_is_refused_at_once(desk):
    assert desk.get("lists").status_code == 200
    revoke_token(founder(), ApiToken.objects.get().id)
    refused(desk.get("lists"), 401, "api.no_token")


def test_a_token_ends_with_its_last_day(desk, settings):
    settings.LUOSHI_TODAY = date(2024, 1, 1)
    refused(desk.get("lists"), 401, "api.no_token")


def test_a_session_of_the_pages_opens_nothing_here(county, client):
    from luoshi.store.models import Account

    client.force_login(Account.objects.get(username=desk_of(PLANNING)))
    refused(client.get("/api/v1/lists"), 401, "api.no_token")


def test_an_unknown_address_and_method_are_refused_in_the_same_shape(desk, client):
    refused(desk.get("nothing/here"), 404, "api.unknown_address")
    response = desk.post("lists")
    refused(response, 405, "api.no_method")
    assert response["Allow"] == "GET"
    refused(desk.get("lists", plan="330624-2023"), 404, "api.unknown_plan")


@pytest.mark.parametrize(
    ("sent", "status", "identity"),
    [
        ("{", 400, "api.no_json"),
        ("[1]", 400, "api.no_object"),
        ('{"fields": NaN}', 400, "api.no_json"),
        ("[" * 100_000, 400, "api.no_json"),
        ('{"fields": 3}', 422, "api.no_fields"),
        ("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), 400, "api.no_json"),
    ],
)
def test_what_is_no_json_object_is_refused(supervisor, sent, status, identity):
    refused(supervisor.post("lists/problem/moves/file", sent), status, identity)


def test_writes_need_a_key(desk, client):
    response = client.post(
        "/api/v1/lists/problem/moves/file", "{}", content_type="application/json", headers=desk._heads()
    )
    refused(response, 400, "api.no_key")


def test_a_request_sent_twice_is_done_once(supervisor):
    first = supervisor.post("lists/problem/moves/file", PROBLEM, key="the-same-key")
    second = supervisor.post("lists/problem/moves/file", PROBLEM, key="the-same-key")
    assert first.status_code == second.status_code == 201, first.json()
    assert first.content == second.content
    assert (first.get("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (None, "true")
    assert EntryRow.objects.filter(list="problem").count() == 1
    other = {"fields": {**PROBLEM["fields"], "text": "另一件"}}
    refused(supervisor.post("lists/problem/moves/file", other, key="the-same-key"), 409, "acts.key_of_another_request")


def test_two_tokens_may_use_the_same_key(supervisor, head):
    assert supervisor.post("lists/problem/moves/file", PROBLEM, key="the-same-key").status_code == 201
    found = head.post("lists/problem/moves/file", PROBLEM, key="the-same-key")
    assert "Idempotency-Replayed" not in found


def test_a_bug_is_told_without_its_words_and_keeps_nothing(supervisor, monkeypatch):
    from luoshi.api import lists

    def broken(*_, **__):
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(lists, "open_entry", broken)
    before = FactRow.objects.count()
    found = refused(supervisor.post("lists/problem/moves/file", PROBLEM), 500, "api.broken")
    assert "secret" not in str(found)
    assert FactRow.objects.count() == before


def test_the_token_s_body_bounds_what_its_account_may_do(county, system):
    """One person holds posts in two bodies; the token of one of them reports for that one only."""
    from luoshi.acts.register_people import register_people
    from luoshi.people.role import Role
    from luoshi.people.roster import Post

    post = Post("post:desk02-too", EDUCATION, Role.DESK_OFFICER, "经办人", desk_of(PLANNING), "经02")
    register_people(founder(), COUNTY, [], [post])
    here, there = system(desk_of(PLANNING), PLANNING), system(desk_of(PLANNING), EDUCATION)
    target = EntryRow.objects.filter(list="target", plan=PLAN, values__contains=PLANNING).order_by("id").first()
    row = {"rows": [{"commitment": target.id, "value": "45", "text": "推进"}]}
    found = refused(there.post(f"reports/{PLANNING}/2023-09", row), 422, "acts.bad_rows")
    assert "权限" in found["errors"][0]["message"]
    assert here.post(f"reports/{PLANNING}/2023-09", row).status_code == 201
