"""What a list computes, from entries in the database; fields of referenced entries are seen."""

from __future__ import annotations

import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, County, desk_of

from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.store import definitions
from luoshi.store.entries import find
from luoshi.store.models import Account
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.listing import Choice, list_file, list_page
from luoshi.store.queries.reckoned import WITHHELD, computes, formulas_of, measures_of, results


@pytest.fixture
def voted(db, settings):
    """Three candidates for one place; the first two are tied, the third has no majority of 231."""
    settings.LUOSHI_PACKS = ["national", "livelihood-vote"]
    definitions._signature_at.cache_clear()
    running = County().running()
    context = running.supervisor(2, 10)
    vote = {"name": "票决", "deputies": "231", "present": "219", "places": "1", "needs_majority": "是"}
    ballot = open_entry(context, "livelihood_vote", PLAN, vote)
    made = []
    for name, votes in (("甲", "140"), ("乙", "140"), ("丙", "112")):
        entry = open_entry(context, "livelihood_candidate", PLAN, {"name": name})
        typed = {"content": "内容", "body": EDUCATION, "finish_on": "2023-12-20", "vote": ballot.id}
        move_entry(context, entry.id, "screen", typed)
        made.append(move_entry(context, entry.id, "tally", {"votes": votes}))
    return running, made


def _desk(running):
    return desk_for(Account.objects.get(username=SUPERVISOR), running.supervisor(2, 10).today, plan=PLAN)


def test_results_see_fields_of_the_entries_referred_to(voted):
    running, made = voted
    definition = definitions.current("livelihood_candidate")
    found = results(_desk(running), definition, [PLAN])
    result = next(formula for formula in definition.reckoning.formulas if formula.name == "result")
    assert [found.shown(result, entry.id) for entry in made] == ["并列，再次表决", "并列，再次表决", "未过半数"]
    assert [item["value"] for item in measures_of(found, definition)][:2] == ["3个", "0个"]


def test_a_computed_column_of_an_entry_tells_its_arithmetic(voted):
    running, made = voted
    definition = definitions.current("livelihood_candidate")
    told = {item["label"]: item for item in formulas_of(_desk(running), definition, made[0], [PLAN])}
    assert told["得票名次"]["value"] == "1"
    names = {each["name"]: each["value"] for each in told["票决结果"]["why"]["inputs"]}
    assert names["得票数"] == "140"
    assert names["票决的代表总数"] == "231"


def test_a_list_without_formulas_computes_nothing(voted):
    running, _ = voted
    definition = definitions.current("result")
    assert not computes(definition)
    assert results(_desk(running), definition, [PLAN]).rows == {}


NOTE = """
list: note
label: 内部记录
title: name
visible: {entry: owners, measures: owners}
owners: [body]
source: {adr: x}
fields:
  name: {type: text, label: 名称, required: true, fixed: true}
  body: {type: body, label: 单位, required: true, indexed: true}
  worth: {type: decimal, label: 数, required: true}
  other: {type: reference, label: 另一条, list: note}
states: {open: 在办}
moves:
  file: {label: 登记, fact: filed, opens: true, to: open, by: supervisor}
formulas:
  far: {label: 另一条的数, formula: other.worth + 0}
  through: {label: 经由, formula: far * 2}
  place: {label: 名次, formula: rank() over (order by worth desc)}
  own: {label: 自己的数, formula: worth * 2}
measures: {all: {label: 合计, formula: sum(worth)}}
"""


@pytest.fixture
def notes(db, settings, tmp_path):
    """Two notes of planning, the first with a reference to one of education, which planning may not open."""
    settings.LUOSHI_HOME = str(tmp_path)
    (tmp_path / "packs/own/lists").mkdir(parents=True)
    (tmp_path / "packs/own/lists/note.yaml").write_text(NOTE, "utf-8")
    definitions._signature_at.cache_clear()
    running = County().running()
    context = running.supervisor(2, 10)
    secret = open_entry(context, "note", PLAN, {"name": "密", "body": EDUCATION, "worth": "7"})
    first = open_entry(context, "note", PLAN, {"name": "甲", "body": PLANNING, "worth": "1", "other": secret.id})
    open_entry(context, "note", PLAN, {"name": "乙", "body": PLANNING, "worth": "2", "other": first.id})
    yield running
    definitions._signature_at.cache_clear()


def _told(running, account):
    desk = desk_for(Account.objects.get(username=account), running.supervisor(2, 10).today, plan=PLAN)
    definition = definitions.current("note")
    file = list_file(desk, definition, Choice({}))
    page = list_page(desk, "note", Choice({}))
    at = [file.heads.index(label) for label in ("另一条的数", "经由", "名次", "自己的数")]
    return [[line[place] for place in at] for line in file.lines], page["measures"]


def test_a_computed_column_tells_nothing_of_entries_the_reader_may_not_open(notes):
    lines, measures = _told(notes, desk_of(PLANNING))
    assert lines == [[WITHHELD, WITHHELD, WITHHELD, "2"], ["1", "2", WITHHELD, "4"]]
    assert measures == []
    desk = desk_for(Account.objects.get(username=desk_of(PLANNING)), notes.supervisor(2, 10).today, plan=PLAN)
    told = formulas_of(desk, definitions.current("note"), find(f"note:{PLAN}:0002"), [PLAN])
    assert [(item["value"], bool(item["why"])) for item in told][:2] == [(WITHHELD, False)] * 2


def test_who_reads_everything_is_told_everything(notes):
    lines, measures = _told(notes, SUPERVISOR)
    assert [line[:3] for line in lines] == [["不适用", "不适用", "1"], ["7", "14", "3"], ["1", "2", "2"]]
    assert [item["value"] for item in measures] == ["10"]
