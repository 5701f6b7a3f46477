"""账号管理: opening, resetting, unlocking and closing the accounts of a county's people. No facts; the security log tells.

Who keeps posts keeps accounts: the supervision office and the system administrator, by a post of their own.
"""

from __future__ import annotations

from luoshi.acts.accounts import create_account, forget_failures
from luoshi.acts.clock import true_now
from luoshi.acts.context import Context, act, refuse
from luoshi.acts.open_accounts import one_time_password
from luoshi.acts.second_factor import take_factor_away
from luoshi.people.role import KEEPERS
from luoshi.people.roster import Post
from luoshi.store import rosters
from luoshi.store.models import Account
from luoshi.store.security_log import note


@act
def open_account(context: Context, username: str) -> str:
    """Open the account of somebody who holds a post and cannot sign in yet.

    Returns:
        The first password, shown once; it must be changed at the first sign-in.

    Raises:
        Refused: not a keeper's to do, no post names this account, or it is open already.
    """
    _require_keeper(context)
    name = next((post.holder_name for post in _posts(context) if post.holder == username and username), None)
    if name is None:
        raise _unknown(username)
    if Account.objects.filter(username=username).exists():
        raise refuse("acts.account_exists", "这个账号已经开通。", 409, account=username)
    password = one_time_password()
    create_account(username, name or username, password)
    _note(context, "account_opened", username)
    return password


@act
def reset_password(context: Context, username: str) -> str:
    """Give somebody a new first password and end the lock.

    Returns:
        The password, shown once; it must be changed at the next sign-in.

    Raises:
        Refused: not a keeper's to do, one's own account, or unknown in the county.
    """
    account = _others_account(context, username)
    password = one_time_password()
    create_account(username, account.name, password)
    forget_failures(Account.objects.get(pk=account.pk))
    _note(context, "password_reset", username)
    return password


@act
def unlock_account(context: Context, username: str) -> None:
    """End the lock after wrong passwords before its quarter of an hour is over.

    Raises:
        Refused: not a keeper's to do, one's own account, or unknown in the county.
    """
    forget_failures(_others_account(context, username))
    _note(context, "unlocked", username)


@act
def end_lost_factor(context: Context, username: str) -> None:
    """Take away the second factor of somebody whose telephone is lost.

    Raises:
        Refused: not a keeper's to do, one's own account, unknown in the county, or there is none.
    """
    if not take_factor_away(_others_account(context, username)):
        raise refuse("acts.no_factor", "这个账号没有启用动态口令。", 409, account=username)
    _note(context, "factor_off", username)


@act
def close_account(context: Context, username: str) -> None:
    """Let an account sign in no more; what it did stays. Whoever is signed in with it is out at the next page.

    Raises:
        Refused: not a keeper's to do, one's own account, or unknown in the county.
    """
    account = _others_account(context, username)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    _note(context, "account_closed", username)


@act
def reopen_account(context: Context, username: str) -> None:
    """Let a closed account sign in again, with the password it had.

    Raises:
        Refused: not a keeper's to do, one's own account, or unknown in the county.
    """
    account = _others_account(context, username)
    Account.objects.filter(pk=account.pk).update(is_active=True)
    _note(context, "account_reopened", username)


def _posts(context: Context) -> tuple[Post, ...]:
    return context.circumstances.roster.posts


def _require_keeper(context: Context) -> None:
    if not any(post.role in KEEPERS and not post.acting_for for post in context.actor.posts):
        raise refuse("acts.no_accounts", "只有督查室或系统管理员可以管理账号。", 403)


def _others_account(context: Context, username: str) -> Account:
    """Another's account, of somebody of this county or of nobody's any more."""
    _require_keeper(context)
    account = Account.objects.select_for_update().filter(username=username).first()
    county, _ = rosters.standing_of(username, context.today)
    if account is None or county != context.county:
        raise _unknown(username)
    if username == context.actor.account:
        raise refuse("acts.own_account", "不能办理自己的账号，请由另一位管理员办理。", 403)
    return account


def _unknown(username: str) -> Exception:
    return refuse("acts.unknown_account", f"本县没有“{username}”这个账号。", 404, account=username)


def _note(context: Context, kind: str, username: str) -> None:
    note(kind, username, true_now(), by=context.actor.account)
