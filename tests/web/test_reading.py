"""The review of what was read: accept, correct, reject, add, undo; bad files are said by name."""

from __future__ import annotations

import pytest
from county import DOCUMENT, SUPERVISOR, County
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.acts.review_proposals import decisions, reviewed
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
