"""The page of one entry: what may be done there is done there, and its history tells it."""

from __future__ import annotations

import re

import orjson
from county import DOCUMENT, PLANNING, SUPERVISOR, desk_of, head_of
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.acts.move_entry import move_entry
from luoshi.lists.move import permitted
from luoshi.store import definitions
from luoshi.store.entries import find, from_row
from luoshi.store.models import EntryRow, Evidence
from luoshi.web.desk import desk

PDF = b"%PDF-1.4 test"


def _offered(html):
    """The moves that have a form on the page of an entry."""
    return {part.split("/")[0] for part in html.split("/moves/")[1:]}


def _accepted_report(county):
    """A target and its accepted report of September: 45 of 60."""
    target = county.target("完成固定资产投资").id
    report = county.report(9, target, value="45", text="按计划推进")
    return target, report


def test_the_accepted_report_of_a_closed_month_is_corrected_on_its_page(county, sign_in):
    """30 of 60 by September, where 45 are expected; the closed month keeps its light and says what it would be."""
    target, report = _accepted_report(county)
    county.close(9)
    browser = sign_in(SUPERVISOR)
    assert f"/entries/{report}/moves/correct/" in browser.get(f"/entries/{report}/").content.decode()
    typed = {"version": str(find(report).version), "value": "30", "text": "核减重复统计", "evidence": _file()}
    refused = browser.post(f"/entries/{report}/moves/correct/", typed)
    assert refused.status_code == 422
    assert "请写明“更正”的理由" in refused.content.decode()
    assert 'value="30"' in refused.content.decode()
    assert not Evidence.objects.exists()
    again = {**typed, "evidence": _file(), "reason": "重复计入一个项目"}
    assert browser.post(f"/entries/{report}/moves/correct/", again).status_code == 302
    after = find(report)
    assert (after.state, str(after["value"]), after["text"]) == ("accepted", "30", "核减重复统计")
    page = browser.get(f"/entries/{report}/").content.decode()
    assert "理由：重复计入一个项目" in page
    assert "<del>45</del> → <ins>30</ins>" in page
    why = browser.get(f"/entries/{target}/why/2023-09/").content.decode()
    assert "由45亿元更正为30亿元（重复计入一个项目）" in why


def _file():
    return SimpleUploadedFile("核查.pdf", PDF)


def test_a_correction_is_offered_to_nobody_else_and_refused_to_them(county, sign_in):
    _, report = _accepted_report(county)
    for account in (desk_of(PLANNING), head_of(PLANNING)):
        browser = sign_in(account)
        assert "/moves/correct/" not in browser.get(f"/entries/{report}/").content.decode()
        answer = browser.post(f"/entries/{report}/moves/correct/", {"value": "30", "reason": "改"})
        assert answer.status_code == 403
    assert str(find(report)["value"]) == "45"


def test_a_stale_correction_is_refused(county, sign_in):
    _, report = _accepted_report(county)
    typed = {"version": "1", "value": "30", "reason": "改"}
    answer = sign_in(SUPERVISOR).post(f"/entries/{report}/moves/correct/", typed)
    assert answer.status_code == 409
    assert "刚刚被他人更新" in answer.content.decode()


def test_evidence_of_a_correction_can_be_read_by_the_unit(county, sign_in):
    _, report = _accepted_report(county)
    typed = {"version": str(find(report).version), "value": "30", "reason": "改", "evidence": _file()}
    assert sign_in(SUPERVISOR).post(f"/entries/{report}/moves/correct/", typed).status_code == 302
    kept = Evidence.objects.get()
    assert orjson.loads(EntryRow.objects.get(pk=report).values)["evidence"] == [kept.id]
    assert sign_in(desk_of(PLANNING)).get(f"/evidence/{kept.id}/").status_code == 200


def test_every_move_with_a_form_is_made_there_and_none_answers_that_it_has_its_own_page(county, sign_in):
    county.report(9, county.target("完成固定资产投资").id, value="45")
    browser = sign_in(SUPERVISOR)
    for name in ("plan", "task", "target", "report", "responsibility", "body", "post"):
        row = EntryRow.objects.filter(list=name).order_by("id").first()
        reader = desk(browser.get("/").wsgi_request)
        able = {
            move.name
            for move in permitted(definitions.version(row.definition), from_row(row), reader.actor, reader.roster)
        }
        offered = _offered(browser.get(f"/entries/{row.id}/").content.decode())
        assert offered <= able
        for move in offered:
            answer = browser.post(f"/entries/{row.id}/moves/{move}/", {"version": "0"})
            assert "须在专门的页面办理" not in answer.content.decode(), (name, move)


def _marked(html):
    """What is underlined in the document's words on the page of a task."""
    passage = html.partition('<div class="document">')[2].partition("</div>")[0]
    return [re.sub("<[^>]*>", "", piece) for piece in re.findall(r"<a[^>]*href=\"#r-.*?</a>", passage, re.DOTALL)]


def test_after_a_new_edition_the_page_underlines_the_words_of_the_new_document(county, sign_in):
    """The text before grew by a line; what was achieved and is no longer listed has no place in it."""
    gone = county.target("建成绿色工厂").id
    move_entry(county.supervisor(9, 26), gone, "achieve", {"result_value": "11"})
    browser = sign_in(SUPERVISOR)
    before = _marked(browser.get("/tasks/5/").content.decode())
    text = "说明：本表自公布之日起施行，由县政府督查室负责解释。\n" + DOCUMENT.replace("，建成绿色工厂10家以上", "")
    county.adopt(9, 27, text)
    assert before
    assert _marked(browser.get("/tasks/5/").content.decode()) == before[:1]
    kept = browser.get(f"/entries/{county.target('单位GDP能耗').id}/").content.decode()
    assert f"文件全文第{text.index('3%')}至{text.index('3%') + 2}字" in kept
    assert "现行版次不再列入" in browser.get(f"/entries/{gone}/").content.decode()
