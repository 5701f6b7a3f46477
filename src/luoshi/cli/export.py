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
from luoshi.terms.refusal import Refusal, Refused

NAMES = {"ledger": "工作台账.xlsx", "facts": "事实.jsonl", "roster": "花名册.xlsx", "annotations": "标注.zip"}


@click.command(
    "export",
    cls=ChineseCommand,
    help=said(
        "导出：ledger工作台账（xlsx）、facts全部事实（jsonl，可供外部核验）、roster花名册（xlsx，可再导入）、"
        "annotations复核后的标注（zip，原文和两种标注行）。",
        "Export the ledger (xlsx), all facts (JSON lines), the roster (xlsx), or the reviewed annotations (zip).",
    ),
)
@click.option(
    "--what", type=click.Choice(list(NAMES)), default="ledger", help=said("导出什么，不写为ledger。", "What.")
)
@click.option("--month", type=Month(), metavar="2023-09", help=said("台账截至哪个月。", "The month of the ledger."))
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option(
    "--document",
    metavar=said("文件名", "NAME"),
    help=said("标注取自哪份文件；只有一份时不必写。", "Whose annotations."),
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("写到哪里。", "Where to write it."),
)  # fmt: skip
def command(what: str, month: Period | None, plan: str | None, document: str | None, output: Path | None) -> int:
    """Write the export."""
    from luoshi.cli.started import start

    start()
    from luoshi.cli.read import write

    target = output or Path(NAMES[what])
    made = {
        "ledger": lambda: _ledger(plan, month),
        "facts": _facts,
        "roster": _roster,
        "annotations": lambda: _annotations(plan, document),
    }
    write(target, made[what]())
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


def _annotations(plan: str | None, name: str | None) -> bytes:
    from luoshi.acts.annotation import annotation_archive
    from luoshi.cli.choosing import plan_named
    from luoshi.store.models import DocumentRow

    rows = (
        DocumentRow.objects.filter(plan=plan_named(plan).plan, set_aside_at=None)
        .exclude(reading="")
        .order_by("-uploaded_at")
    )
    names = list(rows.values_list("name", flat=True))
    row = rows.filter(name=name).first() if name else rows.first()
    if row is None:
        known = "、".join(names) or said("还没有文件", "none yet")
        message = said(f"这一计划里没有文件“{name or ''}”；现有：{known}。", f"No document {name}; there are: {known}.")
        raise Refused(Refusal("cli.no_document", message, 404))
    if name is None and len(names) > 1:
        message = said(
            f"计划里有几份文件，请用 --document 写明：{'、'.join(names)}。", f"Say which: {', '.join(names)}."
        )
        raise Refused(Refusal("cli.which_document", message, 422))
    return annotation_archive(row)
