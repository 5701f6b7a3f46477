"""``luoshi bench workbook``: a month's workbook of all units with thousands of rows: made, checked, imported."""

from __future__ import annotations

import io
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.home import fresh_secret, write_configuration
from luoshi.cli.language import said

LIMIT = 10
"""Seconds for checking and importing together."""
_EACH = 5
_TODAY = date(2023, 3, 26)


@click.command(
    "workbook",
    cls=ChineseCommand,
    help=said(
        "5000行、300格不对的全部单位填报表：下载、检查、导入各要几秒；每个不对的格都要点到名。",
        "A workbook of 5,000 rows with 300 wrong cells: seconds to make, check and import it; every wrong cell named.",
    ),
)
@click.option("--rows", default=5000, type=click.IntRange(50, 20_000), metavar="N", help=said("行数。", "Rows."))
@click.option("--wrong", default=300, type=click.IntRange(1, 5000), metavar="N", help=said("不对的格。", "Bad cells."))
def command(rows: int, wrong: int) -> int:
    """Measure a large workbook."""
    from luoshi.cli.started import migrate, set_up

    folder = Path(tempfile.mkdtemp(prefix="luoshi-workbook-"))
    try:
        county = {"name": "某县", "code": "990001", "short_name": "某县"}
        settings: dict[str, Any] = {"secret_key": fresh_secret(), "packs": ["national"], "county": county}
        write_configuration(folder, {**settings, "demo": {"today": _TODAY}})
        set_up(folder)
        migrate()
        click.echo(said("造数据……", "Making the data…"), err=True)
        _lived(rows)
        return _measured(wrong)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def document(tasks: int) -> str:
    """A list of so many tasks with five figures each."""
    verbs = ("完成", "新增", "建成", "培育", "引进")
    things = ("固定资产投资", "规上工业企业", "高标准农田", "省级创新平台", "高层次人才")
    units = ("亿元", "家", "万亩", "个", "名")
    lines = ["某县2023年政府工作报告重点任务", "", "（一）各方面"]
    for task in range(tasks):
        clauses = [f"{verbs[k]}{things[k]}{(task * _EACH + k) % 40 + 12}{units[k]}以上" for k in range(_EACH)]
        lines.append(f"{task + 1}.推进第{task + 1}项工作。{'，'.join(clauses)}。")
    return "\n".join(lines)


def _lived(rows: int) -> None:
    """Found, adopt, assign, and open March."""
    from luoshi.acts.adopt_plan import adopt_plan
    from luoshi.acts.assign_entries import Assignment, assign_entries
    from luoshi.acts.create_plan import NewPlan, create_plan
    from luoshi.acts.keep_document import keep_document
    from luoshi.acts.review import ACCEPTED
    from luoshi.acts.review_proposals import decide_proposals, reviewed
    from luoshi.acts.run_month import open_month
    from luoshi.cli import bench_province as province
    from luoshi.store.entries import find_where
    from luoshi.terms.period import Period

    province.register()
    plan = province.plan_of(0)
    office = province.supervisor
    create_plan(office(1, 4), NewPlan(province.code_of(0), "某县", province.YEAR, "某县2023年重点任务", is_demo=True))
    row, _ = keep_document(office(1, 4), plan, "重点任务.txt", document(-(-rows // _EACH)).encode())
    decide_proposals(office(1, 5), row.sha256, [proposal.id for proposal in reviewed(row)], ACCEPTED)
    adopt_plan(office(1, 5), plan, row.sha256)
    entries = [entry for entry in find_where(plan, "target") if entry.state == "adopted"][:rows]
    bodies = [province.body_code(0, 1 + number % province.BODIES) for number in range(len(entries))]
    pairs = zip(entries, bodies, strict=True)
    assign_entries(office(1, 6), [Assignment(entry.id, body, (), "分管领导") for entry, body in pairs])
    open_month(office(3, 25), plan, Period.month(province.YEAR, 3), date(province.YEAR, 4, 5))


def _measured(wrong: int) -> int:
    from luoshi.acts.import_month import import_month
    from luoshi.acts.import_reports import Wish
    from luoshi.acts.report_workbook import report_workbook
    from luoshi.cli import bench_province as province
    from luoshi.store.models import Account
    from luoshi.store.queries.desk import desk_for
    from luoshi.store.queries.month_sheet import month_sheet
    from luoshi.terms.period import Period

    plan, month = province.plan_of(0), Period.month(province.YEAR, 3)
    reader = desk_for(Account.objects.get(username=province.supervisor_of(0)), _TODAY)

    def read() -> dict[str, Any]:
        return month_sheet(reader, month)

    def laid(*, dry_run: bool) -> Any:
        return import_month(province.supervisor(3, 26), plan, month, read, content, Wish(dry_run, take_good=True))

    made, blank = _timed(lambda: report_workbook(read()))
    content, places = filled_in(blank, wrong)
    checking, checked = _timed(lambda: laid(dry_run=True))
    importing, done = _timed(lambda: laid(dry_run=False))
    rows = done.changed + done.unchanged
    is_named = [error.field for error in checked.wrong] == places == [error.field for error in done.wrong]
    click.echo(f"{rows}行：下载 {made:.1f} 秒，检查 {checking:.1f} 秒，导入 {importing:.1f} 秒（改动{done.changed}行）")
    click.echo(f"不对的{len(places)}格{'都' if is_named else '没有都'}点到名")
    is_good = is_named and checking + importing <= LIMIT
    click.echo(said(f"{'合格' if is_good else '不合格'}：检查加导入限{LIMIT}秒。", "good" if is_good else "too slow"))
    return DONE if is_good else FAILED


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def filled_in(blank: bytes, wrong: int) -> tuple[bytes, list[str]]:
    """The workbook filled in all rows, and the names of the cells that are wrong, spread over it."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(blank))
    sheet = book["填报表"]
    heads = [cell.value for cell in sheet[1]]
    value, text = heads.index("本月累计") + 1, heads.index("进展情况") + 1
    last = sheet.max_row
    step = max(1, (last - 1) // wrong)
    places: list[str] = []
    for row in range(2, last + 1):
        is_wrong = (row - 2) % step == 0 and len(places) < wrong
        sheet.cell(row, value).value = "很多" if is_wrong else row % 10 + 0.5
        sheet.cell(row, text).value = "按计划推进。"
        if is_wrong:
            places.append(sheet.cell(row, value).coordinate)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), places
