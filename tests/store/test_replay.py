"""Replaying folds every fact anew; whatever is kept for reading and differs is named."""

from __future__ import annotations

import pytest

from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.replay import replay


@pytest.fixture
def kept(hand):
    entry = hand.append(hand.begin("walk:1", amount="12.50", bodies="甲局、乙局", day="2023-09-30"))[0]
    return hand.append(hand.change(entry, "change", {"amount": "13"}))[0]


def _said():
    return [finding.id for finding in replay()]


def test_what_was_recorded_replays_to_what_is_kept(kept):
    assert _said() == []


def test_a_whole_county_replays(running):
    running.open(3)
    running.report(3, running.target("完成固定资产投资").id, value="15")
    assert _said() == []


@pytest.mark.parametrize(
    ("column", "value"), [("state", "closed"), ("version", 7), ("values", '{"name":"乙"}'), ("opened_on", "2022-01-01")]
)
def test_an_entry_changed_behind_the_ledger_is_named(kept, column, value):
    EntryRow.objects.filter(pk="walk:1").update(**{column: value})
    assert _said()[0] == "store.E312"


def test_an_index_cell_that_differs_is_named(kept):
    IndexCell.objects.filter(entry_id="walk:1", text="乙局").delete()
    assert _said() == ["store.E313"]


def test_an_entry_without_facts_and_facts_without_an_entry_are_named(kept):
    row = EntryRow.objects.get(pk="walk:1")
    row.id = "walk:2"
    row.save(force_insert=True)
    assert _said() == ["store.E314"]
    EntryRow.objects.filter(pk="walk:1").delete()
    assert sorted(_said()) == ["store.E311", "store.E314"]
