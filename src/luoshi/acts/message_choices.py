"""提醒设置: where and when someone wants to be told; the secret address of the calendar of one's deadlines. No facts."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime

from luoshi.acts.context import Context, act
from luoshi.store.models import Account, MessageChoice, Notice
from luoshi.terms.refusal import FieldError, Refusal, Refused

URGENT = {
    "working_days": "立即发送，非工作日顺延到下一个工作日",
    "at_once": "立即发送，不分工作日",
    "digest": "不单独发送，只进每日汇总",
}
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+\Z")


@act
def choose_messages(context: Context, email: str, urgent: str, *, digest: bool) -> MessageChoice:
    """Keep one's own choice.

    Args:
        email: empty for no mail.
        urgent: a key of ``URGENT``.

    Raises:
        Refused: no address, or no such choice.
    """
    email, errors = email.strip(), []
    if email and (len(email) > 254 or not _ADDRESS.match(email)):
        errors.append(FieldError("email", "请填写完整的邮箱地址，不填则不发邮件。", email[:80]))
    if urgent not in URGENT:
        errors.append(FieldError("urgent", "请选择紧急提醒怎样发送。"))
    if errors:
        raise Refused(Refusal("acts.bad_choice", errors[0].message, 422, errors=tuple(errors)))
    kept = {"email": email, "urgent": urgent, "digest": digest}
    choice, _ = MessageChoice.objects.update_or_create(account=context.actor.account, defaults=kept)
    return choice


@act
def renew_calendar(context: Context) -> str:
    """A new secret for one's calendar; the one before ends with it.

    Returns:
        The secret, shown once: only its hash is kept.
    """
    secret = secrets.token_urlsafe(32)
    kept = {"calendar_sha256": _digest(secret)}
    MessageChoice.objects.update_or_create(account=context.actor.account, defaults=kept)
    return secret


@act
def end_calendar(context: Context) -> None:
    """Nobody can subscribe to one's calendar any more."""
    MessageChoice.objects.filter(account=context.actor.account).update(calendar_sha256="")


@act
def read_notices(context: Context, now: datetime, *, one: int | None = None) -> None:
    """One's own notices are read: all of them, or one."""
    rows = Notice.objects.filter(account=context.actor.account, read_at=None)
    (rows if one is None else rows.filter(pk=one)).update(read_at=now)


def holder_of_calendar(secret: str) -> Account | None:
    """Whose calendar this is the secret of; None when it is nobody's, renewed, or the account is closed."""
    choice = MessageChoice.objects.filter(calendar_sha256=_digest(secret)).first()
    return Account.objects.filter(username=choice.account, is_active=True).first() if choice else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
