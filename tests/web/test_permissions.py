"""The permission table, each cell tried through the pages and through the interface (permissions.txt says what must be).

Entries of the list under test belong to the development bureau; their state is set to the one the row names. Nothing
that a cell does is kept.
"""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import count

import pytest
from county import (
    AUDITOR,
    COUNTY,
    EDUCATION,
    HIGH_TECH,
    LEADER,
    LEADERSHIP,
    OFFICE,
    PASSWORD,
    PLAN,
    PLANNING,
    SUPERVISOR,
    County,
    acting,
    at,
    desk_of,
    founder,
    head_of,
)
from django.db import transaction
from permission_table import DAYS, HEAD_POST, LATER, OPENED, WHO, fields_of, rows

from luoshi.acts.accounts import create_account
from luoshi.acts.api_tokens import issue_token
from luoshi.acts.delegate_post import delegate_post
from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.open_entry import open_entry
from luoshi.acts.register_people import register_people
from luoshi.acts.submit_reports import ReportRow
from luoshi.lists.entry import Change
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store import definitions
from luoshi.store.append import append
from luoshi.store.models import Account, EntryRow, FactRow

ACCOUNTS = {
    "S": (SUPERVISOR, OFFICE), "L": (LEADER, LEADERSHIP), "A": (AUDITOR, OFFICE), "H": (head_of(PLANNING), PLANNING),
    "D": (desk_of(PLANNING), PLANNING), "h": (head_of(EDUCATION), EDUCATION), "d": (desk_of(EDUCATION), EDUCATION),
    "V": ("daibiao", LEADERSHIP), "y": ("xitong", OFFICE), "c": ("anquan", OFFICE), "t": ("shenjiguan", OFFICE),
}  # fmt: skip
NEW_ROLES = {
    "V": Role.DEPUTY, "y": Role.SYSTEM_ADMINISTRATOR, "c": Role.SECURITY_ADMINISTRATOR, "t": Role.AUDIT_ADMINISTRATOR,
}  # fmt: skip


def test_every_move_of_every_list_has_its_row():
    told = {(name, action.partition(">")[2] or action) for name, action, _ in rows()}
    assert len(told) == len([row for row in rows() if row[0] != "page"]) + len([r for r in rows() if r[0] == "page"])
    for name, definition in definitions.lists_in_force().items():
        for move in definition.moves:
            assert (name, move) in told, f"{name} {move}"
        assert {(name, "see"), (name, "list")} <= told, name


def _marks(letter, wanted):
    """What the table lets someone do of the rows that are wanted."""
    at = WHO.index(letter)
    return {
        (name, action.rpartition(">")[2]) for name, action, cells in rows() if cells[at] != "." and wanted(name, action)
    }


def _is_deed(name, action):
    return name != "page" and action not in {"see", "list"}


def test_the_auditor_reads_everything_and_does_nothing():
    assert _marks("A", _is_deed) == set()
    lists = {name for name, _, _ in rows() if name != "page"}
    assert {name for name, action in _marks("A", lambda _, action: action == "see")} == lists


def test_the_separated_three_touch_no_business():
    """三员分立 (domain.md §14.5): registers of people are kept by one of them, the other two change nothing."""
    for letter in "yct":
        assert {name for name, _ in _marks(letter, _is_deed)} <= {"body", "post", "delegation"}
    assert _marks("c", _is_deed) == _marks("t", _is_deed) == set()
    business = {"target", "task", "report", "problem", "supervision", "escalation", "result", "responsibility"}
    for letter in "yct":
        assert {name for name, _ in _marks(letter, lambda name, _: name in business)} == set()


def test_nobody_both_reports_and_signs_or_signs_and_accepts():
    deeds = {letter: {move for name, move in _marks(letter, _is_deed) if name == "report"} for letter in WHO}
    for letter, moves in deeds.items():
        assert len(moves & {"submit", "sign", "accept"}) <= 1, letter


