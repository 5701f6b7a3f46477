"""``luoshi adopt``: a document becomes an edition of the year's plan, once a person has said yes."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.home import configuration
from luoshi.cli.language import said
from luoshi.cli.read import content_of
from luoshi.terms.finding import has_errors
from luoshi.terms.refusal import FieldError, Refusal, Refused

if TYPE_CHECKING:
    from luoshi.acts.adopt_document import Choice
    from luoshi.acts.adopt_plan import Adoption
    from luoshi.reading.model import Reading


@click.command(
    "adopt",
    cls=ChineseCommand,
    help=said(
        "采纳一份文件，成为本年度计划的一版；计划还没有的先建立。确认之前什么也不改变。",
        "Adopt a document as the next edition of the year's plan, which is drawn up if need be.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"))
@click.option(
    "--year", type=int, metavar=said("年度", "YEAR"), help=said("计划的年度；不写用启用时的。", "The plan's year.")
)
@click.option("--title", metavar=said("名称", "TITLE"), help=said("计划名称；不写用文件标题。", "The plan's title."))
@click.option(
    "--review", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("只采纳此文件（jsonl）列出的条目。", "Accept only what this file of JSON lines lists."),
)  # fmt: skip
@click.option("--as", "account", metavar=said("账号", "ACCOUNT"), help=said("由谁办理。", "Who acts."))
@click.option("--yes", is_flag=True, help=said("不再询问。", "Do not ask."))
def command(  # one argument for each option
    file: Path, year: int | None, title: str | None, review: Path | None, account: str | None, *, yes: bool
) -> int:
    """Show what would be adopted, ask, adopt."""
    from luoshi.cli.started import start

    folder = start()
    county = configuration(folder)["county"]
    from luoshi.acts.adopt_document import adopt_document
    from luoshi.acts.create_plan import NewPlan
    from luoshi.cli.acting import acting
    from luoshi.document.load import load
    from luoshi.reading.reading import read

    content = content_of(file)
    reading = read(load(content, file.name))
    for finding in reading.findings:
        click.echo(str(finding), err=True)
    if has_errors(reading.findings):
        errors = tuple(FieldError("file", finding.message) for finding in reading.findings)
        message = said(f"“{file.name}”读不出文字，没有采纳。", f"No text in {file.name}; nothing was adopted.")
        raise Refused(Refusal("cli.unreadable_document", message, 422, errors=errors))
    choices = _choices(review)
    chosen_year = year or int(county.get("year", 0)) or acting(account).today.year
    plan = NewPlan(county["code"], county["name"], chosen_year, title or _title(reading, county["name"], chosen_year))
    if not yes:  # tried first and taken back, so that what is asked about is what will be
        tried = adopt_document(acting(account), plan, file.name, content, choices, dry_run=True)
        click.echo(_counts(reading, choices))
        click.echo(_told(tried, said("将成为", "Would be"), plan.title))
        _echo_names(tried)
        if not _confirmed(plan.title):
            click.echo(said("没有采纳，什么也没有改变。", "Not adopted; nothing was changed."))
            return DONE
    adoption = adopt_document(acting(account), plan, file.name, content, choices)
    if yes:
        click.echo(_counts(reading, choices))
    click.echo(_told(adoption, said("已采纳为", "Adopted as"), plan.title))
    return DONE


def _told(adoption: Adoption, became: str, title: str) -> str:
    """What an edition does to the entries of the one before, in counts."""
    number = adoption.edition.number
    opened, amended = len(adoption.opened), len(adoption.amended)
    withdrawn, kept = len(adoption.withdrawn), len(adoption.kept)
    return said(
        f"{became}《{title}》第{number}版：新增{opened}条、修改{amended}条、撤销{withdrawn}条、不变{kept}条。",
        f"{became} edition {number}: {opened} opened, {amended} amended, {withdrawn} withdrawn, {kept} unchanged.",
    )


_NAMED = 30


def _echo_names(adoption: Adoption) -> None:
    """What would be withdrawn, and what was recognised under another name: nobody should find out afterwards."""
    from luoshi.store.entries import find_all
    from luoshi.store.rosters import home_county, roster

    bodies = roster(home_county())
    words = ((said("撤销", "Withdrawn"), adoption.withdrawn), (said("改名", "Renamed"), sorted(adoption.renamed)))
    for label, names in words:
        for entry in list(find_all(names).values())[:_NAMED]:
            lead = bodies.label(str(entry["lead_body"])) if entry["lead_body"] else said("待交办", "not handed out")
            click.echo(f"  {label}：{entry['indicator'] or entry['name']}（{lead}）")
        if len(names) > _NAMED:
            click.echo(said(f"  {label}：等共{len(names)}条", f"  {label}: {len(names)} in all"))


def _choices(review: Path | None) -> list[Choice] | None:
    if review is None:
        return None
    from luoshi.cli.review_file import read_choices

    return read_choices(review)


def _title(reading: Reading, county: str, year: int) -> str:
    title = reading.document.title
    return reading.document.quote(title).strip()[:80] if title else f"{county}{year}年重点任务"


def _counts(reading: Reading, choices: list[Choice] | None) -> str:
    """What stands to be adopted, counted by kind."""
    from luoshi.acts.proposal import proposals_of

    names = {"task": "重点任务", "project": "项目", "honour": "荣誉", "event": "活动", "measure": "举措"}
    counts = Counter(
        "目标" if proposal.list == "target" else names.get(str(proposal.fields.get("kind")), "条目")
        for proposal in proposals_of(reading)
    )
    told = "、".join(
        f"{kind}{counts[kind]}"
        for kind in (*list(names.values())[:1], "目标", *list(names.values())[1:])
        if counts[kind]
    )
    chosen = f"；按复核文件只采纳其中{len(choices)}条及其所属任务" if choices is not None else ""
    return f"《{reading.document.called}》读出{told or '0条'}{chosen}。"


def _confirmed(title: str) -> bool:
    if not sys.stdin.isatty():
        hint = said("这里不能询问，确认采纳请加 --yes。", "Nobody can be asked here: add --yes to adopt.")
        raise click.UsageError(hint)
    return click.confirm(said(f"采纳到《{title}》吗", f"Adopt into {title}"), default=False, err=True)
