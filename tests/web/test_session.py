"""The session: prolonged by work, and nothing typed is lost when it ran out."""

from __future__ import annotations

import html
import re
import time

import pytest
from county import PASSWORD, PLANNING, SUPERVISOR, desk_of
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from luoshi.store.models import Draft, EntryRow

SHEET = f"/report/{PLANNING}/2023-09/"
HALF = 15 * 60


def _row(**cells):
    rows = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
    return {"row": f"1|{rows.first().id}", **{f"1-{name}": value for name, value in cells.items()}}


def _aged(browser, seconds):
    """The session as it stands so many seconds after it was last prolonged."""
    session = browser.session
    session["touched"] = int(time.time()) - seconds
    session.save()
    return Session.objects.get(pk=session.session_key).expire_date


def test_work_puts_off_the_end_of_the_session(county, sign_in):
    browser = sign_in(SUPERVISOR)
    before = _aged(browser, HALF + 1)
    answer = browser.get("/lists/")
    assert Session.objects.get().expire_date > before
    assert answer.cookies["sessionid"]["max-age"] == 2 * HALF


def test_a_session_just_prolonged_is_not_written_again(county, sign_in):
    browser = sign_in(SUPERVISOR)
    before = _aged(browser, HALF - 60)
    assert "sessionid" not in browser.get("/lists/").cookies
    assert Session.objects.get().expire_date == before


def test_a_session_without_work_runs_out(county, sign_in):
    browser = sign_in(SUPERVISOR)
    browser.get("/lists/")
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert browser.get("/lists/").headers["Location"] == "/sign-in/?next=%2Flists%2F"


def test_a_form_posted_after_the_session_ran_out_is_posted_again_after_signing_in(county, client):
    page = client.post(
        "/sign/",
        {"report": ["甲", "乙"], "move": "hold_back", "reason": "“补”<b>"},
        headers={"Referer": "http://testserver/sign/"},
    )
    assert page.status_code == 401
    assert "登录已过期" in page.content.decode()
    fields = _hidden(page)
    assert fields["next"] == ["/sign/"]
    wrong = client.post("/sign-in/", {**fields, "username": SUPERVISOR, "password": "wrong"})
    assert _hidden(wrong) == fields
    going_on = client.post("/sign-in/", {**fields, "username": SUPERVISOR, "password": PASSWORD})
    again = _hidden(going_on)
    assert again == {"report": ["甲", "乙"], "move": ["hold_back"], "reason": ["“补”<b>"]}
    assert 'action="/sign/"' in going_on.content.decode()


def test_a_sheet_posted_after_the_session_ran_out_becomes_a_draft(county, client):
    typed = {**_row(value="45", text="推进"), "1-evidence": SimpleUploadedFile("照片.pdf", b"%PDF-1.4")}
    fields = _hidden(client.post(SHEET, typed, headers={"Referer": f"http://testserver{SHEET}"}))
    going_on = client.post("/sign-in/", {**fields, "username": desk_of(PLANNING), "password": PASSWORD})
    assert "刚才选的1个文件没有带过来" in going_on.content.decode()
    assert f'action="{SHEET}draft/?page=1"' in going_on.content.decode()
    kept = client.post(f"{SHEET}draft/?page=1", _hidden(going_on))
    assert kept.headers["Location"] == SHEET
    assert "推进" in Draft.objects.get().content


def _hidden(page):
    """The hidden fields of the page's last form, but its token."""
    found = {}
    form = page.content.decode().split("<main")[1]
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form):
        if name != "csrfmiddlewaretoken":
            found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def test_a_part_of_a_page_gets_a_sentence_instead_of_a_page_to_sign_in(county, client):
    answer = client.post(
        f"{SHEET}draft/",
        _row(value="45"),
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{SHEET}"},
    )
    assert answer.status_code == 401
    assert "登录已过期" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "next=%2Freport%2F" in answer.content.decode()
    read = client.get("/lists/", headers={"HX-Request": "true"})
    assert read.headers["HX-Redirect"] == "/sign-in/?next=%2Flists%2F"


@pytest.mark.parametrize(
    ("path", "referer", "following"),
    [
        (f"{SHEET}draft/", SHEET, SHEET),
        (f"{SHEET}draft/", "", "/"),
        (f"{SHEET}draft/", "https://example.com/elsewhere/", "/"),
        ("/sign-out/", "/lists/?page=2", "/lists/?page=2"),
        ("/display/", "", "/"),
    ],
)  # fmt: skip
def test_nobody_is_led_to_an_address_that_only_takes_forms(county, client, path, referer, following):
    came_from = {"Referer": referer if referer.startswith("http") else f"http://testserver{referer}"} if referer else {}
    answer = client.post(path, {"x": "1"}, headers=came_from)
    target = answer.headers.get("Location") or _hidden(answer)["next"][0]
    assert target in {
        following,
        f"/sign-in/?next={following.replace('/', '%2F').replace('?', '%3F').replace('=', '%3D')}",
    }
    typed = {"username": SUPERVISOR, "password": PASSWORD, "next": path}
    assert client.post("/sign-in/", typed).headers["Location"] == "/"


def test_every_address_that_only_takes_forms_is_known_as_such(county, sign_in):
    browser = sign_in(SUPERVISOR)
    given = {"body": PLANNING, "period": "2023-09", "name": "target", "kind": "csv", "key": "1", "move": "amend"}
    wrong = []
    for pattern in get_resolver().url_patterns[0].url_patterns:
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: given.get(name[1], "x"), str(pattern.pattern))
        answer = browser.get(path)
        if (answer.status_code == 405) is not getattr(pattern.callback, "is_posted_only", False):
            wrong.append(path)
        browser = sign_in(SUPERVISOR)
    assert wrong == []


def test_an_address_that_only_takes_forms_says_so(county, sign_in):
    answer = sign_in(SUPERVISOR).get(f"{SHEET}draft/")
    assert answer.status_code == 405
    assert "不能直接打开" in answer.content.decode()


def test_a_link_with_a_character_no_database_takes_is_answered(county, sign_in):
    assert sign_in(SUPERVISOR).get("/lists/target/?q=%00").status_code == 400
    typed = {"username": "a\0b", "password": "x"}
    assert sign_in(SUPERVISOR).post("/sign-in/", typed).status_code == 422


def test_too_many_files_at_once_are_refused_in_chinese(county, sign_in):
    files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-") for n in range(101)]
    answer = sign_in(desk_of(PLANNING)).post(SHEET, {**_row(value="45"), "1-evidence": files})
    assert answer.status_code == 400
    assert "分几次提交" in answer.content.decode()


def test_a_form_without_its_cookie_is_not_told_to_be_a_matter_of_rights(county):
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/sign-in/", {"username": SUPERVISOR}).content.decode()
    assert "提交没有生效" in page
    assert "没有权限" not in page


def test_a_host_name_that_is_not_the_sites_gets_a_page_not_a_failure(county, client):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "不是本系统登记的地址" in answer.content.decode()
