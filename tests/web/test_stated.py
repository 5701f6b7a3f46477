"""从文字填入 without a script: paste, choose, and the draft holds it; nothing is accepted by itself."""

from __future__ import annotations

import orjson
import pytest
from county import EDUCATION, LEADER, PLANNING, SUPERVISOR, acting, at, desk_of, head_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.handle_reports import hold_back_reports
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.models import Draft, EntryRow

TEXT = "截至9月底，已完成固定资产投资45亿元，占年度目标的75%。截至9月底，新增城镇就业4200人。"
SHEET = f"/report/{PLANNING}/2023-09/"
PAGE = f"{SHEET}text/"


def _target(name):
    return EntryRow.objects.get(list="target", values__contains=f'"indicator":"{name}"').id


@pytest.fixture
def officer(county, sign_in):
    return sign_in(desk_of(PLANNING))


def _drafted():
    return orjson.loads(Draft.objects.get(body=PLANNING).content)


def test_the_page_is_found_on_the_sheet_and_shows_what_was_read_without_choosing(officer):
    assert PAGE in officer.get(SHEET).content.decode()
    html = officer.post(PAGE, {"text": TEXT, "do": "read"}).content.decode()
    assert "识读出2处进展" in html
    assert "2023年9月30日" in html
    assert "75%" in html
    assert '<option value="">不填入</option>' in html
    assert " selected" not in html
    assert not Draft.objects.filter(body=PLANNING).exists()


def test_what_is_chosen_goes_into_the_draft_and_nothing_else(officer):
    target = _target("完成固定资产投资")
    form = {"text": TEXT, "do": "take", "line": ["1", "2"], "1-entry": target, "1-value": "45", "1-text": "完成45亿元"}
    done = officer.post(PAGE, {**form, "2-entry": "", "2-value": "4200", "2-text": "就业"})
    assert done.headers["Location"] == SHEET
    assert _drafted() == {target: {"value": "45", "text": "完成45亿元"}}
    assert 'value="45"' in officer.get(SHEET).content.decode()
    assert not EntryRow.objects.filter(list="report").exists()


def test_a_figure_as_written_is_put_into_the_targets_unit_and_one_of_another_kind_refused(officer):
    target = _target("完成固定资产投资")
    form = {"text": TEXT, "do": "take", "line": "1", "1-entry": target, "1-text": "完成"}
    assert 'value="45亿元"' in officer.post(PAGE, {"text": TEXT, "do": "read"}).content.decode()
    officer.post(PAGE, {**form, "1-value": "450000万元"})
    assert _drafted()[target]["value"] == "45"
    page = officer.post(PAGE, {**form, "1-value": "45家"})
    assert page.status_code == 422
    assert "不能填“家”" in page.content.decode()


def test_words_are_put_behind_those_typed_before(officer):
    target = _target("完成固定资产投资")
    form = {"text": TEXT, "do": "take", "line": "1", "1-entry": target, "1-value": "45"}
    officer.post(PAGE, {**form, "1-text": "先写的话"})
    officer.post(PAGE, {**form, "1-text": "后来的话"})
    officer.post(PAGE, {**form, "1-text": "后来的话"})
    assert _drafted()[target]["text"] == "先写的话\n后来的话"


def test_two_figures_for_one_row_are_refused_and_kept(officer):
    target = _target("完成固定资产投资")
    form = {"text": TEXT, "do": "take", "line": ["1", "2"], "1-entry": target, "1-value": "45"}
    page = officer.post(PAGE, {**form, "2-entry": target, "2-value": "46", "1-text": "我改过的话"})
    html = page.content.decode()
    assert page.status_code == 422
    assert "填了两个不同的数（45和46）" in html
    assert "我改过的话" in html
    assert not Draft.objects.filter(body=PLANNING).exists()


def test_nothing_chosen_is_told(officer):
    page = officer.post(PAGE, {"text": TEXT, "do": "take", "line": "1", "1-entry": ""})
    assert page.status_code == 422
    assert "请先在表中选中" in page.content.decode()


def test_another_units_row_cannot_be_filled(officer):
    foreign = _target("建成高水平寄宿制学校")
    assert officer.post(PAGE, {"text": TEXT, "do": "take", "line": "1", "1-entry": foreign}).status_code == 422
    assert officer.get(f"/report/{EDUCATION}/2023-09/text/").status_code == 403


def test_a_head_reads_and_does_not_fill(county, sign_in):
    html = sign_in(head_of(PLANNING)).post(PAGE, {"text": TEXT, "do": "read"}).content.decode()
    assert "可能指哪一项" in html
    assert "填入草稿" not in html


def test_a_supervisor_reads_a_text_for_all_units(county, sign_in):
    supervisor = sign_in(SUPERVISOR)
    assert "/report/text/" in supervisor.get("/review/").content.decode()
    html = supervisor.post("/report/text/", {"text": TEXT + "建成高水平寄宿制学校3所。", "do": "read"}).content.decode()
    assert "教育局" in html
    assert "填入草稿" not in html
    assert sign_in(LEADER).get("/report/text/").status_code == 200
    assert sign_in(desk_of(PLANNING)).get("/report/text/").status_code == 403


def test_a_file_is_read_like_pasted_words(officer):
    file = SimpleUploadedFile("九月进展.txt", TEXT.encode("gb18030"))
    assert "识读出2处进展" in officer.post(PAGE, {"text": "", "file": file, "do": "read"}).content.decode()
    broken = SimpleUploadedFile("九月进展.docx", b"PK\x03\x04broken")
    page = officer.post(PAGE, {"text": "", "file": broken, "do": "read"})
    assert page.status_code == 422
    assert "损坏" in page.content.decode()


def test_no_words_and_words_that_tell_nothing_are_told(officer):
    assert "请粘贴文字或选择文件" in officer.post(PAGE, {"text": " ", "do": "read"}).content.decode()
    assert "没有识读出进展" in officer.post(PAGE, {"text": "今天下雨。", "do": "read"}).content.decode()


def test_the_number_of_queries_does_not_grow_with_sentences(officer):
    officer.post(PAGE, {"text": TEXT, "do": "read"})
    counts = []
    for text in (TEXT, TEXT * 20):
        with CaptureQueriesContext(connection) as made:
            officer.post(PAGE, {"text": text, "do": "read"})
        counts.append(len(made))
    assert counts[0] == counts[1]
    assert counts[0] < 30


def test_sentences_in_which_nothing_was_read_are_listed(officer):
    words = "坚持示范引领，持续深化创建工作的组织领导。"
    html = officer.post(PAGE, {"text": TEXT + words, "do": "read"}).content.decode()
    assert "没有识读出进展的1句" in html
    assert words in html


def test_words_of_a_returned_report_are_replaced_and_those_typed_since_are_kept(county, officer):
    target = _target("完成固定资产投资")
    reports = county.submit(9, ReportRow(target, {"value": "41", "text": "完成41亿元"}))
    hold_back_reports(acting(head_of(PLANNING), at(9, 27)), reports, "数字不对")
    form = {"text": TEXT, "do": "take", "line": "1", "1-entry": target, "1-value": "45"}
    officer.post(PAGE, {**form, "1-text": "完成45亿元"})
    assert _drafted()[target]["text"] == "完成45亿元"
    officer.post(PAGE, {**form, "1-text": "其中工业30亿元"})
    assert _drafted()[target]["text"] == "完成45亿元\n其中工业30亿元"
