"""代理 by page: named by the holder, seen by both, ended, and of no use afterwards."""

from __future__ import annotations

import re
from datetime import date

import pytest
from county import EDUCATION, PLANNING, SUPERVISOR, desk_of, head_of

from luoshi.acts.submit_reports import ReportRow
from luoshi.store.models import EntryRow

PAGE = "/delegation/"
HEAD_POST = f"post:head{PLANNING[-2:]}"
TYPED = {
    "move": "appoint", "post": HEAD_POST, "delegate": head_of(EDUCATION), "first_day": "2023-09-28",
    "last_day": "2023-09-29", "reason": "外出培训",
}  # fmt: skip


@pytest.fixture
def submitted(county):
    rows = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
    return county.submit(9, ReportRow(rows.first().id, {"value": "45", "text": "推进"}))


def _version(report):
    return EntryRow.objects.get(pk=report).version


def _sign(browser, report):
    return browser.post("/sign/", {"report": f"{report}|{_version(report)}", "move": "sign"})


def test_a_head_names_a_delegate_who_then_signs(submitted, sign_in):
    browser = sign_in(head_of(PLANNING))
    assert browser.post(PAGE, TYPED).headers["Location"] == PAGE
    html = browser.get(PAGE).content.decode()
    assert "负03代理发改局负责人负02" in html
    assert "生效中" in html
    browser = sign_in(head_of(EDUCATION))
    assert "代理发改局负责人负02" in browser.get("/").content.decode()
    assert "发改局2023年9月" in browser.get("/todo/").content.decode()
    assert _sign(browser, submitted[0]).status_code == 302
    assert EntryRow.objects.get(pk=submitted[0]).state == "signed"
    assert "负03（代负02）签发" in re.sub("<[^>]*>", "", browser.get(f"/entries/{submitted[0]}/").content.decode())


def test_after_the_last_day_the_delegate_sees_and_signs_nothing(submitted, sign_in, settings):
    sign_in(head_of(PLANNING)).post(PAGE, TYPED)
    browser = sign_in(head_of(EDUCATION))
    settings.LUOSHI_TODAY = date(2023, 9, 30)
    assert ">代理</a>" in browser.get("/").content.decode()
    assert _sign(browser, submitted[0]).status_code == 403
    assert EntryRow.objects.get(pk=submitted[0]).state == "submitted"
    assert "已到期" in browser.get(PAGE).content.decode()


def test_an_ended_delegation_is_of_no_use(submitted, sign_in):
    browser = sign_in(head_of(PLANNING))
    browser.post(PAGE, TYPED)
    made = EntryRow.objects.get(list="delegation")
    assert browser.post(PAGE, {"move": "end", "delegation": made.id, "version": 1}).status_code == 302
    assert "已提前结束" in browser.get(PAGE).content.decode()
    assert _sign(sign_in(head_of(EDUCATION)), submitted[0]).status_code == 403


def test_a_refusal_keeps_what_was_typed_beside_its_field(county, sign_in):
    page = sign_in(head_of(PLANNING)).post(PAGE, {**TYPED, "last_day": "2023-09-01"})
    html = page.content.decode()
    assert page.status_code == 422
    assert 'id="e-last_day"' in html
    assert 'value="外出培训"' in html


def test_nobody_is_offered_the_posts_of_others_but_the_supervision_office(county, sign_in):
    own = sign_in(desk_of(PLANNING)).get(PAGE).content.decode()
    assert HEAD_POST not in own
    assert HEAD_POST in sign_in(SUPERVISOR).get(PAGE).content.decode()
    refused = sign_in(desk_of(PLANNING)).post(PAGE, TYPED)
    assert refused.status_code == 403
    assert not EntryRow.objects.filter(list="delegation").exists()


def test_the_delegation_does_not_go_through_the_plain_forms(county, sign_in):
    browser = sign_in(head_of(PLANNING))
    assert browser.get("/lists/delegation/open/appoint/").status_code == 404
    browser.post(PAGE, TYPED)
    made = EntryRow.objects.get(list="delegation")
    assert browser.post(f"/entries/{made.id}/moves/end/", {"version": 1}).status_code == 409


def _named(browser, post, delegate):
    typed = {**TYPED, "post": post, "delegate": delegate}
    assert browser.post(PAGE, typed).status_code == 302


def test_a_delegate_of_the_desk_officer_fills_the_sheet_on_the_page(county, sign_in):
    target = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id").first()
    row = {"row": f"1|{target.id}", "1-value": "45", "1-text": "推进"}
    other = desk_of(EDUCATION)
    assert sign_in(other).get(f"/report/{PLANNING}/2023-09/").status_code == 403
    _named(sign_in(desk_of(PLANNING)), f"post:desk{PLANNING[-2:]}", other)
    browser = sign_in(other)
    assert browser.get(f"/report/{PLANNING}/2023-09/").status_code == 200
    assert browser.post(f"/report/{PLANNING}/2023-09/", row).status_code == 302
    assert EntryRow.objects.get(list="report").state == "submitted"


def test_a_delegate_of_the_supervisor_reviews_but_not_what_he_signed(submitted, sign_in, county):
    county.sign(9, submitted)
    _named(sign_in(SUPERVISOR), "post:supervisor", head_of(PLANNING))
    browser = sign_in(head_of(PLANNING))
    assert browser.get("/review/").status_code == 200
    chosen = {"report": f"{submitted[0]}|{_version(submitted[0])}", "move": "accept"}
    page = browser.post("/review/", chosen)
    assert page.status_code == 403
    assert "不能由同一人办理" in page.content.decode()
    assert sign_in(SUPERVISOR).post("/review/", chosen).status_code == 302
