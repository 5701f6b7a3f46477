"""``luoshi replay``: the entries are what their facts add up to."""

from __future__ import annotations

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.language import said
from luoshi.cli.progress import progress

SHOWN = 20


@click.command(
    "replay",
    cls=ChineseCommand,
    help=said(
        "把全部事实重新推演一遍，与条目逐一比对；结账月份的灯色和晾晒表按当时的事实和规则重算。不一致时退出码为1。",
        "Fold all facts anew, compare with the entries, and compute closed months again. Exits 1 when they differ.",
    ),
)
@click.option("--entries", is_flag=True, help=said("只推演条目，不重算结账月份。", "Entries only, no closed months."))
def command(entries: bool) -> int:
    """Replay the home's ledger."""
    from luoshi.cli.started import start

    start(check=False)
    from luoshi.store.closed_months import replay_closed
    from luoshi.store.replay import replay
    from luoshi.store.verification import count_facts, totals

    with progress(said("正在重演", "Replaying"), count_facts()) as moved:
        findings = list(replay(moved))
    lights: list[int] = []
    if not entries:
        findings += replay_closed(lights.append)
    for finding in findings[:SHOWN]:
        click.echo(str(finding), err=True)
    streams, facts = totals()
    if findings:
        click.echo(said(f"重演没有通过：{len(findings)}处不一致。", f"Not replayed: {len(findings)} differences."))
        return FAILED
    told = said(
        f"重演通过：{facts}条事实推演出的{streams}个条目与现有条目一致",
        f"Replayed: {facts} facts add up to the {streams} entries kept",
    )
    months = said(
        f"，{len(lights)}个结账月份的{sum(lights)}个灯色和各晾晒表重算一致。",
        f"; {sum(lights)} lights of {len(lights)} closed months and their league tables come out again.",
    )
    click.echo(told + (said("。", ".") if entries else months))
    return DONE
