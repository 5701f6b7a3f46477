"""A county built once by acts and laid into the database again for every further test: the same rows, sooner."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable

_kept: dict[tuple[str, str], list[list[object]]] = {}


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
        tables = [list(model.objects.all()) for model in apps.get_app_config("store").get_models()]
        _kept[key] = [rows for rows in tables if rows]
        return
    for rows in _kept[key]:
        type(rows[0]).objects.bulk_create([copy.copy(row) for row in rows])
