"""``luoshi escalate``: missed clocks are told to those their list says, once; run it daily from a timer."""

from __future__ import annotations

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said


@click.command(
    "escalate",
    cls=ChineseCommand,
    help=said(
        "按各清单时限的escalates登记催办、升级，列入收件人的“我的待办”；每一步只登记一次，时限停止的自动了结。可由定时任务每天运行。",
        "Record what the clocks' escalates ask for, so that those told find it among what to do; each step once. "
        "Run it daily from a timer.",
    ),
)
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option("--as", "account", metavar=said("账号", "ACCOUNT"), help=said("由谁办理。", "Who acts."))
def command(plan: str | None, account: str | None) -> int:
    """Tell and settle."""
    from luoshi.cli.started import start

    start()
    from luoshi.acts.escalate import escalate
    from luoshi.cli.acting import acting
    from luoshi.cli.choosing import plan_named

    done = escalate(acting(account), plan_named(plan).plan)
    for entry in done.told:
        click.echo(f"  {entry['of_list']}：{entry['text']}（{entry['step']}）")
    click.echo(said(
        f"新登记{len(done.told)}条，了结{len(done.settled)}条。", f"{len(done.told)} told, {len(done.settled)} settled."
    ))  # fmt: skip
    return DONE
