"""``luoshi backup``: everything of a home in one file, while the site goes on working."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.home import configuration, require_home
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused


@click.command(
    "backup",
    cls=ChineseCommand,
    help=said(
        "备份到一个文件：数据库、佐证材料、地方包、设置和密钥。服务不必停。文件含密钥，请妥善保管。",
        "Back up database, evidence, packs, settings and keys into one file; the site goes on working.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"))
def command(file: Path) -> int:
    """Write the backup."""
    folder = require_home()
    if configuration(folder).get("database", {}).get("engine", "sqlite") != "sqlite":
        message = said(
            "PostgreSQL请用pg_dump备份数据库，并另存LUOSHI_HOME文件夹。",
            "Back PostgreSQL up with pg_dump, and keep a copy of the folder LUOSHI_HOME.",
        )
        raise Refused(Refusal("cli.not_sqlite", message))
    from luoshi.cli.archive import write_backup

    count = write_backup(folder, file.absolute())
    size = f"{file.stat().st_size / 1024 / 1024:.1f}"
    click.echo(said(f"已备份{count}个文件，共{size}MB：{file}", f"{count} files, {size} MB: {file}"))
    return DONE
