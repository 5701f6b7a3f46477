"""``luoshi roster template``: the empty workbook of bodies and posts."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.group import DONE, ChineseCommand, CommandGroup
from luoshi.cli.home import home
from luoshi.cli.language import said


@click.group("roster", cls=CommandGroup, help=said("花名册：单位和岗位。", "The roster: bodies and posts."))
def command() -> None:
    """Nothing by itself."""


@command.command(
    "template",
    cls=ChineseCommand,
    help=said("生成空的花名册模板（xlsx），填好后用 luoshi import roster 导入。", "Write the empty workbook."),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"))
def template(file: Path) -> int:
    """Write the template."""
    from luoshi.cli.init import write_template

    write_template(home(), file)
    return DONE