class World:
    """The county in September with one entry of each list, all of the development bureau, and everybody's token."""

    def __init__(self) -> None:
        made = County().running()
        made.open(9)
        posts = []
        for letter, role in NEW_ROLES.items():
            account, body = ACCOUNTS[letter]
            create_account(account, role.label, PASSWORD, must_change=False)
            posts.append(Post(f"post:{account}", body, role, role.label, account, role.label))
        register_people(founder(at(9, 1)), COUNTY, [], posts)
        named = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
        first, self.second = named[0].id, named[1].id
        office = made.supervisor(9, 26)
        report = made.submit(9, ReportRow(first, {"value": "45", "text": "推进"}))[0]
        self.entries = {
            "target": self.second,
            "task": EntryRow.objects.filter(list="task", values__contains=f'"lead_body":"{PLANNING}"').first().id,
            "report": report,
            "problem": open_entry(office, "problem", PLAN, OPENED["problem"]).id,
            "supervision": issue_slip(office, PLAN, OPENED["supervision"]).id,
            "escalation": self._told(office, first),
            "result": open_entry(office, "result", PLAN, OPENED["result"]).id,
            "responsibility": EntryRow.objects.filter(list="responsibility", values__contains=PLANNING).first().id,
            "statistic": open_entry(office, "statistic", PLAN, OPENED["statistic"]).id,
            "plan": f"plan:{PLAN}",
            "body": f"body:{PLANNING}",
            "post": HEAD_POST,
            "delegation": delegate_post(
                acting(head_of(PLANNING), at(9, 26)), HEAD_POST, {"delegate": head_of(EDUCATION)} | LATER, "外出"
            ).id,
        }
        self.tokens = {
            letter: issue_token(founder(), account, body, "测试", date(2023, 12, 31))[1]
            for letter, (account, body) in ACCOUNTS.items()
        }

    def entry(self, name, action):
        """The entry a row is tried on: a body with work under way is not dissolved, so another one is."""
        return f"body:{HIGH_TECH}" if action.endswith("dissolve") else self.entries[name]

    def _told(self, office, subject):
        """An escalation to the bureau, as the daily run records it."""
        definition = definitions.current("escalation")
        values = {
            "text": "超过时限的事项", "subject": subject, "of_list": "target", "step": "催办", "clock": "时限",
            "due_on": date(2023, 9, 20), "body": PLANNING,
        }  # fmt: skip
        change = Change(
            f"escalation:{PLAN}:0001", "escalation", PLAN, definition.version, "tell_supervisor",
            "escalation.supervisor_told", "", "to_supervisor", 0, office.today, office.now, SUPERVISOR, OFFICE, values,
        )  # fmt: skip
        return append([change], office.act_id)[0].id


@pytest.fixture(scope="module")
def held():
    """What the world is made of, once it was made: its ids stay the same since it is made the same way."""
    return {}


@pytest.fixture
def world(db, settings, held):
    settings.LUOSHI_TODAY = date(2023, 9, 28)
    from laid import laid

    laid("with everything that has permissions", lambda: held.update(world=World()))
    return held["world"]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({name for name, _, _ in rows()}))
def test_each_cell_is_so_on_the_pages_and_in_the_interface(world, client, name):
    """One world for all rows of a list: whatever a cell does is taken back."""
    wanted = {action: "".join(cells) for of, action, cells in rows() if of == name}
    told = {action: "".join(_cell(world, client, name, action, letter) for letter in WHO) for action in wanted}
    assert told == wanted, f"{name}: {WHO}"


def _cell(world, client, name, action, letter):
    web = _undone(lambda: _by_page(world, client, name, action, letter))
    api = False if name == "page" else _undone(lambda: _by_interface(world, client, name, action, letter))
    return {(True, True): "+", (True, False): "w", (False, True): "a", (False, False): "."}[web, api]


def _undone(ask):
    """The answer to a question whose consequences are taken back."""
    with transaction.atomic():
        found = ask()
        transaction.set_rollback(True)
    return found


def _by_page(world, client, name, action, letter):
    client.force_login(Account.objects.get(username=ACCOUNTS[letter][0]))
    if name == "page":
        return client.get(action.replace("发改局", PLANNING)).status_code == 200
    identity = world.entry(name, action)
    if action == "see":
        return client.get(f"/entries/{identity}/").status_code == 200
    if action == "list":
        page, export = client.get(f"/lists/{name}/"), client.get(f"/lists/{name}.csv")
        is_told = page.status_code == 200 and f"/entries/{identity}/" in page.content.decode()
        assert is_told == (export.status_code == 200 and _mark(identity) in export.content.decode()), (name, letter)
        return is_told
    _put(identity, action)
    move = action.partition(">")[2]
    return _did(client, *_posted(world, name, move))


def _mark(identity):
    """Words that stand in the export's row of this entry alone."""
    values = json.loads(EntryRow.objects.get(pk=identity).values)
    if identity.startswith("responsibility:"):
        return _mark(values["commitment"])
    words = ("text", "matter", "indicator", "title", "name", "principal_name", "holder_name")
    return next((str(values[word]) for word in words if values.get(word)), identity)


def _put(identity, action):
    """The entry in the state a row names, whoever handled it before: four eyes are another matter than roles."""
    state, _, move = action.partition(">")
    if state:
        EntryRow.objects.filter(pk=identity).update(state=state, doings="{}")
    if move == "open_month":  # with September closed
        row = EntryRow.objects.get(pk=identity)
        values = {**json.loads(row.values), "open_period": None, "closed_period": "2023-09"}
        EntryRow.objects.filter(pk=identity).update(values=json.dumps(values, ensure_ascii=False))


def _did(client, address, data):
    """Whether a posted form was carried out; a refusal must be one for want of right, and leave nothing behind."""
    before = FactRow.objects.count()
    answer = client.post(address, data)
    is_done = FactRow.objects.count() > before
    if not is_done:
        text = answer.content.decode()
        told = re.search(
            r"没有“|不查看业务|没有权限|由督查室|由任职人|不能查看|不是本单位|只有|须在专门的页面|不是本计划", text
        )
        assert answer.status_code in {403, 404, 409} or told, (address, answer.status_code, _said(text))
    return is_done


