"""What the tests of messages share: servers on loopback, a clock that is moved by hand, the county of tests/acts."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "acts")]  # loopback.py and county.py


class Clock:
    """Ten in the morning of Thursday 28 September 2023 in China, until it is moved."""

    def __init__(self):
        self.now = datetime(2023, 9, 28, 2, tzinfo=UTC)

    def __call__(self):
        return self.now

    def move(self, **passed):
        self.now += timedelta(**passed)
        return self.now


@pytest.fixture
def clock():
    """A clock that stands until it is moved."""
    return Clock()


@pytest.fixture
def robot():
    """A robot's server."""
    from loopback import Robot, served

    with served(Robot()) as server:
        yield server
        server.let_go.set()


@pytest.fixture
def mail_host():
    """A mail server that takes everything, unencrypted."""
    from loopback import MailHost, served

    with served(MailHost()) as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate and its key."""
    from loopback import certificate

    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def county(db):
    """The county, its plan adopted and assigned, September open."""
    from county import County
    from laid import laid

    made = County()
    laid("running in September", lambda: made.running().open(9))
    return made


from throwaway import throwaway  # noqa: E402, F401 - a fixture
