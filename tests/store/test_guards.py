"""The database itself refuses to rewrite what is append-only (design.md §7)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from luoshi.store.guards import GUARDED, make_guards, missing_guards
from luoshi.store.models import CheckpointRow, FactRow, Snapshot
from luoshi.store.security_log import SecurityNote

pytestmark = pytest.mark.django_db
ROWS = {
    "store_factrow": lambda: FactRow.objects.create(
        stream="walk:1", version=1, kind="walk.begun", actor="a", body="b", act_id="x", occurred_on="2023-01-01",
        recorded_at="2023-01-01T00:00:00Z", payload="{}", prev_hash="", hash="h",
    ),
    "store_snapshot": lambda: Snapshot.objects.create(
        plan="P", period="2023-09", sha256="s", body="{}", taken_at="2023-01-01T00:00:00Z"
    ),
    "store_checkpointrow": lambda: CheckpointRow.objects.create(
        number=1, taken_at="2023-01-01T00:00:00Z", streams=1, root="r", previous="", signature="s"
    ),
    "store_securitynote": lambda: SecurityNote.objects.create(key="k", at="2023-01-01T00:00:00Z", kind="signed_in"),
}  # fmt: skip


def _run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _columns(table):
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _bytes(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return cursor.fetchall()


def test_all_guards_stand_after_migrating():
    assert missing_guards() == []
    assert set(GUARDED) == set(ROWS)


@pytest.mark.parametrize("table", ROWS)
@pytest.mark.parametrize("verb", ["update", "update nothing new", "delete", "truncate", "replace", "upsert"])
def test_rewriting_is_refused_and_leaves_the_bytes(table, verb):
    ROWS[table]()
    before = _bytes(table)
    columns = _columns(table)
    key = GUARDED[table]
    listed = ", ".join(columns)
    others = ", ".join(column for column in columns if column != "id")
    if verb == "truncate" and connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE; DELETE is tested")
    if verb == "replace" and connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's; PostgreSQL's upsert is tested")
    statements = {
        "update": f"UPDATE {table} SET {key[0]} = {key[0]}",
        "update nothing new": f"UPDATE {table} SET id = id",
        "delete": f"DELETE FROM {table}",
        "truncate": f"TRUNCATE {table} CASCADE",
        "replace": f"INSERT OR REPLACE INTO {table} ({listed}) SELECT {listed} FROM {table}",
        "upsert": f"INSERT INTO {table} ({others}) SELECT {others} FROM {table} WHERE true "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET id = {table}.id",
    }
    with pytest.raises(DatabaseError, match="append-only"):
        _run(statements[verb])
    assert _bytes(table) == before


@pytest.mark.parametrize("table", ROWS)
def test_replacing_by_a_new_id_and_an_old_key_is_refused(table):
    """SQLite deletes the old row without firing its DELETE trigger."""
    ROWS[table]()
    others = ", ".join(column for column in _columns(table) if column != "id")
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(DatabaseError):
        _run(f"{verb} INTO {table} ({others}) SELECT {others} FROM {table}")
    assert len(_bytes(table)) == 1


def test_a_dropped_guard_is_named_and_made_again():
    on = "" if connection.vendor == "sqlite" else " ON store_factrow"
    _run(f"DROP TRIGGER store_factrow_no_delete{on}")
    assert missing_guards() == ["store_factrow_no_delete"]
    make_guards()
    assert missing_guards() == []


def test_a_guard_that_guards_nothing_is_named():
    """A trigger of the right name that never refuses is no guard."""
    if connection.vendor == "sqlite":
        _run("DROP TRIGGER store_factrow_no_update")
        _run(
            "CREATE TRIGGER store_factrow_no_update BEFORE UPDATE ON store_factrow WHEN 0 "
            "BEGIN SELECT RAISE(ABORT, 'store_factrow is append-only'); END"
        )
        assert missing_guards() == ["store_factrow_no_update"]
    else:
        _run("ALTER TABLE store_factrow DISABLE TRIGGER store_factrow_no_update")
        assert missing_guards() == ["store_factrow_no_update"]
        _run("ALTER TABLE store_factrow ENABLE TRIGGER store_factrow_no_update")
        _run(
            "CREATE OR REPLACE FUNCTION store_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$"
        )
        assert len(missing_guards()) == 3 * len(GUARDED)


def test_a_guard_on_another_table_does_not_count():
    on = "" if connection.vendor == "sqlite" else " ON store_factrow"
    _run(f"DROP TRIGGER store_factrow_no_update{on}")
    if connection.vendor == "sqlite":
        _run(
            "CREATE TRIGGER store_factrow_no_update BEFORE UPDATE ON store_draft "
            "BEGIN SELECT RAISE(ABORT, 'store_factrow is append-only'); END"
        )
    else:
        _run(
            "CREATE TRIGGER store_factrow_no_update BEFORE UPDATE ON store_draft "
            "FOR EACH ROW EXECUTE FUNCTION store_refuse_rewriting()"
        )
    assert missing_guards() == ["store_factrow_no_update"]
