"""``luoshi escalate``: missed clocks are told to those their list says, once; run it daily from a timer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.home import configuration
from luoshi.cli.language import said

if TYPE_CHECKING:
    from luoshi.acts.context import Context


@click.command(
    "escalate",
    cls=ChineseCommand,
    help=said(
        "按各清单时限的escalates登记催办、升级，列入收件人的“我的待办”；每一步只登记一次，时限停止的自动了结。"
        "luoshi.toml的[escalation]里用as写明由谁办理的，luoshi serve 每天自动运行；也可由定时任务每天运行。",
        "Record what the clocks' escalates ask for, so that those told find it among what to do; each step once. "
        "luoshi serve runs it daily where luoshi.toml names an account under [escalation]; or run it from a timer.",
    ),
)
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option("--as", "account", metavar=said("账号", "ACCOUNT"), help=said("由谁办理。", "Who acts."))
@click.option(
    "--daily", is_flag=True,
    help=said("全县各计划，按luoshi.toml的[escalation]办理；没有写明由谁办理的，不办。", "All plans, as luoshi.toml says."),
)  # fmt: skip
def command(plan: str | None, account: str | None, *, daily: bool) -> int:
    """Tell and settle."""
    from luoshi.cli.started import start

    folder = start()
    from luoshi.cli.acting import acting
    from luoshi.cli.choosing import plan_named
    from luoshi.store.queries.desk import plans_of
    from luoshi.store.rosters import home_county

    if not daily:
        _escalate(acting(account), plan_named(plan).plan)
        return DONE
    account = account or configuration(folder).get("escalation", {}).get("as")
    if not account:
        click.echo(
            said("luoshi.toml没有写明由谁办理，没有运行。", "luoshi.toml does not say as whom; nothing was run.")
        )
        return DONE
    for one in plans_of(home_county())[0]:
        _escalate(acting(str(account)), one)
    return DONE


def _escalate(context: Context, plan: str) -> None:
    from luoshi.acts.escalate import escalate

    done = escalate(context, plan)
    for entry in done.told:
        click.echo(f"  {entry['of_list']}：{entry['text']}（{entry['step']}）")
    click.echo(said(
        f"新登记{len(done.told)}条，了结{len(done.settled)}条。", f"{len(done.told)} told, {len(done.settled)} settled."
    ))  # fmt: skip
