"""导入花名册: bodies and posts from a workbook; known ones are brought up to date, none is ever doubled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from luoshi.acts.context import Context
from luoshi.acts.register_people import register_people
from luoshi.acts.roster_workbook import NumberedRow, RosterRows, body_of, post_of, read_roster
from luoshi.lists.entry import Value
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster
from luoshi.store import rosters
from luoshi.terms.finding import Finding, Level, has_errors
from luoshi.terms.refusal import FieldError, Refusal, Refused


@dataclass(frozen=True, slots=True)
class RosterChange:
    """花名册变动: labels of the bodies and posts that came and those that changed; unchanged ones are counted."""

    new_bodies: tuple[str, ...]
    changed_bodies: tuple[str, ...]
    new_posts: tuple[str, ...]
    changed_posts: tuple[str, ...]
    unchanged: int


def check_roster(content: bytes, roster: Roster) -> tuple[list[Body], list[Post], tuple[Finding, ...]]:
    """The bodies and posts a workbook asks for, and everything that is wrong in it.

    Args:
        roster: what is registered already; posts are recognised by body, role and title.
    """
    rows = read_roster(content)
    if has_errors(rows.findings):
        return [], [], rows.findings
    joined = Roster.of([*roster.bodies.values(), *(body_of(row) for _, row in rows.bodies)])
    findings = [*rows.findings]
    bodies = [body_of(_placed(row, "parent", "单位!E", joined, findings)) for row in rows.bodies]
    posts = _posts(rows, joined, roster, findings)
    return bodies, posts, tuple(findings)


def _placed(
    numbered: NumberedRow, field: str, column: str, roster: Roster, findings: list[Finding]
) -> Mapping[str, Value]:
    """The row with the body it names as a code."""
    number, row = numbered
    written = str(row.get(field) or "")
    if not written or written in roster.bodies:
        return row
    body = roster.named(written)
    if body is None:
        message = f"第{number}行填的是“{written}”：单位表里没有这个代码或名称，或者不止一个。"
        findings.append(Finding("acts.E107", Level.ERROR, f"{column}{number}", message))
        return row
    return {**row, field: body.code}


def _posts(rows: RosterRows, joined: Roster, known: Roster, findings: list[Finding]) -> list[Post]:
    taken = {(post.body, post.role, post.title): post.id for post in known.posts}
    used = {post.id for post in known.posts}
    posts = []
    for number, row in rows.posts:
        placed = _placed((number, row), "body", "岗位!A", joined, findings)
        body, role, title = str(placed["body"]), Role(str(placed["role"])), str(placed["title"])
        identity = taken.get((body, role, title)) or _free(body, role, used)
        used.add(identity)
        posts.append(post_of(placed, identity))
        if row.get("holder") and not row.get("holder_name"):
            message = f"第{number}行有任职账号“{row['holder']}”，没有填任职人姓名。"
            findings.append(Finding("acts.E108", Level.ERROR, f"岗位!E{number}", message))
    return posts


def _free(body: str, role: Role, used: set[str]) -> str:
    number = 1
    while f"post:{body}:{role}:{number}" in used:
        number += 1
    return f"post:{body}:{role}:{number}"


def import_roster(context: Context, county: str, content: bytes, *, dry_run: bool = False) -> RosterChange:
    """Register what a workbook says.

    Args:
        county: the area code.
        dry_run: everything is checked and told, nothing is kept.

    Raises:
        Refused: a cell is bad, each named, or the actor may not; nothing is registered.
    """
    bodies, posts, findings = check_roster(content, rosters.roster(county))
    if has_errors(findings):
        errors = tuple(
            FieldError(finding.where, f"{finding.where}　{finding.message}{finding.hint}") for finding in findings
        )
        raise Refused(
            Refusal("acts.bad_roster", f"花名册有{len(errors)}处需要修改，什么也没有登记。", 422, errors=errors)
        )
    with transaction.atomic():
        touched = register_people(context, county, bodies, posts)
        if dry_run:
            transaction.set_rollback(True)
    new = {entry.id for entry in touched if entry.version == 1}
    changed = {entry.id for entry in touched} - new
    names = {f"body:{body.code}": body.label for body in bodies} | {post.id: _label(post, bodies) for post in posts}
    told = {
        (kind, is_new): tuple(names[i] for i in names if i in ids and i.startswith(kind))
        for kind in ("body:", "post:")
        for is_new, ids in ((True, new), (False, changed))
    }
    return RosterChange(
        told["body:", True], told["body:", False], told["post:", True], told["post:", False], len(names) - len(touched)
    )


def _label(post: Post, bodies: list[Body]) -> str:
    body = next((one.label for one in bodies if one.code == post.body), post.body)
    return f"{body}{post.title or post.role.label}"
