"""What a reader may not see is on no page and in no file, decides no search, and nothing links to where one may not go."""

from __future__ import annotations

import io
import re
from html import unescape

import openpyxl
import pytest
from county import EDUCATION, LEADER, PLAN, PLANNING, SUPERVISOR, desk_of, head_of

from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.submit_reports import ReportRow
from luoshi.store import definitions
from luoshi.store.models import EntryRow, Rating

FIGURE = "4.567"
SECRET = "征地谈判进展"
EVERYBODY = [SUPERVISOR, LEADER, "shenji", desk_of(PLANNING), head_of(PLANNING), desk_of(EDUCATION), head_of(EDUCATION)]


@pytest.fixture
def rated(county):
    """Planning's investment is reported, accepted and rated; a slip has been issued on it."""
    target = county.target("技术交易额")
    county.report(9, target.id, value=FIGURE, text=SECRET)
    typed = {
        "commitment": target.id, "matter": "加快技术交易额", "origin": "report", "urgency": "normal",
        "lead_body": PLANNING, "demand": "请加快", "due_on": "2023-10-20",
    }  # fmt: skip
    issue_slip(county.supervisor(9, 28), PLAN, typed)
    return county


def _pages(browser, path):
    return browser.get(path).content.decode()


@pytest.mark.parametrize(
    "path",
    ["/commitments/", "/", "/wall/", "/tasks/", "/league/", *(f"/tasks/3/?tab={tab}" for tab in
     ("history", "nodes", "reports", "supervision", "evidence"))],
)  # fmt: skip
def test_figures_of_other_units_stand_on_no_page(rated, sign_in, path):
    html = _pages(sign_in(desk_of(EDUCATION)), path)
    share = "38.06"  # 4.567 of 12
    for told in (FIGURE, share, SECRET, "加快技术交易额", "低于序时"):
        assert told not in html


def test_the_unit_itself_and_readers_of_everything_see_the_figures(rated, sign_in):
    for who in (desk_of(PLANNING), head_of(PLANNING), SUPERVISOR, LEADER, "shenji"):
        html = _pages(sign_in(who), "/commitments/")
        assert FIGURE in html
        assert "38.06" in html


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_no_more_than_the_page(rated, sign_in, kind):
    content = sign_in(desk_of(EDUCATION)).get(f"/lists/commitments.{kind}").content
    if kind == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        text = "\n".join(str(cell) for row in rows for cell in row)
    else:
        text = content.decode("utf-8-sig")
    assert "技术交易额" in text
    assert FIGURE not in text
    assert "38.06" not in text


def _names(html):
    body = html.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in html else ""
    return re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', body)


def test_lights_are_for_the_county_as_the_definition_says(rated, sign_in):
    assert definitions.current("target").lights == "county"
    light = Rating.objects.get(entry_id=rated.target("技术交易额").id, period="2023-09")
    html = _pages(sign_in(desk_of(EDUCATION)), f"/commitments/?light={light.colour}")
    assert "技术交易额" in _names(html)


@pytest.fixture
def private_lights(rated, monkeypatch):
    """A county that keeps lights to the owners, as its override of the two lists says."""
    import dataclasses

    before = definitions.current

    def current(name):
        found = before(name)
        return dataclasses.replace(found, lights="owners") if name in {"target", "task"} else found

    monkeypatch.setattr(definitions, "current", current)
    return rated


def test_a_hidden_light_stands_on_no_page_and_decides_no_search(private_lights, sign_in):
    light = Rating.objects.get(entry_id=private_lights.target("技术交易额").id, period="2023-09")
    other, own = sign_in(desk_of(EDUCATION)), None
    assert "技术交易额" in _names(_pages(other, "/commitments/"))
    assert "技术交易额" not in _names(_pages(other, f"/commitments/?light={light.colour}"))
    html = _pages(other, "/tasks/3/")
    assert f"l-{light.colour}" not in html.split("<main", 1)[1]
    assert "未公开" in _pages(other, "/wall/")
    own = sign_in(desk_of(PLANNING))
    assert "技术交易额" in _names(_pages(own, f"/commitments/?light={light.colour}"))


def test_the_outcome_of_other_units_is_not_asked_by_a_filter(rated, sign_in):
    EntryRow.objects.filter(pk=rated.target("技术交易额").id).update(state="achieved")
    assert "技术交易额" not in _names(_pages(sign_in(desk_of(EDUCATION)), "/commitments/?state=achieved"))
    assert "技术交易额" in _names(_pages(sign_in(desk_of(PLANNING)), "/commitments/?state=achieved"))


def test_the_index_of_lists_counts_what_may_be_opened(rated, sign_in):
    def counted(who):
        html = _pages(sign_in(who), "/lists/")
        return re.search(r'href="/lists/supervision/">.*?data-label="条目">(\d+)<', html, re.DOTALL)[1]

    assert (counted(desk_of(PLANNING)), counted(desk_of(EDUCATION)), counted(SUPERVISOR)) == ("1", "0", "1")


START = ["/", "/wall/", "/tasks/", "/tasks/3/", "/tasks/7/", "/commitments/", "/todo/", "/league/", "/lists/"]
MORE = [f"/tasks/3/?tab={tab}" for tab in ("nodes", "reports", "supervision", "evidence")]


def _links(html):
    main = html.split("<body", 1)[1]
    return {unescape(href) for href in re.findall(r'<a [^>]*?href="(/[^"#]*)', main)}


@pytest.mark.slow
@pytest.mark.parametrize("who", EVERYBODY)
def test_no_link_leads_to_where_the_reader_may_not_go(rated, sign_in, who):
    county = rated
    first = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{EDUCATION}"').first()
    county.submit(9, ReportRow(first.id, {"value": "1", "text": "推进"}), body=EDUCATION)
    browser = sign_in(who)
    found = {}
    for path in START + MORE:
        for href in _links(_pages(browser, path)):
            found.setdefault(href, path)
    entries = [href for href in found if href.startswith("/entries/")]
    for path in entries:
        for href in _links(_pages(browser, path)):
            found.setdefault(href, path)
    assert len(found) > 20
    closed = {href: path for href, path in found.items() if browser.get(href).status_code not in {200, 302}}
    assert closed == {}
