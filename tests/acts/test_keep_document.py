"""A document is kept byte for byte, once; what cannot be read is refused with the reason."""

from __future__ import annotations

import pytest
from county import COUNTY, DOCUMENT, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of

from luoshi.acts.adopt_plan import adopt_plan
from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.keep_document import keep_document, keep_for_year, stored_proposals
from luoshi.acts.review import ACCEPTED
from luoshi.acts.review_proposals import decide_proposals, decisions
from luoshi.store.entries import find
from luoshi.store.models import DocumentRow
from luoshi.terms.refusal import Refused


def test_a_document_kept_before_is_returned_as_it_stands(county):
    row = county.planned().document()
    assert bytes(row.content) == DOCUMENT.encode()
    proposals = stored_proposals(row)
    assert len([p for p in proposals if p.fields["kind"] == "task"]) == 8
    assert all(row.text[p.start : p.end] == p.quote for p in proposals)
    decide_proposals(county.supervisor(1, 7), row.sha256, [proposals[0].id], ACCEPTED)
    again = county.document()
    assert decisions(again) == {proposals[0].id: ACCEPTED}
    assert DocumentRow.objects.count() == 1


def test_a_document_is_kept_with_its_own_title_and_adopted_under_it(county):
    content = f"云岭县2023年重点任务\n{DOCUMENT}".encode()
    county.planned()
    row, _ = keep_document(county.supervisor(1, 6), PLAN, "document.txt", content)
    assert (row.title, row.called, row.name) == ("云岭县2023年重点任务", "云岭县2023年重点任务", "document.txt")
    decide_proposals(county.supervisor(1, 7), row.sha256, [p.id for p in stored_proposals(row)], ACCEPTED)
    adopt_plan(county.supervisor(1, 7), PLAN, row.sha256)
    assert find(f"plan:{PLAN}")["document_name"] == "云岭县2023年重点任务"


def test_a_plan_begun_by_a_wrong_file_takes_the_title_of_what_is_adopted_first(county):
    county.registered()
    keep_for_year(county.supervisor(1, 5), "云岭县", 2023, "误传.txt", "大家好，这不是重点任务。".encode())
    assert find(f"plan:{PLAN}")["title"] == DocumentRow.objects.get().called
    content = f"云岭县2023年重点任务\n{DOCUMENT}".encode()
    row, _ = keep_for_year(county.supervisor(1, 6), "云岭县", 2023, "document.txt", content)
    decide_proposals(county.supervisor(1, 7), row.sha256, [p.id for p in stored_proposals(row)], ACCEPTED)
    adopt_plan(county.supervisor(1, 7), PLAN, row.sha256)
    assert find(f"plan:{PLAN}")["title"] == "云岭县2023年重点任务"


def test_a_document_kept_before_titles_were_gets_its_own_when_it_comes_again(county):
    row = county.planned().document()
    DocumentRow.objects.update(title="", name="旧文件.docx")
    assert DocumentRow.objects.get().called == "旧文件"
    assert county.document().called == row.called


def test_a_document_of_another_plan_is_refused(county):
    county.planned()
    create_plan(county.supervisor(1, 8), NewPlan(COUNTY, "云岭县", 2024, "云岭县2024年重点任务"))
    with pytest.raises(Refused) as refused:
        keep_document(county.supervisor(1, 8), f"{COUNTY}-2024", "甲.txt", DOCUMENT.encode())
    assert refused.value.refusal.data == {"plan": PLAN}


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\xff" * 50, b"MZ\x90\x00" + bytes(100)], ids=["empty", "binary", "program"]
)
def test_what_holds_no_text_is_refused_with_the_reason(county, content):
    county.registered()
    create_plan(county.supervisor(1, 5), NewPlan(COUNTY, "云岭县", 2023, "云岭县2023年重点任务"))
    with pytest.raises(Refused) as refused:
        keep_document(county.supervisor(1, 6), PLAN, "坏.txt", content)
    assert refused.value.refusal.errors
    assert not DocumentRow.objects.exists()


def test_a_plan_that_does_not_exist_takes_no_document(county):
    county.registered()
    with pytest.raises(Refused) as refused:
        keep_document(acting(SUPERVISOR, at(1, 6)), PLAN, "甲.txt", DOCUMENT.encode())
    assert refused.value.refusal.status == 404


def test_only_the_supervisor_brings_documents_in(county):
    county.planned()
    with pytest.raises(Refused) as refused:
        keep_document(acting(desk_of(PLANNING), at(1, 6)), PLAN, "乙.txt", b"x")
    assert refused.value.refusal.status == 403
