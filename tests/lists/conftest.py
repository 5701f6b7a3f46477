"""The shipped lists, and a small county to decide in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from luoshi.lists.entry import Moment
from luoshi.lists.holiday import is_working_day
from luoshi.lists.load import read_definition
from luoshi.lists.move import Circumstances
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster

LISTS = Path(__file__).resolve().parents[2] / "src/luoshi/packs/national/lists"

ROSTER = Roster.of(
    [Body("fgj", "新昌县发展和改革局", "县发改局"), Body("tzk", "投资科", parent="fgj"), Body("jtj", "县教体局")]
)


@pytest.fixture(scope="session")
def texts():
    """The text of every shipped list by file name."""
    return {path.name: path.read_text("utf-8") for path in sorted(LISTS.glob("*.yaml"))}


@pytest.fixture(scope="session")
def definitions(texts):
    """Every shipped list by name."""
    return {name.removesuffix(".yaml"): read_definition(text, name)[0] for name, text in texts.items()}


@pytest.fixture(scope="session")
def as_of():
    """Circumstances of an account with the given (role, body) posts on a day."""

    def made(*posts, account="li", on=date(2023, 9, 30), roster=ROSTER, county="p1"):
        held = tuple(Post(f"p{i}", body, Role(role)) for i, (role, body) in enumerate(posts))
        moment = Moment(on, datetime(on.year, on.month, on.day, 8, tzinfo=UTC))
        return Circumstances(Actor(account, account, held), moment, roster, is_working_day, county)

    return made


_LETTER = """
list: letter
label: 来信
source: {adr: x}
owners: [body]
fields:
  name: {type: text, label: 标题, required: true}
  body: {type: body, label: 承办单位, indexed: true}
  sender: {type: text, label: 来信人, personal: true, mask: name, shown_to: [supervisor, {role: unit_head, of: body}]}
states: {open: 办理中, done: {label: 已办结, closed: true}}
moves:
  file: {label: 登记, fact: filed, opens: true, to: open, by: supervisor}
  close: {label: 办结, fact: closed, from: open, to: done, by: supervisor}
  erase: {label: 删除, fact: erased, from: [open, done], by: supervisor, erases: sender, reason: required}
"""


@pytest.fixture
def letter():
    """The text of a list that keeps personal words."""
    return _LETTER


@pytest.fixture(scope="session")
def vote_texts():
    """The texts of the pack with a sealed vote, by list."""
    return {path.stem: path.read_text("utf-8") for path in (LISTS.parents[1] / "livelihood-vote/lists").glob("*.yaml")}
