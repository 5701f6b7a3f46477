"""What is typed is kept, cell by cell, for the unit's desk officer, its own rows, and the month that is open."""

from __future__ import annotations

import threading

import orjson
import pytest
from county import EDUCATION, PLAN, PLANNING, County, acting, at, desk_of, head_of, month
from django.db import connections

from luoshi.acts import submit_reports
from luoshi.acts.keep_evidence import evidence_path, keep_evidence
from luoshi.acts.save_draft import DraftFiles, save_draft
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.entries import find, find_where
from luoshi.store.models import Draft, Evidence
from luoshi.terms.refusal import Refused


@pytest.fixture
def open_month(running):
    """The county with March open."""
    running.open(3)
    return running


def _led_by(body):
    return [entry.id for entry in find_where(PLAN, "target", lead_body=body)]


def _refused(account, typed, number=3, plan=PLAN, body=PLANNING):
    with pytest.raises(Refused) as refused:
        save_draft(acting(account, at(3, 26)), plan, month(number), body, typed)
    assert not Draft.objects.exists()
    return refused.value.refusal


def test_later_cells_are_laid_over_earlier_ones(open_month):
    context = acting(desk_of(PLANNING), at(3, 26))
    first, second = _led_by(PLANNING)[:2]
    save_draft(context, PLAN, month(3), PLANNING, {first: {"value": "15亿元", "text": "慢"}, second: {"value": "3"}})
    kept = save_draft(context, PLAN, month(3), PLANNING, {first: {"text": ""}})
    assert orjson.loads(kept.content) == {first: {"value": "15亿元", "text": ""}, second: {"value": "3"}}
    assert Draft.objects.count() == 1


def test_a_cell_as_it_was_submitted_leaves_the_draft(open_month):
    context = acting(desk_of(PLANNING), at(3, 26))
    first, second = _led_by(PLANNING)[:2]
    save_draft(context, PLAN, month(3), PLANNING, {first: {"value": "15"}, second: {"value": "3", "text": "慢"}})
    kept = save_draft(context, PLAN, month(3), PLANNING, {first: {"value": None}, second: {"text": None}})
    assert orjson.loads(kept.content) == {second: {"value": "3"}}


def test_a_file_taken_out_of_a_draft_is_discarded_and_a_submitted_one_is_only_left_out(open_month, settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    context = acting(desk_of(PLANNING), at(3, 26))
    first = _led_by(PLANNING)[0]
    submitted, mine, same = (
        keep_evidence(context, PLANNING, name, b"%PDF-" + name[:1].encode()) for name in ("a.pdf", "b.pdf", "b2.pdf")
    )
    save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((mine.id,))})
    kept = save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((), (mine.id, submitted.id))})
    assert orjson.loads(kept.content) == {first: {"left_out": [submitted.id]}}
    assert set(Evidence.objects.values_list("id", flat=True)) == {submitted.id, same.id}
    assert evidence_path(mine.sha256).exists()  # another file holds the same bytes


def test_the_bytes_of_a_discarded_file_go_when_no_other_file_is_the_same(
    open_month, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.LUOSHI_HOME = str(tmp_path)
    context = acting(desk_of(PLANNING), at(3, 26))
    first = _led_by(PLANNING)[0]
    file = keep_evidence(context, PLANNING, "b.pdf", b"%PDF-")
    save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((file.id,))})
    with django_capture_on_commit_callbacks(execute=True):
        save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((), (file.id,))})
    assert not evidence_path(file.sha256).exists()


def test_a_file_that_is_also_in_another_row_is_not_discarded(open_month, settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    context = acting(desk_of(PLANNING), at(3, 26))
    first, second = _led_by(PLANNING)[:2]
    file = keep_evidence(context, PLANNING, "b.pdf", b"%PDF-")
    both = {first: DraftFiles((file.id,)), second: DraftFiles((file.id,))}
    save_draft(context, PLAN, month(3), PLANNING, {}, both)
    save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((), (file.id,))})
    assert Evidence.objects.filter(pk=file.id).exists()
    open_month.submit(3, ReportRow(second, {"value": "1", "evidence": [file.id]}))
    save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((file.id,))})
    save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((), (file.id,))})
    assert Evidence.objects.filter(pk=file.id).exists()


def test_a_file_is_submitted_or_discarded_but_never_both(throwaway, settings, tmp_path, monkeypatch):
    """One submits the sheet; after its files were looked at, another window of the officer takes one of them out."""
    settings.LUOSHI_HOME = str(tmp_path)
    county = County().running()
    county.open(3)
    context = acting(desk_of(PLANNING), at(3, 26))
    first = _led_by(PLANNING)[0]
    file = keep_evidence(context, PLANNING, "b.pdf", b"%PDF-")
    save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((file.id,))})

    def take_out():
        save_draft(context, PLAN, month(3), PLANNING, {}, {first: DraftFiles((), (file.id,))})
        connections.close_all()

    other = threading.Thread(target=take_out)
    looked_at = submit_reports._files_of

    def meanwhile(*arguments):
        found = looked_at(*arguments)
        other.start()
        other.join(0.5)
        return found

    monkeypatch.setattr(submit_reports, "_files_of", meanwhile)
    (report,) = county.submit(3, ReportRow(first, {"value": "1", "evidence": [file.id]}))
    other.join(20)
    assert find(report)["evidence"] == (file.id,)
    assert Evidence.objects.filter(pk=file.id).exists()
    assert evidence_path(file.sha256).exists()
    assert orjson.loads(Draft.objects.get().content) == {first: {"left_out": [file.id]}}


@pytest.mark.parametrize("account", [desk_of(EDUCATION), head_of(PLANNING)])
def test_nobody_else_writes_into_a_units_draft(open_month, account):
    assert _refused(account, {_led_by(PLANNING)[0]: {"value": "1"}}).id == "acts.no_draft"


def test_another_units_commitment_or_an_unknown_one_is_no_row_of_the_draft(open_month):
    mine, other = _led_by(PLANNING)[0], _led_by(EDUCATION)[0]
    first, second = (_refused(desk_of(PLANNING), {mine: {"value": "1"}, name: {"value": "1"}}) for name in (other, "?"))
    assert (first.id, first.status) == ("acts.not_yours", 403)
    assert second == first  # whether it exists is not told


@pytest.mark.parametrize("number", [2, 4])
def test_a_month_that_is_not_open_has_no_draft(open_month, number):
    assert _refused(desk_of(PLANNING), {_led_by(PLANNING)[0]: {"value": "1"}}, number).id == "acts.window_closed"


def test_another_countys_plan_is_unknown(open_month):
    assert _refused(desk_of(PLANNING), {}, plan="888801-2023").id == "acts.unknown_plan"
