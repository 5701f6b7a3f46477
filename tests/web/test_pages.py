"""Every page answers those who may see it, in Chinese, within its weight and a fixed number of queries."""

from __future__ import annotations

import re
from io import BytesIO

import orjson
import pytest
from county import (
    COUNTY,
    EDUCATION,
    LEADER,
    OFFICE,
    PASSWORD,
    PLAN,
    PLANNING,
    SUPERVISOR,
    County,
    desk_of,
    founder,
    head_of,
)  # fmt: skip
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from luoshi.acts.accounts import create_account
from luoshi.acts.register_people import register_people
from luoshi.acts.submit_reports import ReportRow
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store.models import DocumentRow, EntryRow
from luoshi.web.paging import page_of

PAGES = [
    "/", "/wall/", "/tasks/", "/tasks/1/", "/tasks/1/?tab=nodes", "/tasks/1/?tab=reports", "/tasks/1/?tab=supervision",
    "/tasks/1/?tab=evidence", "/lists/", "/lists/target/", "/lists/task/?light=green", "/lists/report/?period=2023-09",
    "/lists/responsibility/", "/lists/body/", "/lists/post/", "/lists/plan/", "/lists/problem/open/file/",
    "/commitments/", "/commitments/?light=grey", "/todo/", f"/report/{PLANNING}/2023-09/", "/review/", "/league/",
    "/reading/", "/publication/", "/settings/assign/", "/settings/tables/", "/settings/schedule/", "/settings/month/", "/supervision/new/",
    "/password/", f"/entries/plan:{PLAN}/",
]  # fmt: skip
WITH_LATIN_DATA = {"/lists/post/", "/lists/plan/", f"/entries/plan:{PLAN}/"}
"""Pages that show accounts, or the hash of a document."""
HEAVIEST = 150_000
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def _reported(county):
    """Planning has reported its investment, signed by its head."""
    target = (
        county.target("固定资产投资") if EntryRow.objects.filter(values__contains='"固定资产投资"').exists() else None
    )
    rows = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
    chosen = target.id if target else rows.first().id
    reports = county.submit(9, ReportRow(chosen, {"value": "45", "text": "按计划推进"}))
    county.sign(9, reports)
    return reports


def test_every_page_answers_the_supervisor_within_its_weight(county, sign_in):
    _reported(county)
    reader = sign_in(SUPERVISOR)
    answers = {path: reader.get(path) for path in PAGES}
    assert {path: page.status_code for path, page in answers.items()} == dict.fromkeys(PAGES, 200)
    assert [path for path, page in answers.items() if len(page.content) >= HEAVIEST] == []


def test_no_page_shows_english_words(county, sign_in):
    reader = sign_in(SUPERVISOR)
    known = {"GDP", "txt"}  # stand in the document and its name
    said = {path: _english(reader.get(path)) - known for path in PAGES if path not in WITH_LATIN_DATA}
    assert {path: words for path, words in said.items() if words} == {}


def _english(page):
    main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0].split(">", 1)[1]
    return set(ENGLISH.findall(re.sub(r"<[^>]+>", " ", main)))


