"""Triggers by which the database itself refuses to rewrite what is append-only (design.md §7)."""

from __future__ import annotations

from django.db import connections

GUARDED = {
    "store_factrow": ("stream", "version"),
    "store_snapshot": ("sha256",),
    "store_checkpointrow": ("number",),
    "store_securitynote": ("key",),
}
"""Append-only tables and the columns of their key."""


def make_guards(using: str = "default") -> None:
    """(Re)make the guards of every guarded table that exists."""
    connection = connections[using]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in GUARDED.keys() & present:
            statements = _sqlite(table) if connection.vendor == "sqlite" else _postgresql(table)
            for statement in statements:
                cursor.execute(statement)


def missing_guards(using: str = "default") -> list[str]:
    """The names of guards that should stand and do not, or no longer say what they should."""
    connection = connections[using]
    wanted = {name: text for table in GUARDED for name, text in _wanted(table, connection.vendor).items()}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, relname || ' ' || prosrc FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
                "JOIN pg_proc p ON p.oid = tgfoid WHERE tgenabled = 'O' AND c.relnamespace = current_schema()::regnamespace"
            )
        standing = dict(cursor.fetchall())
    return [name for name, text in wanted.items() if standing.get(name) != text]


def _wanted(table: str, vendor: str) -> dict[str, str]:
    """By name, what the database says about a guard that stands."""
    if vendor == "sqlite":
        return dict(zip(_names(table, vendor), _sqlite(table)[3:], strict=True))
    return dict.fromkeys(_names(table, vendor), f"{table} {_REFUSES}")


def _names(table: str, vendor: str) -> list[str]:
    last = "no_replace" if vendor == "sqlite" else "no_truncate"
    return [f"{table}_{guard}" for guard in ("no_update", "no_delete", last)]


def _sqlite(table: str) -> list[str]:
    update, delete, replace = _names(table, "sqlite")
    key = " AND ".join(f"{column} = NEW.{column}" for column in GUARDED[table])
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only')"
    # INSERT OR REPLACE deletes without firing DELETE triggers, so an existing key is refused before the insert.
    when = f"EXISTS (SELECT 1 FROM {table} WHERE ({key}) OR id = NEW.id)"  # noqa: S608 - names of our own tables
    return [
        f"DROP TRIGGER IF EXISTS {update}",
        f"DROP TRIGGER IF EXISTS {delete}",
        f"DROP TRIGGER IF EXISTS {replace}",
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {replace} BEFORE INSERT ON {table} WHEN {when} BEGIN {refuse}; END",
    ]


_REFUSES = " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END "
"""The body of the trigger function of PostgreSQL."""


def _postgresql(table: str) -> list[str]:
    update, delete, truncate = _names(table, "postgresql")
    function = "store_refuse_rewriting"
    refusal = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ {refusal} $$",
        f"DROP TRIGGER IF EXISTS {update} ON {table}",
        f"DROP TRIGGER IF EXISTS {delete} ON {table}",
        f"DROP TRIGGER IF EXISTS {truncate} ON {table}",
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    ]
