"""Who acts on the command line: one of the supervision office's own accounts, named in every fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused

if TYPE_CHECKING:
    from luoshi.acts.context import Context
    from luoshi.people.role import Role


def acting(account: str | None, *roles: Role) -> Context:
    """The context of the named account, or of the only one there is with such a role.

    Args:
        roles: the supervisor's when none is given.

    Raises:
        Refused: unknown account, or none is named and there is not exactly one.
    """
    from luoshi.acts.clock import now, today
    from luoshi.acts.context import context_for
    from luoshi.people.role import Role
    from luoshi.store.models import Account
    from luoshi.store.rosters import home_county, roster

    if account is None:
        wanted = roles or (Role.SUPERVISOR,)
        posts = [post for post in roster(home_county()).posts if post.role in wanted and post.stands_on(today())]
        holders = sorted({post.holder for post in posts} - {""})
        if not holders:
            labels = "、".join(role.label for role in wanted)
            message = said(f"花名册上还没有{labels}，请先登记。", f"The roster names no {', '.join(wanted)} yet.")
            raise Refused(Refusal("cli.nobody_acts", message, 403))
        if len(holders) != 1:
            named = "、".join(holders)
            message = said(f"请用 --as 写明由谁办理：{named}。", f"Say who acts with --as: {', '.join(holders)}.")
            raise Refused(Refusal("cli.who_acts", message, 403))
        account = holders[0]
    found = Account.objects.filter(username=account).first()
    if found is None:
        raise Refused(Refusal("cli.unknown_account", said(f"没有“{account}”这个账号。", f"No account {account}."), 404))
    return context_for(found, now())
