"""The Django application of the store; guards are made again after every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """库房: the tables, and the triggers that keep facts from being rewritten."""

    name = "luoshi.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "库房"

    def ready(self) -> None:
        """SQLite drops triggers without a word when a migration rebuilds a table."""
        post_migrate.connect(_make_guards, sender=self)


def _make_guards(using: str, **_: Any) -> None:
    from luoshi.store.guards import make_guards

    make_guards(using)
