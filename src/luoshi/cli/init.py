"""``luoshi init``: an empty county becomes ready to work; no demonstration data, no password anybody could guess."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import click

from luoshi.cli.founding import making
from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.home import UNFINISHED_FILE, fresh_secret, home, require_empty, write_configuration
from luoshi.cli.language import said
from luoshi.cli.read import content_of, write
from luoshi.terms.refusal import Refusal, Refused

if TYPE_CHECKING:
    from luoshi.acts.found_county import Administrator

_ADMINISTRATOR = re.compile(r"(?P<account>[A-Za-z0-9_.@-]{2,64})(?:[:：](?P<name>.{1,64}))?\Z")
_CODE = re.compile(r"[0-9]{6}(?:[0-9]{3}|[0-9]{6})?\Z")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the administrator wants: the county, who signs in first, where data live, under which names it is served."""

    name: str
    code: str
    year: int
    administrators: tuple[tuple[str, str], ...]
    database: dict[str, Any]
    hosts: tuple[str, ...]


@click.command(
    "init",
    cls=ChineseCommand,
    help=said(
        "建立一个县的落实：生成密钥，建好数据库，登记县府办和管理员。没有写明的会逐项询问。",
        "Start a county: a secret key, the database, the government office and the first administrators.",
    ),
)
@click.option("--name", metavar=said("名称", "NAME"), help=said("县（市、区）名称，如新昌县。", "Name of the county."))
@click.option("--code", metavar=said("代码", "CODE"), help=said("行政区划代码，如330624。", "Its area code."))
@click.option("--year", type=int, metavar=said("年度", "YEAR"), help=said("第一个年度。", "The first year."))
@click.option(
    "--admin", "administrators", multiple=True, metavar=said("账号:姓名", "ACCOUNT:NAME"),
    help=said("督查室管理员，可重复。", "An administrator of the supervision office; may be repeated."),
)  # fmt: skip
@click.option(
    "--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("单位和岗位的花名册（xlsx）。", "Workbook of bodies and posts."),
)  # fmt: skip
@click.option(
    "--passwords", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("为花名册上的人员开通账号，初始密码写入此文件。", "Open accounts for post-holders; passwords go here."),
)  # fmt: skip
@click.option(
    "--database",
    metavar="URL",
    help=said("postgresql://用户:密码@主机:端口/库名；不写则用SQLite。", "A PostgreSQL URL."),
)
@click.option(
    "--host", "hosts", multiple=True, metavar=said("主机名", "HOST"),
    help=said("对外访问用的主机名或地址，可重复。", "A name under which the pages are reached; may be repeated."),
)  # fmt: skip
@click.option(
    "--generate-passwords", is_flag=True, help=said("管理员密码自动生成，不询问。", "Make passwords, do not ask.")
)
@click.option(
    "--print-roster-template", "template", type=click.Path(path_type=Path, dir_okay=False),
    metavar=said("文件", "FILE"), help=said("只生成花名册模板（xlsx）。", "Only write the template of the roster."),
)  # fmt: skip
def command(*, template: Path | None, **typed: Any) -> int:
    """Make a home, or only write the template."""
    folder = home()
    if template:
        write_template(folder, template)
        return DONE
    if not (folder / UNFINISHED_FILE).exists():  # before anything is asked; the making looks again
        require_empty(folder)
    wish = _wish(typed)
    content = content_of(typed["roster"]) if typed["roster"] else b""
    with _made(folder, wish):
        _found(wish, content, typed["passwords"], ask=not typed["generate_passwords"] and sys.stdin.isatty())
    _conclude(folder)
    return DONE


def _wish(typed: Mapping[str, Any]) -> _Wish:
    """What was typed as options, or is asked for now."""
    name = _answered(typed["name"], said("县（市、区）名称", "Name of the county"), "--name")
    code = _code(_answered(typed["code"], said("行政区划代码", "Area code"), "--code"))
    question = said("管理员账号:姓名", "Administrator ACCOUNT:NAME")
    written = typed["administrators"] or (_answered(None, question, "--admin"),)
    year = typed["year"] or datetime.now(UTC).year
    return _Wish(name, code, year, _named(written), database_of(typed["database"]), typed["hosts"])


def write_template(folder: Path, template: Path) -> None:
    """Write the template of the roster; it needs no installation."""
    from luoshi.cli.started import set_up

    set_up(folder)
    from luoshi.acts.roster_workbook import roster_workbook

    write(template, roster_workbook())
    click.echo(said(f"已生成花名册模板：{template}", f"Template written: {template}"))


