"""``luoshi renew``: open entries are moved over to the present definition of their list."""

from __future__ import annotations

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said


@click.command(
    "renew",
    cls=ChineseCommand,
    help=said(
        "改了清单以后，让未办结的条目改用新版；不写清单名只列出情况。",
        "Move open entries over to the present definition of their list; without a list, only tell.",
    ),
)
@click.argument("name", required=False, metavar=said("清单", "LIST"))
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option("--as", "account", metavar=said("账号", "ACCOUNT"), help=said("由谁办理。", "Who acts."))
def command(name: str | None, plan: str | None, account: str | None) -> int:
    """Tell what stands under older definitions, or move it over."""
    from luoshi.cli.started import start

    start()
    from luoshi.acts.renew_entries import renew_entries, standing
    from luoshi.cli.acting import acting
    from luoshi.cli.choosing import plan_named
    from luoshi.store.definitions import lists_in_force

    for each in [name] if name else sorted(lists_in_force()):
        found = standing(each)
        if found.fitting or found.unfit:
            count = len(found.fitting) + len(found.unfit)
            click.echo(said(
                f"{found.label}：{count}条未办结的用旧版，其中{len(found.fitting)}条可以改用新版。",
                f"{each}: {count} open entries under older definitions, {len(found.fitting)} fit.",
            ))  # fmt: skip
        for entry, errors in found.unfit:
            click.echo(f"  {entry}：{'；'.join(error.message for error in errors)}")
    if name:
        renewed = renew_entries(acting(account), name, plan_named(plan).plan)
        click.echo(said(f"已有{len(renewed)}条改用新版。", f"{len(renewed)} entries renewed."))
    return DONE
