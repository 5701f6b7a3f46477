"""Who may look and who may act on the pages of reading, assigning and filling from a text; and what stale forms do."""

from __future__ import annotations

import re

import pytest
from county import AUDITOR, DOCUMENT, EDUCATION, LEADER, PLAN, PLANNING, SUPERVISOR, desk_of, head_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.keep_document import keep_document
from luoshi.acts.review import ACCEPTED
from luoshi.acts.review_proposals import current_review, decide_proposals, reviewed
from luoshi.acts.review_table import keep_table
from luoshi.store.models import DocumentRow, Draft, FactRow
from luoshi.terms.refusal import Refused

EVERYBODY = (SUPERVISOR, LEADER, AUDITOR, desk_of(PLANNING), head_of(PLANNING), desk_of(EDUCATION), head_of(EDUCATION))
READERS = {SUPERVISOR, AUDITOR}
READ_ALL = {SUPERVISOR, LEADER, AUDITOR}
TABLE = "序号|任务|牵头单位|责任单位\n1|扩大有效投资|县发改局|县财政局\n"
OWN, OTHER = f"/report/{PLANNING}/2023-09/text/", f"/report/{EDUCATION}/2023-09/text/"


@pytest.fixture
def pages(county):
    """Every address of these pages, with who may open it."""
    document = DocumentRow.objects.get().sha256
    table, _ = keep_table(county.supervisor(9, 26), PLAN, "分解表.txt", TABLE.encode())
    of_planning = {desk_of(PLANNING), head_of(PLANNING)}
    of_education = {desk_of(EDUCATION), head_of(EDUCATION)}
    return {
        "/reading/": READERS,
        f"/reading/{document}/": READERS,
        f"/reading/{document}/?paper=1": READERS,
        f"/reading/{document}/annotations.zip": READERS,
        "/settings/tables/": {SUPERVISOR},
        f"/settings/tables/{table}/": {SUPERVISOR},
        f"/settings/tables/{table}/confirm/": {SUPERVISOR},
        "/report/text/": READ_ALL,
        OWN: READ_ALL | of_planning,
        OTHER: READ_ALL | of_education,
        "/review/": READ_ALL,
    }


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_page_opens_for_those_it_is_for_and_no_other(pages, sign_in, who):
    browser = sign_in(who)
    got = {path: browser.get(path).status_code for path in pages}
    assert got == {path: 200 if who in allowed else 403 for path, allowed in pages.items()}


@pytest.mark.parametrize("who", [one for one in EVERYBODY if one != SUPERVISOR])
def test_nobody_but_the_supervisor_changes_anything(pages, sign_in, who):
    browser = sign_in(who)
    row = DocumentRow.objects.exclude(reading="").get()
    proposal = next(p.id for p in reviewed(row) if p.list == "target")
    vague = next((one.id for one in current_review(row).vague), proposal)
    before = (FactRow.objects.count(), list(DocumentRow.objects.values_list("review", flat=True)), _drafts())
    for do in ("accept", "reject", "reopen", "split", "merge", "add", "undo", "promote", "accept_all", "accept_plain"):
        answer = browser.post(f"/reading/{row.sha256}/decide/", {"do": do, "proposal": proposal, "seen": "0"})
        assert answer.status_code in {403, 422}, do
    assert browser.post(f"/reading/{row.sha256}/decide/", {"promote": vague}).status_code == 403
    assert browser.post(f"/reading/{row.sha256}/adopt/", {"seen": "0"}).status_code == 403
    for path in pages:
        if path.startswith(("/settings/tables/", "/reading/")) and "?" not in path and not path.endswith(".zip"):
            assert browser.post(path, {"do": "save", "row": "1", "1-entry": "-"}).status_code in {200, 403, 422}, path
    after = (FactRow.objects.count(), list(DocumentRow.objects.values_list("review", flat=True)), _drafts())
    assert after == before


def _drafts():
    return sorted(Draft.objects.values_list("sheet", "content"))


@pytest.mark.parametrize("who", [one for one in EVERYBODY if one != desk_of(PLANNING)])
def test_only_the_units_desk_officer_fills_its_draft_from_a_text(county, sign_in, who):
    target = county.target("完成固定资产投资")
    typed = {
        "do": "take",
        "text": "截至9月底，已完成固定资产投资45亿元。",
        "line": "1",
        "1-entry": target.id,
        "1-value": "45",
    }
    before = _drafts()
    assert sign_in(who).post(OWN, typed).status_code in {403, 422}
    assert _drafts() == before


