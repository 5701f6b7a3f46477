"""What the tests of the pages share: the invented county of tests/acts, and a browser without a network for its people."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "acts"))  # county.py is shared


@pytest.fixture(autouse=True)
def static_folder(settings):
    """The folder of collected files, which an installation has and a test's home has not."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def county(db):
    """The county with its plan adopted and assigned, September open."""
    from county import County

    made = County().running()
    made.open(9)
    return made


@pytest.fixture
def sign_in(client, settings):
    """Signs an account in and gives the client."""
    from luoshi.store.models import Account

    settings.LUOSHI_TODAY = date(2023, 9, 28)

    def signed_in(username):
        client.force_login(Account.objects.get(username=username))
        return client

    return signed_in
