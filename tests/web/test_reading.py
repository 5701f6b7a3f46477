"""The review of what was read: accept, correct, reject, add, undo; bad files are said by name."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from county import AUDITOR, DOCUMENT, SUPERVISOR, County
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.keep_document import keep_document
from luoshi.acts.review import ReviewRecord, with_record
from luoshi.acts.review_proposals import decisions, reviewed
from luoshi.store.entries import find
from luoshi.store.models import DocumentRow, EntryRow


@pytest.fixture
def planned(db):
    County().planned()
    return DocumentRow.objects.get()


def _decide(browser, row, **typed):
    return browser.post(f"/reading/{row.sha256}/decide/", typed)


def _first_target():
    return next(p for p in reviewed(DocumentRow.objects.get()) if p.list == "target")


def test_a_proposal_is_accepted_rejected_and_reopened(planned, sign_in):
    browser, proposal = sign_in(SUPERVISOR), _first_target()
    after = _decide(browser, planned, do="accept", proposal=proposal.id)
    assert after.headers["Location"].endswith("#here")
    assert decisions(DocumentRow.objects.get()) == {proposal.id: "accepted"}
    _decide(browser, planned, do="reject", proposal=proposal.id)
    assert decisions(DocumentRow.objects.get()) == {proposal.id: "rejected"}
    _decide(browser, planned, do="undo")
    assert decisions(DocumentRow.objects.get()) == {proposal.id: "accepted"}
    _decide(browser, planned, do="undo")
    assert decisions(DocumentRow.objects.get()) == {}


def test_a_correction_is_kept_and_a_bad_one_comes_back_as_typed(planned, sign_in):
    browser, proposal = sign_in(SUPERVISOR), _first_target()
    bad = _decide(browser, planned, do="correct", proposal=proposal.id, value="六十")
    assert bad.status_code == 422
    assert 'value="六十"' in bad.content.decode()
    _decide(browser, planned, do="correct", proposal=proposal.id, value="61")
    assert _first_target().fields["value"] == "61"


def test_what_was_not_read_is_added_by_its_own_words(planned, sign_in):
    browser = sign_in(SUPERVISOR)
    wrong = _decide(browser, planned, do="add", quote="文中没有的话", name="x", **{"as": "measure"})
    assert wrong.status_code == 422
    assert "原文中没有这段文字" in wrong.content.decode()
    _decide(browser, planned, do="add", quote="按照清单化抓落实", name="清单化", **{"as": "measure"})
    assert any(p.fields.get("name") == "清单化" for p in reviewed(DocumentRow.objects.get()))


def test_adopting_nothing_is_refused_and_everything_opens_entries(planned, sign_in):
    browser = sign_in(SUPERVISOR)
    assert browser.post(f"/reading/{planned.sha256}/adopt/").status_code == 409
    _decide(browser, planned, do="accept_all")
    assert browser.post(f"/reading/{planned.sha256}/adopt/").headers["Location"] == "/settings/assign/"
    assert EntryRow.objects.filter(list="target", state="adopted").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 200])
def test_a_file_that_cannot_be_read_is_refused_with_what_is_wrong(planned, sign_in, content):
    page = sign_in(SUPERVISOR).post("/reading/", {"file": SimpleUploadedFile("重点任务.txt", content)})
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_a_document_in_gb18030_is_taken_in(planned, sign_in):
    content = DOCUMENT.replace("2023年度", "2023年").encode("gb18030")
    page = sign_in(SUPERVISOR).post("/reading/", {"file": SimpleUploadedFile("重点任务.txt", content)})
    assert page.status_code == 302


def _page(browser, row, **asked):
    return browser.get(f"/reading/{row.sha256}/", asked).content.decode()


def test_two_reviewers_at_once_the_second_sees_what_stands_and_keeps_what_was_typed(planned, sign_in):
    proposal, row = _first_target(), DocumentRow.objects.get()
    other = record_by_another(row, proposal.id)
    late = _decide(sign_in(SUPERVISOR), planned, do="accept", proposal=proposal.id, seen="0", indicator="我改的名称")
    html = late.content.decode()
    assert late.status_code == 409
    assert f"{other}已在10:00剔除了这一条" in html
    assert 'value="我改的名称"' in html
    assert "已剔除" in html
    again = _decide(sign_in(SUPERVISOR), planned, do="accept", proposal=proposal.id, seen="1", indicator="我改的名称")
    assert again.status_code == 302
    assert _first_target().fields["indicator"] == "我改的名称"


def record_by_another(row, identity):
    """A second reviewer rejects; the name of that person."""
    row.review = with_record(
        row.review,
        ReviewRecord(1, "decide", "duban2", "督乙", "2023-01-08T10:00:00+08:00", ids=(identity,), decision="rejected"),
    )
    row.save()
    return "督乙"


def test_accepting_with_a_changed_field_is_a_correction(planned, sign_in):
    proposal = _first_target()
    _decide(sign_in(SUPERVISOR), planned, do="accept", proposal=proposal.id, value="61", quote=proposal.quote)
    assert _first_target().fields["value"] == "61"
    assert decisions(DocumentRow.objects.get()) == {proposal.id: "accepted"}


def test_the_doubtful_come_first_and_filters_narrow_what_is_gone_through(planned, sign_in):
    browser, row = sign_in(SUPERVISOR), DocumentRow.objects.get()
    proposals = reviewed(row)
    gravest = max(proposals, key=lambda p: (p.doubtfulness, -p.start))
    assert f'name="proposal" value="{gravest.id}"' in _page(browser, row)
    assert f'name="proposal" value="{proposals[0].id}"' in _page(browser, row, order="text")
    targets = [p for p in proposals if p.list == "target"]
    assert f"符合的有{len(targets)}条" in _page(browser, row, kind="target")
    assert "没有符合筛选的条目" in _page(browser, row, state="rejected")
    assert _page(browser, row, kind="无此类", order="²", state="%", doubt="x", at="nothing").count("data-reading") == 1


def test_the_undoubted_are_accepted_at_once_within_the_filter_and_taken_back_at_once(planned, sign_in):
    browser, row = sign_in(SUPERVISOR), DocumentRow.objects.get()
    plain = {p.id for p in reviewed(row) if p.list == "target" and not p.doubt}
    assert plain
    browser.post(f"/reading/{row.sha256}/decide/?kind=target", {"do": "accept_plain"})
    assert set(decisions(DocumentRow.objects.get())) == plain
    _decide(browser, row, do="undo")
    assert decisions(DocumentRow.objects.get()) == {}


def test_after_a_decision_the_next_open_one_of_the_filter_is_shown(planned, sign_in):
    browser, row = sign_in(SUPERVISOR), DocumentRow.objects.get()
    targets = [p for p in reviewed(row) if p.list == "target"]
    answer = browser.post(
        f"/reading/{row.sha256}/decide/?kind=target&order=text&state=open", {"do": "accept", "proposal": targets[0].id}
    )
    assert f"at={targets[1].id}#" in answer.headers["Location"]
    assert "state=open" in answer.headers["Location"]


def test_a_field_shows_which_rules_fired_on_which_characters(planned, sign_in):
    browser, row = sign_in(SUPERVISOR), DocumentRow.objects.get()
    target = next(p for p in reviewed(row) if "固定资产投资" in str(p.fields.get("indicator")))
    html = _page(browser, row, at=target.id, why="value")
    assert "“目标值”的依据" in html
    assert "数量表达" in html
    assert '<b class="fired">60亿元以上</b>' in html
    assert "取字" in _page(browser, row, at=target.id, why="indicator")
    assert "没有力争、争取、争创一类的词" in _page(browser, row, at=target.id, why="modality")
    assert "依据" in _page(browser, row, at=target.id, why="无此栏")


def test_splitting_and_merging_work_as_plain_forms(planned, sign_in):
    browser, row = sign_in(SUPERVISOR), DocumentRow.objects.get()
    whole = next(p for p in reviewed(row) if "园林城市" in str(p.fields.get("name")))
    bad = _decide(
        browser, row, do="split", proposal=whole.id, p1_name="甲", p1_quote="", p2_name="乙", p2_quote="无此话"
    )
    assert bad.status_code == 422
    assert 'value="无此话"' in bad.content.decode()
    _decide(browser, row, do="split", proposal=whole.id, p1_name="甲", p1_quote="", p2_name="乙", p2_quote="园林城市")
    first, second = (p for p in reviewed(DocumentRow.objects.get()) if p.id.startswith("s"))
    assert (first.fields["name"], second.fields["name"], second.quote) == ("甲", "乙", "园林城市")
    _decide(browser, row, do="merge", proposal=first.id, other=second.id, merged_name="甲乙")
    merged = next(p for p in reviewed(DocumentRow.objects.get()) if p.id.startswith("m"))
    assert merged.fields["name"] == "甲乙"
    _decide(browser, row, do="undo")
    _decide(browser, row, do="undo")
    assert any(p.id == whole.id for p in reviewed(DocumentRow.objects.get()))


def test_an_added_target_takes_number_and_comparator_from_the_chosen_words(planned, sign_in):
    row = DocumentRow.objects.get()
    start = row.text.index("1场以上")
    _decide(sign_in(SUPERVISOR), row, do="add", quote="1场以上", start=str(start), name="养老大赛", **{"as": "target"})
    added = next(p for p in reviewed(DocumentRow.objects.get()) if p.id.startswith("a"))
    assert (added.start, added.fields["value"], added.fields["unit"], added.fields["comparator"]) == (
        start,
        "1",
        "场",
        ">=",
    )


def test_a_script_gets_only_the_two_panes_and_the_next_address(planned, sign_in):
    browser, proposal = sign_in(SUPERVISOR), _first_target()
    answer = browser.post(
        f"/reading/{planned.sha256}/decide/", {"do": "accept", "proposal": proposal.id}, headers={"HX-Target": "desk"}
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in html
    assert "已核 1/" in html
    assert answer.headers["HX-Replace-Url"].startswith(f"/reading/{planned.sha256}/?")


def test_what_was_accepted_is_downloaded_as_annotation_lines(planned, sign_in):
    browser, proposal = sign_in(SUPERVISOR), _first_target()
    _decide(browser, planned, do="accept", proposal=proposal.id)
    answer = browser.get(f"/reading/{planned.sha256}/annotations.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        lines = archive.read("云岭县2023年重点任务.gold.jsonl").decode().splitlines()
    assert [json.loads(line)["quote"] for line in lines] == [proposal.quote]


def test_the_whole_list_of_a_review_goes_on_paper(planned, sign_in):
    browser, row = sign_in(SUPERVISOR), DocumentRow.objects.get()
    html = _page(browser, row, paper="1")
    assert html.count('<th scope="row">') == len(reviewed(row))


def test_an_auditor_looks_and_does_not_decide(planned, sign_in):
    browser, proposal = sign_in(AUDITOR), _first_target()
    assert 'value="accept"' not in _page(browser, planned)
    assert _decide(browser, planned, do="accept", proposal=proposal.id).status_code == 403


@pytest.mark.parametrize(
    "typed", [{"do": "无"}, {"do": "accept", "proposal": "nothing"}, {"do": "split"}, {"do": "undo"}]
)
def test_what_cannot_be_done_is_said(planned, sign_in, typed):
    answer = _decide(sign_in(SUPERVISOR), planned, **typed)
    assert answer.status_code in {404, 409, 422}
    assert 'role="alert"' in answer.content.decode()


def test_accepting_and_going_on_asks_no_more_among_three_hundred_than_among_few(planned, sign_in, root):
    content = (root / "examples" / "xinchang-2023" / "document.txt").read_bytes()
    row, _ = keep_document(County().supervisor(1, 7), planned.plan, "长文.txt", content)
    browser, many = sign_in(SUPERVISOR), [p.id for p in reviewed(row)]
    assert len(many) > 300

    def asked(document, proposal):
        address, typed = f"/reading/{document.sha256}/decide/", {"do": "accept", "proposal": proposal}
        with CaptureQueriesContext(connection) as queries:
            assert browser.post(address, typed, headers={"HX-Target": "desk"}).status_code == 200
        return len(queries)

    few = [asked(planned, proposal.id) for proposal in reviewed(planned)[:2]][1]  # the first asks what is kept after
    assert [asked(row, proposal) for proposal in many[:3]] == [few] * 3


@pytest.fixture
def founded(db, settings):
    """A county with its people and no plan yet, as init leaves it."""
    settings.LUOSHI_COUNTY = {"name": "云岭县", "code": "999901", "short_name": "云岭"}
    return County().registered()


def test_the_first_document_of_a_year_begins_its_plan(founded, sign_in):
    browser = sign_in(SUPERVISOR)
    form = browser.get("/reading/").content.decode()
    assert 'name="year"' in form
    assert 'value="2023"' in form
    file = SimpleUploadedFile("云岭县2023年重点任务.txt", DOCUMENT.encode())
    page = browser.post("/reading/", {"file": file, "year": "2023年"}, follow=True).content.decode()
    plan = find("plan:999901-2023")
    assert (plan["county"], plan["year"], plan.state) == ("云岭县", 2023, "drawn_up")
    assert plan["title"] == "云岭县2023年度政府工作报告重点任务"
    assert "固定资产投资" in page
    assert DocumentRow.objects.get().plan == "999901-2023"


@pytest.mark.parametrize("address", ["/", "/wall/", "/tasks/", "/commitments/", "/settings/month/"])
def test_without_a_plan_pages_name_the_next_step(founded, sign_in, address):
    page = sign_in(SUPERVISOR).get(address).content.decode()
    assert "上传" in page
    assert "清除条件" not in page


def test_a_document_of_the_next_year_begins_the_next_plan(planned, sign_in):
    browser = sign_in(SUPERVISOR)
    file = SimpleUploadedFile("明年.txt", DOCUMENT.replace("2023", "2024").encode())
    browser.post("/reading/", {"file": file, "year": "2024"})
    assert find("plan:999901-2024")["county"] == "云岭县"
    assert "2024" in browser.get("/reading/").content.decode()


@pytest.mark.parametrize("year", ["", "明年", "23", "1999", "2²23"])
def test_a_year_that_is_none_begins_nothing(founded, sign_in, year):
    file = SimpleUploadedFile("重点任务.txt", DOCUMENT.encode())
    page = sign_in(SUPERVISOR).post("/reading/", {"file": file, "year": year})
    assert page.status_code == 422
    assert "请填写计划年度" in page.content.decode()
    assert not DocumentRow.objects.exists()


def test_a_file_that_cannot_be_read_begins_no_plan(founded, sign_in):
    page = sign_in(SUPERVISOR).post("/reading/", {"file": SimpleUploadedFile("空.txt", b" "), "year": "2023"})
    assert page.status_code == 422
    assert find("plan:999901-2023") is None


def test_adopting_the_same_once_more_speaks_of_nothing_typed(planned, sign_in):
    browser = sign_in(SUPERVISOR)
    _decide(browser, planned, do="accept_all")
    assert browser.post(f"/reading/{planned.sha256}/adopt/").status_code == 302
    again = browser.post(f"/reading/{planned.sha256}/adopt/")
    assert again.status_code == 409
    assert "完全相同" in again.content.decode()
    assert "已填内容都还在" not in again.content.decode()


def test_a_wrong_upload_is_removed_from_the_page_and_comes_back_when_sent_again(planned, sign_in):
    browser, page = sign_in(SUPERVISOR), f"/reading/{planned.sha256}/"
    assert "移除这份文件" in browser.get("/reading/").content.decode()
    after = browser.post(f"{page}aside/", follow=True).content.decode()
    assert "已移除" in after
    assert page not in after
    assert browser.get(page).status_code == 404
    assert page not in browser.get("/search/?q=固定资产投资").content.decode()
    assert planned.sha256 not in browser.get("/settings/tables/").content.decode()
    again = browser.post("/reading/", {"year": "2023", "file": SimpleUploadedFile("a.txt", DOCUMENT.encode())})
    assert (again.status_code, browser.get(page).status_code) == (302, 200)


def test_the_document_of_the_plan_is_not_offered_for_removal_nor_any_to_who_only_reads(county, sign_in):
    page = f"/reading/{DocumentRow.objects.get().sha256}/"
    assert "移除这份文件" not in sign_in(SUPERVISOR).get("/reading/").content.decode()
    assert sign_in(SUPERVISOR).post(f"{page}aside/").status_code == 409
    assert sign_in(AUDITOR).post(f"{page}aside/").status_code == 403
