"""``luoshi import``: tables that come back from people, checked cell by cell before anything is kept."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.group import DONE, ChineseCommand, CommandGroup
from luoshi.cli.home import configuration
from luoshi.cli.language import said
from luoshi.cli.read import content_of


@click.group("import", cls=CommandGroup, help=said("导入工作簿。", "Import workbooks."))
def command() -> None:
    """Nothing by itself."""


@command.command(
    "roster",
    cls=ChineseCommand,
    help=said(
        "导入花名册：已有的单位和岗位更新，新的登记，不会重复。有一格不对就全部不导入，并逐格说明。",
        "Import bodies and posts; known ones are brought up to date. One bad cell, and nothing is kept.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"))
@click.option("--dry-run", is_flag=True, help=said("只检查，不登记。", "Check only."))
@click.option(
    "--passwords", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("为还没有账号的人员开通，初始密码写入此文件。", "Open missing accounts; passwords go here."),
)  # fmt: skip
@click.option("--as", "account", metavar=said("账号", "ACCOUNT"), help=said("由谁办理。", "Who acts."))
def roster(file: Path, passwords: Path | None, account: str | None, *, dry_run: bool) -> int:
    """Import a roster."""
    from luoshi.cli.started import start

    folder = start()
    from luoshi.acts.import_roster import import_roster
    from luoshi.cli.accounts import open_missing, tell_missing
    from luoshi.cli.acting import acting

    context = acting(account)
    change = import_roster(context, configuration(folder)["county"]["code"], content_of(file), dry_run=dry_run)
    for label, names in (
        (said("新单位", "new bodies"), change.new_bodies),
        (said("变动的单位", "changed bodies"), change.changed_bodies),
        (said("新岗位", "new posts"), change.new_posts),
        (said("变动的岗位", "changed posts"), change.changed_posts),
    ):
        if names:
            click.echo(f"{label} {len(names)}：{'、'.join(names[:30])}{'…' if len(names) > 30 else ''}")
    click.echo(said(f"没有变动的{change.unchanged}条。", f"{change.unchanged} unchanged."))
    if dry_run:
        click.echo(said("只是检查，没有登记。", "Only checked; nothing was kept."))
        return DONE
    if passwords:
        open_missing(acting(context.actor.account), passwords)
    else:
        tell_missing()
    return DONE
