"""``luoshi assign``: who answers for what, from a decomposition table, in one act once a person has said yes."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said
from luoshi.terms.finding import Finding, has_errors
from luoshi.terms.refusal import FieldError, Refusal, Refused

if TYPE_CHECKING:
    from luoshi.acts.assignment_proposal import AssignmentProposal, TableReview
    from luoshi.acts.confirm_assignments import ConfirmedAssignments
    from luoshi.lists.entry import Entry
    from luoshi.people.roster import Roster

STATES = {"unmatched": "未配对", "faulty": "待补正", "changed": "将交办", "same": "无变化", "skipped": "不办理"}


@click.command(
    "assign",
    cls=ChineseCommand,
    help=said(
        "按分解表把任务一次交办给单位：逐行配对事项和单位，列出差别，确认后一次办理。在网页上选定过的沿用。",
        "Assign tasks from a decomposition table: match its rows, show the differences, confirm all at once.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"))
@click.option("--plan", metavar=said("计划", "PLAN"), help=said("计划编号，如330624-2023。", "A plan's id."))
@click.option("--dry-run", is_flag=True, help=said("只列出会怎样交办，什么也不改变。", "Show it, change nothing."))
@click.option("--partial", is_flag=True, help=said("有行不能办理时，先办理其余各行。", "Leave out rows with faults."))
@click.option("--as", "account", metavar=said("账号", "ACCOUNT"), help=said("由谁办理。", "Who acts."))
@click.option("--yes", is_flag=True, help=said("不再询问。", "Do not ask."))
def command(  # one argument for each option
    file: Path, plan: str | None, account: str | None, *, dry_run: bool, partial: bool, yes: bool
) -> int:
    """Show what would be assigned, ask, assign."""
    from luoshi.cli.started import start

    start()
    from luoshi.acts.assignment_proposal import propose, standing
    from luoshi.acts.clock import today
    from luoshi.acts.confirm_assignments import confirm_assignments
    from luoshi.cli.acting import acting
    from luoshi.cli.choosing import plan_named
    from luoshi.lists.entry import county_of
    from luoshi.store.rosters import roster

    head = plan_named(plan)
    review, findings = _review(file, head, account, dry_run=dry_run)
    for finding in findings:
        click.echo(str(finding), err=True)
    entries, known = standing(head.plan), roster(county_of(head.plan))
    proposals = propose(review, entries, known, today())
    _show(proposals, entries, known)
    if dry_run:
        return DONE
    _require_whole(proposals, partial=partial)
    wanted = _wanted(proposals, entries)
    if not wanted.assignments and not wanted.schedules:
        click.echo(said("各行都与现在的交办一致，没有需要办理的。", "Nothing differs from what is assigned."))
        return DONE
    if not yes and not _confirmed():
        click.echo(said("没有交办，什么也没有改变。", "Not assigned; nothing was changed."))
        return DONE
    done = confirm_assignments(acting(account), wanted)
    click.echo(said(f"已一次交办{len(done)}项。", f"Assigned {len(done)} entries in one act."))
    return DONE


def _review(file: Path, head: Entry, account: str | None, *, dry_run: bool) -> tuple[TableReview, Sequence[Finding]]:
    """The rows of the file with what was decided about them on the page; a dry run keeps nothing."""
    from luoshi.acts.assignment_proposal import TableReview
    from luoshi.acts.responsibility_row import responsibility_rows
    from luoshi.acts.review_table import keep_table, table_review
    from luoshi.cli.acting import acting
    from luoshi.cli.read import content_of
    from luoshi.document.load import load

    content = content_of(file)
    if not dry_run:
        digest, findings = keep_table(acting(account), head.plan, file.name, content)
        return table_review(head.plan, digest) or TableReview(()), findings
    document = load(content, file.name)
    if has_errors(document.findings):
        errors = tuple(FieldError("file", finding.message + finding.hint) for finding in document.findings)
        raise Refused(Refusal("cli.unreadable_table", f"“{file.name}”读不出文字。", 422, errors=errors))
    rows, said_of_rows = responsibility_rows(document, int(str(head["year"])))
    known = table_review(head.plan, document.sha256)
    fresh = dataclasses.replace(known, rows=tuple(rows)) if known else TableReview(tuple(rows))
    return fresh, said_of_rows


def _show(proposals: Sequence[AssignmentProposal], entries: Mapping[str, Entry], roster: Roster) -> None:
    """A line for each row, with what it changes and what stands against it beneath."""
    for one in proposals:
        entry = entries.get(one.entry)
        number = f"第{entry['task_number']}项" if entry and entry["task_number"] else ""
        name = f"{number}{entry['name'] or entry['indicator']}" if entry else f"“{one.row.words[:40]}”"
        leads = "、".join(roster.label(body.code) for body in one.bodies if body.role != "cooperate")
        click.echo(f"{STATES[one.state]}　{one.row.where}　{name}　{leads}")
        for column, message in one.faults:
            click.echo(f"    {column}：{message}")
        if not one.entry and one.candidates:
            near = "；".join(f"第{c.adopted.task}项{c.adopted.name}（{c.score}）" for c in one.candidates[:3])
            click.echo(f"    可能是：{near}")
        for change in one.differences:
            if change.entry == one.entry:
                click.echo(f"    {change.label}：{change.before or '（空）'} → {change.after or '（空）'}")
        others = len({change.entry for change in one.differences} - {one.entry})
        if others:
            click.echo(f"    连同其下{others}项承诺")
    counted = Counter(one.state for one in proposals)
    click.echo("，".join(f"{STATES[state]}{counted[state]}行" for state in STATES if counted[state]) + "。")


def _require_whole(proposals: Sequence[AssignmentProposal], *, partial: bool) -> None:
    errors = []
    for one in proposals:
        faults = one.faults or ((("事项", "没有配对。"),) if one.state == "unmatched" else ())
        errors += [FieldError(one.row.where, f"{one.row.where}“{column}”：{text}") for column, text in faults]
    if errors and not partial:
        message = f"有{len(errors)}处需要先在网页“从分解表指派”里补正；要先办理其余各行，请加 --partial。"
        raise Refused(Refusal("cli.open_rows", message, 422, errors=tuple(errors)))


def _wanted(proposals: Sequence[AssignmentProposal], entries: Mapping[str, Entry]) -> ConfirmedAssignments:
    from luoshi.acts.confirm_assignments import ConfirmedAssignments

    ready = [one for one in proposals if one.state == "changed"]
    return ConfirmedAssignments(
        tuple(assignment for one in ready for assignment in one.assignments),
        tuple(schedule for one in ready for schedule in one.schedules),
        seen={name: entries[name].version for one in ready for name in one.entries},
    )


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError(said("这里不能询问，确认交办请加 --yes。", "Nobody can be asked here: add --yes."))
    return click.confirm(said("一次交办以上各行吗", "Assign these rows"), default=False, err=True)
