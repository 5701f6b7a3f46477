"""Closing a month through the pages: counts first, then nothing but a correction, marked wherever the month is shown."""

from __future__ import annotations

import re

import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, desk_of, month
from september import SHEET, report_on, targets, typed

from luoshi.acts.move_entry import move_entry
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.due import due
from luoshi.store.models import EntryRow, Rating


def _close(browser):
    """Close the month with the counts its confirmation shows."""
    html = browser.get("/settings/month/?close=1").content.decode()
    shown = dict(re.findall(r'name="(submitted|signed|returned|unreported)" value="(\d+)"', html))
    assert len(shown) == 4
    return browser.post("/settings/month/", {"move": "close_month", **shown})


def test_after_the_month_is_closed_the_sheet_can_only_be_read(county, sign_in):
    _close(sign_in(SUPERVISOR))
    browser = sign_in(desk_of(PLANNING))
    assert "已经结账，只能查看" in browser.get(SHEET).content.decode()
    assert browser.post(SHEET, typed(value="45", text="推进")).status_code in {409, 422}
    assert not EntryRow.objects.filter(list="report").exists()


def test_a_month_is_closed_only_after_its_open_work_was_shown(county, sign_in):
    county.submit(9, ReportRow(targets()[0], {"value": "45"}))
    browser = sign_in(SUPERVISOR)
    assert "核对并结账" in browser.get("/settings/month/").content.decode()
    refused = browser.post("/settings/month/", {"move": "close_month"})
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "2023年9月还有待签发1项、未报" in html
    assert "确认结账" in html
    county.submit(9, ReportRow(targets()[1], {"value": "4"}))
    stale = {"move": "close_month", "submitted": "1", "signed": "0", "returned": "0", "unreported": "0"}
    assert "还有待签发2项" in browser.post("/settings/month/", stale).content.decode()
    assert _close(browser).status_code == 302
    assert report_on(targets()[0]).state == "unverified"


def test_what_a_closing_left_unverified_is_told_where_it_is_looked_for_and_corrected_once(county, sign_in):
    report = county.submit(9, ReportRow(targets()[0], {"value": "45", "text": "推进"}))[0]
    _close(sign_in(SUPERVISOR))
    desk = sign_in(desk_of(PLANNING))
    sheet = desk.get(SHEET).content.decode()
    assert "可再改" not in sheet
    assert "结账未核实" in sheet
    assert "未报，已结账" in sheet
    told = desk.get("/todo/").content.decode()
    assert "发改局2023年9月填报有1项结账未核实" in told
    assert "请报督查室办理更正" in told
    assert "45亿元" in sheet
    queue = sign_in(SUPERVISOR)
    html = queue.get("/review/?state=unverified").content.decode()
    assert f'href="/entries/{report}/"' in html
    assert "结账未核实1项" in html
    form = {"value": "44", "text": "推进", "reason": "补充核实"}
    version = str(EntryRow.objects.get(pk=report).version)
    assert queue.post(f"/entries/{report}/moves/correct/", {**form, "version": version}).status_code == 302
    assert report_on(targets()[0]).state == "accepted"
    assert "结账未核实" not in desk.get("/todo/").content.decode()


