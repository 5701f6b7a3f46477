"""``luoshi bench engine``: the engine on a province: pages under load, submitting, lights, replay, from 1 to 90 counties."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from luoshi.cli.bench_load import Load, Request, open_loop, timed
from luoshi.cli.bench_site import postgresql, served, settings_on, signed_in
from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.home import write_configuration
from luoshi.cli.language import said

RATE = 20
"""Requests a second."""
LIMITS = {"总览": 150, "清单（两项筛选）": 150, "条目": 150, "检索": 300, "提交填报": 200}
"""Milliseconds at the 95th percentile."""
_LIGHTS, _REPLAY = 15, 120
"""Seconds for all lights of a month, and for folding all facts anew."""


@click.command(
    "engine",
    cls=ChineseCommand,
    help=said(
        "在嵌入的PostgreSQL上造一个省的数据（90个县、每县150项、12个月、16万份填报），测页面、提交、重算、重演。要几分钟。",
        "A province on an embedded PostgreSQL: pages under load, submitting, lights, replay. Takes minutes.",
    ),
)
@click.option("--counties", default="1,10,90", metavar="N,…", help=said("先后到几个县。", "Counties, growing."))
@click.option("--seconds", default=15, type=click.IntRange(3, 600), help=said("每种请求测几秒。", "Seconds of load."))
@click.option("--port", default=8190, type=click.IntRange(1024, 65535), help=said("端口。", "Port."))
def command(counties: str, seconds: int, port: int) -> int:
    """Measure the engine as the province grows."""
    sizes = [int(text) for text in counties.split(",") if text.strip().isdigit()]
    if not sizes or sizes != sorted(set(sizes)):
        raise click.UsageError(said("--counties 应为由小到大的县数。", "--counties takes growing numbers."))
    folder = Path(tempfile.mkdtemp(prefix="luoshi-province-"))
    try:
        with postgresql(folder) as database:
            write_configuration(folder, settings_on(database, _TODAY))
            return _grown(folder, sizes, seconds, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_TODAY = date(2023, 12, 28)


def _grown(folder: Path, sizes: list[int], seconds: int, port: int) -> int:
    from luoshi.cli.started import migrate, set_up

    set_up(folder)
    migrate()
    from luoshi.cli import bench_province as province

    def tell(text: str) -> None:
        click.echo(text, err=True)

    province.live_first_county(tell)
    first, done, is_good = province.FirstCounty(), 1, True
    for size in sizes:
        province.tell_of_others(first, done, size, tell)
        done = max(done, size)
        is_good = _measured(folder, size, seconds, port) and is_good
    return DONE if is_good else FAILED


def _measured(folder: Path, size: int, seconds: int, port: int) -> bool:
    from django.db import connections

    click.echo(_counts(size))
    from luoshi.cli.bench_province import supervisor_of

    cookies = signed_in(supervisor_of(number) for number in range(min(size, 20)))
    connections.close_all()
    with served(folder, port):
        for name, requests in _requests(size, len(cookies) * 3):
            first = open_loop(port, requests, RATE / 4, cookies)  # each county's page is made once in each process
            click.echo(f"　　  {name}：首次打开中位 {first.at(0.5):.0f} 毫秒")
        with _written(size):
            loads = {
                name: open_loop(port, requests, RATE, cookies) for name, requests in _requests(size, seconds * RATE)
            }
    good = [_told(name, load) for name, load in loads.items()]
    posted = _submit_times(size)
    late = sorted(posted)[int(len(posted) * 0.95)]
    good.append(_line("提交填报", f"{late:.0f} 毫秒（95%，{len(posted)}次，进程内）", LIMITS["提交填报"] >= late))
    seconds_taken, number = _lights(folder, size)
    good.append(_line("全部灯重算", f"{seconds_taken:.1f} 秒（{number}盏）", seconds_taken <= _LIGHTS))
    seconds_taken, number = _replayed()
    good.append(_line("全部重演", f"{seconds_taken:.0f} 秒（{number}处不符）", seconds_taken <= _REPLAY and not number))
    return all(good)


def _counts(size: int) -> str:
    from luoshi.store.models import EntryRow, FactRow

    reports, facts = EntryRow.objects.filter(list="report").count(), FactRow.objects.count()
    return f"── {size}个县：{reports}份填报，{facts}条事实"


def _told(name: str, load: Load) -> bool:
    late = load.at(0.95)
    text = (
        f"{late:.0f} 毫秒（95%），中位 {load.at(0.5):.0f}，{len(load.taken)}次，{load.failed}次失败，"
        f"发生器占CPU {load.cpu * 100:.0f}%"
    )
    return _line(name, text, late <= LIMITS[name] and not load.failed)


def _line(name: str, text: str, is_good: bool) -> bool:
    click.echo(f"{'达到' if is_good else '未达'}  {name}：{text}")
    return is_good


def _requests(size: int, number: int) -> Iterator[tuple[str, list[Request]]]:
    """The pages, each for the counties in turn."""
    from luoshi.cli.bench_province import body_code, plan_of

    counties = min(size, 20)
    yield "总览", [("GET", "/", {})] * number
    filters: list[Request] = [
        ("GET", f"/lists/target/?lead_body={body_code(n % counties, 1 + n % 30)}&kind=at_least", {})
        for n in range(number)
    ]
    yield "清单（两项筛选）", filters
    entries: list[Request] = [
        ("GET", f"/entries/target:{plan_of(n % counties)}:{1 + n % 100:04d}/", {}) for n in range(number)
    ]
    yield "条目", entries
    yield "检索", [("GET", "/search/?q=%E6%8C%89%E8%AE%A1%E5%88%92%E6%8E%A8%E8%BF%9B", {})] * number


@contextmanager
def _written(size: int) -> Iterator[None]:
    """Meanwhile one act a second changes a target of the counties in turn, so that pages are made anew."""
    import threading

    from django.db import connections

    from luoshi.acts.clock import now
    from luoshi.acts.context import context_for
    from luoshi.acts.move_entry import move_entry
    from luoshi.cli.bench_province import plan_of, supervisor_of
    from luoshi.store.models import Account

    ended = threading.Event()

    def write() -> None:
        turn = 0
        while not ended.wait(1):
            county, day = turn % min(size, 20), 1 + turn % 28
            context = context_for(Account.objects.get(username=supervisor_of(county)), now())
            entry = f"target:{plan_of(county)}:{1 + turn % 100:04d}"
            move_entry(context, entry, "amend", {"due_on": f"2023-12-{day:02d}"}, "计时")
            turn += 1
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()


def _submit_times(size: int) -> list[float]:
    """Milliseconds of reporting five rows of December once more in different counties; each is taken back."""
    from django.db import transaction

    from luoshi.acts.clock import now
    from luoshi.acts.context import context_for
    from luoshi.acts.submit_reports import ReportRow, submit_reports
    from luoshi.cli.bench_province import body_code, desk_of, plan_of
    from luoshi.store.entries import find_where
    from luoshi.store.models import Account, EntryRow
    from luoshi.terms.period import Period

    period, found = Period.month(2023, 12), []
    for turn in range(40):
        number, body = turn % size, 1 + turn % 30
        with transaction.atomic():
            plan = plan_of(number)
            mine = find_where(plan, "target", lead_body=body_code(number, body))
            reports = [f"report:{entry.id}:{period}" for entry in mine]
            EntryRow.objects.filter(pk__in=reports).update(state="returned")  # so that they are due again
            rows = [ReportRow(entry.id, {"value": str(entry["value"]), "text": "年底完成。"}) for entry in mine]
            context = context_for(Account.objects.get(username=desk_of(number, body)), now())
            seconds = timed(lambda: submit_reports(context, plan, period, body_code(number, body), rows))  # noqa: B023
            found.append(seconds * 1000)
            transaction.set_rollback(True)
    return found


def _lights(folder: Path, size: int) -> tuple[float, int]:
    """Seconds to rate every commitment of every county for the open month, and how many lights that is."""
    from luoshi.cli.bench_province import plan_of
    from luoshi.cli.rate import rate_open_months

    found: list[int] = []
    plans = [plan_of(number) for number in range(size)]
    seconds = timed(lambda: found.extend(rate_open_months(folder, plans, _TODAY, os.cpu_count() or 1)))
    return seconds, sum(found)


def _replayed() -> tuple[float, int]:
    """Seconds to fold every fact anew and compare, and how many entries differ."""
    from luoshi.store.replay import replay

    found: list[object] = []
    return timed(lambda: found.extend(replay())), len(found)
