"""A dropped stream, a cut tail and a changed byte are found, even when the head table was made to agree."""

from __future__ import annotations

import stat
from datetime import UTC

import pytest
from django.db import connection, transaction

from luoshi.store.checkpoints import KEY_FILE, check_checkpoints, has_grown, last_day, take_checkpoint
from luoshi.store.models import CheckpointRow, FactRow, StreamHeadRow
from luoshi.store.verification import verify


@pytest.fixture
def home(settings, tmp_path, hand):
    """A home with five streams of some facts and one checkpoint."""
    settings.LUOSHI_HOME = str(tmp_path)
    for number in range(5):
        entry = hand.append(hand.begin(f"walk:{number}"))[0]
        for amount in range(number):
            entry = hand.append(hand.change(entry, "change", {"amount": str(amount + 1)}))[0]
    take_checkpoint(tmp_path)
    return tmp_path


@pytest.fixture
def unguarded(home):
    """Runs a statement as someone would who took the guards down and put them up again."""

    def run(statement, table="store_factrow"):
        from luoshi.store.guards import make_guards

        names = [f"{table}_{verb}" for verb in ("no_update", "no_delete")]
        on = "" if connection.vendor == "sqlite" else f" ON {table}"
        with transaction.atomic(), connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}{on}")
            cursor.execute(statement)
        make_guards()

    return run


def _said(home):
    return [finding.id for finding in [*verify(), *check_checkpoints(home)]]


def test_a_ledger_as_recorded_holds_and_may_grow(home, hand):
    assert _said(home) == []
    hand.append(hand.begin("walk:new"))
    assert _said(home) == []
    second = take_checkpoint(home)
    assert (second.number, second.streams) == (2, 6)
    assert _said(home) == []


def test_the_key_is_made_once_and_is_its_owners_alone(home):
    path = home / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    take_checkpoint(home)
    assert path.read_bytes() == before
    assert before.decode() not in (home / "checkpoints" / "00001.jsonl").read_text("utf-8")


def test_a_dropped_stream_is_found(home, unguarded):
    unguarded("DELETE FROM store_factrow WHERE stream = 'walk:3'")
    assert "store.E305" in _said(home)
    StreamHeadRow.objects.filter(stream="walk:3").delete()
    assert _said(home) == ["store.E324"]


def test_a_cut_tail_is_found(home, unguarded):
    unguarded("DELETE FROM store_factrow WHERE stream = 'walk:4' AND version > 3")
    assert "store.E304" in _said(home)
    last = FactRow.objects.filter(stream="walk:4").latest("version")
    StreamHeadRow.objects.filter(stream="walk:4").update(version=last.version, hash=last.hash)
    assert _said(home) == ["store.E324"]


def test_a_changed_byte_is_found(home, unguarded):
    unguarded("UPDATE store_factrow SET payload = replace(payload, '甲', '乙') WHERE stream = 'walk:2' AND version = 1")
    assert _said(home) == ["store.E302"]


_OF_4 = "WHERE stream = 'walk:4' AND version ="
DAMAGES = [
    (["UPDATE store_factrow SET payload = replace(payload, '甲', '乙') WHERE stream = 'walk:2' AND version = 1"],
     "store.E302", "walk:2@1"),
    ([f"DELETE FROM store_factrow {_OF_4} 3"], "store.E302", "walk:4@4"),
    ([f"UPDATE store_factrow SET version = {to} {_OF_4} {of}" for of, to in ((4, 99), (5, 4), (99, 5))],
     "store.E302", "walk:4@4"),
    ([f"DELETE FROM store_factrow {_OF_4} 5"], "store.E304", "walk:4@4"),
    (["DELETE FROM store_factrow WHERE stream = 'walk:3'"], "store.E305", "walk:3"),
]  # fmt: skip
"""A byte changed, a fact taken out, two turned round, the tail cut, a stream dropped."""


@pytest.mark.parametrize(("statements", "identity", "where"), DAMAGES)
def test_each_damage_to_the_ledger_is_named_at_its_place(home, unguarded, statements, identity, where):
    for statement in statements:
        unguarded(statement)
    assert (identity, where) in [(finding.id, finding.where) for finding in verify()]


def test_a_guard_that_was_taken_down_is_named(home):
    name = "store_factrow_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON store_factrow"))
    assert [(finding.id, finding.where) for finding in verify()] == [("store.E301", name)]


def test_a_changed_checkpoint_is_found(home, unguarded):
    unguarded("UPDATE store_checkpointrow SET streams = 4", "store_checkpointrow")
    assert _said(home) == ["store.E321"]


def test_checkpoints_taken_out_of_the_database_are_missed(home, unguarded):
    take_checkpoint(home)
    unguarded("DELETE FROM store_checkpointrow WHERE number = 2", "store_checkpointrow")
    assert _said(home) == ["store.E325"]
    unguarded("DELETE FROM store_checkpointrow", "store_checkpointrow")
    assert _said(home) == ["store.E325", "store.E325"]
    assert not CheckpointRow.objects.exists()


def test_a_changed_or_missing_file_is_found(home):
    path = home / "checkpoints" / "00001.jsonl"
    text = path.read_text("utf-8")
    path.write_text(text.replace("walk:3", "walk:9"), "utf-8")
    assert _said(home) == ["store.E323"]
    path.unlink()
    assert _said(home) == ["store.E322"]


def test_a_missing_key_is_said_and_never_made_anew_by_checking(home):
    (home / KEY_FILE).unlink()
    assert _said(home) == ["store.E326"]
    assert not (home / KEY_FILE).exists()


def test_a_ledger_has_grown_since_its_checkpoint_only_when_facts_were_added(home, hand):
    assert not has_grown()
    hand.append(hand.begin("walk:new"))
    assert has_grown()
    taken = take_checkpoint(home)
    assert not has_grown()
    assert last_day(UTC) == taken.taken_at.date()


def test_an_empty_ledger_has_not_grown_and_has_no_day(db):
    assert not has_grown()
    assert last_day(UTC) is None
