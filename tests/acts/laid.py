"""A county built once by acts and laid into the database again for every further test: the same rows, sooner."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

_kept: dict[tuple[str, str], list[tuple[str, Any]]] = {}
_AT_ONCE = 200
"""Rows of one statement: SQLite takes 32,766 values."""


def laid(name: str, build: Callable[[], object]) -> None:
    """Bring an empty database to the state that ``build`` leaves.

    Only in the database in which it was built, where its keys were given out, and only in the session's own home:
    what a test sets before is not known here.
    """
    from django.apps import apps
    from django.conf import settings
    from django.db import connection

    from luoshi.store.models import Account, FactRow, StoredDefinition

    if str(settings.LUOSHI_HOME) != os.environ["LUOSHI_HOME"] or any(
        model.objects.exists() for model in (FactRow, Account, StoredDefinition)
    ):
        build()
        return
    key = (str(connection.settings_dict["NAME"]), name)
    if key not in _kept:
        build()
        models = apps.get_app_config("store").get_models()
        _kept[key] = [statement for model in models for statement in _statements(list(model.objects.all()))]
        return
    with connection.cursor() as cursor:
        for sql, values in _kept[key]:
            cursor.execute(sql, values)


def _statements(rows: list[Any]) -> Iterator[tuple[str, Any]]:
    """What writes the rows, ready for the database: Django prepares each value once and not for every test."""
    from django.db import connection
    from django.db.models.sql import InsertQuery

    for start in range(0, len(rows), _AT_ONCE):
        query = InsertQuery(type(rows[0]))
        query.insert_values(rows[0]._meta.local_concrete_fields, rows[start : start + _AT_ONCE], raw=True)
        yield from query.get_compiler(connection=connection).as_sql()
