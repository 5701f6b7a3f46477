"""账号: who of the county can sign in, and what stands in the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luoshi.store.models import Account, IndexCell
from luoshi.store.queries.desk import Desk
from luoshi.store.rosters import home_county
from luoshi.store.second_factor import SecondFactor

Plain = dict[str, Any]


def accounts(desk: Desk, now: datetime, written: str = "") -> list[Plain]:
    """The holders of the county's posts in the order of their bodies, then accounts that hold none; five queries.

    Args:
        now: by which a lock is judged.
        written: part of an account, a name or a body; empty for all.
    """
    posts = [post for post in desk.roster.posts if post.holder and post.stands_on(desk.today)]
    places: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for post in sorted(posts, key=lambda post: (post.body, post.role)):
        places.setdefault(post.holder, []).append(f"{desk.label(post.body)}{post.title or post.role.label}")
        names.setdefault(post.holder, post.holder_name)
    known = {account.username: account for account in Account.objects.filter(username__in=places)}
    if desk.county == home_county() or not home_county():
        held = IndexCell.objects.filter(list="post", field="holder").values("text")
        former = {account.username: account for account in Account.objects.exclude(username__in=held)}
        ended = Account.objects.filter(username__in=IndexCell.objects.filter(
            list="post", field="holder", plan=desk.county).values("text")).exclude(username__in=places)  # fmt: skip
        known |= former | {account.username: account for account in ended}
    with_factor = set(SecondFactor.objects.exclude(confirmed_at=None).values_list("account__username", flat=True))
    found = [
        _line(username, known.get(username), names.get(username, ""), places.get(username, []), now)
        | {"has_factor": username in with_factor}
        for username in [*places, *sorted(set(known) - set(places))]
    ]
    return [one for one in found if written in f"{one['username']} {one['name']} {one['places']}"]


def _line(username: str, account: Account | None, name: str, places: list[str], now: datetime) -> Plain:
    is_locked = account is not None and account.locked_until is not None and account.locked_until > now
    if account is None:
        state = "未开通"
    elif not account.is_active:
        state = "已停用"
    elif is_locked:
        state = "锁定中"
    else:
        state = "须改初始密码" if account.must_change_password else "正常"
    return {
        "username": username,
        "name": account.name if account else name,
        "places": "、".join(places) or "没有岗位",
        "state": state,
        "is_open": account is not None,
        "is_active": account is not None and account.is_active,
        "is_locked": is_locked,
    }
