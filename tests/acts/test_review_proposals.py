"""Reviewing what the reader proposes: accept, correct, reject, add; the list says what a field can hold."""

from __future__ import annotations

import dataclasses

import pytest
from county import AUDITOR, DOCUMENT, acting, at

from luoshi.acts.context import Context
from luoshi.acts.reshape_proposals import add_proposal
from luoshi.acts.review import ACCEPTED, OPEN, REJECTED
from luoshi.acts.review_proposals import (
    correct_proposal,
    current_review,
    decide_proposals,
    decisions,
    reviewed,
    undo_review,
)
from luoshi.store.models import FactRow
from luoshi.terms.refusal import Refused


def test_decisions_are_kept_and_can_be_taken_back(row, context):
    first, second = reviewed(row)[:2]
    row = decide_proposals(context, row.sha256, [first.id], ACCEPTED)
    row = decide_proposals(context, row.sha256, [second.id], REJECTED)
    assert decisions(row) == {first.id: ACCEPTED, second.id: REJECTED}
    assert decisions(decide_proposals(context, row.sha256, [first.id], OPEN)) == {second.id: REJECTED}


def test_a_corrected_proposal_is_accepted_with_the_persons_words(row, context):
    target = next(p for p in reviewed(row) if p.list == "target")
    row = correct_proposal(context, row.sha256, target.id, {"value": "61", "unit": "亿元"})
    corrected = next(p for p in reviewed(row) if p.id == target.id)
    assert corrected.fields["value"] == "61"
    assert corrected.quote == target.quote
    assert decisions(row)[target.id] == ACCEPTED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": "六十"}, "应填数字"),
        ({"colour": "红"}, "没有“colour”"),
        ({"indicator": " "}, "请填写“指标”"),
        ({"kind": "无"}, "类型"),
    ],
)
def test_a_bad_correction_names_the_field_and_changes_nothing(row, context, fields, said):
    target = next(p for p in reviewed(row) if p.list == "target")
    with pytest.raises(Refused) as refused:
        correct_proposal(context, row.sha256, target.id, fields)
    assert [error.field for error in refused.value.refusal.errors] == list(fields)
    assert said in refused.value.refusal.message
    row.refresh_from_db()
    assert decisions(row) == {}


def test_what_the_reader_missed_is_added_at_its_place(row, context):
    start = row.text.index("全面建成中心污水处理厂")
    row = add_proposal(
        context, row.sha256, "target", start, start + 4, {"indicator": "建成厂", "kind": "at_least", "value": "1"}
    )
    added = next(p for p in reviewed(row) if p.id.startswith("a"))
    assert (added.quote, added.fields["task_number"]) == ("全面建成", "4")
    assert decisions(row)[added.id] == ACCEPTED


def test_an_added_proposal_must_have_what_its_list_requires(row, context):
    with pytest.raises(Refused) as refused:
        add_proposal(context, row.sha256, "target", 0, 4, {"indicator": "甲"})
    assert {error.field for error in refused.value.refusal.errors} == {"kind", "value"}


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 3), (0, len(DOCUMENT) + 1)])
def test_a_place_outside_the_text_is_refused(row, context, start, end):
    with pytest.raises(Refused) as refused:
        add_proposal(context, row.sha256, "task", start, end, {"name": "甲", "kind": "task"})
    assert refused.value.refusal.id == "acts.bad_place"


def test_only_the_supervisor_reviews_and_no_fact_is_made(row, context):
    before = FactRow.objects.count()
    proposal = reviewed(row)[0]
    with pytest.raises(Refused) as refused:
        decide_proposals(acting(AUDITOR, at(1, 7)), row.sha256, [proposal.id], ACCEPTED)
    assert refused.value.refusal.status == 403
    decide_proposals(context, row.sha256, [proposal.id], ACCEPTED)
    assert FactRow.objects.count() == before


@pytest.mark.parametrize(("ids", "decision"), [(["nothing"], ACCEPTED), ([], "perhaps")])
def test_an_unknown_proposal_or_decision_is_refused(row, context, ids, decision):
    with pytest.raises(Refused):
        decide_proposals(context, row.sha256, ids, decision)


def _other(context):
    """A second reviewer of the same office."""
    actor = dataclasses.replace(context.actor, account="duban2", name="督乙")
    return Context(dataclasses.replace(context.circumstances, actor=actor))


def test_who_decides_second_is_told_who_was_first(row, context):
    proposal = reviewed(row)[0]
    seen = len(current_review(row).records)
    decide_proposals(_other(context), row.sha256, [proposal.id], REJECTED, seen)
    with pytest.raises(Refused) as refused:
        correct_proposal(context, row.sha256, proposal.id, {"name": "新名称"}, seen)
    assert (refused.value.refusal.id, refused.value.refusal.status) == ("acts.changed_meanwhile", 409)
    assert "督乙已在10:00剔除了这一条" in refused.value.refusal.message
    row.refresh_from_db()
    assert decisions(row) == {proposal.id: REJECTED}
    decide_proposals(context, row.sha256, [proposal.id], ACCEPTED, len(current_review(row).records))
    row.refresh_from_db()
    assert decisions(row) == {proposal.id: ACCEPTED}


def test_each_takes_back_their_own_and_nothing_is_removed(row, context):
    first, second = reviewed(row)[:2]
    other = _other(context)
    decide_proposals(context, row.sha256, [first.id], ACCEPTED)
    decide_proposals(other, row.sha256, [second.id], ACCEPTED)
    assert undo_review(context, row.sha256).ids == (first.id,)
    row.refresh_from_db()
    assert decisions(row) == {second.id: ACCEPTED}
    assert len(current_review(row).records) == 3
    with pytest.raises(Refused) as refused:
        undo_review(context, row.sha256)
    assert refused.value.refusal.id == "acts.nothing_to_undo"


def test_what_another_went_on_from_is_not_taken_back(row, context):
    proposal = reviewed(row)[0]
    decide_proposals(context, row.sha256, [proposal.id], ACCEPTED)
    decide_proposals(_other(context), row.sha256, [proposal.id], REJECTED)
    with pytest.raises(Refused) as refused:
        undo_review(context, row.sha256)
    assert refused.value.refusal.id == "acts.undone_by_others"


def test_deciding_what_stands_already_leaves_no_record(row, context):
    proposal = reviewed(row)[0]
    decide_proposals(context, row.sha256, [proposal.id], ACCEPTED)
    decide_proposals(context, row.sha256, [proposal.id], ACCEPTED)
    row.refresh_from_db()
    assert len(current_review(row).records) == 1


def test_a_corrected_comparator_brings_the_kind_with_it(row, context):
    target = next(p for p in reviewed(row) if "固定资产投资" in str(p.fields.get("indicator")))
    row = correct_proposal(context, row.sha256, target.id, {"comparator": "<="})
    corrected = next(p for p in reviewed(row) if p.id == target.id)
    assert corrected.fields["kind"] == "at_most"
    with pytest.raises(Refused):
        correct_proposal(context, row.sha256, target.id, {"comparator": "以上"})
