"""The demo's county: bodies, posts and who answers for what, from ``county.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from luoshi.lists.entry import Entry
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post

CODE, NAME, YEAR = "330624", "新昌县", 2023
OFFICE, LEADERS = f"{CODE}-001", f"{CODE}-009"
SUPERVISOR = "ducha"
PACKS = ("petition", "livelihood-vote")
"""What the demo uses beside the national pack (``optional``)."""


@cache
def county() -> dict[str, Any]:
    """The data of the demo county."""
    found: dict[str, Any] = _read("county.yaml")
    return found


@cache
def script() -> dict[str, Any]:
    """The special cases of the demo year."""
    found: dict[str, Any] = _read("script.yaml")
    return found


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(
        resources.files(__package__).joinpath(name).read_text("utf-8"),
        Loader=yaml.BaseLoader,  # noqa: S506
    )
    return data


def bodies() -> list[Body]:
    """The county's bodies; leaders and bureaux stand below the county government."""
    return [
        Body(f"{CODE}-{number}", full, short, kind, "", (short.removeprefix("县"),))
        for kind, rows in county()["bodies"].items()
        for number, full, short in rows
    ]


def posts() -> list[Post]:
    """A head and a desk officer for every body that answers for something; supervisors, leaders, an auditor."""
    found = [
        Post(f"post:{CODE}:supervisor", OFFICE, Role.SUPERVISOR, "督查室主任", SUPERVISOR, "督查室（演示）"),
        Post(f"post:{CODE}:auditor", f"{CODE}-121", Role.AUDITOR, "审计员", "shenji", "审计员（演示）"),
        Post(f"post:{CODE}:system", OFFICE, Role.SYSTEM_ADMINISTRATOR, "系统管理员", "xitong", "系统管理员（演示）"),
    ]
    for rank, name in enumerate(county()["leaders"], 1):
        found.append(
            Post(f"post:{CODE}:leader{rank}", LEADERS, Role.LEADER, name.split("（")[0], f"lingdao{rank}", name)
        )
    for body in bodies():
        if body.code != LEADERS:
            number = body.code.removeprefix(f"{CODE}-")
            label = body.short_name
            found.append(
                Post(
                    f"post:{CODE}:head{number}",
                    body.code,
                    Role.UNIT_HEAD,
                    "主要负责人",
                    f"fuze{number}",
                    f"{label}负责人（演示）",
                )
            )
            found.append(
                Post(
                    f"post:{CODE}:desk{number}",
                    body.code,
                    Role.DESK_OFFICER,
                    "经办人",
                    f"jingban{number}",
                    f"{label}经办人（演示）",
                )
            )
    return found


def head_of(body: str) -> str:
    """The account of a body's head."""
    return f"fuze{body.removeprefix(f'{CODE}-')}"


def desk_of(body: str) -> str:
    """The account of a body's desk officer."""
    return f"jingban{body.removeprefix(f'{CODE}-')}"


@dataclass(frozen=True, slots=True)
class Duty:
    """职责: who leads, who assists, which leader is in charge."""

    lead: str
    cooperating: tuple[str, ...]
    leader: str


def duty_for(entry: Entry) -> Duty:
    """Who answers for an entry: by words in it, else by its task."""
    by_name = {body.short_name: body.code for body in bodies()}
    row = county()["duties"].get(str(entry["task_number"] or ""), county()["duties"][""])
    named = str(entry["indicator"] or entry["name"])
    special = next(
        (unit for words, unit in county()["words"] if entry["kind"] != "task" and any(w in named for w in words)), None
    )
    names = [*([special] if special and special != row["lead"] else []), row["lead"], *row.get("with", [])]
    codes = list(dict.fromkeys(by_name[name] for name in names))
    return Duty(codes[0], tuple(codes[1:4]), county()["leaders"][int(row["leader"])])
