"""``luoshi restore``: a backup becomes a home again, and is verified."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.group import ChineseCommand
from luoshi.cli.home import home
from luoshi.cli.language import said


@click.command(
    "restore",
    cls=ChineseCommand,
    help=said(
        "从备份恢复到LUOSHI_HOME（须为空文件夹），然后核验。",
        "Restore a backup into LUOSHI_HOME, which must be empty, and verify it.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"))
def command(file: Path) -> int:
    """Restore and verify."""
    from luoshi.cli.archive import read_backup
    from luoshi.cli.verify import command as verify

    count = read_backup(file, home())
    click.echo(said(f"已恢复{count}个文件到{home()}。", f"{count} files restored into {home()}."))
    outcome: int = verify.main(args=[], standalone_mode=False)
    return outcome
