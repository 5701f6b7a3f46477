"""The frame: tokens, one error shape, one answer to one request."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from calling import System, refused
from county import COUNTY, EDUCATION, OFFICE, PLAN, PLANNING, SUPERVISOR, County, desk_of, founder
from django.db import connections
from django.test import Client

from luoshi.acts.api_tokens import issue_token, revoke_token
from luoshi.people.actor import Actor
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


@pytest.mark.parametrize(
    "address",
    [
        "entries/%00",
        "entries/problem:x%00/why/2023-09",
        "lists/problem?q=a%00b",
        "lists/problem?body=%00",
        "entries/%ED%A0%80",
        "lists?plan=%00",
        "lists?period=%00",
    ],
)
def test_characters_no_database_can_hold_are_no_bug(supervisor, address):
    assert supervisor.get(address).status_code < 500


@pytest.mark.parametrize("text", ["a\u0000b", "\ud800"])
def test_nor_in_what_is_sent(supervisor, text):
    sent = {"entries": [{"id": text}], "fields": {"body": text}, "reason": text}
    assert supervisor.post("lists/problem/moves/assign", sent).status_code < 500
    assert supervisor.post("reports/330624-02/2023-09", {"rows": [{"commitment": text}]}).status_code < 500
    assert supervisor.post("lists/problem/moves/file", {**PROBLEM, "plan": text}).status_code < 500


@pytest.mark.parametrize("period", ["2199-01", "2022-12", "2023-13"])
def test_a_year_without_a_plan_is_no_bug(desk, period):
    assert desk.get(f"reports/{PLANNING}/{period}").status_code < 500
    assert desk.post(f"reports/{PLANNING}/{period}", {"rows": [{"commitment": "x"}]}).status_code in {404, 409, 422}


def test_a_token_revoked_while_its_request_waits_does_nothing(supervisor, monkeypatch):
    token = ApiToken.objects.get()
    monkeypatch.setattr("luoshi.api.door.token_written", lambda *_: token)
    revoke_token(founder(), token.id)
    refused(supervisor.post("lists/problem/moves/file", PROBLEM), 401, "acts.token_revoked")
    assert not EntryRow.objects.filter(list="problem").exists()


def test_an_answer_is_not_told_again_to_who_has_left_the_post(county, supervisor, monkeypatch):
    """The token's account keeps another post in the body, so that the token itself stays good."""
    from luoshi.acts.register_people import register_people
    from luoshi.people.role import Role
    from luoshi.people.roster import Post

    post = Post("post:duban-too", OFFICE, Role.DESK_OFFICER, "经办人", SUPERVISOR, "督办")
    register_people(founder(), COUNTY, [], [post])
    first = supervisor.post("lists/problem/moves/file", PROBLEM, key="the-same-key")
    assert first.status_code == 201
    assert supervisor.post("lists/problem/moves/file", PROBLEM, key="the-same-key").status_code == 201
    left = Actor.within
    monkeypatch.setattr(
        Actor,
        "within",
        lambda actor, body: dataclasses.replace(
            left(actor, body), posts=tuple(each for each in left(actor, body).posts if each.id == post.id)
        ),
    )
    again = supervisor.post("lists/problem/moves/file", PROBLEM, key="the-same-key")
    refused(again, 403, "acts.reply_of_former_post")
    assert EntryRow.objects.filter(list="problem").count() == 1


def test_two_sendings_at_once_do_it_once(throwaway, settings):
    """Both get the same answer, one of them replayed."""
    settings.LUOSHI_TODAY = date(2023, 9, 28)
    running = County().running()
    running.open(9)
    written = issue_token(founder(), SUPERVISOR, OFFICE, "测试系统", date(2023, 12, 31))[1]

    def send(_):
        try:
            return System(Client(), written).post("lists/problem/moves/file", PROBLEM, key="one-request")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(send, range(4)))
    assert [each.status_code for each in found] == [201] * 4
    assert len({each.content for each in found}) == 1
    assert sum("Idempotency-Replayed" in each for each in found) == 3
    assert EntryRow.objects.filter(list="problem").count() == 1
