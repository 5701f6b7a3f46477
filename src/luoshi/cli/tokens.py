"""``luoshi tokens``: tokens with which other systems of a body call the interface."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said

if TYPE_CHECKING:
    from luoshi.acts.context import Context

_ACCOUNT = said("账号", "ACCOUNT")


@click.command(
    "tokens",
    cls=ChineseCommand,
    help=said(
        "列出接口令牌；--new 为一个账号开通，--revoke 停用。令牌只显示一次，由系统管理员或安全管理员办理。",
        "List the tokens of the interface; --new makes one for an account, --revoke ends one.",
    ),
)
@click.option("--new", metavar=_ACCOUNT, help=said("为这个账号开通。", "The account that it acts as."))
@click.option("--body", metavar=said("单位", "BODY"), help=said("单位名称或代码。", "Name or code of the body."))
@click.option("--name", metavar=said("用途", "PURPOSE"), help=said("用途。", "What it is for."))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help=said("有效期至。", "Its last day."))
@click.option("--revoke", metavar=said("令牌编号", "TOKEN"), help=said("停用这个令牌。", "The token to end."))
@click.option("--as", "account", metavar=_ACCOUNT, help=said("由谁办理。", "Who acts."))
def command(
    new: str | None, body: str | None, name: str | None, until: datetime | None, revoke: str | None, account: str | None
) -> int:
    """Make, end or list tokens."""
    from luoshi.cli.acting import acting
    from luoshi.cli.started import start

    start()
    from luoshi.acts.api_tokens import KEEPERS

    if revoke:
        _revoke(acting(account, *KEEPERS), revoke)
    if new:
        _make(acting(account, *KEEPERS), new, body or "", name or "", until.date() if until else None)
    elif not revoke:
        _list()
    return DONE


def _make(context: Context, account: str, body: str, name: str, until: date | None) -> None:
    from luoshi.acts.api_tokens import LONGEST, issue_token

    known = context.circumstances.roster.named(body)
    code = known.code if known else body
    token, written = issue_token(context, account, code, name, until or context.today + LONGEST)
    click.echo(said(
        f"令牌{token.id}，有效期至{token.expires_on}，只显示这一次：", f"Token {token.id}, until {token.expires_on}, shown once:"
    ))  # fmt: skip
    click.echo(written)


def _revoke(context: Context, identity: str) -> None:
    from luoshi.acts.api_tokens import revoke_token

    token = revoke_token(context, identity)
    click.echo(said(f"令牌{token.id}（{token.name}）已停用。", f"Token {token.id} ({token.name}) has ended."))


def _list() -> None:
    from luoshi.store.models import ApiToken

    tokens = ApiToken.objects.select_related("account").order_by("made_at")
    if not tokens:
        click.echo(said("还没有接口令牌。", "There are no tokens."))
    for token in tokens:
        ended = (
            said("已停用", "ended") if token.revoked_at else said(f"至{token.expires_on}", f"until {token.expires_on}")
        )
        used = token.last_used_on or said("未用过", "never used")
        click.echo(f"{token.id}  {token.account.username}  {token.body}  {token.name}  {ended}  {used}")
