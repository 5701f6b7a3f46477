"""Starting the site for a command that needs the database."""

from __future__ import annotations

import gc
import os
import warnings
from pathlib import Path

from luoshi.cli.home import require_home
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused

SETTINGS = "luoshi.site.settings"


def start(*, check: bool = True) -> Path:
    """Set Django up on the initialised home, and see that tables and guards stand.

    Returns:
        The home.

    Raises:
        Refused: no home, no database, or tables of another version.
    """
    folder = require_home()
    set_up(folder)
    if check:
        require_ready()
    return folder


def set_up(folder: Path) -> None:
    """Set Django up on a home, whatever state it is in."""
    os.environ["LUOSHI_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    spare_collector()


def spare_collector() -> None:
    """Leave what was loaded so far out of the garbage collector's rounds, and let it make fewer of them.

    Definitions, lexicons and models stay until the end; going through them again and again made slow pages slower.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def migrate() -> None:
    """Bring the tables to this version; the guards are made again (``store.apps``) and then checked.

    Raises:
        Refused: a guard could not be made.
    """
    from django.core.management import call_command

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call_command("migrate", verbosity=0, interactive=False)
    require_guards()
    from luoshi.store.search_text import is_complete, rebuild

    if not is_complete():  # kept by a program that did not search
        rebuild()


def require_ready() -> None:
    """Refuse a database that cannot be reached, is behind this version, or lacks guards.

    Raises:
        Refused: as said.
    """
    from django.db import DatabaseError

    try:
        behind = is_behind()
    except DatabaseError as error:
        message = said(f"数据库打不开：{error}", f"The database cannot be opened: {error}")
        raise Refused(Refusal("cli.no_database", message)) from None
    if behind:
        message = said(
            "数据库是旧版本的，请先备份，再运行 luoshi serve，它会升级数据表。",
            "The tables are of an older version. Back up, then run luoshi serve, which brings them up to date.",
        )
        raise Refused(Refusal("cli.old_database", message))
    require_guards()


def is_behind() -> bool:
    """Whether migrations wait to be applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_guards() -> None:
    """Refuse to work on a ledger whose guards are missing.

    Raises:
        Refused: naming them.
    """
    from luoshi.store.guards import missing_guards

    missing = missing_guards()
    if missing:
        message = said(
            f"台账的防改写触发器缺少{'、'.join(missing)}，请先查明原因，再运行 luoshi verify。",
            f"Guards of the ledger are missing: {', '.join(missing)}. Find out why, then run luoshi verify.",
        )
        raise Refused(Refusal("cli.no_guards", message))
