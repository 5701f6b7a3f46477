"""``luoshi check``: the packs in force, list by list and rule by rule, before anybody works with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.home import home
from luoshi.cli.language import said
from luoshi.terms.finding import has_errors

if TYPE_CHECKING:
    from luoshi.terms.finding import Finding


@click.command(
    "check",
    cls=ChineseCommand,
    help=said(
        "检查地方包：清单定义、亮灯规则、晾晒规则。有错误时退出码为1。",
        "Check the packs: lists, light rules, league rules. Exits 1 when there are errors.",
    ),
)
def command() -> int:
    """Check everything that is in force in this home, or shipped."""
    from luoshi.cli.started import set_up

    set_up(home())
    from luoshi.store.definitions import pack_files

    findings = list(_findings())
    for finding in findings:
        click.echo(str(finding), err=True)
    counts = {kind: len(pack_files(kind)) for kind in ("lists", "light", "league")}
    told = f"清单{counts['lists']}张、亮灯规则{counts['light']}套、晾晒规则{counts['league']}套"
    if has_errors(findings):
        click.echo(said(f"检查没有通过：{told}，{len(findings)}处要看。", f"Not passed: {len(findings)} findings."))
        return FAILED
    click.echo(said(f"检查通过：{told}。", f"Passed: {counts['lists']} lists, {counts['light']} light rule sets."))
    return DONE


def _findings() -> Iterator[Finding]:
    from luoshi.assessment.league_rules import read_league_rules
    from luoshi.assessment.read_rules import read_rule_set
    from luoshi.store.definitions import pack_files, read_lists

    yield from read_lists()[1]
    for paths in pack_files("light").values():
        yield from read_rule_set(paths[-1].read_text("utf-8"), f"light/{paths[-1].name}")[1]
    for paths in pack_files("league").values():
        yield from read_league_rules(paths[-1].read_text("utf-8"), f"league/{paths[-1].name}")[1]
