"""``luoshi progress``: what a text says has been done, and which commitments it can mean; it records nothing."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.choosing import Month
from luoshi.cli.group import DONE, REFUSED, ChineseCommand
from luoshi.cli.language import said
from luoshi.terms.finding import has_errors
from luoshi.terms.period import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luoshi.acts.progress_proposal import ProgressProposal


@click.command(
    "progress",
    cls=ChineseCommand,
    help=said(
        "识读进展文字或通报：截至哪天、数值、占目标的比重，以及可能指哪项承诺。只列出，不填报。",
        "Read progress sentences: as of when, how much, and which commitments they can mean. Nothing is recorded.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"))
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option("--month", type=Month(), metavar="2023-09", help=said("填报的月份。", "The month reported."))
@click.option("--body", default="", metavar=said("单位", "BODY"), help=said("只看一个单位牵头的。", "One lead body's."))
@click.option(
    "--format", "style", type=click.Choice(("table", "json")), default="table", show_default=False,
    help=said("输出格式；不写为table。", "How to show it; table unless said."),
)  # fmt: skip
def command(file: Path, plan: str | None, month: Period | None, body: str, style: str) -> int:
    """Read one file and show its statements with their candidates."""
    from luoshi.cli.started import start

    start()
    from luoshi.acts.assignment_proposal import standing
    from luoshi.acts.progress_proposal import propose_progress, reportable
    from luoshi.cli.choosing import plan_named
    from luoshi.cli.read import content_of
    from luoshi.document.load import load
    from luoshi.lists.entry import county_of
    from luoshi.store.rosters import roster

    head = plan_named(plan)
    document = load(content_of(file), file.name)
    if has_errors(document.findings):
        for finding in document.findings:
            click.echo(str(finding), err=True)
        return REFUSED
    known = roster(county_of(head.plan))
    named = known.named(body) if body else None
    if body and named is None and body not in known.bodies:
        raise click.UsageError(said(f"花名册中没有单位“{body}”。", f"The roster has no body {body}."))
    entries = reportable(standing(head.plan).values(), named.code if named else body)
    found = propose_progress(document, entries, int(str(head["year"])), month.last if month else None)
    if style == "json":
        sys.stdout.write(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
    else:
        _show(found)
    return DONE


def _show(found: Sequence[ProgressProposal]) -> None:
    for number, one in enumerate(found, 1):
        told = [
            f"截至{one.as_of}" if one.as_of else one.as_of_words,
            f"{one.value}{one.unit}",
            f"占目标{one.share}" if one.share else "",
            f"增幅{one.growth}" if one.growth else "",
            one.state,
        ]
        click.echo(f"{number}. “{one.quote}”　{'　'.join(filter(None, told))}")
        for text in one.doubts:
            click.echo(f"    {text}")
        for match in one.candidates[:3]:
            task = f"第{match.task}项　" if match.task else ""
            value = f"　可填{match.value}" if match.value else ""
            click.echo(f"    可能是：{task}{match.name}（{match.score}）{value}　{''.join(match.reasons)}")
        if not one.candidates:
            click.echo("    没有相近的事项。")
    click.echo(said(f"识读出{len(found)}处进展，都没有填报。", f"{len(found)} statements; nothing was recorded."))
