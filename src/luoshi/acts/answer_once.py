"""One answer to one request: a write that is sent twice with the same key is done once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from luoshi.acts.context import Context, act, refuse
from luoshi.store.models import ApiReply, ApiToken

KEPT = timedelta(days=7)
"""How long an answer is kept: longer than any system goes on trying."""

_KEY = re.compile(r"[!-~]{8,64}\Z")


@dataclass(frozen=True, slots=True)
class Answer:
    """答复: the status and text of what a write was answered; ``is_repeated`` when it had been answered before."""

    status: int
    body: str
    is_repeated: bool = False


@act
def answer_once(
    context: Context, token: ApiToken, key: str, request: bytes, answer: Callable[[], tuple[int, str]]
) -> Answer:
    """Do what ``answer`` does, unless this request was answered under its key before; both are kept or neither.

    Args:
        key: chosen by the caller for this request: 8 to 64 visible ASCII characters.
        request: everything that makes it this request and no other.

    Raises:
        Refused: the token is no longer in force; a bad key; posts given up since the first answer; the key of another request; or what ``answer`` refuses; a refusal is not kept, so that
            the mended state can be tried again.
    """
    if not _KEY.match(key):
        raise refuse("acts.bad_key", "请求头 Idempotency-Key 应为8到64个可见的英文字符。", 422)
    digest = hashlib.sha256(request).hexdigest()
    held = ApiToken.objects.select_for_update().get(pk=token.pk)  # two sendings of one request wait for each other
    if held.revoked_at is not None or held.expires_on < context.today or not held.account.is_active:
        raise refuse("acts.token_revoked", "这个接口令牌刚刚作废，请求没有办理。", 401)
    known = ApiReply.objects.filter(token=token, key=key).first()
    if known is not None and known.request_sha256 != digest:
        raise refuse("acts.key_of_another_request", "这个 Idempotency-Key 已用于另一个请求，请换一个。", 409)
    if known is not None:
        _require_same_posts(context, known)
        return Answer(known.status, known.body, is_repeated=True)
    status, body = answer()
    ApiReply.objects.filter(token=token, answered_at__lt=context.now - KEPT).delete()
    ApiReply.objects.create(
        token=token, key=key, request_sha256=digest, status=status, body=body, answered_at=context.now,
        posts="\n".join(_posts(context)),
    )  # fmt: skip
    return Answer(status, body)


def _posts(context: Context) -> list[str]:
    return sorted(f"{post.body} {post.role.value} {post.id}" for post in context.actor.posts)


def _require_same_posts(context: Context, known: ApiReply) -> None:
    """An answer may tell what a post let its holder see: it is told again only while every post of then is held."""
    if not set(known.posts.splitlines()) <= set(_posts(context)):
        message = "这个请求办过了，但令牌的账号此后离开了当时的岗位，不再告知当时的答复；请由现任人员查看。"
        raise refuse("acts.reply_of_former_post", message, 403)