def test_a_document_of_another_plan_or_county_is_not_found(county, sign_in):
    row = DocumentRow.objects.get()
    other = DocumentRow.objects.get(pk=row.pk)
    other.sha256, other.plan = "b" * 64, "999902-2023"
    other.save(force_insert=True)
    browser = sign_in(SUPERVISOR)
    for path in ("", "annotations.zip"):
        assert browser.get(f"/reading/{other.sha256}/{path}").status_code == 404
    for path in ("decide/", "adopt/"):
        assert browser.post(f"/reading/{other.sha256}/{path}", {"do": "accept_all"}).status_code == 404
    assert browser.post("/settings/tables/", {"document": other.sha256}).status_code == 404
    with pytest.raises(Refused) as refused:
        decide_proposals(county.supervisor(9, 27), other.sha256, [], ACCEPTED)
    assert refused.value.refusal.status == 404


def test_a_proposal_of_another_document_is_not_found(county, sign_in):
    other, _ = keep_document(county.supervisor(9, 26), PLAN, "别的.txt", "1.办好实事。新建泵站3座。\n".encode())
    foreign = next(p.id for p in reviewed(other) if p.list == "target")
    row = DocumentRow.objects.exclude(pk=other.pk).get()
    assert foreign not in {p.id for p in reviewed(row)}
    answer = sign_in(SUPERVISOR).post(f"/reading/{row.sha256}/decide/", {"do": "accept", "proposal": foreign})
    assert answer.status_code == 404


def test_adopting_what_another_person_changed_since_is_refused_and_told(county, sign_in):
    row = DocumentRow.objects.get()
    browser = sign_in(SUPERVISOR)
    seen = current_review(row).records[-1].number
    target = next(p.id for p in reviewed(row) if p.list == "target")
    decide_proposals(county.supervisor(9, 27), row.sha256, [target], "rejected")
    kept = DocumentRow.objects.get(pk=row.pk)
    DocumentRow.objects.filter(pk=row.pk).update(review=kept.review.replace(f'"by":"{SUPERVISOR}"', '"by":"another"'))
    before = FactRow.objects.count()
    answer = browser.post(f"/reading/{row.sha256}/adopt/", {"seen": str(seen)})
    assert answer.status_code == 409
    assert "请看过再采纳。" in answer.content.decode()
    assert FactRow.objects.count() == before
    shown = browser.post(f"/reading/{row.sha256}/adopt/", {"seen": str(seen + 1)})
    agreed = re.search(r'name="difference" value="(\w+)"', shown.content.decode())[1]
    posted = {"seen": str(seen + 1), "difference": agreed}
    assert browser.post(f"/reading/{row.sha256}/adopt/", posted).status_code == 302


def test_undone_after_adoption_the_page_says_that_the_edition_stands(county, sign_in):
    row, browser, before = DocumentRow.objects.get(), sign_in(SUPERVISOR), FactRow.objects.count()
    assert "这份文件已采纳为第1版" in browser.get(f"/reading/{row.sha256}/").content.decode()
    page = browser.post(f"/reading/{row.sha256}/decide/", {"do": "undo"}, follow=True).content.decode()
    assert "这里再改动，要重新采纳为第2版才进入清单" in page
    assert FactRow.objects.count() == before


def test_the_number_of_queries_does_not_grow_with_the_document(county, sign_in):
    row, browser = DocumentRow.objects.get(), sign_in(SUPERVISOR)
    more = "".join(
        f"\n{n}.办好第{n}件实事。新建泵站{n}座，深化第{n}轮改革攻坚。营造良好氛围。\n" for n in range(9, 109)
    )
    longer, _ = keep_document(county.supervisor(9, 26), PLAN, "长.txt", (DOCUMENT + more).encode())
    counts = {}
    for one in (row, longer):
        browser.get(f"/reading/{one.sha256}/")
        for path in ("", "?paper=1", "?kind=qualitative"):
            with CaptureQueriesContext(connection) as asked:
                browser.get(f"/reading/{one.sha256}/{path}")
            counts.setdefault(path, []).append(len(asked))
    assert {path: found[0] for path, found in counts.items()} == {path: found[1] for path, found in counts.items()}
