"""What the tests of the interface share: the invented county of tests/acts, and a system of each kind that calls."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "acts"))  # county.py is shared
sys.path.insert(0, str(Path(__file__).parent))  # calling.py

DAY = date(2023, 9, 28)


@pytest.fixture(autouse=True, scope="session")
def static_folder():
    """The folder of collected files, which an installation has and a test's home has not."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def county(db, settings):
    """The county with its plan adopted and assigned, September open, on 28 September."""
    from county import County

    settings.LUOSHI_TODAY = DAY
    made = County().running()
    made.open(9)
    return made


@pytest.fixture
def system(county, client):
    """Makes a system that acts as an account in a body."""
    from calling import System
    from county import founder

    from luoshi.acts.api_tokens import issue_token

    def calling(account, body):
        return System(client, issue_token(founder(), account, body, "测试系统", date(2023, 12, 31))[1])

    return calling


@pytest.fixture
def desk(system):
    """The system of the development bureau's desk officer."""
    from county import PLANNING, desk_of

    return system(desk_of(PLANNING), PLANNING)


@pytest.fixture
def head(system):
    """The system of the development bureau's head."""
    from county import PLANNING, head_of

    return system(head_of(PLANNING), PLANNING)


@pytest.fixture
def supervisor(system):
    """The system of the supervision desk."""
    from county import OFFICE, SUPERVISOR

    return system(SUPERVISOR, OFFICE)


from throwaway import throwaway  # noqa: E402, F401 - a fixture
