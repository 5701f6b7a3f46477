"""导入花名册: bodies and posts from a workbook; known ones are brought up to date, none is ever doubled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from luoshi.acts.context import Context
from luoshi.acts.register_people import register_people
from luoshi.acts.roster_workbook import body_of, post_of, read_roster
from luoshi.acts.typed_sheet import NumberedRow
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


_CALLED = ("code", "name", "short_name")
"""What a row of the sheet of bodies is called by."""


def check_roster(content: bytes, roster: Roster) -> tuple[list[Body], list[Post], tuple[Finding, ...]]:
    """The bodies and posts a workbook asks for, or nothing of it, and everything that is wrong in all its sheets.

    Args:
        roster: what is registered already; posts are recognised by body, role and title.
    """
    rows = read_roster(content)
    findings = [*rows.findings]
    named = [row for _, row in rows.bodies if row.get("code") and row.get("name")]
    joined = Roster.of([*roster.bodies.values(), *map(body_of, named)])
    doubtful = {str(row[name]) for _, row in rows.bodies if row not in named for name in _CALLED if row.get(name)}
    names = _Names(joined, doubtful, is_whole=rows.has_bodies)
    bodies = [_placed(row, "parent", "单位!E", names, findings) for row in rows.bodies]
    posts = [_placed(row, "body", "岗位!A", names, findings) for row in rows.posts]
    findings += [finding for row in rows.posts for finding in _of_the_holder(row)]
    if has_errors(findings):
        return [], [], tuple(findings)
    return [body_of(row) for row in bodies], _posts(posts, roster), tuple(findings)


@dataclass(frozen=True, slots=True)
class _Names:
    """By what a workbook may call a body: what is registered or rightly listed, and what stands in bad rows."""

    roster: Roster
    doubtful: set[str]
    is_whole: bool

    def is_unknown(self, written: str) -> bool:
        """Whether it is certainly wrong; a name in a row that is bad itself, or of a lost sheet, is not."""
        return self.is_whole and written not in self.doubtful and self.code_of(written) is None

    def code_of(self, written: str) -> str | None:
        """The code of the body so called."""
        body = self.roster.bodies.get(written) or self.roster.named(written)
        return body.code if body else None


def _placed(
    numbered: NumberedRow, field: str, column: str, names: _Names, findings: list[Finding]
) -> Mapping[str, Value]:
    """The row with the body it names as a code."""
    number, row = numbered
    written = str(row.get(field) or "")
    if not written:
        return row
    if names.is_unknown(written):
        message = f"第{number}行填的是“{written}”：单位表里没有这个代码或名称，或者不止一个。"
        findings.append(Finding("acts.E107", Level.ERROR, f"{column}{number}", message))
    return {**row, field: names.code_of(written) or written}


_MUST_SIGN_IN = {Role.SUPERVISOR, Role.UNIT_HEAD, Role.DESK_OFFICER}


def _of_the_holder(numbered: NumberedRow) -> Iterator[Finding]:
    """An account without a name, or the name of someone who must sign in and has no account."""
    number, row = numbered
    account, name = row.get("holder"), row.get("holder_name")
    if account and not name:
        message = f"第{number}行有任职账号“{account}”，没有填任职人姓名。"
        yield Finding("acts.E108", Level.ERROR, f"岗位!E{number}", message)
    if name and not account and row.get("role") in _MUST_SIGN_IN:
        message = f"第{number}行任职人“{name}”没有填任职账号，不能登录办理。"
        yield Finding("acts.E109", Level.ERROR, f"岗位!D{number}", message)


def _posts(rows: Sequence[Mapping[str, Value]], known: Roster) -> list[Post]:
    taken = {(post.body, post.role, post.title): post.id for post in known.posts}
    used = {post.id for post in known.posts}
    posts = []
    for row in rows:
        body, role, title = str(row["body"]), Role(str(row["role"])), str(row["title"])
        identity = taken.get((body, role, title)) or _free(body, role, used)
        used.add(identity)
        posts.append(post_of(row, identity))
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
