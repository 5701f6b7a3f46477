"""``luoshi checkpoint``: a signed root over the ledger when it has grown; ``luoshi serve`` takes one a day by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.language import said


@click.command(
    "checkpoint",
    cls=ChineseCommand,
    help=said(
        "台账有新的事实时，签一个检查点，存入数据库和checkpoints文件夹。luoshi serve 运行时每天自动签一次；"
        "不用它的，可由定时任务运行本命令。以前的检查点不成立时不签，退出码为1。",
        "Sign a checkpoint when facts were added. luoshi serve does so once a day; without it, run this from a timer. "
        "Nothing is signed, and 1 returned, when an earlier checkpoint does not hold.",
    ),
)
@click.option("--daily", is_flag=True, help=said("今天已经签过的，不再签。", "Not more than once a day."))
def command(*, daily: bool) -> int:
    """Sign a checkpoint when there is something new to sign."""
    from luoshi.cli.started import start

    folder = start()
    from luoshi.acts.context import SHANGHAI
    from luoshi.store.checkpoints import check_checkpoints, has_grown, last_day, take_checkpoint

    if daily and last_day(SHANGHAI) == datetime.now(UTC).astimezone(SHANGHAI).date():
        click.echo(said("今天已经签过检查点。", "A checkpoint was signed today."))
        return DONE
    findings = list(check_checkpoints(folder))
    for finding in findings:
        click.echo(str(finding), err=True)
    if findings:
        click.echo(said(
            "以前的检查点不成立，没有签新的。请先查明原因，再运行 luoshi verify。",
            "An earlier checkpoint does not hold; none was signed. Find out why, then run luoshi verify.",
        ), err=True)  # fmt: skip
        return FAILED
    if not has_grown():
        click.echo(said("上次检查点以来没有新的事实，不需要再签。", "No facts were added since the last checkpoint."))
        return DONE
    taken = take_checkpoint(folder)
    click.echo(said(f"已签第{taken.number}号检查点，根为{taken.root}。", f"Checkpoint {taken.number}: {taken.root}"))
    return DONE
