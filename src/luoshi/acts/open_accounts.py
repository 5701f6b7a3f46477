"""开通账号: an account with a one-time password for each post-holder who has none."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.acts.accounts import create_account
from luoshi.acts.context import Context, refuse
from luoshi.people.role import Role
from luoshi.people.roster import Post, Roster
from luoshi.store import rosters
from luoshi.store.models import Account
from luoshi.store.security_log import note

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without what is mistaken for another sign: l, o, 0, 1


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """初始密码: shown once; it must be changed at the first sign-in."""

    account: str
    name: str
    body: str
    role: str
    password: str


def one_time_password() -> str:
    """A password of 12 signs, 60 bits, in groups of four."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def without_account(roster: Roster, on: date) -> list[Post]:
    """The posts whose holders cannot sign in yet, one for each holder."""
    known = set(Account.objects.values_list("username", flat=True))
    held = {post.holder: post for post in roster.posts if post.holder and post.stands_on(on)}
    return [post for holder, post in held.items() if holder not in known]


def open_accounts(
    context: Context, progress: Callable[[int, int], None] = lambda *_: None
) -> Iterator[OneTimePassword]:
    """Open the missing accounts, one by one, each kept as soon as it is yielded.

    Raises:
        Refused: the actor keeps neither the supervision nor the system.
    """
    if not (context.actor.has(Role.SUPERVISOR) or context.actor.has(Role.SYSTEM_ADMINISTRATOR)):
        raise refuse("acts.no_accounts", "只有督查室或系统管理员可以开通账号。", 403)
    roster = rosters.roster(context.county)
    waiting = without_account(roster, context.today)
    for number, post in enumerate(waiting):
        progress(number, len(waiting))
        password = one_time_password()
        create_account(post.holder, post.holder_name, password)
        note("account_opened", post.holder, context.now, by=context.actor.account)
        yield OneTimePassword(post.holder, post.holder_name, roster.label(post.body), post.role.label, password)
    progress(len(waiting), len(waiting))
