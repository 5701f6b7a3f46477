"""A document uploaded by mistake leaves the lists and can come back; the one in force stays."""

from __future__ import annotations

import pytest
from county import DOCUMENT, PLAN, PLANNING, acting, at, desk_of

from luoshi.acts.adopt_plan import adopt_plan
from luoshi.acts.keep_document import stored_proposals
from luoshi.acts.review import ACCEPTED
from luoshi.acts.review_proposals import decide_proposals, decisions
from luoshi.acts.set_document_aside import set_document_aside
from luoshi.store.entries import find
from luoshi.store.models import DocumentRow
from luoshi.terms.refusal import Refused


def _refused(act, *arguments):
    with pytest.raises(Refused) as refused:
        act(*arguments)
    return refused.value.refusal.id


def test_what_was_set_aside_is_neither_reviewed_nor_adopted_and_comes_back_as_it_was(row, context, county):
    first = stored_proposals(row)[0].id
    decide_proposals(context, row.sha256, [first], ACCEPTED)
    set_document_aside(context, row.sha256)
    kept = DocumentRow.objects.get()
    assert (kept.set_aside_by, kept.set_aside_at) == (context.actor.account, context.now)
    assert _refused(decide_proposals, context, row.sha256, [first], ACCEPTED) == "acts.document_set_aside"
    assert _refused(adopt_plan, context, PLAN, row.sha256) == "acts.document_set_aside"
    assert _refused(set_document_aside, context, row.sha256) == "acts.document_set_aside"
    again = county.document()
    assert (again.set_aside_by, again.set_aside_at, decisions(again)) == ("", None, {first: ACCEPTED})


def test_the_document_in_force_stays(county):
    county.adopted()
    found = DocumentRow.objects.get()
    assert _refused(set_document_aside, county.supervisor(2, 1), found.sha256) == "acts.adopted_document"
    assert DocumentRow.objects.get().set_aside_at is None


def test_the_document_of_an_earlier_edition_stays_too(county):
    county.adopted()
    first = DocumentRow.objects.get().sha256
    county.adopt(2, 1, DOCUMENT.replace("60亿元", "61亿元"))
    assert find(f"plan:{PLAN}")["document"] != first
    assert _refused(set_document_aside, county.supervisor(2, 2), first) == "acts.adopted_document"


def test_only_the_supervision_office_sets_a_document_aside(row):
    assert _refused(set_document_aside, acting(desk_of(PLANNING), at(1, 8)), row.sha256) == "acts.not_supervisor"
    assert _refused(set_document_aside, acting("duban", at(1, 8)), "0" * 64) == "acts.unknown_document"
