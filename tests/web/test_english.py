"""Every page can be read in English: what is left in Chinese is the county's own words, and says that it is Chinese."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from county import EDUCATION, LEADER, PLANNING, SUPERVISOR, desk_of, head_of
from test_pages import PAGES, _reported

from luoshi.acts.submit_reports import ReportRow
from luoshi.people.role import Role
from luoshi.store import definitions, rosters
from luoshi.store.models import Account, DocumentRow, EntryRow, FactRow

HAN = re.compile("[\u3400-\u9fff]")
RUN = re.compile("[\u3400-\u9fff]+")
QUOTED = re.compile("“[^”]*”")
OTHERS = {
    desk_of(PLANNING): ["/", "/todo/", "/report/", f"/report/{PLANNING}/2023-09/", "/tasks/1/", "/notices/"],
    head_of(PLANNING): ["/sign/", "/todo/", "/delegation/"],
    LEADER: ["/", "/review/", "/league/", "/publication/"],
    desk_of(EDUCATION): ["/", f"/report/{EDUCATION}/2023-09/text/", "/search/?q=%E6%8A%95%E8%B5%84"],
}


@pytest.fixture
def english(sign_in):
    """Signs an account in who reads English."""

    def signed_in(account):
        client = sign_in(account)
        client.cookies["language"] = "en"
        return client

    return signed_in


@pytest.fixture
def is_own(county):
    """Whether every run of Chinese in a text is the county's: of documents, entries, facts; of names put together."""
    _reported(county)
    rows = [*EntryRow.objects.values_list("values"), *FactRow.objects.values_list("payload")]
    rows += [*DocumentRow.objects.values_list("name", "text"), *Account.objects.values_list("name")]
    cited = [str(definition.source) for definition in definitions.lists_in_force().values()]
    written = "\n".join([*(str(cell) for row in rows for cell in row), *cited])
    roster = rosters.standing_of(SUPERVISOR, date(2023, 9, 28))[1]
    names = {body.short_name for body in roster.bodies.values()} | {post.title for post in roster.posts}
    names |= set(Account.objects.values_list("name", flat=True)) | {role.label for role in Role}
    named = re.compile("|".join(sorted(map(re.escape, filter(None, names)), key=len, reverse=True)))

    def told(text):
        text = QUOTED.sub("", text) if re.search("[A-Za-z]{3}", text) else text
        return all(run in written for run in RUN.findall(named.sub(" ", text)))

    return told


def _left(page):
    """Texts and heard attributes with Chinese in them."""
    text = re.sub(r"<(script|style|textarea)\b.*?</\1>", "", page, flags=re.DOTALL)
    text = re.sub(r"<(\w+)[^>]* translate=\"no\".*?</\1>", "", text, flags=re.DOTALL)
    found = re.split(r"<[^>]*>", text) + re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', text)
    return {html.unescape(one).strip() for one in found if HAN.search(one)}


def _strangers(client, paths, is_own):
    said = {}
    for path in paths:
        page = client.get(path, follow=True)
        assert page.status_code == 200, path
        text = page.content.decode()
        assert '<html lang="en"' in text, path
        if strangers := [one for one in _left(text) if not is_own(one)]:
            said[path] = strangers
    return said


def test_what_stays_chinese_on_the_supervisors_pages_is_the_countys_own(county, english, is_own):
    assert _strangers(english(SUPERVISOR), PAGES, is_own) == {}


@pytest.mark.parametrize("account", OTHERS)
def test_what_stays_chinese_on_the_pages_of_others_is_the_countys_own(county, english, is_own, account):
    assert _strangers(english(account), OTHERS[account], is_own) == {}


def test_what_stays_chinese_says_so(county, english):
    text = english(SUPERVISOR).get("/tasks/1/").content.decode()
    assert '<span lang="zh-Hans">' in text
    assert ">Overview</a>" in text


def test_english_is_chosen_in_the_head_and_left_again(county, sign_in):
    reader = sign_in(SUPERVISOR)
    reader.post("/display/", {"language": "en", "next": "/"})
    page = reader.get("/").content.decode()
    assert "<h1>Overview: September 2023</h1>" in page
    assert 'value="zh" lang="zh-Hans" translate="no">中文</button>' in page
    reader.post("/display/", {"size": "large", "next": "/"})
    assert "Normal type" in reader.get("/").content.decode(), "one choice leaves the other"
    reader.post("/display/", {"language": "zh", "next": "/"})
    assert "<h1>总览：2023年9月</h1>" in reader.get("/").content.decode()


def test_a_refusal_is_told_in_english_and_what_was_typed_stays(county, english):
    desk = english(desk_of(PLANNING))
    target = county.target("完成固定资产投资").id
    answer = desk.post(
        f"/report/{PLANNING}/2023-09/", {"row": [f"1|{target}"], "1-value": "四十", "1-text": "按计划推进"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ("should be a number" in text, "按计划推进</textarea>" in text, 'value="四十"' in text) == (True, True, True)


def test_what_a_desk_typed_stays_as_typed_even_where_it_reads_like_the_page(county, english):
    target = county.target("完成固定资产投资").id
    county.sign(9, county.submit(9, ReportRow(target, {"value": "45", "text": "已完成", "problem": "没有数据"})))
    for path in ("/review/", "/tasks/1/?tab=reports"):
        page = english(SUPERVISOR).get(path).content.decode()
        assert ("已完成</" in page, "没有数据</" in page) == (True, True), path
