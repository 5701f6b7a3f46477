"""Vague clauses: adopted with their task, counted in nothing, made measures by a person."""

from __future__ import annotations

import pytest
from county import PLAN

from luoshi.acts.adopt_plan import adopt_plan
from luoshi.acts.annotation import commitment_lines
from luoshi.acts.keep_document import coverage_in, keep_document
from luoshi.acts.promote_proposal import promote_proposal
from luoshi.acts.review import ACCEPTED, REJECTED
from luoshi.acts.review_proposals import (
    current_review,
    decide_proposals,
    reviewed,
    undo_review,
)
from luoshi.store.entries import find
from luoshi.store.models import DocumentRow, EntryRow, Rating
from luoshi.terms.refusal import Refused

TEXT = """某县2023年政府工作报告重点任务

（一）民生保障方面

1.实施教育强县战略。深化产教融合，健全教师培养机制。建成高水平寄宿制学校4所，营造尊师重教氛围。

2.提升养老服务水平。新建居家养老服务中心6家。弘扬敬老爱老新风。
"""


@pytest.fixture
def kept(county):
    county.planned()
    row, _ = keep_document(county.supervisor(1, 7), PLAN, "报告.txt", TEXT.encode())
    return row


def review(row):
    return current_review(DocumentRow.objects.get(pk=row.pk))


def clause(row, words):
    return next(one for one in review(row).vague if words in one.quote)


def adopted(county, row):
    context = county.supervisor(1, 8)
    decide_proposals(context, row.sha256, [p.id for p in reviewed(DocumentRow.objects.get(pk=row.pk))], ACCEPTED)
    return adopt_plan(context, PLAN, row.sha256)


def task(number):
    return next(
        e for e in map(find, EntryRow.objects.filter(list="task").values_list("pk", flat=True))
        if e["kind"] == "task" and e["task_number"] == number
    )  # fmt: skip


def words(entry):
    return [row["words"] for row in entry["qualitative"] or ()]


def test_every_clause_of_a_task_belongs_to_something(kept):
    found = [one.quote for one in review(kept).vague]
    assert any("营造尊师重教氛围" in one for one in found)
    assert any("弘扬敬老爱老新风" in one for one in found)
    assert all(TEXT[one.start : one.end] == one.quote for one in review(kept).vague)
    assert "qualitative" not in {p.fields.get("kind") for p in review(kept).proposals}
    covered = coverage_in(kept.reading)
    assert covered.held == covered.total


def test_they_are_adopted_with_their_task_and_open_no_entry(county, kept):
    opened = adopted(county, kept).opened
    assert len(opened) == len(review(kept).proposals)
    assert any("营造尊师重教氛围" in one for one in words(task(1)))
    assert words(task(2)) == ["弘扬敬老爱老新风"]
    assert not EntryRow.objects.filter(list="task", values__contains='"qualitative","').exists()
    assert not Rating.objects.exists()


def test_what_was_rejected_is_left_out(county, kept):
    decide_proposals(county.supervisor(1, 7), kept.sha256, [clause(kept, "弘扬敬老").id], REJECTED)
    adopted(county, kept)
    assert words(task(2)) == []


def test_a_clause_promoted_is_a_measure_like_any_other_and_undone_it_is_not(county, kept):
    context, one = county.supervisor(1, 7), clause(kept, "弘扬敬老")
    promote_proposal(context, kept.sha256, one.id, "弘扬敬老新风行动")
    after = review(kept)
    assert one.id not in {p.id for p in after.vague}
    measure = after.find(one.id)
    assert (measure.fields["kind"], measure.fields["name"], after.decisions[one.id]) == (
        "measure",
        "弘扬敬老新风行动",
        ACCEPTED,
    )
    assert "弘扬敬老" in commitment_lines(after.accepted)
    undo_review(context, kept.sha256)
    assert one.id in {p.id for p in review(kept).vague}


def test_promoted_it_opens_an_entry_and_leaves_the_words_of_the_task(county, kept):
    promote_proposal(county.supervisor(1, 7), kept.sha256, clause(kept, "弘扬敬老").id)
    adopted(county, kept)
    assert words(task(2)) == []
    (entry,) = (
        find(name) for name in EntryRow.objects.filter(list="task").values_list("pk", flat=True)
        if find(name)["kind"] == "measure" and "敬老" in find(name)["name"]
    )  # fmt: skip
    assert (entry["parent"], entry["schedule"]) == (task(2).id, "nodes")


def test_promoted_after_adoption_it_comes_with_the_next_edition(county, kept):
    adopted(county, kept)
    promote_proposal(county.supervisor(1, 9), kept.sha256, clause(kept, "弘扬敬老").id)
    again = adopted(county, kept)
    assert again.edition.number == 2
    assert len(again.opened) == 1
    assert words(task(2)) == []


def test_adopting_the_same_again_is_still_no_new_edition(county, kept):
    adopted(county, kept)
    with pytest.raises(Refused) as refused:
        adopted(county, kept)
    assert refused.value.refusal.id == "acts.same_edition"


def test_only_a_vague_clause_is_promoted(county, kept):
    target = next(p for p in review(kept).proposals if p.list == "target")
    with pytest.raises(Refused) as refused:
        promote_proposal(county.supervisor(1, 7), kept.sha256, target.id)
    assert refused.value.refusal.id == "acts.not_qualitative"


def test_a_clause_accepted_in_bulk_stays_vague(county, kept):
    one = clause(kept, "弘扬敬老")
    decide_proposals(county.supervisor(1, 7), kept.sha256, [one.id], ACCEPTED)
    adopted(county, kept)
    assert words(task(2)) == ["弘扬敬老爱老新风"]
    assert commitment_lines(review(kept).accepted).count("敬老爱老") == 0
