"""The demo's petitions and its sealed vote: packs beyond the national one, from ``optional.yaml``."""

from __future__ import annotations

from datetime import date
from importlib import resources
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password

from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.acts.register_people import register_people
from luoshi.acts.sealed_vote import cast_ballot
from luoshi.demo.county import CODE, SUPERVISOR, YEAR, desk_of, head_of
from luoshi.demo.year import PLAN, acting, at
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post
from luoshi.store.models import Account

CONGRESS = f"{CODE}-021"
VOTER = "daibiao9"
"""A deputy one can sign in as, who has not voted yet."""
_COURSE = ("transfer", "accept", "answer")


def data() -> dict[str, Any]:
    """What is opened and voted on."""
    text = resources.files(__package__).joinpath("optional.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    return found


def add(until: date, password: str) -> None:
    """Open what happened by that day."""
    for petition in data()["petitions"]:
        if date.fromisoformat(petition["on"]) <= until:
            _petition(petition)
    vote = data()["vote"]
    if date.fromisoformat(vote["opened_on"]) <= until:
        _deputies(int(vote["deputies"]), password)
        _vote(vote)


def _petition(written: dict[str, str]) -> None:
    """Registered, and taken as far along its course as ``until`` says, all on one day."""
    when, body = at(date.fromisoformat(written["on"])), f"{CODE}-{written['body']}"
    named = ("matter", "kind", "way", "is_first", "petitioner", "phone", "address")
    entry = open_entry(acting(SUPERVISOR, when), "petition", PLAN, {name: written[name] for name in named})
    steps = {
        "transfer": (SUPERVISOR, {"body": body}),
        "accept": (desk_of(body), {}),
        "answer": (head_of(body), {name: written.get(name, "") for name in ("opinion", "basis")}),
    }
    for step in _COURSE[: _COURSE.index(written["until"]) + 1]:
        account, typed = steps[step]
        move_entry(acting(account, when), entry.id, step, typed)


def _deputies(number: int, password: str) -> None:
    body = Body(CONGRESS, "新昌县人民代表大会（演示）", "县人大", "office")
    accounts = [f"daibiao{n}" for n in range(1, number + 1)]
    posts = [
        Post(f"post:{CODE}:deputy{n}", CONGRESS, Role.DEPUTY, "县人大代表", account, f"代表{n}（演示）")
        for n, account in enumerate(accounts, 1)
    ]
    register_people(acting(SUPERVISOR, at(date(YEAR, 12, 1))), CODE, [body], posts)
    closed = make_password(None)
    Account.objects.bulk_create(
        Account(
            username=post.holder,
            name=post.holder_name,
            password=make_password(password) if post.holder == VOTER else closed,
        )
        for post in posts
    )


def _vote(written: dict[str, Any]) -> None:
    """Seven of nine deputies have cast their ballots; the vote is open."""
    when = at(date.fromisoformat(written["opened_on"]))
    context, total = acting(SUPERVISOR, when), str(written["deputies"])
    typed = {"name": written["name"], "deputies": total, "present": total, "places": written["places"]}
    vote = open_entry(context, "livelihood_vote", PLAN, {**typed, "needs_majority": "true"})
    names = [candidate["name"] for candidate in written["candidates"]]
    for candidate in written["candidates"]:
        entry = open_entry(context, "livelihood_candidate", PLAN, {"name": candidate["name"], "origin": "public"})
        screened = {"content": candidate["content"], "money": candidate["money"], "body": f"{CODE}-112"}
        move_entry(context, entry.id, "screen", {**screened, "finish_on": f"{YEAR + 1}-11-30", "vote": vote.id})
    move_entry(context, vote.id, "open", {"issued": total, "scrutineer": "总监票人（演示）"})
    for number, marks in enumerate(written["ballots"], 1):
        marked = [names[int(mark)] for mark in marks]
        cast_ballot(acting(f"daibiao{number}", when), vote.id, marked, is_meant=True)
