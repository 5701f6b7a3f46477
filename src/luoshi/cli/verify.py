"""``luoshi verify``: whether the ledger still is what was recorded."""

from __future__ import annotations

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.language import said
from luoshi.cli.progress import progress

SHOWN = 20


@click.command(
    "verify",
    cls=ChineseCommand,
    help=said(
        "核验台账：每条事实的哈希链、流首、防改写触发器、快照、原文和佐证材料。不成立时退出码为1。",
        "Check the ledger: chains, heads, guards, snapshots, documents, evidence. Exits 1 when something fails.",
    ),
)
@click.option(
    "--checkpoint", is_flag=True, help=said("核验无误后，签一个检查点。", "Sign a checkpoint when all holds.")
)
def command(*, checkpoint: bool) -> int:
    """Verify the home's ledger."""
    from luoshi.cli.started import start

    folder = start(check=False)
    from luoshi.store.verification import count_facts, totals, verify

    with progress(said("正在核验", "Verifying"), count_facts()) as moved:
        findings = list(verify(moved))
    from luoshi.store.checkpoints import check_checkpoints, take_checkpoint

    findings += check_checkpoints(folder)
    for finding in findings[:SHOWN]:
        click.echo(str(finding), err=True)
    if len(findings) > SHOWN:
        click.echo(said(f"……共{len(findings)}处。", f"… {len(findings)} in all."), err=True)
    streams, facts = totals()
    if findings:
        click.echo(said(f"核验没有通过：{len(findings)}处不成立。", f"Not verified: {len(findings)} faults."))
        return FAILED
    click.echo(said(
        f"核验通过：{streams}个条目的{facts}条事实首尾相接，防改写触发器齐全。",
        f"Verified: {facts} facts of {streams} streams hold, guards stand.",
    ))  # fmt: skip
    if checkpoint:
        taken = take_checkpoint(folder)
        click.echo(
            said(f"已签第{taken.number}号检查点，根为{taken.root}。", f"Checkpoint {taken.number}: {taken.root}")
        )
    return DONE
