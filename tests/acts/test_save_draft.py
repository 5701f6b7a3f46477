"""What is typed is kept, cell by cell, for the unit's desk officer."""

from __future__ import annotations

import orjson
import pytest
from county import EDUCATION, PLAN, PLANNING, acting, at, desk_of, head_of, month

from luoshi.acts.keep_evidence import evidence_path, keep_evidence
from luoshi.acts.save_draft import DraftFiles, save_draft
from luoshi.acts.submit_reports import sheet
from luoshi.store.models import Draft, Evidence
from luoshi.terms.refusal import Refused

SHEET = sheet(PLAN, month(3))


def test_later_cells_are_laid_over_earlier_ones(county):
    context = acting(desk_of(PLANNING), at(3, 26)) if county.registered() else None
    save_draft(context, SHEET, PLANNING, {"t1": {"value": "15亿元", "text": "慢"}, "t2": {"value": "3"}})
    kept = save_draft(context, SHEET, PLANNING, {"t1": {"text": ""}})
    assert orjson.loads(kept.content) == {"t1": {"value": "15亿元", "text": ""}, "t2": {"value": "3"}}
    assert Draft.objects.count() == 1


def test_a_cell_as_it_was_submitted_leaves_the_draft(county):
    county.registered()
    context = acting(desk_of(PLANNING), at(3, 26))
    save_draft(context, SHEET, PLANNING, {"t1": {"value": "15"}, "t2": {"value": "3", "text": "慢"}})
    kept = save_draft(context, SHEET, PLANNING, {"t1": {"value": None}, "t2": {"text": None}})
    assert orjson.loads(kept.content) == {"t2": {"value": "3"}}


def test_a_file_taken_out_of_a_draft_is_discarded_and_a_submitted_one_is_only_left_out(county, settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    county.registered()
    context = acting(desk_of(PLANNING), at(3, 26))
    submitted, mine, same = (
        keep_evidence(context, PLANNING, name, b"%PDF-" + name[:1].encode()) for name in ("a.pdf", "b.pdf", "b2.pdf")
    )
    save_draft(context, SHEET, PLANNING, {}, {"t1": DraftFiles((mine.id,))})
    kept = save_draft(context, SHEET, PLANNING, {}, {"t1": DraftFiles((), (mine.id, submitted.id))})
    assert orjson.loads(kept.content) == {"t1": {"left_out": [submitted.id]}}
    assert set(Evidence.objects.values_list("id", flat=True)) == {submitted.id, same.id}
    assert evidence_path(mine.sha256).exists()  # another file holds the same bytes


def test_the_bytes_of_a_discarded_file_go_when_no_other_file_is_the_same(
    county, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.LUOSHI_HOME = str(tmp_path)
    county.registered()
    context = acting(desk_of(PLANNING), at(3, 26))
    file = keep_evidence(context, PLANNING, "b.pdf", b"%PDF-")
    save_draft(context, SHEET, PLANNING, {}, {"t1": DraftFiles((file.id,))})
    with django_capture_on_commit_callbacks(execute=True):
        save_draft(context, SHEET, PLANNING, {}, {"t1": DraftFiles((), (file.id,))})
    assert not evidence_path(file.sha256).exists()


@pytest.mark.parametrize("account", [desk_of(EDUCATION), head_of(PLANNING)])
def test_nobody_else_writes_into_a_units_draft(county, account):
    county.registered()
    with pytest.raises(Refused) as refused:
        save_draft(acting(account, at(3, 26)), SHEET, PLANNING, {"t1": {"value": "1"}})
    assert refused.value.refusal.id == "acts.no_draft"
    assert not Draft.objects.exists()
