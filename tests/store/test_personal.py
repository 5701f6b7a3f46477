"""Personal words: kept beside the ledger, masked, erased; the ledger holds all the while."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from county import AUDITOR, EDUCATION, LEADER, PLAN, PLANNING, SUPERVISOR, County, acting, at, desk_of, head_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.lists.personal import ERASED, WITHHELD
from luoshi.store import definitions, facts
from luoshi.store.entries import find
from luoshi.store.models import Account, EntryRow, FactRow, IndexCell, PersonalText
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.entry_page import entry_named, entry_page
from luoshi.store.queries.entry_then import KNOWN, entry_then
from luoshi.store.queries.listing import Choice, list_file, list_page
from luoshi.store.queries.plain_entries import page, whole, written
from luoshi.store.replay import replay
from luoshi.store.verification import verify
from luoshi.terms.refusal import Refused

TYPED = {
    "matter": "山塘漏水", "kind": "申诉求决类", "way": "来信", "is_first": "是",
    "petitioner": "王小明", "phone": "13812345678", "address": "云岭县某镇某村12号",
}  # fmt: skip


@pytest.fixture
def petition(db, settings):
    settings.LUOSHI_PACKS = ["national", "petition"]
    definitions._signature_at.cache_clear()
    running = County().running()
    entry = open_entry(running.supervisor(3, 1), "petition", PLAN, TYPED)
    move_entry(running.supervisor(3, 2), entry.id, "transfer", {"body": PLANNING})
    return running, entry.id


def _desk(running, account):
    return desk_for(Account.objects.get(username=account), running.supervisor(4, 10).today, plan=PLAN)


def _fields(running, account, entry):
    desk = _desk(running, account)
    page = entry_page(desk, entry_named(desk, entry))
    return {item["label"]: item["value"] for item in page["fields"]}, page


def _erase(running, entry):
    for move, typed in (("accept", {}), ("answer", {"opinion": "支持诉求", "basis": "已列入计划"})):
        move_entry(acting(head_of(PLANNING), at(3, 10)), entry, move, typed)
    return move_entry(running.supervisor(4, 1), entry, "erase", {}, "信访人要求删除")


def _everything_kept(entry):
    rows = [
        FactRow.objects.filter(stream=entry),
        EntryRow.objects.filter(pk=entry),
        IndexCell.objects.filter(entry_id=entry),
    ]
    return str([list(each.values_list()) for each in rows])


def test_facts_entries_and_indexes_never_hold_the_words(petition):
    _, entry = petition
    kept = _everything_kept(entry)
    assert not any(word in kept for word in ("王小明", "13812345678", "某村"))
    assert PersonalText.objects.filter(entry=entry).count() == 3


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        (SUPERVISOR, ("王小明", "13812345678", "云岭县某镇某村12号")),
        (desk_of(PLANNING), ("王小明", "13812345678", "云岭县某镇某村12号")),
        (LEADER, ("王**", "138****5678", "云岭县某镇某村***")),
        (AUDITOR, ("王**", "138****5678", "云岭县某镇某村***")),
    ],
)
def test_the_page_its_history_the_table_and_the_file_tell_alike(petition, account, shown):
    running, entry = petition
    fields, page = _fields(running, account, entry)
    assert tuple(fields[label] for label in ("信访人", "联系电话", "住址")) == shown
    opened = {change["label"]: change["after"] for change in page["history"][-1]["changes"]}
    assert tuple(opened[label] for label in ("信访人", "联系电话", "住址")) == shown
    desk = _desk(running, account)
    file = list_file(desk, definitions.current("petition"), Choice({}))
    assert tuple(file.lines[0][file.heads.index(label)] for label in ("信访人", "联系电话", "住址")) == shown


def test_other_systems_are_told_what_their_account_is_told(petition):
    running, entry = petition
    definition, desk = definitions.current("petition"), _desk(running, LEADER)
    assert page(desk, definition, Choice({}), 50)["entries"][0]["values"]["petitioner"] == "王**"
    assert whole(desk, find(entry))["values"]["phone"] == "138****5678"
    assert written(find(entry))["values"]["phone"] == WITHHELD


def test_words_cannot_be_searched_for(petition):
    running, _ = petition
    for word in ("王小明", "138"):
        assert list_page(_desk(running, LEADER), "petition", Choice({"q": word}))["total"] == 0


def test_a_second_look_at_the_words_costs_one_query_for_any_number_of_rows(petition, django_assert_num_queries):
    running, _ = petition
    desk, definition = _desk(running, LEADER), definitions.current("petition")
    list_file(desk, definition, Choice({}))
    with CaptureQueriesContext(connection) as one:
        list_file(desk, definition, Choice({}))
    for number in range(5):
        open_entry(running.supervisor(3, 3), "petition", PLAN, {**TYPED, "matter": f"第{number}件"})
    with django_assert_num_queries(len(one)):
        list_file(desk, definition, Choice({}))


def test_erased_words_are_gone_and_the_ledger_still_holds(petition, settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    running, entry = petition
    before = [fact.hash for fact in facts.of_stream(entry)]
    _erase(running, entry)
    assert not PersonalText.objects.filter(entry=entry).exists()
    assert [fact.hash for fact in facts.of_stream(entry)][: len(before)] == before
    fields, page = _fields(running, SUPERVISOR, entry)
    assert fields["信访人"] == fields["住址"] == ERASED
    assert page["history"][0]["reason"] == "信访人要求删除"
    assert {c["label"]: c["after"] for c in page["history"][-1]["changes"]}["信访人"] == ERASED
    assert list(replay()) == []
    assert [finding for finding in verify() if finding.id >= "store.E302" and "E301" not in finding.id] == []


def test_erasing_needs_a_reason_and_the_role(petition):
    _, entry = petition
    with pytest.raises(Refused) as refused:
        move_entry(acting(head_of(PLANNING), at(3, 10)), entry, "erase", {}, "误填")
    assert refused.value.refusal.status in {403, 409}
    assert PersonalText.objects.filter(entry=entry).count() == 3


def test_what_was_tampered_with_is_named(petition):
    running, entry = petition
    PersonalText.objects.filter(entry=entry, field="petitioner").update(text="李四")
    assert "store.E318" in {finding.id for finding in verify()}
    row = PersonalText.objects.get(entry=entry, field="phone")
    row.delete()
    assert "store.E319" in {finding.id for finding in verify()}
    row.save(force_insert=True)
    kept = list(PersonalText.objects.filter(entry=entry))
    _erase(running, entry)
    PersonalText.objects.bulk_create(kept)
    assert "store.E320" in {finding.id for finding in verify()}
    PersonalText.objects.create(token="personal:" + "0" * 64, entry=entry, field="phone", salt="", text="")
    assert "store.E321" in {finding.id for finding in verify()}


def test_a_form_never_sends_the_words_and_what_is_left_empty_stays(petition):
    running, entry = petition
    from luoshi.store.queries.form_field import form_field

    definition = definitions.current("petition")
    row = EntryRow.objects.get(pk=entry)
    field = form_field(_desk(running, SUPERVISOR), definition.fields["petitioner"], row.values, needed=True)
    assert field["value"] == ""
    assert "留空则不改" in field["help"]
    assert not field["needed"]


def test_a_day_of_the_past_tells_no_more_than_today(petition):
    """The bureau that handled the petition once is told what it is told now, whatever day it looks at."""
    running, entry = petition
    now = find(entry)
    passed_on = dataclasses.replace(now, values={**now.values, "body": EDUCATION})
    desk = _desk(running, desk_of(PLANNING))
    then = entry_then(desk, passed_on, date(2023, 3, 5), KNOWN)
    told = {item["label"]: item["value"] for item in then["fields"]}
    assert (told["信访人"], told["联系电话"]) == ("王**", "138****5678")
