"""What the tests of the pages share: the invented county of tests/acts, and a browser without a network for its people."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "acts"))  # county.py is shared


@pytest.fixture(autouse=True, scope="session")
def static_folder():
    """The folder of collected files, which an installation has and a test's home has not."""
    from django.conf import settings

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


@pytest.fixture
def site(throwaway, settings):  # noqa: F811 - the fixture, not the import below
    """The address of a served site with a database of its own: what acts commit cannot be rolled back."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.LUOSHI_TODAY = date(2023, 9, 28)
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    thread.join()


from throwaway import throwaway  # noqa: E402, F401 - a fixture