@pytest.mark.parametrize("who", [LEADER, desk_of(PLANNING), head_of(EDUCATION), "shenji"])
def test_the_pages_for_all_answer_every_role(county, sign_in, who):
    paths = ("/", "/tasks/1/", "/lists/target/", "/commitments/", "/todo/", "/league/")
    reader = sign_in(who)
    assert {path: reader.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_the_page_of_publication_names_the_sheets_that_the_ledger_has(county, sign_in):
    reader = sign_in(SUPERVISOR)
    book = load_workbook(BytesIO(b"".join(reader.get("/publication/ledger.xlsx"))))
    assert len(book.sheetnames) == 3
    assert f"分为{'、'.join(book.sheetnames)}三页。" in reader.get("/publication/").content.decode()


def test_a_desk_officer_is_told_who_handles_what_is_not_his(county, sign_in):
    reader = sign_in(desk_of(PLANNING))
    for path in ("/review/", "/publication/", "/settings/assign/", "/settings/month/", "/reading/"):
        page = reader.get(path)
        assert (page.status_code, "没有权限" in page.content.decode()) == (403, True), path


def test_a_guest_is_sent_to_sign_in_and_back(client, db):
    page = client.get("/tasks/1/")
    assert page.status_code == 302
    assert page.headers["Location"] == "/sign-in/?next=%2Ftasks%2F1%2F"


def test_a_page_forbids_scripts_and_styles_from_elsewhere(client, db):
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_an_unknown_page_says_so_in_chinese(county, sign_in):
    page = sign_in(SUPERVISOR).get("/tasks/99/")
    assert page.status_code == 404
    assert "没有找到" in page.content.decode()


def test_a_county_without_a_plan_is_told_what_to_do(db, sign_in):
    County().registered()
    page = sign_in(SUPERVISOR).get("/")
    assert page.status_code == 200
    assert "还没有采纳任何任务" in page.content.decode()


def test_an_account_without_a_post_is_told_so(county, client):
    client.force_login(create_account("nobody", "无岗", PASSWORD, must_change=False))
    page = client.get("/")
    assert page.status_code == 403
    assert "还没有岗位" in page.content.decode()


def test_an_administrator_reads_registers_and_no_business(county, client):
    post = Post("post:system", OFFICE, Role.SYSTEM_ADMINISTRATOR, "系统管理员", "system", "系甲")
    register_people(founder(), COUNTY, [], [post])
    client.force_login(create_account("system", "系甲", PASSWORD, must_change=False))
    assert client.get("/").headers["Location"] == "/lists/"
    assert client.get("/lists/body/").status_code == 200
    assert client.get("/tasks/1/").status_code == 403
    assert client.get("/lists/commitments.xlsx").status_code == 403
    target = EntryRow.objects.filter(list="target").first().id
    assert client.get(f"/entries/{target}/").status_code == 403


def test_large_type_is_remembered(county, sign_in):
    browser = sign_in(SUPERVISOR)
    browser.post("/display/", {"size": "large", "next": "/"})
    assert 'class="large"' in browser.get("/").content.decode()


def test_the_review_page_shows_every_proposal_and_the_words_of_the_document(county, sign_in):
    digest = DocumentRow.objects.get().sha256
    html = sign_in(SUPERVISOR).get(f"/reading/{digest}/").content.decode()
    assert "完成固定资产投资" in html
    assert "都看过了" in html


def _queries(browser, path):
    browser.get(path)  # what is read once and remembered is not counted
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(path).status_code == 200
    return len(counted)


@pytest.mark.parametrize(
    "path",
    ["/", "/tasks/1/", "/lists/target/", "/lists/report/", "/commitments/", "/todo/", f"/report/{PLANNING}/2023-09/",
     "/review/", "/settings/assign/", "/publication/", f"/?plan={PLAN}", f"/commitments/?plan={PLAN}",
     f"/lists/report/?plan={PLAN}"],
)  # fmt: skip
def test_the_number_of_queries_does_not_grow_with_the_rows(county, sign_in, path):
    rows = list(EntryRow.objects.filter(list="target", state="assigned").order_by("id"))
    mine = [row for row in rows if f'"lead_body":"{PLANNING}"' in row.values]
    browser = sign_in(SUPERVISOR)
    county.sign(9, county.submit(9, ReportRow(mine[0].id, {"value": "1", "text": "推进"})))
    few = _queries(browser, path)
    later = [ReportRow(row.id, {"value": "1", "text": "推进"}) for row in mine[1:]]
    county.sign(9, county.submit(9, *later))
    assert _queries(browser, path) == few
    assert 5 < few <= 40


@pytest.mark.parametrize("path", ["/lists/target/", "/commitments/", "/review/", "/settings/assign/"])
def test_a_page_number_of_any_kind_shows_a_page(county, sign_in, path):
    browser = sign_in(SUPERVISOR)
    asked = ["²", "0", "-1", "999999", "1e3", "1" * 30, "", "abc", "１", "1.5", " 1 "]
    assert {number: browser.get(path, {"page": number}).status_code for number in asked} == dict.fromkeys(asked, 200)


@pytest.mark.parametrize(
    ("written", "count", "page"),
    [
        ("²", 3, 1),
        ("0", 3, 1),
        ("-1", 3, 1),
        ("2", 3, 2),
        ("２", 3, 2),
        ("9" * 5000, 3, 3),
        ("7", 0, 1),
        ("7", None, 7),
    ],
)
def test_a_page_is_taken_between_the_first_and_the_last(rf, written, count, page):
    assert page_of(rf.get("/", {"page": written}), count) == page


def test_a_demonstration_says_which_day_it_pretends(county, sign_in):
    EntryRow.objects.filter(list="plan").update(values=_as_demo(EntryRow.objects.get(list="plan").values))
    assert "今天是2023年9月28日（演示日期）" in sign_in(SUPERVISOR).get("/").content.decode()


def _as_demo(written):
    return orjson.dumps({**orjson.loads(written), "is_demo": True}).decode()
