"""``luoshi check``: the packs in force, list by list and rule by rule, before anybody works with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.home import home
from luoshi.cli.language import said
from luoshi.terms.finding import Finding, Level, has_errors

if TYPE_CHECKING:
    from luoshi.lists.definition import Definition


@click.command(
    "check",
    cls=ChineseCommand,
    help=said(
        "检查地方包：清单定义和它的样例、亮灯规则、晾晒规则。有错误时退出码为1。",
        "Check the packs: lists with their examples, light rules, league rules. Exits 1 when there are errors.",
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


def _examples(definitions: Mapping[str, Definition]) -> Iterator[Finding]:
    """What does not come out of the examples that packs bring along."""
    from luoshi.lists.example import read_example, run_example
    from luoshi.lists.holiday import is_working_day
    from luoshi.store.definitions import pack_files

    for paths in pack_files("examples").values():
        name = f"examples/{paths[-1].name}"
        data, found = read_example(paths[-1].read_text("utf-8"), name)
        yield from found
        if data is None:
            continue
        definition = definitions.get(str(data["list"]))
        if definition is None:
            yield Finding("cli.E011", Level.ERROR, name, f"样例所说的清单“{data['list']}”不存在或没有启用。")
        else:
            yield from run_example(definition, data, name, is_working_day).findings


def _findings() -> Iterator[Finding]:
    from luoshi.assessment.league_rules import read_league_rules
    from luoshi.assessment.read_rules import read_rule_set
    from luoshi.store.definitions import pack_files, read_lists

    definitions, found = read_lists()
    yield from found
    yield from _examples(definitions)
    for paths in pack_files("light").values():
        yield from read_rule_set(paths[-1].read_text("utf-8"), f"light/{paths[-1].name}")[1]
    for paths in pack_files("league").values():
        yield from read_league_rules(paths[-1].read_text("utf-8"), f"league/{paths[-1].name}")[1]
