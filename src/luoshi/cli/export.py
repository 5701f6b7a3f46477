"""``luoshi export``: the ledger as a workbook, all facts as lines, the roster as a workbook."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from luoshi.cli.choosing import Month
from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said
from luoshi.terms.period import Period

NAMES = {"ledger": "工作台账.xlsx", "facts": "事实.jsonl", "roster": "花名册.xlsx"}


@click.command(
    "export",
    cls=ChineseCommand,
    help=said(
        "导出：ledger工作台账（xlsx）、facts全部事实（jsonl，可供外部核验）、roster花名册（xlsx，可再导入）。",
        "Export the ledger (xlsx), all facts (JSON lines), or the roster (xlsx).",
    ),
)
@click.option(
    "--what", type=click.Choice(list(NAMES)), default="ledger", help=said("导出什么，不写为ledger。", "What.")
)
@click.option("--month", type=Month(), metavar="2023-09", help=said("台账截至哪个月。", "The month of the ledger."))
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("写到哪里。", "Where to write it."),
)  # fmt: skip
def command(what: str, month: Period | None, plan: str | None, output: Path | None) -> int:
    """Write the export."""
    from luoshi.cli.started import start

    start()
    from luoshi.cli.read import write

    target = output or Path(NAMES[what])
    content = {"ledger": lambda: _ledger(plan, month), "facts": _facts, "roster": _roster}[what]()
    write(target, content)
    click.echo(said(f"已导出：{target}", f"Written: {target}"))
    return DONE


def _ledger(plan: str | None, month: Period | None) -> bytes:
    from luoshi.acts.clock import today
    from luoshi.cli.choosing import plan_named
    from luoshi.publication.workbook import ledger_workbook
    from luoshi.store.queries.papers import ledger_of

    entry = plan_named(plan)
    newest = entry["open_period"] or entry["closed_period"]
    before = Period.parse(f"{entry['year']}-01")  # nothing reported yet: the ledger of promises alone
    period = month or (Period.parse(str(newest)) if newest else before)
    return ledger_workbook(ledger_of(entry.plan, period, today()))


def _facts() -> bytes:
    from luoshi.ledger.fact import instant
    from luoshi.store.facts import all_facts

    lines = []
    for fact in all_facts():
        data = dataclasses.asdict(fact)
        data |= {"occurred_on": fact.occurred_on.isoformat(), "recorded_at": instant(fact.recorded_at)}
        lines.append(json.dumps(data, ensure_ascii=False, sort_keys=True))
    return ("\n".join(lines) + "\n" if lines else "").encode()


def _roster() -> bytes:
    from luoshi.acts.roster_workbook import roster_workbook
    from luoshi.store.rosters import home_county, roster

    return roster_workbook(roster(home_county()))
