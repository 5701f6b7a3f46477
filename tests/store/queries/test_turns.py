"""Whose turn it is, in any list: by role, by body, and no longer once the move is made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of, head_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.store import definitions
from luoshi.store.models import Account
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.todo import count, todo
from luoshi.store.queries.turns import turns, waiting, waiting_ids


@pytest.fixture
def problem(running):
    context = running.supervisor(3, 1)
    entry = open_entry(context, "problem", PLAN, {"text": "山塘漏水", "origin": "audit"})
    return move_entry(context, entry.id, "assign", {"body": EDUCATION, "due_on": "2023-05-01"})


def _desk(running, account):
    return desk_for(Account.objects.get(username=account), running.supervisor(3, 2).today, plan=PLAN)


def _turns(desk):
    return turns(desk, list(waiting(desk).values_list("id", flat=True)))


def test_the_body_that_must_cure_is_told_and_no_other(running, problem):
    for account in (desk_of(EDUCATION), head_of(EDUCATION)):
        (item,) = _turns(_desk(running, account))
        assert (item["id"], item["action"], item["due"].isoformat()) == (problem.id, "整改完成", "2023-05-01")
    for account in (desk_of(PLANNING), SUPERVISOR):
        assert _turns(_desk(running, account)) == []


def test_once_it_is_cured_it_is_the_supervisors_turn(running, problem):
    move_entry(acting(desk_of(EDUCATION), at(3, 5)), problem.id, "cure", {"steps": "已修"})
    assert _turns(_desk(running, desk_of(EDUCATION))) == []
    assert [item["action"] for item in _turns(_desk(running, SUPERVISOR))] == ["销号"]


def test_an_entry_whose_own_definition_lacks_the_move_waits_for_nobody(running, problem, settings, tmp_path):
    settings.LUOSHI_HOME = tmp_path
    folder = tmp_path / "packs" / "own" / "lists"
    folder.mkdir(parents=True)
    text = """
list: problem
states:
  assigned: {next: look_at}
moves:
  look_at: {label: 会商, fact: looked_at, from: assigned, by: supervisor}
"""
    (folder / "problem.yaml").write_text(text, "utf-8")
    definitions._signature_at.cache_clear()
    desk = _desk(running, SUPERVISOR)
    assert waiting(desk).count() == 1
    assert waiting_ids(desk) == []
    assert count(desk) == sum(group["total"] for group in todo(desk))


def test_the_badge_counts_what_the_page_lists(running, problem):
    desk = _desk(running, desk_of(EDUCATION))
    assert count(desk) == sum(group["total"] for group in todo(desk)) == 1


def test_one_query_finds_all_turns(running, problem):
    desk = _desk(running, desk_of(EDUCATION))
    with CaptureQueriesContext(connection) as captured:
        list(waiting(desk))
    assert len(captured) == 1


def test_a_window_is_no_day_by_which_a_move_is_due(running, monkeypatch):
    """Were receiving only a right, what is left is the day by which the matter is to be done."""
    typed = {
        "matter": "进度滞后",
        "origin": "report",
        "demand": "赶上。",
        "lead_body": PLANNING,
        "due_on": "2023-03-20",
    }
    slip = issue_slip(running.supervisor(3, 1), PLAN, typed)
    desk = _desk(running, desk_of(PLANNING))
    assert _due(desk, slip) == "2023-03-02"
    known = definitions.version(slip.definition)
    clocks = {name: replace(rule, lapses=True) for name, rule in known.clocks.items()}
    monkeypatch.setattr(definitions, "current", lambda _: replace(known, clocks=clocks))
    assert _due(desk, slip) == "2023-03-20"


def _due(desk, entry):
    return next(item["due"].isoformat() for item in turns(desk, [entry.id]))
