"""``luoshi restore``: a backup becomes a home again, in an empty database of either kind, and is verified."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

import click

from luoshi.cli.group import ChineseCommand
from luoshi.cli.home import SETTINGS_FILE, home, write_configuration
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused


@click.command(
    "restore",
    cls=ChineseCommand,
    help=said(
        "从备份恢复到LUOSHI_HOME（须为空文件夹），然后核验。数据库用备份里写明的一种，也可另指，但须是空的。",
        "Restore a backup into LUOSHI_HOME, which must be empty, and verify it; the database must be empty too.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"))
@click.option(
    "--database", metavar="URL",
    help=said(
        "恢复到哪里：sqlite，或postgresql://用户:密码@主机:端口/库名；不写则用备份里的设置。",
        "Where to: sqlite or a PostgreSQL URL; else as the backup's settings say.",
    ),
)  # fmt: skip
def command(file: Path, database: str | None) -> int:
    """Restore and verify."""
    from luoshi.cli.archive import unpack
    from luoshi.cli.verify import command as verify

    folder = home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        message = said(f"{folder}不是空文件夹，不会覆盖。请另指一个空的LUOSHI_HOME。", f"{folder} is not empty.")
        raise Refused(Refusal("cli.home_taken", message))
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as scratch:  # on the same disk, even if mounted
        unpacked, built = Path(scratch) / "unpacked", Path(scratch) / "home"
        told = unpack(file, unpacked)
        _lay_out(unpacked, built, told, database)
        _fill(unpacked, built, told)
        outcome: int = verify.main(args=[], standalone_mode=False)
        _move_up(built, folder)
    click.echo(
        said(f"已恢复{len(told['files'])}个文件到{folder}。", f"{len(told['files'])} files restored into {folder}.")
    )
    return outcome


def _lay_out(unpacked: Path, built: Path, told: dict[str, Any], database: str | None) -> None:
    """The files of the new home, with the database it is to use in its settings."""
    from luoshi.cli.archive import TABLES
    from luoshi.cli.init import database_of

    built.mkdir(mode=0o700)
    for name in told["files"]:
        if not name.startswith(f"{TABLES}/"):
            (built / name).parent.mkdir(parents=True, exist_ok=True)
            (unpacked / name).replace(built / name)
    if database:
        settings = tomllib.loads((built / SETTINGS_FILE).read_text("utf-8"))
        chosen = database_of(None if database == "sqlite" else database)
        write_configuration(built, settings | {"database": chosen})


def _fill(unpacked: Path, built: Path, told: dict[str, Any]) -> None:
    """The database of the new home, brought up to this version.

    Raises:
        Refused: it cannot be reached, is not empty, or the backup is of a newer program.
    """
    from luoshi.cli.archive import TABLES
    from luoshi.cli.started import migrate, set_up

    set_up(built)
    if "tables" not in told:  # the first format: the SQLite file is in its place already
        return
    from django.db import DatabaseError

    from luoshi.store.tables import UnknownMigration, is_empty, read_tables

    try:
        if not is_empty():
            message = said("要恢复到的数据库不是空的，不会覆盖。请另建一个空库。", "The database is not empty.")
            raise Refused(Refusal("cli.database_taken", message))
        read_tables(unpacked / TABLES, told["migration"], told["tables"])
        migrate()
    except UnknownMigration:
        message = said(
            f"备份由更新的版本（{told['version']}）写成，请先升级落实。", f"The backup is of version {told['version']}."
        )
        raise Refused(Refusal("cli.newer_backup", message)) from None
    except ValueError as error:
        message = said(f"备份里的数据表不完整：{error}", f"The tables of the backup are not whole: {error}")
        raise Refused(Refusal("cli.bad_backup", message, 422)) from None
    except DatabaseError as error:
        message = said(f"数据库打不开：{error}".strip(), f"The database cannot be opened: {error}".strip())
        raise Refused(Refusal("cli.no_database", message)) from None


def _move_up(built: Path, folder: Path) -> None:
    """Everything into its place, the settings last, so that a broken-off restore is no home."""
    from django.db import connections

    connections.close_all()
    for path in sorted(built.iterdir(), key=lambda one: one.name == SETTINGS_FILE):
        path.replace(folder / path.name)
