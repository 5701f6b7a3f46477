"""全部数据表: every table written out as text in one consistent view, and read back into an empty database of any kind.

One file per table: a line with the columns, then one line per row in the order of its key. Sessions are left out, so
that everybody signs in again after a restore.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

APP = "store"
_BATCH = 1000


class UnknownMigration(ValueError):
    """The tables were written by a newer program."""


def write_tables(folder: Path) -> dict[str, int]:
    """Write every table as ``<table>.jsonl``, all as of one moment, while others go on writing.

    Returns:
        How many rows each table has.
    """
    tables = _tables(last_migration())
    with _one_moment():
        return {name: _write(folder, tables[name]) for name in sorted(tables)}


def last_migration() -> str:
    """The migration that these tables are at."""
    return max(name for app, name in MigrationExecutor(connection).loader.applied_migrations or {} if app == APP)


def _tables(migration: str) -> dict[str, type[models.Model]]:
    """The tables as they were at a migration, so that a database may be backed up before it is brought up to date."""
    state = MigrationExecutor(connection).loader.project_state((APP, migration)).apps
    return {model._meta.db_table: model for model in state.get_models() if model._meta.app_label == APP}


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it is now and locks nobody out."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:  # not atomic(), which would take the one writer's place (settings)
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write(folder: Path, model: type[models.Model]) -> int:
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = models.QuerySet(model).order_by("pk").values_list(*columns).iterator(chunk_size=_BATCH)
    count = 0
    with (folder / f"{model._meta.db_table}.jsonl").open("w", encoding="utf-8") as file:
        file.write(_line(columns))
        for row in rows:
            file.write(_line([_plain(value) for value in row]))
            count += 1
    return count


def _line(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def is_empty() -> bool:
    """Whether nothing is kept in this database yet; tables without rows do not count."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name.startswith(f"{APP}_"):
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608 - a table's name
                if cursor.fetchone():
                    return False
    return True


def read_tables(folder: Path, migration: str, counts: Mapping[str, int]) -> None:
    """Make the tables as they were at that migration and fill them; all or nothing of their rows.

    Args:
        folder: where ``write_tables`` wrote.
        migration: as ``last_migration`` said then; bringing the tables up to date is left to the caller.
        counts: how many rows each table must have.

    Raises:
        UnknownMigration: this program does not know it.
        ValueError: a table has other rows than it should.
    """
    if (APP, migration) not in MigrationExecutor(connection).loader.graph.nodes:
        raise UnknownMigration(migration)
    call_command("migrate", APP, migration, verbosity=0, interactive=False)
    known = _tables(migration)
    with transaction.atomic():
        for table, count in counts.items():
            if _fill(known[table], folder / f"{table}.jsonl") != count:
                raise ValueError(f"{table}的行数与清单不符。")
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [known[table] for table in counts]):
                cursor.execute(statement)


def _fill(model: type[models.Model], path: Path) -> int:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for field in fields.values():
        if isinstance(field, models.DateTimeField):
            field.auto_now_add = False  # else the day of the restore would be written; this model is nobody else's
    count = 0
    with path.open(encoding="utf-8") as file:
        columns = [fields[name] for name in json.loads(next(file))]
        rows = (_row(model, columns, json.loads(line)) for line in file)
        while batch := list(islice(rows, _BATCH)):
            models.QuerySet(model).bulk_create(batch, _BATCH)
            count += len(batch)
    return count


def _row(model: type[models.Model], columns: Iterable[models.Field[Any, Any]], values: list[Any]) -> models.Model:
    typed = {
        field.attname: None if value is None else field.to_python(value)
        for field, value in zip(columns, values, strict=True)
    }
    return model(**typed)
