"""A decomposition is kept with its rows and with what a person decided, until it is confirmed."""

from __future__ import annotations

import pytest
from county import EDUCATION, PLAN, PLANNING, acting, at, desk_of

from luoshi.acts.assignment_proposal import BodyRole, RowChoice
from luoshi.acts.keep_document import keep_document, stored_proposals
from luoshi.acts.responsibility_row import PlannedStep
from luoshi.acts.review_table import decide_rows, keep_table, reviewed_tables, table_review
from luoshi.store.models import DocumentRow
from luoshi.terms.refusal import Refused

TABLE = "序号|工作任务|牵头单位\n1|扩大有效投资|县发改局\n2|建成学校4所|县教体局\n".encode()


@pytest.fixture
def kept(county):
    county.adopted()
    return keep_table(county.supervisor(2, 1), PLAN, "分解表.txt", TABLE)[0]


def test_the_rows_wait_for_review_and_the_file_is_kept(kept):
    review = table_review(PLAN, kept)
    assert [row.words for row in review.rows] == ["扩大有效投资", "建成学校4所"]
    assert bytes(DocumentRow.objects.get(pk=kept).content) == TABLE
    assert kept in reviewed_tables(PLAN)


def test_decisions_are_laid_over_each_other_and_outlive_a_second_upload(county, kept):
    first, second = (row.key for row in table_review(PLAN, kept).rows)
    steps = (PlannedStep("开工", "2023-06-30"),)
    choice = RowChoice("task:1", (BodyRole(EDUCATION, "lead", "学校"),), "领甲", "2023-11-30", True, steps)
    decide_rows(county.supervisor(2, 1), PLAN, kept, {first: choice}, {"县教体局": EDUCATION}, ["县教体局"])
    decide_rows(county.supervisor(2, 1), PLAN, kept, {second: RowChoice(entry="")})
    keep_table(county.supervisor(2, 2), PLAN, "分解表.txt", TABLE)
    review = table_review(PLAN, kept)
    assert review.choices == {first: choice, second: RowChoice(entry="")}
    assert (review.names, review.aliases) == ({"县教体局": EDUCATION}, {"县教体局"})
    assert decide_rows(county.supervisor(2, 3), PLAN, kept, {}, {"县教体局": ""}).names == {}


def test_a_choice_for_a_row_that_is_not_there_is_not_kept(county, kept):
    assert decide_rows(county.supervisor(2, 1), PLAN, kept, {"t9r9": RowChoice("")}).choices == {}


@pytest.mark.parametrize(
    ("content", "said"), [("下雨了。".encode(), "没有找到责任分工"), (b"", "空"), (b"PK\x03\x04broken", "损坏")]
)
def test_a_file_without_responsibilities_is_refused_with_what_is_missing(county, content, said):
    county.adopted()
    with pytest.raises(Refused, match=said):
        keep_table(county.supervisor(2, 1), PLAN, "表.docx" if content[:2] == b"PK" else "表.txt", content)
    assert DocumentRow.objects.count() == 1


def test_only_the_supervisor_takes_in_and_decides(county, kept):
    officer = acting(desk_of(PLANNING), at(2, 1))
    for attempt in (lambda: keep_table(officer, PLAN, "表.txt", TABLE), lambda: decide_rows(officer, PLAN, kept, {})):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.refusal.status == 403


def test_a_table_kept_for_its_responsibilities_can_still_be_read_as_the_plans_document(county, kept):
    assert stored_proposals(DocumentRow.objects.get(pk=kept)) == []
    row, _ = keep_document(county.supervisor(2, 1), PLAN, "分解表.txt", TABLE)
    assert row.pk == kept
    assert row.reading


def test_what_was_never_taken_in_has_no_review(county):
    county.adopted()
    assert table_review(PLAN, "0" * 64) is None
    with pytest.raises(Refused, match="没有这份文件"):
        decide_rows(county.supervisor(2, 1), PLAN, "0" * 64, {})


def test_another_countys_table_is_neither_taken_in_nor_decided(county, kept):
    for attempt in (
        lambda: keep_table(county.supervisor(2, 1), "888801-2023", "分解表.txt", TABLE),
        lambda: decide_rows(county.supervisor(2, 1), "888801-2023", kept, {}),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.refusal.status == 404
