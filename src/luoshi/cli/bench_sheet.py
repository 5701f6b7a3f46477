"""``luoshi bench sheet``: the sheets of twenty units at month's end, opened and saved as they are typed into."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from contextlib import ExitStack
from datetime import date
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path

import click

from luoshi.cli.bench_load import Form, Load, Request, open_loop
from luoshi.cli.bench_site import postgresql, served, settings_on, signed_in
from luoshi.cli.group import DONE, FAILED, ChineseCommand
from luoshi.cli.home import write_configuration
from luoshi.cli.language import said

UNITS, ROWS, TASKS = 20, 60, 240
RATE = 20
"""Requests a second."""
LIMITS = {"打开填报表": 150, "自动保存": 100}
"""Milliseconds at the 95th percentile."""
_TODAY = date(2023, 2, 26)
_MONTH = "2023-02"


@click.command(
    "sheet",
    cls=ChineseCommand,
    help=said(
        "月底二十个单位各填60行：打开填报表、边填边存，每秒二十次，开环。默认SQLite。",
        "Twenty units fill sheets of 60 rows at month's end: opened and saved twenty times a second, open loop.",
    ),
)
@click.option("--postgresql", "on_postgresql", is_flag=True, help=said("用嵌入的PostgreSQL。", "On PostgreSQL."))
@click.option("--seconds", default=15, type=click.IntRange(3, 600), help=said("每种请求测几秒。", "Seconds of load."))
@click.option("--port", default=8191, type=click.IntRange(1024, 65535), help=said("端口。", "Port."))
def command(on_postgresql: bool, seconds: int, port: int) -> int:
    """Measure the sheet."""
    folder = Path(tempfile.mkdtemp(prefix="luoshi-sheets-"))
    try:
        with ExitStack() as stack:
            database = stack.enter_context(postgresql(folder)) if on_postgresql else {"engine": "sqlite"}
            write_configuration(folder, settings_on(database, _TODAY))
            return _measured(folder, seconds, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(folder: Path, seconds: int, port: int) -> int:
    from django.db import connections

    from luoshi.cli.started import migrate, set_up

    set_up(folder)
    migrate()
    _begin_month()
    _know_tables()
    from luoshi.cli.bench_province import desk_of

    cookies = signed_in(desk_of(0, unit) for unit in range(1, UNITS + 1))
    connections.close_all()
    with served(folder, port):
        opened: list[Request] = [("GET", _address(unit), {}) for unit in _units(seconds)]
        saved = _saves(port, cookies, seconds)
        loads = {}
        for name, requests in (("打开填报表", opened), ("自动保存", saved)):
            open_loop(port, requests[: 2 * UNITS], RATE / 4, cookies)  # each process makes its tables ready
            loads[name] = open_loop(port, requests, RATE, cookies)
    reached = [_told(name, load) for name, load in loads.items()]
    return DONE if all(reached) else FAILED


def _begin_month() -> None:
    from luoshi.acts.run_month import open_month
    from luoshi.cli import bench_province as province
    from luoshi.terms.period import Period

    province.begin_first_county(lambda text: click.echo(text, err=True), TASKS, UNITS)
    open_month(province.supervisor(2, 25), province.plan_of(0), Period.parse(_MONTH), date(2023, 3, 5))


def _know_tables() -> None:
    """Let the database count its tables, as PostgreSQL does by itself within a minute of so much being written."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _units(seconds: int) -> list[int]:
    """Whose turn each request is, from 1; the cookies take turns alike."""
    return [1 + number % UNITS for number in range(seconds * RATE)]


def _address(unit: int) -> str:
    from luoshi.cli.bench_province import body_code

    return f"/report/{body_code(0, unit)}/{_MONTH}/"


def _saves(port: int, cookies: list[str], seconds: int) -> list[Request]:
    """The whole form of a sheet with one more cell typed each time, as the page posts it 0.8 s after the last key."""
    forms: dict[int, Form] = {}
    for unit in range(1, UNITS + 1):
        forms[unit], token = _form(port, _address(unit), cookies[unit - 1])
        cookies[unit - 1] += f"; csrftoken={token}"
        if (rows := len(forms[unit]["row"])) != ROWS:
            raise click.ClickException(said(f"填报表有{rows}行，应有{ROWS}行。", f"{rows} rows instead of {ROWS}."))
    found: list[Request] = []
    for turn, unit in enumerate(_units(seconds)):
        cells = [name for name in forms[unit] if name.endswith("-value")]
        cell, typed = cells[turn // UNITS % len(cells)], str(1 + turn % 9)
        forms[unit] = {**forms[unit], cell: [typed]}
        found.append(("POST", f"{_address(unit)}draft/", forms[unit]))
        shown = cell.replace("-value", "-shown")  # the answer tells the page what it shows now
        forms[unit] = {**forms[unit], shown: [json.dumps(json.loads(forms[unit][shown][0]) | {"value": typed})]}
    return found


class _Fields(HTMLParser):
    """What a browser would post of the sheet's form, as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._typed = ""
        self._choice = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "data-sheet" in given
        name = given.get("name", "")
        if not self._inside:
            return
        if tag == "input" and name and given.get("type") not in {"file", "checkbox", "radio", "submit"}:
            self.found.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._typed = name
            self.found[name] = [""]
        elif tag == "select":
            self._choice = name
        elif tag == "option" and self._choice and ("selected" in given or self._choice not in self.found):
            self.found[self._choice] = [given.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._typed = ""
        elif tag == "select":
            self._choice = ""

    def handle_data(self, data: str) -> None:
        if self._typed:
            self.found[self._typed][0] += data


def _form(port: int, address: str, cookie: str) -> tuple[Form, str]:
    """What the sheet's form holds, and the token in the cookie it belongs to."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    fields = _Fields()
    fields.feed(answer.read().decode())
    token = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")
    return fields.found, token[1] if token else ""


def _told(name: str, load: Load) -> bool:
    late = load.at(0.95)
    is_good = late <= LIMITS[name] and not load.failed
    click.echo(
        f"{'达到' if is_good else '未达'}  {name}：{late:.0f} 毫秒（95%），中位 {load.at(0.5):.0f}，"
        f"{len(load.taken)}次，{load.failed}次失败，发生器占CPU {load.cpu * 100:.0f}%"
    )
    return is_good
