"""The frame of every act: one transaction; many writers at once lose nothing and are shown no error."""

from __future__ import annotations

import threading
import time

import pytest
from county import COUNTY, PLAN, SUPERVISOR, County, acting, at, founder
from django.db import OperationalError, connections

from luoshi.acts.context import act, decided, definition_of, held
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.ledger.fact import broken
from luoshi.ledger.fold import fold
from luoshi.store import definitions
from luoshi.store.append import append
from luoshi.store.entries import find
from luoshi.store.facts import of_stream
from luoshi.store.models import EntryRow, FactRow
from luoshi.terms.refusal import Refused

ROUNDS = 3


def _write_at_once(writers, job, rounds=ROUNDS):
    """Run ``job(number)`` in as many threads; returns the errors and how long the slowest call took."""
    errors, slowest, start = [], [], threading.Barrier(writers)

    def work(number):
        try:
            start.wait()
            for _ in range(rounds):
                begun = time.monotonic()
                job(number)
                slowest.append(time.monotonic() - begun)
        except Exception as error:  # noqa: BLE001 - whatever a user would have been shown
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors, max(slowest, default=60)


@pytest.fixture
def writers(throwaway):
    """How many write at once: 8 on SQLite, 64 on PostgreSQL; the county is theirs."""
    county = County()
    county.registered()
    from luoshi.acts.create_plan import NewPlan, create_plan

    create_plan(county.supervisor(1, 5), NewPlan(COUNTY, "云岭县", 2023, "云岭县2023年重点任务"))
    return 8 if throwaway.vendor == "sqlite" else 64


def _hold_all_chains():
    for stream in EntryRow.objects.values_list("id", flat=True):
        facts = of_stream(stream)
        assert broken(facts) is None
        assert [fact.version for fact in facts] == list(range(1, len(facts) + 1))
        assert fold(facts, definitions.version) == find(stream)


def test_writers_on_one_entry_lose_no_update(writers):
    problem = open_entry(
        acting(SUPERVISOR, at(2, 1)), "statistic", PLAN, {"indicator": "甲", "period": "2023-01", "value": "0"}
    )

    @act
    def add_one(context):
        entry = held(context, problem.id)
        typed = {"value": str(entry["value"] + 1)}
        append([decided(context, definition_of(entry), entry, "revise", typed, "加一")], context.act_id)

    errors, slowest = _write_at_once(writers, lambda _: add_one(acting(SUPERVISOR, at(2, 2))))
    assert errors == []
    assert find(problem.id)["value"] == writers * ROUNDS
    assert slowest < 20
    _hold_all_chains()


def test_writers_opening_entries_never_get_the_same_number(writers):
    typed = {"indicator": "甲", "period": "2023-01", "value": "1"}
    errors, slowest = _write_at_once(
        writers, lambda _: open_entry(acting(SUPERVISOR, at(2, 2)), "statistic", PLAN, typed)
    )
    assert errors == []
    opened = EntryRow.objects.filter(list="statistic").count()
    assert opened == writers * ROUNDS
    assert slowest < 20
    _hold_all_chains()


def test_writers_on_many_entries_each_wait_for_nobody_for_ever(writers):
    context = acting(SUPERVISOR, at(2, 1))
    typed = {"indicator": "甲", "period": "2023-01", "value": "0"}
    names = [open_entry(context, "statistic", PLAN, typed).id for _ in range(writers)]
    errors, slowest = _write_at_once(
        writers,
        lambda number: move_entry(acting(SUPERVISOR, at(2, 2)), names[number], "revise", {"value": str(number)}, "改"),
    )
    assert errors == []
    assert FactRow.objects.filter(stream__in=names).count() == writers * (ROUNDS + 1)
    assert slowest < 20
    _hold_all_chains()


def test_writers_that_lock_the_same_entries_in_different_orders_all_come_through(writers):
    """One act holds the plan and then an entry, another the entry and then the plan: a deadlock on PostgreSQL."""
    typed = {"indicator": "甲", "period": "2023-01", "value": "0"}
    name = open_entry(acting(SUPERVISOR, at(2, 1)), "statistic", PLAN, typed).id
    order = [[f"plan:{PLAN}", name], [name, f"plan:{PLAN}"]]

    @act
    def crossing(context, first, second):
        held(context, first)
        time.sleep(0.01)
        held(context, second)
        entry = held(context, name)
        typed = {"value": str(entry["value"] + 1)}
        append([decided(context, definition_of(entry), entry, "revise", typed, "加一")], context.act_id)

    errors, slowest = _write_at_once(4, lambda number: crossing(acting(SUPERVISOR, at(2, 2)), *order[number % 2]), 2)
    assert errors == []
    assert find(name)["value"] == 4 * 2
    assert slowest < 20
    _hold_all_chains()


@pytest.mark.django_db
def test_an_act_that_keeps_failing_is_not_tried_for_ever():
    tried = []

    @act
    def fail(context):
        tried.append(1)
        raise OperationalError("disk I/O error")

    with pytest.raises(OperationalError):
        fail(founder())
    assert len(tried) == 1


def test_an_act_keeps_all_or_nothing(county):
    county.planned()

    @act
    def half(context):
        open_entry(context, "statistic", PLAN, {"indicator": "甲", "period": "2023-01", "value": "1"})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half(county.supervisor(2, 1))
    assert not FactRow.objects.filter(stream__startswith="statistic:").exists()


def test_a_stale_form_is_refused(county):
    county.planned()
    context = county.supervisor(2, 1)
    entry = open_entry(context, "statistic", PLAN, {"indicator": "甲", "period": "2023-01", "value": "1"})
    move_entry(context, entry.id, "revise", {"value": "2"}, "修订", version=1)
    with pytest.raises(Refused) as refused:
        move_entry(context, entry.id, "revise", {"value": "3"}, "修订", version=1)
    assert refused.value.refusal.id == "store.stale"
    assert find(entry.id)["value"] == 2


def test_an_unknown_entry_is_refused_and_leaves_no_trace(county):
    from luoshi.store.models import StreamHeadRow

    county.registered()
    with pytest.raises(Refused) as refused:
        move_entry(county.supervisor(2, 1), "target:no:1", "amend", {}, "因")
    assert refused.value.refusal.status == 404
    assert not StreamHeadRow.objects.filter(stream="target:no:1").exists()


def test_the_roster_of_a_context_is_of_the_countys_day(county):
    """22:00 UTC on the 30th is the 1st in the county."""
    county.registered()
    assert acting(SUPERVISOR, at(6, 30, 22)).today.isoformat() == "2023-07-01"
