"""``luoshi bulletin``: a month's bulletin as a Word file."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.choosing import Month
from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said
from luoshi.terms.period import Period


@click.command(
    "bulletin",
    cls=ChineseCommand,
    help=said("生成一个月的督查通报（docx，公文格式）。", "Write a month's bulletin as a Word file."),
)
@click.option(
    "--month", type=Month(), metavar="2023-09", help=said("月份；不写为最近一月。", "The month; else the newest.")
)
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("写到哪里。", "Where to write it."),
)  # fmt: skip
def command(month: Period | None, plan: str | None, output: Path | None) -> int:
    """Write the bulletin."""
    from luoshi.cli.started import start

    start()
    from luoshi.acts.clock import today
    from luoshi.cli.choosing import month_of, plan_named
    from luoshi.cli.read import write
    from luoshi.publication.bulletin_docx import bulletin_docx
    from luoshi.store.queries.papers import bulletin_of

    entry = plan_named(plan)
    period = month_of(entry, month)
    target = output or Path(f"{period.label}督查通报.docx")
    write(target, bulletin_docx(bulletin_of(entry.plan, period, today())))
    click.echo(said(f"已生成{period.label}督查通报：{target}", f"Written: {target}"))
    return DONE
