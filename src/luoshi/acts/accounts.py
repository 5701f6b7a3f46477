"""Accounts: who can sign in. They are no facts; passwords never enter the ledger."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from luoshi.store.models import Account
from luoshi.terms.refusal import FieldError, Refusal, Refused

_USERNAME = re.compile(r"[^\s\x00-\x1f\x7f]{1,64}\Z")


ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=15)
"""So many wrong passwords or codes in a row lock an account for so long."""
_WEAK = {
    "password_too_similar": "密码与账号或姓名太相近，容易被猜中，请换一个。",
    "password_too_short": "密码至少要有8位。",
    "password_too_common": "密码太常见，容易被猜中，请换一个。",
    "password_entirely_numeric": "密码不能全是数字。",
}
"""What is wrong with a weak password, by the code of the rule."""


@transaction.atomic
def create_account(username: str, name: str, password: str, *, must_change: bool = True) -> Account:
    """Make an account, or give an existing one a new name and password.

    Raises:
        Refused: the name is none to sign in with, or the password is too weak (422).
    """
    if not _USERNAME.match(username):
        message = "账号应为1到64个字，不含空格。"
        raise Refused(Refusal("acts.bad_username", message, 422, errors=(FieldError("username", message, username),)))
    account = Account.objects.filter(username=username).first() or Account(username=username)
    account.name = name
    check_password(password, account)
    account.set_password(password)
    account.must_change_password = must_change
    account.save()
    return account


@transaction.atomic
def change_password(account: Account, old: str, new: str) -> None:
    """Give oneself a new password.

    Raises:
        Refused: the old one is wrong, or the new one too weak or the same.
    """
    if not account.check_password(old):
        raise Refused(
            Refusal("acts.wrong_password", "原密码不正确。", 422, errors=(FieldError("old", "原密码不正确。"),))
        )
    if old == new:
        wrong = FieldError("new", "新密码不能与原密码相同。")
        raise Refused(Refusal("acts.same_password", wrong.message, 422, errors=(wrong,)))
    check_password(new, account, "new")
    account.set_password(new)
    account.must_change_password = False
    account.save()


@transaction.atomic
def count_failure(account: Account, now: datetime) -> None:
    """One more wrong password or code; tries at the same moment are all counted."""
    held = Account.objects.select_for_update().get(pk=account.pk)
    held.failures += 1
    if held.failures >= ATTEMPTS:
        held.failures, held.locked_until = 0, now + LOCKED_FOR
    held.save(update_fields=["failures", "locked_until"])


def forget_failures(account: Account) -> None:
    """Signed in: what was typed wrong before no longer counts."""
    if account.failures or account.locked_until:
        Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)


def is_locked(account: Account, now: datetime) -> bool:
    """Whether nobody can sign in as this account yet."""
    return account.locked_until is not None and account.locked_until > now


def check_password(password: str, account: Account, field: str = "password") -> None:
    """Refuse a password that is too weak.

    Args:
        field: the field of the form it was typed in.

    Raises:
        Refused: with one message per rule broken.
    """
    try:
        validate_password(password, account)
    except ValidationError as error:
        messages = [_WEAK.get(str(one.code), "".join(one.messages)) for one in error.error_list]
        errors = tuple(FieldError(field, message) for message in messages)
        raise Refused(Refusal("acts.weak_password", "".join(messages), 422, errors=errors)) from None
