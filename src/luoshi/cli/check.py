"""``luoshi check``: the packs in force, list by list and rule by rule, before anybody works with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.home import configuration, home
from luoshi.cli.language import said
from luoshi.terms.finding import Finding, Level, has_errors

if TYPE_CHECKING:
    from luoshi.acts.renew_entries import Renewal
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
    if not has_errors(findings):
        findings += [*_open_entries(), *_silent_changes()]
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


def _open_entries() -> Iterator[Finding]:
    """What the lists as they are now do to entries opened under them as they were; nothing without a home in use."""
    from luoshi.cli.started import is_behind

    if not configuration(home()):
        return
    from django.db import DatabaseError

    from luoshi.acts.renew_entries import standing
    from luoshi.store.definitions import lists_in_force

    try:
        if is_behind():
            return
        found = [standing(name) for name in sorted(lists_in_force())]
    except DatabaseError:
        return  # packs can be checked before the database stands
    yield from (_told(one) for one in found if one.fitting or one.unfit)


def _silent_changes() -> Iterator[Finding]:
    """Rules that months were opened with and that were changed since under the same edition."""
    from luoshi.cli.started import is_behind

    if not configuration(home()):
        return
    from django.db import DatabaseError

    from luoshi.store.rules import silent_changes

    try:
        found = [] if is_behind() else list(silent_changes())
    except DatabaseError:
        return
    for kind, name, edition in found:
        message = f"内容改了，版次仍是“{edition}”，下个月份将不能开启。"
        hint = "写明新的版次（edition）和施行日期（valid_from）；已开启的月份仍按原来的内容评定。"
        yield Finding("cli.W014", Level.WARNING, f"{kind}/{name}.yaml", message, hint)


def _told(found: Renewal) -> Finding:
    where, total = f"lists/{found.list}.yaml", len(found.fitting) + len(found.unfit)
    if not found.unfit:
        message = f"“{found.label}”有{total}条未办结的用改动前的清单，都可以改用新版。"
        return Finding("cli.N012", Level.NOTE, where, message, f"运行 luoshi renew {found.list} 改用。")
    counts = Counter(error.message.rstrip("。") for _, errors in found.unfit for error in errors)
    reasons = "；".join(f"{said_of}（{count}条）" for said_of, count in counts.most_common())
    message = f"“{found.label}”有{total}条未办结的用改动前的清单，其中{len(found.unfit)}条与新版不符：{reasons}。"
    return Finding("cli.W013", Level.WARNING, where, message, "不符的继续按改动前的清单办理。")
