"""The application makes the guards again after every migration."""

from __future__ import annotations

from django.core.management import call_command
from django.db import models

from luoshi.store.guards import missing_guards
from luoshi.store.models import FactRow


def test_a_migration_that_rebuilds_the_table_leaves_the_guards_standing(throwaway):
    """SQLite drops triggers without a word when Django rebuilds a table; migrating makes them again."""
    wider = models.CharField(max_length=80)
    wider.set_attributes_from_name("kind")
    if throwaway.vendor == "sqlite":
        with throwaway.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")
    with throwaway.schema_editor() as editor:
        editor.alter_field(FactRow, FactRow._meta.get_field("kind"), wider, strict=False)
        if throwaway.vendor == "sqlite":
            editor._remake_table(FactRow)
    if throwaway.vendor == "sqlite":
        assert missing_guards() == [f"store_factrow_no_{verb}" for verb in ("update", "delete", "replace")]
    call_command("migrate", verbosity=0)
    assert missing_guards() == []
