"""A database of its own for tests that commit; both rooms of tests borrow the fixture."""

from __future__ import annotations

from itertools import count

import pytest

_numbers = count(1)


@pytest.fixture
def throwaway(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of its own for tests that commit: guards refuse to empty one, so it is thrown away."""
    from django.core.management import call_command
    from django.db import connections

    from luoshi.store.queries.remembered import forget

    usual, settings = connections["default"], connections.databases["default"]
    is_sqlite = settings["ENGINE"].endswith("sqlite3")
    with django_db_blocker.unblock():
        if is_sqlite:
            name = str(tmp_path_factory.mktemp("throwaway") / "luoshi.sqlite3")
        else:
            name = f"throwaway_{next(_numbers)}"  # a county laid for one is none of another's (laid.py)
            with usual._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {name}")
                cursor.execute(f"CREATE DATABASE {name}")
        connections.databases["default"] = {**settings, "NAME": name, "CONN_MAX_AGE": 0}
        connections["default"] = connections.create_connection("default")
        forget()  # its name may be that of the last one
        try:
            call_command("migrate", verbosity=0)
            yield connections["default"]
        finally:
            connections["default"].close()
            connections.databases["default"], connections["default"] = settings, usual
            if not is_sqlite:
                with usual._nodb_cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