def _answered(given: str | None, question: str, option: str) -> str:
    if given and given.strip():
        return given.strip()
    if not sys.stdin.isatty():
        raise click.UsageError(said(f"缺少“{option}”。", f"{option} is missing."))
    answer: str = click.prompt(question, err=True)
    return answer.strip()


def _code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise click.UsageError(
            said(f"行政区划代码应为6位数字，得到“{code}”。", f"An area code has 6 digits, got {code}.")
        )
    return code


def _named(written: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = []
    for one in written:
        match = _ADMINISTRATOR.fullmatch(one.strip())
        if match is None:
            message = f"管理员应写作“账号:姓名”，账号用英文字母或数字，得到“{one}”。"
            raise click.UsageError(said(message, f"An administrator is written ACCOUNT:NAME, got {one}."))
        found.append((match["account"], match["name"] or match["account"]))
    return tuple(found)


def database_of(url: str | None) -> dict[str, Any]:
    """The settings of the database a URL names; SQLite without one.

    Raises:
        click.UsageError: it names none.
    """
    if not url:
        return {"engine": "sqlite"}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        message = f"数据库应写作postgresql://用户:密码@主机:端口/库名，得到“{parts.scheme}”。"
        raise click.UsageError(said(message, "A database is written postgresql://user:password@host:port/name."))
    socket = parse_qs(parts.query).get("host", [""])[0]  # a folder with the server's socket, as libpq takes it
    host = parts.hostname or socket
    known = {"user": parts.username, "password": parts.password, "host": host, "port": parts.port}
    told = {key: unquote(str(value)) for key, value in known.items() if value}
    return {"engine": "postgresql", "name": unquote(parts.path.strip("/")), **told}


@contextmanager
def _made(folder: Path, wish: _Wish) -> Iterator[None]:
    """The home with its settings; taken away again when founding the county fails."""
    chosen: dict[str, Any] = {
        "secret_key": fresh_secret(),
        "county": {"name": wish.name, "code": wish.code, "year": wish.year},
        "server": {"hosts": ["127.0.0.1", "localhost", *wish.hosts]},
        "database": wish.database,
    }
    with making(folder):
        write_configuration(folder, chosen)
        (folder / "packs").mkdir(exist_ok=True)
        (folder / "evidence").mkdir(exist_ok=True)
        yield


def _found(wish: _Wish, roster: bytes, passwords: Path | None, *, ask: bool) -> None:
    from luoshi.cli.started import migrate, set_up

    set_up(home())
    from django.db import DatabaseError, transaction

    try:
        migrate()
    except DatabaseError as error:
        message = said(f"数据库打不开：{error}".strip(), f"The database cannot be opened: {error}".strip())
        raise Refused(Refusal("cli.no_database", message)) from None
    from luoshi.acts.context import context_for
    from luoshi.acts.found_county import found_county
    from luoshi.acts.import_roster import import_roster
    from luoshi.acts.open_accounts import open_accounts
    from luoshi.cli.passwords import write_passwords
    from luoshi.store.models import Account

    now = datetime.now(UTC)
    first, made = _with_passwords(wish, ask=ask)
    with transaction.atomic():
        found_county(wish.code, wish.name, first, now)
        context = context_for(Account.objects.get(username=first[0].account), now)
        if roster:
            change = import_roster(context, wish.code, roster)
            click.echo(f"已登记{len(change.new_bodies)}个单位、{len(change.new_posts)}个岗位。")
    if passwords:
        count = write_passwords(passwords, open_accounts(context))
        click.echo(f"已开通{count}个账号，初始密码在{passwords}，请分发后删除。")
    for one in made:
        click.echo(said(
            f"管理员“{one.account}”（{one.name}）的初始密码：{one.password}　只显示这一次，首次登录须修改。",
            f"First password of {one.account}: {one.password}  Shown once; to be changed at the first sign-in.",
        ))  # fmt: skip


def _with_passwords(wish: _Wish, *, ask: bool) -> tuple[list[Administrator], list[Administrator]]:
    """The administrators with their passwords, and those whose password was made here and is to be shown."""
    from luoshi.acts.found_county import Administrator
    from luoshi.acts.open_accounts import one_time_password
    from luoshi.cli.passwords import asked

    everybody, made = [], []
    for account, name in wish.administrators:
        typed = asked(account) if ask else ""
        one = Administrator(account, name, typed or one_time_password())
        everybody.append(one)
        made += [] if typed else [one]
    return everybody, made


def _conclude(folder: Path) -> None:
    click.echo(said(
        f"已在{folder}启用。下一步：luoshi adopt 文件，采纳本年度的文件；luoshi serve，启动网页。",
        f"Ready in {folder}. Next: luoshi adopt FILE, then luoshi serve.",
    ))  # fmt: skip
