"""Appending: changes become facts and entries together, or not at all; what is kept is what can be replayed."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.ledger.fact import BEGINNING, broken
from luoshi.ledger.fold import fold
from luoshi.lists.move import Birth, apply, decide
from luoshi.store import definitions
from luoshi.store.append import append, lock
from luoshi.store.entries import find, find_where, index_cells
from luoshi.store.facts import of_stream
from luoshi.store.models import FactRow, IndexCell, StreamHeadRow
from luoshi.terms.refusal import Refusal, Refused


def _cells(entry_id):
    rows = IndexCell.objects.filter(entry_id=entry_id)
    return sorted((row.field, row.text, row.number, row.day) for row in rows)


def _expected_cells(entry):
    return sorted((c.field, c.text, c.number, c.day) for c in index_cells(entry, definitions.version(entry.definition)))


def _stands(entry_id):
    """The stored entry, after it was held against its facts, its index and its head ("verify act")."""
    facts, entry = of_stream(entry_id), find(entry_id)
    assert entry == fold(facts, definitions.version)
    assert broken(facts) is None
    assert _cells(entry_id) == _expected_cells(entry)
    head = StreamHeadRow.objects.get(stream=entry_id)
    assert (head.version, head.hash) == (facts[-1].version, facts[-1].hash)
    return entry


def test_an_opened_entry_is_its_fact_with_the_acts_id(hand):
    entry = hand.append(hand.begin("walk:1", amount="12.50", day="2023年9月30日"), act_id="act-7")[0]
    assert entry == _stands("walk:1")
    assert entry["amount"] == Decimal("12.5")
    assert entry["day"] == date(2023, 9, 30)
    fact = of_stream("walk:1")[0]
    assert (fact.act_id, fact.version, fact.prev_hash, fact.kind) == ("act-7", 1, BEGINNING, "walk.begun")


def test_several_changes_of_one_stream_in_one_act_follow_each_other(hand):
    opening = hand.begin("walk:1", amount="1")
    opened = apply(None, opening)
    raised = hand.change(opened, "change", {"amount": "2"})
    closed = hand.change(apply(opened, raised), "close", reason="毕")
    after = hand.append(opening, hand.begin("walk:2"), raised, closed)
    assert [(entry.id, entry.version, entry.state) for entry in after] == [
        ("walk:1", 3, "closed"),
        ("walk:2", 1, "standing"),
    ]
    assert _stands("walk:1")["amount"] == 2
    assert {fact.act_id for fact in of_stream("walk:1")} == {"act-1"}


def test_a_change_decided_on_an_older_state_is_refused(hand):
    entry = hand.append(hand.begin("walk:1", amount="1"))[0]
    late = hand.change(entry, "change", {"amount": "3"})
    hand.append(hand.change(entry, "change", {"amount": "2"}))
    with pytest.raises(Refused) as refused:
        hand.append(hand.begin("walk:2"), late)
    assert refused.value.refusal.id == "store.stale"
    assert refused.value.refusal.status == 409
    assert refused.value.refusal.data == {"entry": "walk:1"}
    assert _stands("walk:1")["amount"] == 2
    assert find("walk:2") is None


def test_an_entry_is_not_opened_twice(hand):
    hand.append(hand.begin("walk:1"))
    with pytest.raises(Refused) as refused:
        hand.append(hand.begin("walk:1"))
    assert refused.value.refusal.id == "store.stale"
    assert FactRow.objects.filter(stream="walk:1").count() == 1


@transaction.atomic
def _fail_after_appending(changes):
    append(changes, "act-1")
    raise ZeroDivisionError


def test_nothing_is_recorded_when_the_act_fails_after_appending(hand):
    with pytest.raises(ZeroDivisionError):
        _fail_after_appending([hand.begin("walk:1")])
    assert find("walk:1") is None
    assert not FactRow.objects.filter(stream="walk:1").exists()
    assert not StreamHeadRow.objects.filter(stream="walk:1").exists()


def test_appending_outside_an_act_is_refused(throwaway):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        lock(["walk:1"])


def test_an_index_cell_follows_its_value(hand):
    entry = hand.append(
        hand.begin(
            "walk:1", bodies="甲局、乙局", day="2023-09-30", amount="1234567.12345678", is_public="是", month="2023-09"
        )
    )[0]
    assert _cells("walk:1") == [
        ("amount", "1234567.12345678", Decimal("1234567.12345678"), None),
        ("bodies", "乙局", None, None),
        ("bodies", "甲局", None, None),
        ("day", "2023-09-30", None, date(2023, 9, 30)),
        ("is_public", "True", None, None),
        ("month", "2023-09", None, None),
        ("name", "甲", None, None),
    ]
    hand.append(hand.change(entry, "change", {"bodies": "乙局", "day": "", "amount": "0", "is_public": "否"}))
    assert _cells("walk:1") == [
        ("amount", "0", Decimal(0), None),
        ("bodies", "乙局", None, None),
        ("is_public", "False", None, None),
        ("month", "2023-09", None, None),
        ("name", "甲", None, None),
    ]
    assert _stands("walk:1")["day"] is None


def test_entries_are_found_by_their_indexed_texts(hand):
    hand.append(
        hand.begin("walk:1", bodies="甲局、乙局", colour="red"),
        hand.begin("walk:2", bodies="乙局", colour="green"),
        hand.begin("walk:3", bodies="乙局丙", colour="red"),
    )
    assert [entry.id for entry in find_where("P", "walk", bodies="乙局")] == ["walk:1", "walk:2"]
    assert [entry.id for entry in find_where("P", "walk", bodies="乙局", colour="red")] == ["walk:1"]
    assert find_where("Q", "walk", bodies="乙局") == []


_WORD = st.text(alphabet=string.ascii_letters + "甲乙丙丁，。 \n", max_size=12)
_DAY = st.dates(date(2000, 1, 1), date(2050, 12, 31))
_NUMBER = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=2)
"""SQLite keeps 15 digits of an index cell's number; the exact writing stands beside it as text."""
_TYPED = st.fixed_dictionaries(
    {},
    optional={
        "name": _WORD.filter(str.strip),
        "words": _WORD,
        "tags": st.lists(_WORD, max_size=3),
        "bodies": st.lists(_WORD, max_size=3),
        "day": _DAY | st.just(""),
        "amount": _NUMBER | st.just(""),
        "count": st.integers(-(10**9), 10**9),
        "is_public": st.booleans(),
        "month": st.sampled_from(["2023-09", "2023-Q3", "2023", ""]),
        "colour": st.sampled_from(["red", "green", ""]),
        "steps": st.lists(st.fixed_dictionaries({"name": st.just("步"), "due_on": _DAY, "share": _NUMBER}), max_size=2),
    },
)
_STEP = st.tuples(st.sampled_from(["change", "close", "reopen"]), _TYPED, st.integers(0, 2), st.booleans())


