"""One proposal split in two, two merged, one added; every place in the text holds its quote."""

from __future__ import annotations

import pytest

from luoshi.acts.reshape_proposals import SplitPart, add_proposal, merge_proposals, split_proposal, title
from luoshi.acts.review import ACCEPTED, REJECTED, SPLIT
from luoshi.acts.review_proposals import (
    correct_proposal,
    current_review,
    decide_proposals,
    reviewed,
    undo_review,
)
from luoshi.store.models import DocumentRow
from luoshi.terms.refusal import Refused


def review(row):
    return current_review(DocumentRow.objects.get(pk=row.pk))


def named(row, words):
    return next(p for p in reviewed(row) if words in title(p) and p.fields.get("kind") != "task")


def test_a_split_proposal_becomes_parts_that_stand_in_the_text(row, context):
    whole = named(row, "园林城市")
    parts = [
        SplitPart("", {"name": "省级园林城市"}),
        SplitPart("污水处理厂", {"name": "污水处理厂", "kind": "project"}),
    ]
    made = split_proposal(context, row.sha256, whole.id, parts)
    after = review(row)
    assert after.find(whole.id) is None
    assert [after.decisions[p.id] for p in made] == [ACCEPTED, ACCEPTED]
    assert all(row.text[p.start : p.end] == p.quote == p.fields["quote"] for p in made)
    assert [p.fields["kind"] for p in made] == ["honour", "project"]
    assert after.origin[made[0].id] == SPLIT


def test_a_split_target_gives_each_part_its_value_and_kind(row, context):
    whole = named(row, "失业率")
    made = split_proposal(
        context, row.sha256, whole.id,
        [SplitPart("", {"indicator": "甲失业率", "value": "5"}), SplitPart("", {"indicator": "乙失业率", "value": "4"})],
    )  # fmt: skip
    assert [(p.fields["value"], p.fields["kind"], p.quote) for p in made] == [
        ("5", "at_most", whole.quote), ("4", "at_most", whole.quote),
    ]  # fmt: skip


def test_a_part_has_the_comparator_of_its_own_words_only(row, context):
    whole = named(row, "固定资产投资")
    sentence = "完成固定资产投资60亿元以上，实施重点项目36个以上"
    first, second = split_proposal(
        context, row.sha256, whole.id,
        [SplitPart(sentence, {"indicator": "固定资产投资", "value": "60"}), SplitPart("重点项目", {"indicator": "项目", "value": "36"})],
    )  # fmt: skip
    assert (first.fields["comparator"], first.doubt) == (">=", "")
    assert second.doubt == "“不低于”沿用拆开前的整条，这一条的文字里没有写数，请核对。"
    assert review(row).find(second.id).doubtfulness == 1


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ([SplitPart("", {"indicator": "一"})], "acts.too_few_parts"),
        ([SplitPart("", {"indicator": "一"}), SplitPart("", {"indicator": "一"})], "acts.parts_alike"),
        ([SplitPart("", {"indicator": "一"}), SplitPart("文中没有的话", {"indicator": "二"})], "acts.not_in_text"),
        ([SplitPart("", {"indicator": "一"}), SplitPart("", {"indicator": "二", "value": "多"})], "acts.bad_values"),
    ],
)
def test_parts_that_cannot_be_are_refused_and_named(row, context, parts, refusal):
    whole = named(row, "失业率")
    with pytest.raises(Refused) as refused:
        split_proposal(context, row.sha256, whole.id, parts)
    assert refused.value.refusal.id == refusal
    assert all(error.field.startswith("p2_") for error in refused.value.refusal.errors)
    assert review(row).records == ()


def test_two_that_stand_side_by_side_are_merged_over_both(row, context):
    whole = named(row, "园林城市")
    first, second = split_proposal(
        context, row.sha256, whole.id,
        [SplitPart("省级", {"name": "省级"}), SplitPart("园林城市", {"name": "园林城市"})],
    )  # fmt: skip
    merged = merge_proposals(context, row.sha256, (first.id, second.id), {"name": "省级园林城市"})
    assert (merged.quote, merged.fields["name"]) == ("省级园林城市", "省级园林城市")
    assert row.text[merged.start : merged.end] == merged.quote
    after = review(row)
    assert after.find(first.id) is after.find(second.id) is None
    assert after.decisions[merged.id] == ACCEPTED


def test_two_far_apart_keep_the_words_of_the_first(row, context):
    first, second = named(row, "固定资产投资"), named(row, "技术交易额")
    merged = merge_proposals(context, row.sha256, (first.id, second.id), {})
    assert (merged.start, merged.end, merged.quote) == (first.start, first.end, first.quote)


def test_things_of_different_lists_and_tasks_are_not_merged(row, context):
    target, honour = named(row, "固定资产投资"), named(row, "园林城市")
    tasks = [p.id for p in reviewed(row) if p.fields.get("kind") == "task"]
    for ids in ((target.id, honour.id), (target.id, target.id), (tasks[0], tasks[1])):
        with pytest.raises(Refused) as refused:
            merge_proposals(context, row.sha256, ids, {})
        assert refused.value.refusal.id == "acts.not_mergeable"


def test_splitting_and_merging_are_taken_back_one_by_one(row, context):
    whole = named(row, "园林城市")
    first, second = split_proposal(
        context, row.sha256, whole.id, [SplitPart("", {"name": "一"}), SplitPart("", {"name": "二"})]
    )
    merge_proposals(context, row.sha256, (first.id, second.id), {})
    undo_review(context, row.sha256)
    assert review(row).find(first.id) is not None
    undo_review(context, row.sha256)
    assert review(row).find(whole.id) is not None
    assert review(row).decisions == {}
    assert len(review(row).records) == 4


def test_a_corrected_quote_moves_the_proposal_to_its_nearest_place(row, context):
    whole = named(row, "园林城市")
    correct_proposal(context, row.sha256, whole.id, {"quote": "园林城市"})
    moved = review(row).find(whole.id)
    assert row.text[moved.start : moved.end] == moved.quote == "园林城市"


def test_what_was_split_meanwhile_is_told_to_the_other(row, context):
    whole = named(row, "园林城市")
    split_proposal(context, row.sha256, whole.id, [SplitPart("", {"name": "一"}), SplitPart("", {"name": "二"})])
    with pytest.raises(Refused) as refused:
        decide_proposals(context, row.sha256, [whole.id], REJECTED)
    assert refused.value.refusal.id == "acts.changed_meanwhile"
    assert "拆开了这一条" in refused.value.refusal.message


def test_what_was_added_belongs_to_its_task(row, context):
    start = row.text.index("建成高水平寄宿制学校")
    add_proposal(context, row.sha256, "task", start, start + 2, {"name": "学校", "kind": "project"})
    added = named(row := DocumentRow.objects.get(pk=row.pk), "学校")
    assert any(p.id == added.task and p.fields["task_number"] == "7" for p in reviewed(row))
