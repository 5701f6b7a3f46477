"""Tokens of the interface: another system of a body acts with them as one of its accounts. They are no facts."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from luoshi.acts.context import Context, act, refuse
from luoshi.people.role import Role
from luoshi.store import rosters
from luoshi.store.models import Account, ApiToken
from luoshi.store.security_log import note
from luoshi.terms.refusal import FieldError, Refusal, Refused

LONGEST = timedelta(days=366)
"""No token outlives the year it was made for: who no longer needs one need not remember to give it back."""

_WRITTEN = re.compile(r"lsk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})\Z")
KEEPERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
"""Who makes tokens and ends them."""


@act
def issue_token(context: Context, account: str, body: str, name: str, expires_on: date) -> tuple[ApiToken, str]:
    """Make a token with which a system acts as an account, with its posts in one body only.

    Args:
        account: the sign-in name of a person or of a system that holds a post in the body.
        name: what it is for, shown in the list of tokens.

    Returns:
        The token, and its writing, which is shown once and kept nowhere.

    Raises:
        Refused: not an administrator's to do, unknown account, no post in the body, or bad dates.
    """
    _require_keeper(context)
    holder = Account.objects.filter(username=account, is_active=True).first()
    county, roster = rosters.standing_of(account, context.today)
    if holder is None or county != context.county:
        raise refuse("acts.unknown_account", f"本县没有“{account}”这个账号。", 404, account=account)
    posts = [post for post in roster.posts_of(account, context.today) if post.body == body]
    if not posts:
        message = f"“{account}”在{roster.label(body)}没有岗位，不能为这一单位办理。"
        raise refuse("acts.token_without_post", message, 409, account=account, body=body)
    errors = _errors(context.today, name, expires_on)
    if errors:
        raise Refused(Refusal("acts.bad_token", errors[0].message, 422, errors=tuple(errors)))
    secret = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        id=secrets.token_hex(6), secret_sha256=_digest(secret), name=name.strip(), account=holder, body=body,
        made_by=context.actor.account, made_at=context.now, expires_on=expires_on,
    )  # fmt: skip
    note("token_issued", account, context.now, by=context.actor.account)
    return token, f"lsk_{token.id}_{secret}"


@act
def revoke_token(context: Context, identity: str) -> ApiToken:
    """Make a token useless from this moment on; it stays in the list.

    Raises:
        Refused: not an administrator's to do, or unknown.
    """
    _require_keeper(context)
    token = ApiToken.objects.select_for_update().filter(pk=identity).first()
    if token is None or rosters.standing_of(token.account.username, context.today)[0] != context.county:
        raise refuse("acts.unknown_token", "没有这个接口令牌。", 404, token=identity)
    if token.revoked_at is None:
        token.revoked_at = context.now
        token.save(update_fields=["revoked_at"])
        note("token_revoked", token.account.username, context.now, by=context.actor.account)
    return token


def end_tokens(context: Context, identities: Iterable[str]) -> None:
    """End the tokens of who leaves a post, within the act by which it is left."""
    for token in ApiToken.objects.filter(pk__in=list(identities), revoked_at=None).select_related("account"):
        ApiToken.objects.filter(pk=token.pk).update(revoked_at=context.now)
        note("token_revoked", token.account.username, context.now, by=context.actor.account)


def token_written(written: str, today: date) -> ApiToken | None:
    """The token with this writing, if it is in force; the day of its use is noted."""
    parts = _WRITTEN.match(written)
    found = ApiToken.objects.select_related("account").filter(pk=parts[1]).first() if parts else None
    if parts is None or found is None or not secrets.compare_digest(found.secret_sha256, _digest(parts[2])):
        return None
    if found.revoked_at or found.expires_on < today or not found.account.is_active:
        return None
    if found.last_used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
    return found


def _require_keeper(context: Context) -> None:
    if not any(context.actor.has(role) for role in KEEPERS):
        raise refuse("acts.token_right", "接口令牌由系统管理员或安全管理员办理。", 403)


def _errors(today: date, name: str, expires_on: date) -> list[FieldError]:
    errors = []
    if not 0 < len(name.strip()) <= 64:
        errors.append(FieldError("name", "请写明令牌的用途，不超过64个字。", name))
    if not today < expires_on <= today + LONGEST:
        errors.append(FieldError("expires_on", "令牌的有效期至少一天，最长一年。", expires_on.isoformat()))
    return errors


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
