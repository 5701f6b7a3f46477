"""``luoshi serve``: the pages, in production settings, on this machine unless another address is named."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.home import require_home
from luoshi.cli.language import said
from luoshi.site.daily import begin_daily
from luoshi.site.sending import begin_sending
from luoshi.terms.refusal import Refusal, Refused

MOST_WORKERS = 8


@click.command(
    "serve",
    cls=ChineseCommand,
    help=said(
        "启动网页服务。先升级数据表、检查台账防改写触发器。按Ctrl+C停止。",
        "Serve the pages. Tables are brought up to date and guards checked first. Stop with Ctrl+C.",
    ),
)
@click.option(
    "--host", default="127.0.0.1", metavar=said("地址", "ADDRESS"), help=said("监听地址，不写为127.0.0.1。", "Address.")
)
@click.option(
    "--port",
    default=8000,
    type=click.IntRange(1, 65535),
    metavar=said("端口", "PORT"),
    help=said("端口，不写为8000。", "Port."),
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar=said("进程数", "N"),
    help=said("工作进程数，不写按CPU。", "Processes."),
)
def command(host: str, port: int, workers: int | None) -> int:
    """Serve the home."""
    serve(host, port, workers)
    return DONE


def serve(host: str, port: int, workers: int | None = None, words: str = "") -> None:
    """Serve until told to stop by SIGTERM or SIGINT.

    Args:
        words: what to print below the address.

    Raises:
        Refused: no home, a database that cannot be used, or an address already taken.
    """
    prepare(require_home())
    require_free(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(said(f"落实已启动：http://{shown}:{port}/", f"Luoshi at http://{shown}:{port}/"))
    if words:
        click.echo(words)
    click.echo(said("按Ctrl+C停止。", "Ctrl+C stops it."))
    begin_daily()
    begin_sending()
    _run(host, port, workers or default_workers())
    click.echo(said("已停止。", "Stopped."))


def prepare(folder: Path) -> None:
    """Tables up to date, guards standing, static files in place.

    Raises:
        Refused: the database cannot be used, or guards were missing.
    """
    from luoshi.cli.started import is_behind, migrate, require_guards, set_up

    set_up(folder)
    from django.db import DatabaseError, connections

    try:
        if is_behind():
            migrate()
        else:
            require_guards()
    except DatabaseError as error:
        message = said(f"数据库打不开：{error}".strip(), f"The database cannot be opened: {error}".strip())
        raise Refused(Refusal("site.no_database", message)) from None
    collect(folder / "static")
    connections.close_all()


def collect(folder: Path) -> None:
    """Lay the pages' style sheets and scripts where WhiteNoise serves them; only what changed is copied."""
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list([]):
            source, target = Path(storage.path(name)), folder / name
            if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)


def default_workers() -> int:
    """One process for each CPU this process may use, at most eight."""
    return min(MOST_WORKERS, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def require_free(host: str, port: int) -> None:
    """Refuse an address that something else listens on.

    Raises:
        Refused: it is taken, or is no address of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message = said(
            f"{host}的{port}端口不能使用：{error.strerror}。请用 --port 另选一个。",
            f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with --port.",
        )
        raise Refused(Refusal("site.port_taken", message)) from None


def _run(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ["LUOSHI_SERVER"] = str(os.getpid())  # site.worker ends with this process
    Granian(
        "luoshi.site.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()
