"""What the tests of the store share: a list of every kind of field, people for it, and databases to throw away."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "acts"))  # county.py is shared with tests/acts

WALK = """
list: walk
label: 试验清单
title: name
visible: county
source: {adr: 0005-everything-is-an-entry}
fields:
  name: {type: text, label: 名称, required: true, indexed: true}
  words: {type: long_text, label: 说明}
  tags: {type: texts, label: 标签, indexed: true}
  bodies: {type: bodies, label: 单位, indexed: true}
  day: {type: date, label: 日期, indexed: true}
  amount: {type: decimal, label: 数额, indexed: true}
  count: {type: integer, label: 件数}
  is_public: {type: boolean, label: 可公开, indexed: true}
  month: {type: period, label: 月份, indexed: true}
  colour: {type: choice, label: 颜色, indexed: true, of: {red: 红, green: 绿}}
  steps:
    type: rows
    label: 步骤
    columns:
      name: {type: text, label: 名称, required: true}
      due_on: {type: date, label: 时限}
      share: {type: decimal, label: 份额}
states:
  standing: 在册
  closed: {label: 已结, closed: true}
moves:
  begin: {label: 登记, fact: begun, opens: true, to: standing, by: supervisor}
  change:
    label: 更改
    fact: changed
    from: standing
    by: supervisor
    sets: [name, words, tags, bodies, day, amount, count, is_public, month, colour, steps]
  close: {label: 办结, fact: closed, from: standing, to: closed, by: supervisor, reason: required}
  reopen: {label: 重开, fact: reopened, from: closed, to: standing, by: supervisor, sets: day, reason: required}
clocks:
  cure: {label: 时限, starts: begin, stops: close, resumes: reopen, length: 30 days}
"""


@pytest.fixture(scope="session")
def walk():
    """The definition of a list that has every kind of field, two states and a clock."""
    from luoshi.lists.load import read_definition

    definition, findings = read_definition(WALK, "walk.yaml")
    assert definition, findings
    return definition


@pytest.fixture(scope="session")
def circumstances():
    """A supervisor on 30 September 2023."""
    from luoshi.lists.entry import Moment
    from luoshi.lists.move import Circumstances
    from luoshi.people.actor import Actor
    from luoshi.people.role import Role
    from luoshi.people.roster import Post, Roster

    actor = Actor("duban", "督甲", (Post("post:1", "B1", Role.SUPERVISOR, holder="duban"),))
    moment = Moment(date(2023, 9, 30), datetime(2023, 9, 30, 8, 0, 0, 123456, tzinfo=UTC))
    return Circumstances(actor, moment, Roster(), lambda _: True)


class Hand:
    """Decides moves of the list ``walk`` and appends them, an act at a time."""

    def __init__(self, definition, circumstances):
        self.definition, self.circumstances = definition, circumstances

    def change(self, subject, move, typed=None, reason=""):
        from luoshi.lists.move import decide
        from luoshi.terms.refusal import Refusal

        found = decide(self.definition, subject, move, typed or {}, self.circumstances, reason)
        assert not isinstance(found, Refusal), found
        return found

    def begin(self, name, **typed):
        from luoshi.lists.move import Birth

        return self.change(Birth(name, "P"), "begin", {"name": "甲", **typed})

    def append(self, *changes, act_id="act-1"):
        from django.db import transaction

        from luoshi.store.append import append

        with transaction.atomic():
            return append(changes, act_id)


@pytest.fixture
def hand(walk, circumstances, db):
    """A hand that writes into the test's database."""
    from luoshi.store import definitions

    definitions.keep([walk])
    return Hand(walk, circumstances)


@pytest.fixture
def county(db):
    """The invented county of tests/acts."""
    from county import County

    return County()


@pytest.fixture
def throwaway(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of its own for tests that commit: guards refuse to empty one, so it is thrown away."""
    from django.core.management import call_command
    from django.db import connections

    usual, settings = connections["default"], connections.databases["default"]
    is_sqlite = settings["ENGINE"].endswith("sqlite3")
    with django_db_blocker.unblock():
        if is_sqlite:
            name = str(tmp_path_factory.mktemp("throwaway") / "luoshi.sqlite3")
        else:
            name = "throwaway"
            with usual._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {name}")
                cursor.execute(f"CREATE DATABASE {name}")
        connections.databases["default"] = {**settings, "NAME": name, "CONN_MAX_AGE": 0}
        connections["default"] = connections.create_connection("default")
        try:
            call_command("migrate", verbosity=0)
            yield connections["default"]
        finally:
            connections["default"].close()
            connections.databases["default"], connections["default"] = settings, usual
            if not is_sqlite:
                with usual._nodb_cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
