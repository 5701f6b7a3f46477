"""动态口令: taking up an authenticator, passing with its codes or a recovery code, and ending it. No facts.

Codes are right for half a minute and taken once (RFC 6238); recovery codes are shown once and kept as hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction

from luoshi.people.one_time_code import accepted_step
from luoshi.store.models import Account
from luoshi.store.second_factor import SecondFactor
from luoshi.terms.refusal import FieldError, Refusal, Refused

RECOVERY_CODES = 8
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without what is mistaken for another sign: l, o, 0, 1


def factor_of(account: Account) -> SecondFactor | None:
    """The second factor an account signs in with; None while it has none, or has not confirmed it."""
    return SecondFactor.objects.filter(account=account).exclude(confirmed_at=None).first()


@transaction.atomic
def begin_factor(account: Account) -> str:
    """A new key for the account's authenticator; it asks for nothing until a first code is right.

    Returns:
        The key as authenticators take it: 32 characters of base 32.

    Raises:
        Refused: the account has a second factor already; it is ended first.
    """
    if factor_of(account):
        raise Refused(Refusal("acts.factor_stands", "动态口令已经启用；要更换设备，请先停用再重新设置。", 409))
    key = secrets.token_bytes(20)
    kept = {"sealed_key": _box().encrypt(key).decode(), "last_step": -1, "recovery": "[]", "confirmed_at": None}
    SecondFactor.objects.update_or_create(account=account, defaults=kept)
    return base64.b32encode(key).decode()


def key_begun(account: Account) -> str:
    """The key that waits for its first code; empty when none was begun."""
    factor = SecondFactor.objects.filter(account=account, confirmed_at=None).first()
    key = _key(factor) if factor else None
    return base64.b32encode(key).decode() if key else ""


@transaction.atomic
def confirm_factor(account: Account, code: str, now: datetime) -> list[str]:
    """The first right code puts the second factor in force.

    Returns:
        The recovery codes, shown once.

    Raises:
        Refused: nothing was begun, or the code is wrong.
    """
    factor = SecondFactor.objects.select_for_update().filter(account=account, confirmed_at=None).first()
    if factor is None or not _takes_code(factor, code, now):
        raise Refused(_wrong_code("口令不正确。请确认手机时间准确，用最新显示的6位数字。"))
    codes = [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(2)) for _ in range(RECOVERY_CODES)
    ]
    factor.recovery = json.dumps([_hash(one) for one in codes])
    factor.confirmed_at = now
    factor.save()
    return codes


@transaction.atomic
def passes_factor(account: Account, typed: str, now: datetime) -> bool:
    """Whether a code of the authenticator or a recovery code was typed; either is used up by it."""
    factor = SecondFactor.objects.select_for_update().filter(account=account).exclude(confirmed_at=None).first()
    if factor is None:
        return False
    is_right = _takes_code(factor, typed, now) or _takes_recovery(factor, typed)
    if is_right:
        factor.save()
    return is_right


@transaction.atomic
def end_factor(account: Account, password: str, typed: str, now: datetime) -> None:
    """End one's own second factor.

    Raises:
        Refused: the password or the code is wrong.
    """
    if not account.check_password(password):
        message = "密码不正确。"
        raise Refused(Refusal("acts.wrong_password", message, 422, errors=(FieldError("password", message),)))
    if not passes_factor(account, typed, now):
        raise Refused(_wrong_code("口令不正确，也可以填一个没有用过的备用码。"))
    take_factor_away(account)


def take_factor_away(account: Account) -> bool:
    """Forget an account's second factor, as when the telephone is lost; whether there was one."""
    return SecondFactor.objects.filter(account=account).delete()[0] > 0


def recovery_left(factor: SecondFactor) -> int:
    """How many recovery codes are not used."""
    return len(json.loads(factor.recovery))


def _takes_code(factor: SecondFactor, typed: str, now: datetime) -> bool:
    key = _key(factor)
    code = "".join(typed.split())
    step = accepted_step(key, code, int(now.timestamp()), factor.last_step) if key else None
    if step is None:
        return False
    factor.last_step = step
    return True


def _takes_recovery(factor: SecondFactor, typed: str) -> bool:
    known: list[str] = json.loads(factor.recovery)
    given = _hash(typed.strip().lower())
    if given not in known:
        return False
    factor.recovery = json.dumps([one for one in known if one != given])
    return True


def _key(factor: SecondFactor) -> bytes | None:
    """The key, or None when the installation's secret is another one by now: then only recovery codes are right."""
    try:
        return _box().decrypt(factor.sealed_key.encode())
    except InvalidToken:
        return None


def _box() -> Fernet:
    """Sealed with the installation's secret, so that a copy of the database alone shows no key."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factor:{settings.SECRET_KEY}".encode()).digest()))


def _hash(code: str) -> str:
    """Recovery codes are random, 50 bits each: one round is enough, unlike for passwords that people choose."""
    return hashlib.sha256(f"recovery code:{code}".encode()).hexdigest()


def _wrong_code(message: str) -> Refusal:
    return Refusal("acts.wrong_code", message, 422, errors=(FieldError("code", message),))
