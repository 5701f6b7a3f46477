"""The county every test of an act starts from; built inside the test's transaction."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # county.py is shared with tests/store


@pytest.fixture
def county(db):
    """The invented county, nothing done yet."""
    from county import County

    return County()


@pytest.fixture
def running(county):
    """The county with its plan adopted and assigned."""
    return county.running()


@pytest.fixture
def row(county):
    """The county's document, kept and not yet reviewed."""
    return county.planned().document()


@pytest.fixture
def context(row, county):
    """The supervisor, the day after the document was kept."""
    return county.supervisor(1, 7)


from throwaway import throwaway  # noqa: E402, F401 - a fixture