def test_pages_of_a_closed_month_keep_its_lights_and_mark_what_was_corrected(county, sign_in):
    """Investment of 60 in September: 50/45 = 1.11 blue and closed so; corrected to 40/45 = 0.89 it would be orange."""
    target = county.target("完成固定资产投资").id
    report = county.report(9, target, value="50", text="推进")
    county.close(9)
    leader = sign_in(SUPERVISOR)
    where = {
        "/": "2023年9月结账后有1项作了更正；灯色、排名和通报仍为结账时的结果",
        "/wall/": "结账后更正",
        "/tasks/1/": "由50亿元更正为40亿元（统计核减）",
        f"/report/{PLANNING}/2023-09/": "结账后更正：由50亿元更正为40亿元（统计核减）",
        f"/entries/{target}/": "按更正后的数据计算为“橙”",
        f"/entries/{target}/why/2023-09/": "按更正后的数据计算为“橙”",
    }
    before = {path: leader.get(path).content.decode() for path in where}
    assert not any("更正为" in html or "结账后更正" in html for html in before.values())
    form = {"value": "40", "text": "推进", "reason": "统计核减"}
    version = str(EntryRow.objects.get(pk=report).version)
    assert leader.post(f"/entries/{report}/moves/correct/", {**form, "version": version}).status_code == 302
    leader.get("/todo/")  # shows the message of the act
    for path, words in where.items():
        html = leader.get(path).content.decode()
        assert words in html, path
        assert html.count('class="light l-') == before[path].count('class="light l-'), path
    assert Rating.objects.get(entry_id=target, period="2023-09").word == "蓝"


def test_the_window_refuses_a_month_that_is_none(county, sign_in):
    browser = sign_in(SUPERVISOR)
    _close(browser)
    page = browser.post("/settings/month/", {"move": "open_month", "period": "十三月", "closes_on": "2023-11-03"})
    assert page.status_code == 422
    assert "应填期别" in page.content.decode()


@pytest.mark.parametrize(
    ("number", "told"),
    [(9, "更正记入2023年10月，在该月通报中列明"), (12, "更正记入2024年1月，不再列入本年度各月通报")],
)
def test_the_form_of_a_correction_says_where_it_will_count(county, sign_in, number, told):
    target = county.target("完成固定资产投资").id
    if number > 9:
        county.close(9)
        county.open(number)
    report = county.report(number, target, value="50", text="推进")
    browser = sign_in(SUPERVISOR)
    assert "更正记入" not in browser.get(f"/entries/{report}/").content.decode()
    county.close(number)
    assert told in browser.get(f"/entries/{report}/").content.decode()


def test_pages_tell_each_month_in_the_words_of_the_rules_it_was_opened_with(county, sign_in):
    """Two words of light are chosen in September and count from October on."""
    invested = county.target("完成固定资产投资").id
    move_entry(county.supervisor(9, 26), f"plan:{PLAN}", "choose_rules", {"light_rules": "two-value"}, "改用两档")
    county.report(9, invested, value="20")  # 20 of 45 due: red
    county.close(9)
    county.open(10)
    county.report(10, invested, value="21")
    browser = sign_in(SUPERVISOR)
    places = (f"/entries/{invested}/", "/", "/league/", "/appraisal/", "/lists/target/", "/tasks/1/", "/wall/")
    pages = {(place, query): browser.get(place + query) for place in places for query in ("", "?period=2023-09")}
    assert [key for key, page in pages.items() if page.status_code != 200] == []
    now, then = (pages[places[0], query].content.decode() for query in ("", "?period=2023-09"))
    assert "达序时与未达序时，2023年10月起用于本计划" in now
    assert "五色图（默认），第1版，2023年9月起用于本计划" in then
    why = browser.get(f"/entries/{invested}/why/2023-09/").content.decode()
    assert "五色图（默认），第1版，2023年9月起用于本计划" in why
    for page in (why, now):  # painted by the legend of its own month, on a page of another one too
        assert re.search(r'class="light l-red"(?:(?!</).)*', page)


def test_closing_does_not_make_those_who_reported_late(county, sign_in):
    """One of two bodies sent everything, nothing of it was verified: before and after the closing it has reported."""
    rows = [
        ReportRow(name, {"value": "1", "text": "推进"})
        for name, body in due(PLAN, month(9)).items()
        if body == EDUCATION
    ]
    county.submit(9, *rows, body=EDUCATION)
    before = sign_in(SUPERVISOR).get("/").content.decode()
    county.close(9)
    after = sign_in(SUPERVISOR).get("/").content.decode()
    assert "1/2单位已填报" in before
    assert "1/2单位已填报" in after
    assert f"{len(rows)}项结账时未核实" in after
