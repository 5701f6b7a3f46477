"""``luoshi accounts``: sign-ins for post-holders, and a new password for one who forgot theirs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said
from luoshi.cli.passwords import write_passwords
from luoshi.cli.progress import progress
from luoshi.terms.refusal import Refusal, Refused

if TYPE_CHECKING:
    from luoshi.acts.context import Context
    from luoshi.store.models import Account


@click.command(
    "accounts",
    cls=ChineseCommand,
    help=said(
        "为花名册上还没有账号的人员开通账号，或者重置一个人的密码。初始密码首次登录须修改。",
        "Open the accounts that post-holders lack, or give one person a new first password.",
    ),
)
@click.option(
    "--passwords", type=click.Path(path_type=Path, dir_okay=False), metavar=said("文件", "FILE"),
    help=said("开通账号，初始密码写入此文件（csv）。", "Open accounts; the passwords go into this file."),
)  # fmt: skip
@click.option("--reset", metavar=said("账号", "ACCOUNT"), help=said("重置此人的密码，只显示一次。", "Whose password."))
@click.option(
    "--no-second-factor", "lost", metavar=said("账号", "ACCOUNT"),
    help=said("停用此人的动态口令，手机遗失时用。", "Whose second factor to end, when the telephone is lost."),
)  # fmt: skip
@click.option("--as", "account", metavar=said("账号", "ACCOUNT"), help=said("由谁办理。", "Who acts."))
def command(passwords: Path | None, reset: str | None, lost: str | None, account: str | None) -> int:
    """Open or reset accounts; without options, tell who cannot sign in yet."""
    from luoshi.cli.acting import acting
    from luoshi.cli.started import start

    start()
    if reset:
        _reset(reset)
    if lost:
        _end_factor(lost)
    if passwords:
        open_missing(acting(account), passwords)
    elif not (reset or lost):
        tell_missing()
    return DONE


def open_missing(context: Context, path: Path) -> None:
    """Open every missing account and write its password down."""
    from luoshi.acts.open_accounts import open_accounts, without_account
    from luoshi.store.rosters import roster

    waiting = len(without_account(roster(context.county), context.today))
    if not waiting:
        click.echo(said("人员都已有账号。", "Everybody has an account."))
        return
    with progress(said("正在开通账号", "Opening accounts"), waiting) as moved:
        count = write_passwords(path, open_accounts(context, lambda number, _: moved(1 if number else 0)))
    click.echo(said(
        f"已开通{count}个账号，初始密码在{path}，请分发后删除。", f"{count} accounts opened; passwords in {path}."
    ))  # fmt: skip


def tell_missing() -> None:
    """Say how many post-holders cannot sign in yet."""
    from luoshi.acts.clock import today
    from luoshi.acts.open_accounts import without_account
    from luoshi.store.rosters import home_county, roster

    waiting = without_account(roster(home_county()), today())
    if waiting:
        click.echo(said(
            f"还有{len(waiting)}名任职人员没有账号，可用 luoshi accounts --passwords 文件 开通。",
            f"{len(waiting)} post-holders have no account: luoshi accounts --passwords FILE opens them.",
        ))  # fmt: skip
    else:
        click.echo(said("人员都已有账号。", "Everybody has an account."))


def _known(username: str) -> Account:
    from luoshi.store.models import Account

    known = Account.objects.filter(username=username).first()
    if known is None:
        message = said(f"没有“{username}”这个账号。", f"No account {username}.")
        raise Refused(Refusal("cli.unknown_account", message, 404))
    return known


def _end_factor(username: str) -> None:
    from luoshi.acts.clock import true_now
    from luoshi.acts.second_factor import take_factor_away
    from luoshi.store.security_log import note

    known = _known(username)
    if take_factor_away(known):
        note("factor_off", username, true_now(), by="luoshi accounts")
        click.echo(said(f"已停用“{username}”（{known.name}）的动态口令。", f"{username} has no second factor now."))
    else:
        click.echo(said(f"“{username}”没有启用动态口令。", f"{username} had no second factor."))


def _reset(username: str) -> None:
    from luoshi.acts.accounts import create_account
    from luoshi.acts.clock import true_now
    from luoshi.acts.open_accounts import one_time_password
    from luoshi.store.security_log import note

    known = _known(username)
    password = one_time_password()
    create_account(username, known.name, password)
    note("password_reset", username, true_now(), by="luoshi accounts")
    click.echo(said(
        f"“{username}”（{known.name}）的新密码：{password}　只显示这一次，首次登录须修改。",
        f"New password of {username}: {password}  Shown once; to be changed at the next sign-in.",
    ))  # fmt: skip
