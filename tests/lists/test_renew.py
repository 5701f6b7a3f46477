"""Moving an open entry over to a changed definition: what fits goes, what does not is named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from luoshi.lists.entry import Change, Moment
from luoshi.lists.holiday import is_working_day
from luoshi.lists.load import read_definition
from luoshi.lists.move import Birth, Circumstances, apply, decide
from luoshi.lists.renew import obstacles, renew
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster
from luoshi.terms.refusal import Refusal

OLD = """\
list: pond
label: 山塘
title: name
source: {title: 方案}
fields:
  name: {type: text, label: 名称}
  kind: {type: choice, label: 类型, of: {big: 大, small: 小}}
  money: {type: decimal, label: 投资, unit: 万元}
states: {filed: 已登记, done: 已完工}
moves:
  file: {label: 登记, fact: filed, opens: true, to: filed, by: supervisor}
  finish: {label: 完工, fact: finished, from: filed, to: done, by: supervisor}
clocks:
  build: {label: 工期, starts: file, stops: finish, length: 90 days}
"""


def _definition(text):
    definition, findings = read_definition(text, "pond.yaml")
    assert definition, findings
    return definition


def _as(role):
    actor = Actor("wang", "王", (Post("p", "office", role, holder="wang"),))
    moment = Moment(date(2023, 5, 1), datetime(2023, 5, 1, 9, tzinfo=UTC))
    return Circumstances(actor, moment, Roster.of([Body("office", "督查室")]), is_working_day, "330000")


@pytest.fixture(scope="module")
def old():
    return _definition(OLD)


@pytest.fixture(scope="module")
def entry(old):
    typed = {"name": "上塘", "kind": "big", "money": "80"}
    change = decide(old, Birth("pond:1", "330000-2023"), "file", typed, _as(Role.SUPERVISOR))
    assert isinstance(change, Change)
    return apply(None, change)


def test_an_entry_that_fits_goes_over_with_values_state_and_frozen_clock(old, entry):
    new = _definition(OLD.replace("length: 90 days", "length: 30 days").replace("{big: 大,", "{big: 大型,"))
    change = renew(entry, old, new, _as(Role.SUPERVISOR))
    after = apply(entry, change)
    assert after.definition == new.version
    assert (after.state, after.values, after.version) == (entry.state, entry.values, entry.version + 1)
    assert after.clocks == entry.clocks


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("states: {filed: 已登记,", "states: {filing: 已登记,", "新版清单没有“已登记”这个状态。"),
        ("  money: {type: decimal, label: 投资, unit: 万元}\n", "", "新版清单没有“投资”一栏，而该栏已经填写。"),
        ("type: decimal, label: 投资, unit: 万元", "type: text, label: 投资", "“投资”一栏的类型改变了。"),
        ("unit: 万元", "unit: 亿元", "“投资”一栏的类型改变了。"),
        ("of: {big: 大, small: 小}", "of: {huge: 大, small: 小}", "“类型”所填的“大”在新版里不是选项。"),
    ],
)
def test_what_does_not_fit_is_named(old, entry, wrong, right, said):
    text = OLD.replace(wrong, right)
    if "filing" in right:
        text = text.replace("to: filed,", "to: filing,").replace("from: filed,", "from: filing,")
    new = _definition(text)
    assert said in [error.message for error in obstacles(entry, old, new)]
    assert renew(entry, old, new, _as(Role.SUPERVISOR)).id == "lists.does_not_fit"


def test_only_supervisors_renew_and_only_what_is_older(old, entry):
    new = _definition(OLD + "# changed\n")
    assert renew(entry, old, new, _as(Role.UNIT_HEAD)).id == "lists.not_renewed_by"
    same = renew(entry, old, old, _as(Role.SUPERVISOR))
    assert isinstance(same, Refusal)
    assert same.id == "lists.is_renewed"
