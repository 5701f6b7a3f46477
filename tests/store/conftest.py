"""What the tests of the store share: a list of every kind of field, people for it, and databases to throw away."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "acts")]  # walk.py and county.py


@pytest.fixture(scope="session")
def walk():
    """The definition of a list that has every kind of field, two states and a clock."""
    from walk import WALK

    from luoshi.lists.load import read_definition

    definition, findings = read_definition(WALK, "walk.yaml")
    assert definition, findings
    return definition


@pytest.fixture(scope="session")
def circumstances():
    """A supervisor on 30 September 2023."""
    from luoshi.lists.entry import Moment
    from luoshi.lists.move import Circumstances
    from luoshi.people.actor import Actor
    from luoshi.people.role import Role
    from luoshi.people.roster import Post, Roster

    actor = Actor("duban", "督甲", (Post("post:1", "B1", Role.SUPERVISOR, holder="duban"),))
    moment = Moment(date(2023, 9, 30), datetime(2023, 9, 30, 8, 0, 0, 123456, tzinfo=UTC))
    return Circumstances(actor, moment, Roster(), lambda _: True, "P")


@pytest.fixture
def hand(walk, circumstances, db):
    """A hand that writes into the test's database."""
    from walk import Hand

    from luoshi.store import definitions

    definitions.keep([walk])
    return Hand(walk, circumstances)


@pytest.fixture
def county(db):
    """The invented county of tests/acts."""
    from county import County

    return County()


from throwaway import throwaway  # noqa: E402, F401 - a fixture


@pytest.fixture
def running(county):
    """The county with its plan adopted and assigned."""
    county.running()
    return county
