"""Data of a province for ``luoshi bench engine``: one county's year is lived through acts, then told again of others.

The other counties are the first one under another area code: every fact is chained and hashed anew, so that replay
and verify hold for all of them. Nothing in it is a real place.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

FIRST = 990001
YEAR = 2023
BODIES = 30
TASKS, EACH = 30, 5
Progress = Callable[[str], object]


def code_of(number: int) -> str:
    """The invented area code of a county, from 0."""
    return str(FIRST + number)


def plan_of(number: int) -> str:
    """The plan of a county."""
    return f"{code_of(number)}-{YEAR}"


def supervisor_of(number: int) -> str:
    """The account of a county's supervision desk."""
    return f"{code_of(number)}-duban"


def desk_of(number: int, body: int) -> str:
    """The account of a body's desk officer."""
    return f"{code_of(number)}-desk{body:02d}"


def body_code(number: int, body: int) -> str:
    """The code of a body."""
    return f"{code_of(number)}-{body:02d}"


def document(tasks: int = TASKS) -> str:
    """A list of tasks in six areas with five figures each, in the words of such lists."""
    verbs = ("完成", "新增", "建成", "培育", "引进")
    things = ("固定资产投资", "规上工业企业", "高标准农田", "省级创新平台", "高层次人才")
    units = ("亿元", "家", "万亩", "个", "名")
    lines = ["某县2023年政府工作报告重点任务", ""]
    for task in range(tasks):
        if task % (tasks // 6) == 0:
            area = "一二三四五六"[task // (tasks // 6)]
            lines.append(f"（{area}）第{area}方面")
        clauses = [f"{verbs[k]}{things[k]}{(task * EACH + k) % 40 + 12}{units[k]}以上" for k in range(EACH)]
        lines.append(f"{task + 1}.推进第{task + 1}项工作。{'，'.join(clauses)}。")
    return "\n".join(lines)


def live_first_county(said: Progress) -> None:
    """The first county's year: found, adopt, assign, and twelve months reported, signed, accepted and closed."""
    begin_first_county(said)
    for month in range(1, 13):
        said(f"第一个县：{month}月")
        live_month(month)


def begin_first_county(said: Progress, tasks: int = TASKS, leading: int = BODIES) -> None:
    """The first county with its plan adopted and assigned, to as many bodies in turn as shall lead."""
    from luoshi.acts.adopt_plan import adopt_plan
    from luoshi.acts.assign_entries import Assignment, assign_entries
    from luoshi.acts.create_plan import NewPlan, create_plan
    from luoshi.acts.keep_document import keep_document
    from luoshi.acts.review import ACCEPTED
    from luoshi.acts.review_proposals import decide_proposals, reviewed
    from luoshi.store.entries import find_where

    said("第一个县：登记、采纳、交办")
    register()
    plan = plan_of(0)
    create_plan(supervisor(1, 4), NewPlan(code_of(0), "某县", YEAR, "某县2023年重点任务", is_demo=True))
    row, _ = keep_document(supervisor(1, 4), plan, "重点任务.txt", document(tasks).encode())
    decide_proposals(supervisor(1, 5), row.sha256, [proposal.id for proposal in reviewed(row)], ACCEPTED)
    adopt_plan(supervisor(1, 5), plan, row.sha256)
    entries = [entry for entry in find_where(plan, "target") if entry.state == "adopted"]
    wanted = [
        Assignment(entry.id, body_code(0, 1 + number % leading), (), "分管领导") for number, entry in enumerate(entries)
    ]
    assign_entries(supervisor(1, 6), wanted)


def register() -> None:
    """Bodies, posts and accounts of the first county."""
    from django.contrib.auth.hashers import make_password

    from luoshi.acts.context import Context
    from luoshi.acts.register_people import register_people
    from luoshi.lists.entry import Moment
    from luoshi.lists.holiday import is_working_day
    from luoshi.lists.move import Circumstances
    from luoshi.people.actor import Actor
    from luoshi.people.role import Role
    from luoshi.people.roster import Body, Post, Roster
    from luoshi.store.models import Account

    code, since = code_of(0), date(2020, 1, 1)
    office = body_code(0, 0)
    bodies = [Body(office, "某县政府办公室", "县府办", "office", since=since)]
    posts = [Post(f"post:{code}-duban", office, Role.SUPERVISOR, "督查室", supervisor_of(0), "督查员")]
    for number in range(1, BODIES + 1):
        body = body_code(0, number)
        bodies.append(Body(body, f"某县第{number}局", f"第{number}局", "department", since=since))
        for word, role in (("desk", Role.DESK_OFFICER), ("head", Role.UNIT_HEAD)):
            name = f"{code}-{word}{number:02d}"
            posts.append(Post(f"post:{name}", body, role, role.label, name, name))
    founder = Actor("founder", "founder", (Post("post:founder", office, Role.SYSTEM_ADMINISTRATOR, holder="founder"),))
    moment = Moment(date(YEAR, 1, 3), datetime(YEAR, 1, 3, 2, tzinfo=UTC))
    register_people(Context(Circumstances(founder, moment, Roster(), is_working_day, code)), code, bodies, posts)
    closed = make_password(None)
    Account.objects.bulk_create(Account(username=post.holder, name=post.holder_name, password=closed) for post in posts)


def _acting(account: str, month: int, day: int) -> Any:
    from luoshi.acts.context import context_for
    from luoshi.store.models import Account

    return context_for(Account.objects.get(username=account), datetime(YEAR, month, day, 2, tzinfo=UTC))


def supervisor(month: int, day: int) -> Any:
    """The context of the first county's supervision desk on a day of the year."""
    return _acting(supervisor_of(0), month, day)


def live_month(month: int) -> None:
    """A month of the first county: opened, reported, signed, accepted; closed unless it is the last."""
    from luoshi.acts.handle_reports import accept_reports, sign_reports
    from luoshi.acts.run_month import close_month, open_month
    from luoshi.acts.submit_reports import ReportRow, submit_reports
    from luoshi.store.entries import find_where
    from luoshi.store.open_work import open_work
    from luoshi.terms.period import Period

    plan, period = plan_of(0), Period.month(YEAR, month)
    closes = date(YEAR, month + 1, 5) if month < 12 else date(YEAR + 1, 1, 5)
    open_month(supervisor(month, 25), plan, period, closes)
    for body in range(1, BODIES + 1):
        mine = find_where(plan, "target", lead_body=body_code(0, body))
        rows = [
            ReportRow(entry.id, {"value": f"{float(str(entry['value'])) * month / 12:.2f}", "text": "按计划推进。"})
            for entry in mine
            if entry["value"] is not None
        ]
        reports = [
            entry.id
            for entry in submit_reports(_acting(desk_of(0, body), month, 26), plan, period, body_code(0, body), rows)
        ]
        sign_reports(_acting(f"{code_of(0)}-head{body:02d}", month, 27), reports)
        accept_reports(supervisor(month, 28), reports)
    if month < 12:
        close_month(supervisor(month, 28), plan, open_work(plan, period))


def tell_of_others(base: FirstCounty, first: int, last: int, said: Progress) -> None:
    """Counties ``first`` up to ``last`` (not included), each the first county under its own code."""
    from django.db import connection, transaction

    for number in range(first, last):
        if (number - first) % 10 == 0:
            said(f"写入第{number + 1}个县（共{last}个）")
        with transaction.atomic():
            base.copy_to(code_of(number))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class FirstCounty:
    """The rows of the first county, ready to be told of another; read while no other is there."""

    def __init__(self) -> None:
        from luoshi.store import models

        self.facts = list(models.FactRow.objects.order_by("stream", "version"))
        self.snapshots = list(models.Snapshot.objects.all())
        self.plain: list[Any] = [
            models.Account, models.EntryRow, models.SearchText, models.IndexCell, models.Rating, models.LeagueRow,
        ]  # fmt: skip
        self.rows = {model: list(model.objects.all().values_list(*_columns(model))) for model in self.plain}

    def copy_to(self, code: str) -> None:
        """Write the rows under another code."""
        from luoshi.store import models

        swap = {code_of(0): code}
        snapshots = [self._snapshot(row, swap) for row in self.snapshots]
        facts = list(self._chained(swap))
        for model in self.plain:
            _write(model, (tuple(_swapped(cell, swap) for cell in row) for row in self.rows[model]))
        _write(models.Snapshot, snapshots)
        _write(models.FactRow, facts)
        columns = _columns(models.FactRow)
        at = [columns.index(name) for name in ("stream", "version", "hash")]
        heads = {row[at[0]]: (row[at[0]], row[at[1]], row[at[2]]) for row in facts}
        _write(models.StreamHeadRow, heads.values())

    def _snapshot(self, row: Any, swap: dict[str, str]) -> tuple[Any, ...]:
        body = _swapped(row.body, swap)
        digest = hashlib.sha256(body.encode()).hexdigest()
        swap[row.sha256] = digest
        return (_swapped(row.plan, swap), row.period, digest, body, row.taken_at)

    def _chained(self, swap: dict[str, str]) -> Iterator[tuple[Any, ...]]:
        from luoshi.ledger.fact import Fact, digest
        from luoshi.store.models import FactRow

        names = _columns(FactRow)
        for _, group in itertools.groupby(self.facts, key=lambda row: row.stream):
            before = ""
            for row in group:
                told = {name: _swapped(getattr(row, name), swap) for name in names}
                told |= {"prev_hash": before, "hash": ""}
                told["hash"] = before = digest(Fact(**told))
                yield tuple(told[name] for name in names)


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.get_internal_type() != "BigAutoField"]


def _swapped(cell: Any, swap: dict[str, str]) -> Any:
    if isinstance(cell, str):
        for old, new in swap.items():
            if old in cell:
                cell = cell.replace(old, new)
    return cell


def _write(model: Any, rows: Iterable[tuple[Any, ...]]) -> None:
    """All rows by COPY: a province is written in minutes."""
    from django.db import connection

    connection.ensure_connection()
    columns = ", ".join(f'"{name}"' for name in _columns(model))
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