def _said(text):
    found = re.search(r'<div class="note error".*?</div>', text, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found[0] if found else text[:300])


def _posted(world, name, move):
    """The form by which the pages take this: its address and what is typed."""
    identity = world.entry(name, move)
    version = EntryRow.objects.get(pk=identity).version
    typed = fields_of(name, move, as_text=True)
    several = {"move": move, "report": f"{identity}|{version}", "reason": "说明", "return_code": "unclear"}
    own = {
        ("report", "submit"): (
            f"/report/{PLANNING}/2023-09/", {"row": f"1|{world.second}", "1-value": "45", "1-text": "推进"}
        ),
        ("report", "resubmit"): (
            f"/report/{PLANNING}/2023-09/",
            {"row": f"1|{identity.removeprefix('report:').rpartition(':')[0]}", "1-value": "46", "1-text": "又推进"},
        ),
        ("report", "sign"): ("/sign/", several),
        ("report", "hold_back"): ("/sign/", several),
        ("report", "accept"): ("/review/", several),
        ("report", "return"): ("/review/", several),
        ("plan", "open_month"): ("/settings/month/", {"move": move, "period": "2023年10月", "closes_on": "2023-11-05"}),
        ("plan", "close_month"): ("/settings/month/", {"move": move, **_open_work()}),
        ("supervision", "issue"): ("/supervision/new/", typed),
        ("post", "hand_over"): (f"/entries/{identity}/handover/", {**typed, "version": version}),
        ("delegation", "appoint"): (
            "/delegation/", {"move": move, "post": HEAD_POST, "delegate": desk_of(EDUCATION), **DAYS, "reason": "外出"}
        ),
        ("delegation", "end"): ("/delegation/", {"move": move, "delegation": identity, "version": version}),
    }  # fmt: skip
    if name in {"target", "task"} and move in {"assign", "schedule"}:
        return f"/settings/{move}/", {"entry": identity, "move": move, "lead_body": PLANNING, "schedule": "none"}
    if (name, move) in own:
        return own[name, move]
    if definitions.current(name).moves[move].opens:
        return f"/lists/{name}/open/{move}/", typed
    return f"/entries/{identity}/moves/{move}/", {**typed, "version": version, "reason": "说明"}


def _open_work():
    from luoshi.acts.run_month import open_work
    from luoshi.terms.period import Period

    found = open_work(PLAN, Period.parse("2023-09"))
    return {name: getattr(found, name) for name in ("submitted", "signed", "returned", "unreported")}


_KEYS = count()


def _by_interface(world, client, name, action, letter):
    heads = {"Authorization": f"Bearer {world.tokens[letter]}", "Idempotency-Key": f"permission-{next(_KEYS):06d}"}
    identity = world.entry(name, action)
    if action == "see":
        return client.get(f"/api/v1/entries/{identity}", headers=heads).status_code == 200
    if action == "list":
        answer = client.get(f"/api/v1/lists/{name}", {"size": "200"}, headers=heads)
        return answer.status_code == 200 and identity in {entry["id"] for entry in answer.json()["entries"]}
    _put(identity, action)
    move = action.partition(">")[2]
    address, sent = _sent(world, name, move)
    before = FactRow.objects.count()
    answer = client.post(f"/api/v1/{address}", json.dumps(sent), content_type="application/json", headers=heads)
    is_done = FactRow.objects.count() > before
    if not is_done:
        rights = {"acts.bad_rows", "lists.bad_values", "acts.foreign_identity"}  # of another unit, or of no plan yet
        told = answer.json()
        assert answer.status_code in {403, 404, 409} or told["id"] in rights, (name, action, letter, told)
        assert told["id"] == "people.no_right" or told["id"] != "lists.bad_values", (name, action, letter, told)
    return is_done


def _sent(world, name, move):
    """Where the interface takes this, and what is sent."""
    identity = world.entry(name, move)
    fields = fields_of(name, move, as_text=False)
    if (name, move) == ("report", "submit"):
        return f"reports/{PLANNING}/2023-09", {"rows": [{"commitment": world.second, "value": "45", "text": "推进"}]}
    if (name, move) == ("report", "resubmit"):
        of = identity.removeprefix("report:").rpartition(":")[0]
        return f"reports/{PLANNING}/2023-09", {"rows": [{"commitment": of, "value": "46", "text": "推进"}]}
    if (name, move) == ("plan", "close_month"):
        fields = {"open_work": _open_work()}
    if (name, move) == ("delegation", "appoint"):
        fields = {"post": HEAD_POST, "delegate": desk_of(EDUCATION), **DAYS}
    if (name, move) == ("target", "assign") or (name, move) == ("task", "assign"):
        fields = {"lead_body": PLANNING}
    if definitions.current(name).moves[move].opens:
        return f"lists/{name}/moves/{move}", {"fields": fields, "reason": "说明"}
    return f"lists/{name}/entries/{identity}/moves/{move}", {"fields": fields, "reason": "说明"}
