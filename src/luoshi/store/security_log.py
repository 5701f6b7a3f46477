"""安全日志: who signed in or failed to, and what was done to accounts; no fact of the ledger, and of no list."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

KINDS = {
    "signed_in": "登录",
    "wrong_password": "密码错误",
    "wrong_code": "动态口令错误",
    "locked": "锁定中尝试登录",
    "signed_in_openid": "统一认证登录",
    "openid_refused": "统一认证未通过",
    "signed_out": "退出",
    "password_changed": "修改密码",
    "factor_on": "启用动态口令",
    "factor_off": "停用动态口令",
    "account_opened": "开通账号",
    "account_closed": "停用账号",
    "account_reopened": "恢复账号",
    "unlocked": "解除锁定",
    "password_reset": "重置密码",
    "token_issued": "发放接口令牌",
    "token_revoked": "收回接口令牌",
}
"""What is noted, and what it is called."""


class SecurityNote(models.Model):
    """安全日志: one line: when, what, which account, by whom when not by itself, and from which address. Append-only; ``key`` is random.

    A name that is no account's is not kept: people type their password into the wrong field.
    """

    key = models.CharField(max_length=36, unique=True)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=24)
    account = models.CharField(max_length=64, blank=True, db_index=True)
    by = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=64, blank=True)


def note(kind: str, account: str, at: datetime, *, by: str = "", address: str = "") -> None:
    """Keep a line.

    Args:
        kind: a key of ``KINDS``.
        account: the account it is about; empty for a name that is none's.
        by: who did it to the account; empty when it did so itself.
        address: where the request came from, as the server saw it.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    SecurityNote.objects.create(key=str(uuid.uuid4()), at=at, kind=kind, account=account, by=by, address=address[:64])
