"""``luoshi backup``: everything of a home in one file, while the site goes on working."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said


@click.command(
    "backup",
    cls=ChineseCommand,
    help=said(
        "备份到一个文件：全部数据表、佐证材料、地方包、设置和密钥。SQLite和PostgreSQL都可以，服务不必停。"
        "文件含密钥，请妥善保管。",
        "Back up all tables, evidence, packs, settings and keys into one file, from SQLite or PostgreSQL; the site "
        "goes on working.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"))
def command(file: Path) -> int:
    """Write the backup."""
    from luoshi.cli.started import start

    folder = start(check=False)  # a database may be backed up before it is brought up to date
    from luoshi.cli.archive import write_backup

    count = write_backup(folder, file.absolute())
    size = f"{file.stat().st_size / 1024 / 1024:.1f}"
    click.echo(said(f"已备份{count}个文件，共{size}MB：{file}", f"{count} files, {size} MB: {file}"))
    return DONE
