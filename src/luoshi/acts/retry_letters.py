"""重新投递: letters that were given up are tried again, when whoever keeps the channels has mended what was wrong."""

from __future__ import annotations

from luoshi.acts.context import Context, act, refuse
from luoshi.people.role import KEEPERS
from luoshi.store import outbox


@act
def retry_letters(context: Context) -> int:
    """Put every letter that was given up back into the outbox, as if it were posted now.

    Returns:
        How many.

    Raises:
        Refused: neither the system administrator nor the supervision office asks.
    """
    if not any(context.actor.has(role) for role in KEEPERS):
        raise refuse("acts.not_keeper", "重新投递由督查室或系统管理员办理。", 403)
    return outbox.send_again(context.now)