@pytest.mark.django_db
@settings(max_examples=25)
@given(begun=st.lists(_TYPED, min_size=3, max_size=3), steps=st.lists(_STEP, max_size=8))
def test_whatever_legal_walk_is_taken_the_stored_entry_is_the_fold_of_its_facts(walk, circumstances, begun, steps):
    """Several entries, several changes to an act; illegal moves are refused by the list and left out."""
    with transaction.atomic():
        definitions.keep([walk])
        known, waiting = {}, []
        for number, typed in enumerate(begun):
            name = f"walk:h{number}"
            change = decide(walk, Birth(name, "P"), "begin", {"name": "甲", **typed}, circumstances)
            if not isinstance(change, Refusal):
                waiting.append(change)
                known[name] = apply(None, change)
        for move, typed, number, ends_act in steps:
            entry = known.get(f"walk:h{number}")
            wanted = {"change": typed, "close": {}, "reopen": {"day": typed.get("day", "")}}[move]
            change = decide(walk, entry, move, wanted, circumstances, "因") if entry else None
            if change is not None and not isinstance(change, Refusal):
                waiting.append(change)
                known[entry.id] = apply(entry, change)
            if ends_act:
                append(waiting, "act")
                waiting = []
        append(waiting, "act")
        for name, entry in known.items():
            assert _stands(name) == entry
        transaction.set_rollback(True)


def test_a_chain_whose_payload_was_changed_does_not_hold(hand):
    import dataclasses

    hand.append(hand.begin("walk:1"))
    fact = of_stream("walk:1")[0]
    assert broken([dataclasses.replace(fact, payload=fact.payload.replace("甲", "乙"))]) is not None
